# Which words stand around each direct quotation?
answer <- function(package) {
  read(package, "claims") |>
    filter(kind == "direct") |>
    inner_join(select(read(package, "articles"), article_id, text), by = "article_id") |>
    mutate(around = substr(text, pmax(start_char - 40, 0) + 1, end_char + 40)) |>
    select(claim_id, around) |>
    arrange(claim_id)
}
