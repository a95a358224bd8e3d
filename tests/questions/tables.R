# Reads a table of a package as its README says: the empty cell is missing, and nothing else is.
suppressPackageStartupMessages({
  library(dplyr)
  library(readr)
})

read <- function(package, table) {
  descriptor <- jsonlite::fromJSON(file.path(package, "datapackage.json"), simplifyVector = FALSE)
  resource <- Filter(function(resource) resource$name == table, descriptor$resources)[[1]]
  types <- c(string = "c", integer = "d", number = "d", boolean = "l", date = "D")
  letters_of_types <- vapply(resource$schema$fields, function(field) types[[field$type]], "")
  read_csv(file.path(package, resource$path), na = "", trim_ws = FALSE, col_types = paste(letters_of_types, collapse = ""))
}
