# A package in a few lines.

print.broadsheet <- function(x, ...) {
  descriptor <- attr(x, "descriptor", exact = TRUE)
  cat(paste(c(descriptor[["name"]], descriptor[["version"]]), collapse = " "), "\n", sep = "")
  cat(descriptor[["title"]] %or% "(no title)", "\n", sep = "")
  cat("read from ", attr(x, "from", exact = TRUE), "\n", sep = "")
  sizes <- vapply(x, function(table) paste(nrow(table), "rows,", ncol(table), "columns"), "")
  cat(paste0("  ", format(names(x)), "  ", sizes, "\n"), sep = "")
  if (isTRUE(descriptor[["broadsheet"]][["public"]])) {
    cat("public, text policy ", descriptor[["broadsheet"]][["textPolicy"]], "\n", sep = "")
  }
  invisible(x)
}
