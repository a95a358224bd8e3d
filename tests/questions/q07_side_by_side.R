# What do the Taliban and the National Resistance Front say of Panjshir, article by article?
answer <- function(package) {
  named <- read(package, "mentions") |>
    filter(entity_id == "e-panjshir") |>
    distinct(article_id)
  sides <- c("e-taliban" = "taliban", "e-national-resistance-front" = "front")
  read(package, "claims") |>
    inner_join(named, by = "article_id") |>
    mutate(side = unname(sides[source_entity_id])) |>
    filter(!is.na(side)) |>
    select(published, side, claim_id, content) |>
    arrange(published, side, claim_id)
}
