# From words to values, by the fields of a Table Schema. A cell that is none of its type stops the reading.

# The words of a column, with NA where the schema calls them missing: the empty cell, unless it says otherwise.
missing_made <- function(words, field, resource) {
  stated <- field[["missingValues"]] %or% resource[["schema"]][["missingValues"]] %or% list("")
  missing <- vapply(stated, function(one) as.character(if (is.list(one)) one[["value"]] else one), "")
  words[words %in% missing] <- NA_character_
  words
}

typed <- function(words, field, path, factors) {
  type <- field[["type"]] %or% "string"
  where <- paste0(path, ": field ", field[["name"]])
  if (type == "date" && !(field[["format"]] %or% "default") %in% c("default", "%Y-%m-%d")) {
    return(words)
  }
  values <- switch(type,
    integer = as_whole(words, where),
    number = as_numbers(words, where),
    boolean = as_truth(words, field, where),
    date = as_days(words, where),
    words
  )
  if (factors && is.character(values)) as_factor(values, field, where) else values
}

# Stops at the first cell that is not as it should be; missing cells are.
each_is <- function(right, words, what, where) {
  wrong <- which(!right & !is.na(words))
  if (length(wrong)) {
    cell <- encodeString(substr(words[wrong[1]], 1, 60), quote = "'")
    stop(where, ", row ", wrong[1], ": ", cell, " is not ", what, call. = FALSE)
  }
}

# integer; double where one does not fit into 32 bits; the words where one does not fit into a double.
as_whole <- function(words, where) {
  each_is(grepl("^[+-]?[0-9]+$", words), words, "an integer", where)
  values <- as.numeric(words)
  largest <- max(abs(values), 0, na.rm = TRUE)
  if (largest <= .Machine$integer.max) {
    return(as.integer(values))
  }
  if (largest < 2^53) {
    return(values)
  }
  warning(where, ": stays text, as R has no numbers of this size without loss", call. = FALSE)
  words
}

NUMBER <- "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"
JSON_NUMBER <- "^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,3})?$"
NO_FINITE <- c("NaN" = NaN, "INF" = Inf, "-INF" = -Inf)

# JSON's reader rounds as the standard for floating point says; R's own is a last digit off at times.
as_numbers <- function(words, where) {
  each_is(grepl(NUMBER, words) | words %in% names(NO_FINITE), words, "a number", where)
  values <- as.numeric(replace(words, words %in% names(NO_FINITE), NA))
  plain <- grepl(JSON_NUMBER, words)
  words <- sub("^-0$", "-0.0", words) # an integer in JSON, of which R has no negative zero
  values[plain] <- as.numeric(jsonlite::fromJSON(paste0("[", paste(words[plain], collapse = ","), "]")))
  named <- words %in% names(NO_FINITE)
  values[named] <- NO_FINITE[words[named]]
  values
}

as_truth <- function(words, field, where) {
  true <- words %in% unlist(field[["trueValues"]] %or% c("true", "True", "TRUE", "1"))
  false <- words %in% unlist(field[["falseValues"]] %or% c("false", "False", "FALSE", "0"))
  each_is(true | false, words, "true or false", where)
  ifelse(is.na(words), NA, true)
}

as_days <- function(words, where) {
  days <- suppressWarnings(readr::parse_date(words, "%Y-%m-%d", na = character()))
  attributes(days) <- list(class = "Date")
  each_is(grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", words) & !is.na(days), words, "a date as YYYY-MM-DD", where)
  days
}

# A factor with the levels, in their order, to which the schema constrains the field; the words where it does not.
as_factor <- function(words, field, where) {
  allowed <- field[["constraints"]][["enum"]] %or% field[["categories"]]
  if (is.null(allowed)) {
    return(words)
  }
  levels <- vapply(allowed, function(one) as.character(if (is.list(one)) one[["value"]] else one), "")
  each_is(words %in% levels, words, paste("one of", toString(levels)), where)
  factor(words, levels)
}
