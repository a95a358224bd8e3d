# How many articles did each outlet publish in each ISO week?
answer <- function(package) {
  read(package, "articles") |>
    filter(!is.na(published)) |>
    count(week = format(published, "%G-W%V"), outlet, name = "articles") |>
    arrange(week, outlet)
}
