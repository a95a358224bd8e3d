# What happened on 26 August 2021, as far as the texts say so?
answer <- function(package) {
  read(package, "claims") |>
    filter(event_earliest == as.Date("2021-08-26"), event_latest == as.Date("2021-08-26")) |>
    select(claim_id, published, source_name, event_lemma, content) |>
    arrange(claim_id)
}
