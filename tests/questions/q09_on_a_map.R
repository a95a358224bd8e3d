# Where are the places that are named? Coordinates are missing where nobody has stated them.
answer <- function(package) {
  read(package, "mentions") |>
    filter(type %in% c("GPE", "LOC", "FAC")) |>
    inner_join(select(read(package, "entities"), entity_id, country_code, latitude, longitude), by = "entity_id") |>
    select(mention_id, name, published, country_code, latitude, longitude) |>
    arrange(mention_id)
}
