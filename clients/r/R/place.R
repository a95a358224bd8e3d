# Where a package is, and its files, from a folder or over HTTP. The paths in a descriptor come from strangers.

DESCRIPTOR <- "datapackage.json"

# The folder of a package (or its URL) and the name of its descriptor.
locate <- function(path_or_url) {
  if (!is_word(path_or_url)) {
    stop("give the path or the URL of one package: its folder, or the datapackage.json in it", call. = FALSE)
  }
  if (grepl("^https?://", path_or_url)) locate_remote(path_or_url) else locate_local(path_or_url)
}

locate_remote <- function(url) {
  if (grepl("[?#]", url)) {
    stop(url, ": give the URL of the folder or of datapackage.json, without ? and #", call. = FALSE)
  }
  parted(sub("/+$", "", url), remote = TRUE)
}

locate_local <- function(path) {
  if (grepl(SCHEME, path) && !file.exists(path)) {
    stop(path, ": only http and https URLs are read; download the package and give its folder", call. = FALSE)
  }
  if (!file.exists(path)) {
    stop(path, ": no such folder or file; give the folder of a package, or the datapackage.json in it", call. = FALSE)
  }
  parted(normalizePath(path), remote = FALSE)
}

SCHEME <- "^[A-Za-z][A-Za-z0-9+.-]*:"

parted <- function(path, remote) {
  if (grepl("[.]json$", path)) {
    list(folder = dirname(path), descriptor = basename(path), remote = remote)
  } else {
    list(folder = path, descriptor = DESCRIPTOR, remote = remote)
  }
}

# A file of the package on this machine; downloaded to a temporary one where the package is remote.
fetch <- function(place, path, most = NULL) {
  if (place$remote) download(url_of(place, path), path, most) else local_file(place, path)
}

discard <- function(place, file) if (place$remote) unlink(file)

# Why a path must not be followed from the folder; NA where it may be.
unsafe <- function(path) {
  found <- c(
    "holds a control character" = grepl("[[:cntrl:]]", path),
    "is a URL" = grepl(SCHEME, path),
    "is absolute" = grepl("^[/~]", path),
    "holds a backslash" = grepl("\\", path, fixed = TRUE),
    "leads out of the folder with .." = ".." %in% strsplit(path, "/", fixed = TRUE)[[1]]
  )
  names(which(found))[1]
}

local_file <- function(place, path) {
  file <- file.path(place$folder, path)
  if (!file.exists(file) || dir.exists(file)) {
    stop(path, ": is not in ", place$folder, call. = FALSE)
  }
  within <- paste0(normalizePath(place$folder, "/"), "/")
  if (!startsWith(normalizePath(file, "/"), within)) {
    stop(path, ": is a link out of the package's folder, and is not followed", call. = FALSE)
  }
  file
}

url_of <- function(place, path) {
  parts <- strsplit(path, "/", fixed = TRUE)[[1]]
  encoded <- vapply(parts, utils::URLencode, "", reserved = TRUE, repeated = TRUE)
  paste(c(place$folder, encoded), collapse = "/")
}

# Not more than `most` bytes and one are read, whatever the server sends: a wrong size is found without a full disk.
download <- function(url, path, most) {
  file <- tempfile("broadsheet-", fileext = ".csv")
  failed <- function(e) {
    unlink(file)
    stop(path, ": could not be downloaded from ", url, ": ", conditionMessage(e), call. = FALSE)
  }
  tryCatch(copy_bytes(url, file, if (is.null(most)) Inf else most), error = failed, warning = failed)
  file
}

copy_bytes <- function(url, file, most) {
  from <- url(url, "rb", method = "libcurl")
  on.exit(close(from))
  to <- file(file, "wb")
  on.exit(close(to), add = TRUE)
  left <- most + 1
  while (left > 0 && length(chunk <- readBin(from, "raw", min(left, CHUNK)))) {
    writeBin(chunk, to)
    left <- left - length(chunk)
  }
}

CHUNK <- 1024^2
