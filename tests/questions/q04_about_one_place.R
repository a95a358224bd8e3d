# What is claimed of Panjshir? Claims in whose content it is named.
answer <- function(package) {
  named <- read(package, "mentions") |>
    filter(entity_id == "e-panjshir", claim_role == "content") |>
    distinct(claim_id)
  read(package, "claims") |>
    inner_join(named, by = "claim_id") |>
    select(claim_id, published, kind, source_name, content) |>
    arrange(claim_id)
}
