# What did the Taliban say?
answer <- function(package) {
  read(package, "claims") |>
    filter(source_entity_id == "e-taliban") |>
    select(claim_id, published, kind, cue_lemma, content) |>
    arrange(claim_id)
}
