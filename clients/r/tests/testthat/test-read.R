test_that("a package is read from its folder or its descriptor", {
  folder <- package_of("\"x\"\na\n", list(field("x")))
  read <- read_broadsheet(folder)
  expect_s3_class(read, "broadsheet")
  expect_named(read, "words")
  expect_identical(class(read$words), c("tbl_df", "tbl", "data.frame"))
  expect_identical(read_broadsheet(file.path(folder, "datapackage.json")), read)
  expect_identical(read_broadsheet(paste0(folder, "/")), read)
})

test_that("only the tables asked for are read, in that order", {
  folder <- withr::local_tempdir()
  tables <- lapply(c("a", "b", "c"), function(name) table_of(folder, name, "\"x\"\n1\n", list(field("x"))))
  write_package(folder, tables)
  unlink(file.path(folder, "data/b.csv"))
  expect_named(read_broadsheet(folder, c("c", "a")), c("c", "a"))
  expect_error(read_broadsheet(folder), "data/b.csv: is not in ")
  expect_error(read_broadsheet(folder, "d"), "no table d in the package; it has a, b, c")
})

test_that("what is no package is said to be none", {
  folder <- withr::local_tempdir()
  descriptor <- file.path(folder, "datapackage.json")
  expect_error(read_broadsheet(folder), "datapackage.json: is not in ")
  for (text in c("", "{", "{\"name\": \"\xff\"}")) {
    writeBin(charToRaw(text), descriptor)
    expect_error(read_broadsheet(folder), "datapackage.json of .*: is no JSON")
  }
  for (text in c("[]", "7", "{}", "{\"resources\": {\"a\": 1}}", "{\"resources\": [1]}")) {
    writeLines(text, descriptor)
    expect_error(read_broadsheet(folder), "describes no resources")
  }
  for (text in c("{\"resources\": [{\"path\": \"a\"}]}", "{\"resources\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}")) {
    writeLines(text, descriptor)
    expect_error(read_broadsheet(folder), "two resources have one name, or one has none")
  }
})

test_that("places that are none are said to be none", {
  expect_error(read_broadsheet("/no/such/folder"), "/no/such/folder: no such folder")
  expect_error(read_broadsheet("s3://bucket/x"), "s3://bucket/x: only http and https URLs are read")
  expect_error(read_broadsheet("https://example.org/x?y"), "without ? and #", fixed = TRUE)
  expect_error(read_broadsheet(c("a", "b")), "give the path or the URL of one package")
})

test_that("characters with a meaning in URLs are written as such", {
  place <- locate("https://example.org/a/datapackage.json")
  expect_identical(url_of(place, "data/x y%2e#?.csv"), "https://example.org/a/data/x%20y%252e%23%3F.csv")
  expect_identical(locate("https://example.org/a/"), place)
})

test_that("a package prints as its name, version, title and tables", {
  public <- list(public = TRUE, textPolicy = "facts")
  folder <- package_of("\"x\",\"y\"\na,b\n", list(field("x"), field("y")), settings = public)
  expect_identical(capture.output(print(read_broadsheet(folder))), c(
    "tiny 1.2.3", "Made up", paste("read from", normalizePath(folder)), "  words  1 rows, 2 columns",
    "public, text policy facts"
  ))
})
