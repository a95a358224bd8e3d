fields <- list(field("x"))

test_that("every way to SHA-256 that is here gives the published values", {
  values <- c(
    e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 = "",
    ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad = "abc"
  )
  file <- withr::local_tempfile(pattern = "a 'name' $x ")
  for (expected in names(values)) {
    writeBin(utf8(values[[expected]]), file)
    found <- unlist(lapply(SHA256, function(way) way(file)))
    expect_gt(length(found), 0)
    expect_true(all(found == expected), info = toString(names(found)))
    expect_identical(sha256(file), expected)
  }
})

test_that("a changed file is refused by its name, the hash expected and the hash found", {
  folder <- package_of("\"x\"\nabc\n", fields)
  expected <- sha256(file.path(folder, "data/words.csv"))
  writeBin(utf8("\"x\"\nabd\n"), file.path(folder, "data/words.csv"))
  found <- sha256(file.path(folder, "data/words.csv"))
  expect_error(words(folder), paste0("data/words.csv: .* expected sha256 ", expected, ", found ", found))
})

test_that("a file of another size is refused", {
  folder <- package_of("\"x\"\n", fields, list(bytes = 100000))
  expect_error(words(folder), "data/words.csv: .* expected bytes 100000, found 4;")
})

test_that("a hash in capitals is the same hash", {
  folder <- package_of("\"x\"\n", fields)
  hash <- toupper(sha256(file.path(folder, "data/words.csv")))
  expect_identical(words(package_of("\"x\"\n", fields, list(hash = paste0("sha256:", hash))))$x, character())
})

test_that("a file without a SHA-256 hash is refused", {
  for (hash in list(NULL, "d41d8cd98f00b204e9800998ecf8427e", "sha256:zz", 7)) {
    more <- if (is.null(hash)) list(hash = NULL) else list(hash = hash)
    expect_error(words(package_of("\"x\"\n", fields, more)), "table words: the descriptor states no SHA-256 hash")
  }
})

test_that("paths out of the package are refused", {
  paths <- c(
    "../words.csv", "data/../../words.csv", "/etc/passwd", "~/words.csv", "https://example.org/words.csv",
    "file:///etc/passwd", "C:/words.csv", "data\\words.csv", "data/wo\nrds.csv"
  )
  for (path in paths) {
    expect_error(words(package_of("\"x\"\n", fields, list(path = path))), "table words: its path .*; not followed")
  }
})

test_that("links out of the package are refused", {
  folder <- package_of("\"x\"\n", fields)
  outside <- withr::local_tempfile()
  file.rename(file.path(folder, "data/words.csv"), outside)
  skip_if_not(file.symlink(outside, file.path(folder, "data/words.csv")))
  expect_error(words(folder), "data/words.csv: is a link out of the package's folder")
})

test_that("what is no plain CSV file is refused", {
  refused <- function(more, message) expect_error(words(package_of("\"x\"\n", fields, more)), message, fixed = TRUE)
  refused(list(format = "parquet"), "data/words.csv is no plain CSV")
  refused(list(dialect = list(delimiter = ";")), "data/words.csv is no plain CSV")
  refused(list(path = list("a.csv", "b.csv")), "only tables of one CSV file are read")
  refused(list(encoding = "latin1"), "is not in UTF-8")
  refused(list(bytes = "many"), "its bytes are no number")
  refused(list(schema = "schema/words.json"), "the descriptor does not hold its schema")
})

test_that("columns are those of the schema", {
  expect_error(words(package_of("\"y\"\n1\n", fields)), "data/words.csv: has the columns y; expected x", fixed = TRUE)
  expect_error(words(package_of("", fields)), "data/words.csv: has the columns")
  expect_error(words(package_of("\"x\"\n1,2\n", fields)), "data/words.csv: line 2: ")
})

test_that("a quote that is never closed does not swallow rows", {
  expect_error(words(package_of("\"x\"\n\"a\nb\n", fields, list(rows = 2))), "data/words.csv: .*expected 2")
})

test_that("bytes that are no text are refused", {
  folder <- package_of("\"x\"\n", fields)
  bytes <- as.raw(c(0x78, 0x0a, 0x61, 0xff, 0x0a))
  file <- file.path(folder, "data/words.csv")
  for (stray in as.raw(c(0xff, 0x00))) {
    writeBin(replace(bytes, 4, stray), file)
    stated <- list(name = "words", path = "data/words.csv", hash = paste0("sha256:", sha256(file)))
    write_package(folder, list(c(stated, list(schema = list(fields = fields)))))
    expect_error(words(folder), "data/words.csv: (is not in UTF-8|line 2: .*null)")
  }
})
