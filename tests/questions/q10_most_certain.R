# Which claims have the highest confidence? Those whose rule was not measured come last.
answer <- function(package) {
  read(package, "claims") |>
    arrange(is.na(confidence), desc(confidence), claim_id) |>
    head(20) |>
    select(claim_id, rule, confidence, content)
}
