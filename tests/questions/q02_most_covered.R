# Who and what is in the most articles?
answer <- function(package) {
  read(package, "entities") |>
    arrange(desc(article_count), desc(mention_count), entity_id) |>
    head(10) |>
    select(entity_id, name, type, article_count, mention_count)
}
