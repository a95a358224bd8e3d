# What is believed of a descriptor, and whether a file is the one that it states.

is_word <- function(x) is.character(x) && length(x) == 1 && !is.na(x) && nzchar(x)

is_object <- function(x) is.list(x) && !is.null(names(x))

is_list_of <- function(x, holds) is.list(x) && is.null(names(x)) && all(vapply(x, holds, TRUE))

is_size <- function(x) is.numeric(x) && length(x) == 1 && is.finite(x) && x >= 0

# Stops where a resource cannot be read, or not be checked.
check_readable <- function(resource) {
  name <- resource[["name"]]
  refuse <- function(...) stop("table ", name, ": ", ..., call. = FALSE)
  path <- resource[["path"]]
  if (!is_word(path)) refuse("has no path, or more than one; only tables of one CSV file are read")
  if (!is.na(unsafe(path))) refuse("its path ", encodeString(path, quote = "'"), " ", unsafe(path), "; not followed")
  if (!grepl("[.]csv$", path) || (resource[["format"]] %or% "csv") != "csv" || !is.null(resource[["dialect"]])) {
    refuse(path, " is no plain CSV; of a package with data/ and parquet/, give the upper folder")
  }
  if (!is_fields(resource[["schema"]])) refuse("the descriptor does not hold its schema, each field with a name")
  if (!is_word(resource[["hash"]]) || !grepl("^sha256:[0-9a-fA-F]{64}$", resource[["hash"]])) {
    refuse("the descriptor states no SHA-256 hash of ", path, ", so that its bytes cannot be checked")
  }
  for (size in c("bytes", "rows")) {
    if (!is_size(resource[[size]] %or% 0)) refuse("its ", size, " are no number")
  }
  if (!tolower(resource[["encoding"]] %or% "utf-8") %in% c("utf-8", "utf8")) refuse(path, " is not in UTF-8")
}

is_fields <- function(schema) {
  is_object(schema) && is_list_of(schema[["fields"]], is_field) && !anyDuplicated(names_of(schema[["fields"]]))
}

is_field <- function(x) is_object(x) && is_word(x[["name"]]) && is_word(x[["type"]] %or% "string")

names_of <- function(fields) vapply(fields, function(field) field[["name"]], "")

`%or%` <- function(x, y) if (is.null(x)) y else x

# Stops unless the file has the size and the hash that the descriptor states.
verify <- function(file, resource) {
  refuse <- function(what, expected, found) {
    where <- paste0(resource[["path"]], ": is not the file that the descriptor states: ")
    stop(where, "expected ", what, " ", expected, ", found ", found, "; get the package anew", call. = FALSE)
  }
  bytes <- resource[["bytes"]]
  if (!is.null(bytes) && file.size(file) != bytes) refuse("bytes", shown(bytes), shown(file.size(file)))
  expected <- tolower(sub("^sha256:", "", resource[["hash"]]))
  found <- sha256(file)
  if (!identical(found, expected)) refuse("sha256", expected, found)
}

shown <- function(size) format(size, scientific = FALSE)

# The SHA-256 of a file in hex. R has it since 4.5; before, the package digest or a command of the system gives it.
sha256 <- function(file) {
  for (way in SHA256) {
    found <- way(file)
    if (length(found)) {
      return(tolower(found))
    }
  }
  stop("nothing here computes SHA-256: use R 4.5 or newer, or install.packages(\"digest\")", call. = FALSE)
}

# Each gives nothing where it is not to be had.
SHA256 <- list(
  base = function(file) {
    if ("sha256sum" %in% getNamespaceExports("tools")) unname(getExportedValue("tools", "sha256sum")(file))
  },
  digest = function(file) {
    if (requireNamespace("digest", quietly = TRUE)) digest::digest(file = file, algo = "sha256")
  },
  sha256sum = function(file) by_command(file, "sha256sum", character()),
  shasum = function(file) by_command(file, "shasum", c("-a", "256"))
)

by_command <- function(file, command, options) {
  if (.Platform$OS.type != "unix" || !nzchar(Sys.which(command))) {
    return(NULL)
  }
  line <- system2(command, options, stdin = file, stdout = TRUE)
  regmatches(line, regexpr("^[0-9a-f]{64}", line))
}
