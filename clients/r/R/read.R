# What a user calls first: from the place of a package to its tables.

read_broadsheet <- function(path_or_url, tables = NULL, factors = FALSE) {
  place <- locate(path_or_url)
  descriptor <- read_descriptor(place)
  resources <- choose(resources_of(descriptor, place), tables)
  found <- lapply(resources, read_table, place = place, factors = factors)
  structure(found, class = "broadsheet", descriptor = descriptor, from = place$folder)
}

read_descriptor <- function(place) {
  file <- fetch(place, place$descriptor, most = MOST_OF_A_DESCRIPTOR)
  on.exit(discard(place, file))
  bytes <- readBin(file, "raw", file.size(file))
  descriptor <- tryCatch(parse_utf8(bytes), error = function(e) {
    stop(place$descriptor, " of ", place$folder, ": is no JSON: ", conditionMessage(e), call. = FALSE)
  })
  if (!is_object(descriptor) || !is_list_of(descriptor[["resources"]], is_object)) {
    stop(place$descriptor, " of ", place$folder, ": describes no resources; is it a Data Package?", call. = FALSE)
  }
  descriptor
}

MOST_OF_A_DESCRIPTOR <- 64 * 1024^2

parse_utf8 <- function(bytes) {
  text <- rawToChar(bytes)
  Encoding(text) <- "UTF-8"
  if (!validUTF8(text)) stop("not UTF-8")
  jsonlite::parse_json(text)
}

# The resources by name.
resources_of <- function(descriptor, place) {
  resources <- descriptor[["resources"]]
  names <- lapply(resources, function(resource) resource[["name"]])
  if (!all(vapply(names, is_word, TRUE)) || anyDuplicated(names)) {
    stop(place$descriptor, " of ", place$folder, ": two resources have one name, or one has none", call. = FALSE)
  }
  stats::setNames(resources, unlist(names))
}

choose <- function(resources, tables) {
  if (is.null(tables)) {
    return(resources)
  }
  unknown <- setdiff(tables, names(resources))
  if (length(unknown)) {
    stop("no table ", toString(unknown), " in the package; it has ", toString(names(resources)), call. = FALSE)
  }
  resources[unique(tables)]
}

read_table <- function(resource, place, factors) {
  check_readable(resource)
  file <- fetch(place, resource[["path"]], most = resource[["bytes"]])
  on.exit(discard(place, file))
  verify(file, resource)
  table <- read_words(file, resource)
  for (field in resource[["schema"]][["fields"]]) {
    name <- field[["name"]]
    table[[name]] <- typed(missing_made(table[[name]], field, resource), field, resource[["path"]], factors)
  }
  table
}

# Every cell as it is written: the types come later, since readr's own numbers differ in the last digit.
read_words <- function(file, resource) {
  words <- withCallingHandlers(
    readr::read_csv(
      file,
      na = character(), trim_ws = FALSE, skip_empty_rows = FALSE, col_types = readr::cols(.default = "c"),
      name_repair = "minimal", progress = FALSE, num_threads = 1, locale = readr::locale(encoding = "UTF-8")
    ),
    vroom_parse_issue = function(w) invokeRestart("muffleWarning")
  )
  check_words(words, resource)
  attr(words, "spec") <- attr(words, "problems") <- NULL
  class(words) <- setdiff(class(words), "spec_tbl_df")
  words
}

# Stops where the cells are not those of a whole table: readr itself ends in silence at a quote that is never closed.
check_words <- function(words, resource) {
  refuse <- function(...) stop(resource[["path"]], ": ", ..., call. = FALSE)
  broken <- readr::problems(words)
  if (nrow(broken)) {
    refuse("line ", broken$row[1], ": expected ", broken$expected[1], ", found ", broken$actual[1])
  }
  fields <- names_of(resource[["schema"]][["fields"]])
  if (!identical(names(words), fields)) {
    refuse("has the columns ", toString(names(words)), "; expected ", toString(fields))
  }
  rows <- resource[["rows"]]
  if (!is.null(rows) && !identical(as.numeric(rows), as.numeric(nrow(words)))) {
    refuse("has ", nrow(words), " rows; expected ", rows)
  }
  if (!all(vapply(words, function(cells) all(validUTF8(cells)), TRUE))) refuse("is not in UTF-8")
}
