"""How the package's README says that its tables are loaded and checked: each block runs as it stands, in the folder."""

CHECKING = """\
## Check it

Every file of this folder is listed with its SHA-256 (on macOS: `shasum -a 256 --check SHA256SUMS`):

```sh
sha256sum --check --quiet SHA256SUMS
```

broadsheet, the program that made this folder, checks the cells as well: types, constraints, keys, and that the CSV and
the Parquet files say the same.

```sh
broadsheet validate .
```
"""

LOADING = """\
## Load it

Run these in this folder; every other table is loaded as `claims` is. In the CSV files a missing value is the empty
cell, and nothing else is: `NA` is a word here. The Parquet files hold the same cells with their types.

pandas:

```python
import pandas as pd

claims = pd.read_parquet("parquet/claims.parquet", dtype_backend="numpy_nullable")
```

pandas, with the types of the schema (dates, categories) and the hash of the file checked:

```python
import broadsheet

claims = broadsheet.load(".", "claims")
```

polars:

```python
import polars as pl

claims = pl.read_parquet("parquet/claims.parquet")
```

DuckDB:

```python
import duckdb

claims = duckdb.sql("select kind, count(*) as claims from 'parquet/claims.parquet' group by kind order by kind")
```

frictionless, as any Data Package:

```python
from frictionless import Package

claims = Package("datapackage.json").get_resource("claims").read_rows()
```

R, with the client that comes with broadsheet (`clients/r` in its repository), which checks the hashes too:

```r
library(broadsheet)

package <- read_broadsheet(".")
claims <- package$claims
```

R, from the Parquet file, where arrow is installed:

```r
library(arrow)

claims <- read_parquet("parquet/claims.parquet")
```

R with readr and jsonlite alone. Numbers are read by jsonlite, since the last digit of readr's own may be off:

```r
library(jsonlite)
library(readr)

package <- fromJSON("datapackage.json", simplifyVector = FALSE)
types <- c(string = "c", integer = "d", number = "c", boolean = "l", date = "D")
as_number <- function(words) {
  as.numeric(fromJSON(paste0("[", paste(replace(words, is.na(words), "null"), collapse = ","), "]")))
}
read_resource <- function(resource) {
  fields <- vapply(resource$schema$fields, function(field) field$type, "")
  names(fields) <- vapply(resource$schema$fields, function(field) field$name, "")
  table <- read_csv(resource$path, na = "", trim_ws = FALSE, col_types = paste(types[fields], collapse = ""))
  numbers <- names(fields)[fields == "number"]
  table[numbers] <- lapply(table[numbers], as_number)
  table
}
tables <- lapply(package$resources, read_resource)
names(tables) <- vapply(package$resources, function(resource) resource$name, "")
claims <- tables$claims
```
"""

OFFSETS = """\
## Spans

`start_char` and `end_char` are half-open and 0-based, counted in Unicode code points of `articles.text`:
`text[start_char:end_char]` gives the words in Python, `substr(text, start_char + 1, end_char)` in R.
"""
