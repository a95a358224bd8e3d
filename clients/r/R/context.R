# The words around a row: every row points into the text of its article.

SPAN <- c("article_id", "start_char", "end_char")

context <- function(package, row, table = NULL, width = 40) {
  if (!inherits(package, "broadsheet")) stop("package is not what read_broadsheet() gives", call. = FALSE)
  rows <- rows_of(package, row, table)
  texts <- texts_of(package, rows$article_id)
  substr(texts, pmax(rows$start_char - width, 0) + 1, rows$end_char + width)
}

# The rows that are meant: as numbers of rows of a table, or as rows themselves.
rows_of <- function(package, row, table) {
  rows <- if (is.data.frame(row)) row else package[[named(package, table)]]
  absent <- setdiff(SPAN, names(rows))
  if (length(absent)) {
    stop("the rows have no ", toString(absent), ": only rows that point at words have words around", call. = FALSE)
  }
  if (is.data.frame(row)) {
    return(rows)
  }
  if (!is.numeric(row) || !all(row %in% seq_len(nrow(rows)))) {
    stop("row must be numbers from 1 to ", nrow(rows), ", or rows of a table", call. = FALSE)
  }
  rows[row, ]
}

named <- function(package, table) {
  if (!is_word(table) || !table %in% names(package)) {
    stop("name the table of the row, one of ", toString(names(package)), ", or give rows of it", call. = FALSE)
  }
  table
}

texts_of <- function(package, ids) {
  articles <- package[["articles"]]
  if (is.null(articles)) {
    stop("the texts are in the table articles, which was not read; read it as well", call. = FALSE)
  }
  texts <- articles[["text"]][match(ids, articles[["article_id"]])]
  if (anyNA(texts)) {
    stop(why_no_text(package), "; without it: ", toString(utils::head(unique(ids[is.na(texts)]), 3)), call. = FALSE)
  }
  texts
}

why_no_text <- function(package) {
  settings <- attr(package, "descriptor", exact = TRUE)[["broadsheet"]]
  if (isTRUE(settings[["public"]])) {
    policy <- paste0("(text policy ", settings[["textPolicy"]], ")")
    paste("the articles' texts are withheld in this public package", policy)
  } else {
    "the package does not hold the text of every article asked for"
  }
}
