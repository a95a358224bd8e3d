text <- "\U1F600\U1F600 On Friday\r\nhe left."

with_spans <- function(text, settings = NULL, frame = parent.frame()) {
  folder <- withr::local_tempdir(.local_envir = frame)
  articles <- list(field("article_id"), field("text"))
  spans <- list(field("article_id"), field("start_char", "integer"), field("end_char", "integer"))
  write_package(folder, settings = settings, resources = list(
    table_of(folder, "articles", paste0("\"article_id\",\"text\"\na1,\"", text, "\"\n"), articles),
    table_of(folder, "dates", "\"article_id\",\"start_char\",\"end_char\"\na1,6,12\na1,14,16\na1,,\n", spans)
  ))
  folder
}

test_that("the words around a row are counted in code points, from 0, the end not included", {
  package <- read_broadsheet(with_spans(text))
  expect_identical(context(package, 1:2, "dates", width = 0), c("Friday", "he"))
  expect_identical(context(package, 1, "dates", width = 3), "On Friday\r\nh")
  expect_identical(context(package, 1, "dates"), text)
  expect_identical(context(package, 3, "dates"), NA_character_)
})

test_that("rows themselves will do", {
  package <- read_broadsheet(with_spans(text))
  expect_identical(context(package, package$dates[2, ], width = 1), "\nhe ")
  expect_identical(context(package, package$dates[0, ]), character())
})

test_that("a withheld text is said to be withheld", {
  package <- read_broadsheet(with_spans("", list(public = TRUE, textPolicy = "facts")))
  message <- "withheld in this public package (text policy facts); without it: a1"
  expect_error(context(package, 1, "dates"), message, fixed = TRUE)
})

test_that("a text that is missing otherwise is said to be missing", {
  package <- read_broadsheet(with_spans(""))
  expect_error(context(package, 1, "dates"), "does not hold the text of every article asked for")
})

test_that("what cannot be shown is said", {
  package <- read_broadsheet(with_spans(text))
  expect_error(context(package, 4, "dates"), "row must be numbers from 1 to 3")
  expect_error(context(package, 1), "name the table of the row, one of articles, dates")
  expect_error(context(package, 1, "articles"), "the rows have no start_char, end_char")
  expect_error(context(list(), 1, "dates"), "not what read_broadsheet")
  expect_error(context(read_broadsheet(with_spans(text), "dates"), 1, "dates"), "articles, which was not read")
})
