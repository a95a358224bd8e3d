test_that("only the empty cell is missing, and no blank is trimmed", {
  cells <- c("NA", "\"NA\"", " x ", "null", "", "\"\"", "N/A")
  expect_identical(one_column(cells), c("NA", "NA", " x ", "null", NA, NA, "N/A"))
})

test_that("the schema may call other words missing", {
  folder <- package_of("\"x\"\n-\n\nNA\n", list(field("x")), list(schema = list(missingValues = list("-"))))
  expect_identical(words(folder)$x, c(NA, "", "NA"))
})

test_that("quotes, line ends and characters beyond the first plane come as written", {
  expect_identical(
    one_column(c("\"a \"\"b\"\"\"", "\"c\r\nd\ne\"", "\"\U1F600 e\u0301, #\"", "\\n")),
    c("a \"b\"", "c\r\nd\ne", "\U1F600 e\u0301, #", "\\n")
  )
})

test_that("integers are integers, doubles beyond 32 bits", {
  expect_identical(one_column(c("1", "-2147483647", "", "+7"), "integer"), c(1L, -2147483647L, NA, 7L))
  expect_identical(one_column(c("1", "2147483648"), "integer"), c(1, 2147483648))
})

test_that("integers that no double holds stay text, with a warning", {
  expect_warning(found <- one_column(c("1", "9007199254740993"), "integer"), "field x: stays text")
  expect_identical(found, c("1", "9007199254740993"))
})

test_that("numbers are rounded to the nearest double", {
  found <- one_column(c("0.1", "34.52813", "1e-7", "", "NaN", "-INF", ".5", "1e400", "179.99999999999997"), "number")
  expect_identical(found, c(0.1, 34.52813, 1e-7, NA, NaN, -Inf, 0.5, Inf, 180 - 2^-45))
})

test_that("numbers that as.numeric() gets wrong are right", {
  expect_identical(one_column("7.74966628674116e-113", "number"), 6714770266499063 * 2^-425)
})

test_that("zero keeps its sign", {
  expect_identical(1 / one_column(c("-0", "0", "-0.0"), "number"), c(-Inf, Inf, -Inf))
})

test_that("booleans are logical", {
  expect_identical(one_column(c("true", "false", "", "True"), "boolean"), c(TRUE, FALSE, NA, TRUE))
  german <- one_column(c("ja", "nein"), "boolean", trueValues = list("ja"), falseValues = list("nein"))
  expect_identical(german, c(TRUE, FALSE))
})

test_that("dates are dates", {
  expect_identical(
    one_column(c("2021-08-24", "", "0001-01-01", "9999-12-31"), "date"),
    structure(c(18863, NA, -719162, 2932896), class = "Date")
  )
})

test_that("other types stay text", {
  expect_identical(one_column("\"[1, 2]\"", "array"), "[1, 2]")
  expect_identical(one_column("24/08/2021", "date", format = "%d/%m/%Y"), "24/08/2021")
})

test_that("enumerations are factors on demand, in the order of the schema", {
  allowed <- list(enum = list("low", "high", "NA"))
  cells <- c("high", "", "NA")
  expect_identical(one_column(cells, constraints = allowed), c("high", NA, "NA"))
  expect_identical(
    one_column(cells, constraints = allowed, factors = TRUE),
    factor(c("high", NA, "NA"), c("low", "high", "NA"))
  )
  expect_error(
    one_column("middle", constraints = allowed, factors = TRUE),
    "row 1: 'middle' is not one of low, high, NA"
  )
})

test_that("a cell that is none of its type is named", {
  refused <- function(cell, type, what) {
    message <- paste0("data/words.csv: field x, row 2: '", cell, "' is not ", what)
    expect_error(one_column(c("", cell), type), message, fixed = TRUE)
  }
  for (cell in c("1.5", "0x1A", "one", " 1", "1 ")) refused(cell, "integer", "an integer")
  for (cell in c("1.5.", "0x1A", "1e", "inf")) refused(cell, "number", "a number")
  for (cell in c("T", "yes")) refused(cell, "boolean", "true or false")
  for (cell in c("2021-13-01", "2021-02-29", "2021-8-1", "Monday")) refused(cell, "date", "a date as YYYY-MM-DD")
})

test_that("a table without rows has columns of its types", {
  folder <- package_of("\"a\",\"b\",\"c\"\n", list(field("a", "date"), field("b", "integer"), field("c", "number")))
  expect_identical(lapply(words(folder), class), list(a = "Date", b = "integer", c = "numeric"))
})
