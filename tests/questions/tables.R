# Reads a table of a package with the types of its schema.
suppressPackageStartupMessages({
  library(broadsheet)
  library(dplyr)
})

read <- function(package, table) read_broadsheet(package, table)[[table]]
