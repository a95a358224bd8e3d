# Packages made up for one test each.

utf8 <- function(text) charToRaw(enc2utf8(text))

# A folder with one table `words`, of the given CSV and fields; `more` adds to its resource or replaces parts.
package_of <- function(csv, fields, more = list(), settings = NULL, name = "words") {
  folder <- withr::local_tempdir(.local_envir = parent.frame())
  write_package(folder, list(table_of(folder, name, csv, fields, more)), settings)
  folder
}

table_of <- function(folder, name, csv, fields, more = list()) {
  dir.create(file.path(folder, "data"), showWarnings = FALSE)
  file <- file.path(folder, "data", paste0(name, ".csv"))
  writeBin(utf8(csv), file)
  stated <- list(
    name = name, path = paste0("data/", name, ".csv"), format = "csv", bytes = file.size(file),
    hash = paste0("sha256:", sha256(file)), schema = list(fields = fields)
  )
  utils::modifyList(stated, more, keep.null = FALSE)
}

write_package <- function(folder, resources, settings = NULL) {
  descriptor <- list(name = "tiny", version = "1.2.3", title = "Made up", resources = resources, broadsheet = settings)
  jsonlite::write_json(descriptor, file.path(folder, "datapackage.json"), auto_unbox = TRUE, digits = NA)
}

field <- function(name, type = "string", ...) list(name = name, type = type, ...)

words <- function(folder, ...) read_broadsheet(folder, ...)$words

one_column <- function(cells, ..., factors = FALSE) {
  csv <- paste0("\"x\"\n", paste0(cells, "\n", collapse = ""))
  words(package_of(csv, list(field("x", ...))), factors = factors)$x
}
