# How many people were killed on each day, as reported? Reports conflict, so all are shown.
answer <- function(package) {
  read(package, "claims") |>
    filter(event_lemma %in% c("kill", "die")) |>
    inner_join(read(package, "figures"), by = "claim_id") |>
    select(event_earliest, event_latest, published, source_name, surface, counted, figure_id) |>
    arrange(figure_id)
}
