"""Every way to read a table of a package that its pages name, each giving its cells as plain Python.

A reader takes the package's folder and a resource of its `datapackage.json`, and gives a list of values per column:
None, str, int, float, bool or datetime.date, as the schema's type says. Nothing of broadsheet is used but
`broadsheet.load` in the readers that are named after it.
"""

import datetime as dt
import json
import os
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as parquet

import broadsheet

PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "string"}
POLARS = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def types(resource):
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def csv_file(package, resource):
    return str(package / resource["path"])


def parquet_file(package, resource):
    return str(package / "parquet" / f"{resource['name']}.parquet")


def of_pandas(frame):
    """A cell is missing where pandas says so; a time stamp is its day."""
    found = {}
    for name in frame.columns:
        missing = frame[name].isna().tolist()
        cells = [None if gone else cell for gone, cell in zip(missing, frame[name].tolist(), strict=True)]
        found[name] = [cell.date() if isinstance(cell, dt.datetime) else cell for cell in cells]
    return found


def of_relation(relation):
    rows = relation.fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(relation.columns)}


def pandas_parquet(package, resource):
    return of_pandas(pd.read_parquet(parquet_file(package, resource), dtype_backend="numpy_nullable"))


def polars_parquet(package, resource):
    return pl.read_parquet(parquet_file(package, resource)).to_dict(as_series=False)


def duckdb_parquet(package, resource):
    return of_relation(duckdb.read_parquet(parquet_file(package, resource)))


def pyarrow_parquet(package, resource):
    return parquet.read_table(parquet_file(package, resource)).to_pydict()


def pandas_csv(package, resource):
    dtypes = {name: PANDAS[kind] for name, kind in types(resource).items()}
    frame = pd.read_csv(
        csv_file(package, resource),
        dtype=dtypes,
        keep_default_na=False,
        na_values=[""],
    )
    for name, kind in types(resource).items():
        if kind == "date":
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d").astype("datetime64[s]")
    return of_pandas(frame)


def polars_csv(package, resource):
    schema = {name: POLARS[kind] for name, kind in types(resource).items()}
    return pl.read_csv(csv_file(package, resource), schema=schema).to_dict(as_series=False)


def duckdb_csv(package, resource):
    columns = {name: DUCKDB[kind] for name, kind in types(resource).items()}
    return of_relation(
        duckdb.read_csv(
            csv_file(package, resource),
            columns=columns,
            auto_detect=False,
            header=True,
            delimiter=",",
            quotechar='"',
            escapechar='"',
            na_values="",
            date_format="%Y-%m-%d",
        )
    )


def pyarrow_csv(package, resource):
    options = pa_csv.ConvertOptions(
        column_types={name: ARROW[kind] for name, kind in types(resource).items()},
        null_values=[""],
        strings_can_be_null=True,
    )
    lines = pa_csv.ParseOptions(newlines_in_values=True)
    return pa_csv.read_csv(csv_file(package, resource), parse_options=lines, convert_options=options).to_pydict()


def frictionless_csv(package, resource):
    from frictionless import Package

    rows = Package(str(package / "datapackage.json")).get_resource(resource["name"]).read_rows()
    numbers = [name for name, kind in types(resource).items() if kind == "number"]
    found = {name: [row[name] for row in rows] for name in types(resource)}
    return found | {name: [None if cell is None else float(cell) for cell in found[name]] for name in numbers}


def loaded(engine):
    """The reader `broadsheet.load` with an engine; of the CSV file where the package has no Parquet."""

    def read(package, resource):
        frame = broadsheet.load(package, resource["name"], engine=engine)
        match engine:
            case "pandas":
                return of_pandas(frame)
            case "polars":
                return frame.to_dict(as_series=False)
            case "pyarrow":
                return frame.to_pydict()
        return of_relation(frame)

    return read


FROM_PARQUET = {
    "pandas.read_parquet": pandas_parquet,
    "polars.read_parquet": polars_parquet,
    "duckdb.read_parquet": duckdb_parquet,
    "pyarrow.parquet.read_table": pyarrow_parquet,
}
FROM_CSV = {
    "pandas.read_csv": pandas_csv,
    "polars.read_csv": polars_csv,
    "duckdb.read_csv": duckdb_csv,
    "pyarrow.csv.read_csv": pyarrow_csv,
    "frictionless": frictionless_csv,
}
LOADED = {f"broadsheet.load {engine}": loaded(engine) for engine in ("pandas", "polars", "pyarrow", "duckdb")}

WRITTEN_IN_R = r"""
exact <- function(column) {
  plain <- switch(class(column)[1],
    Date = format(as.numeric(column), scientific = FALSE, trim = TRUE),
    numeric = sprintf("%a", column),
    integer = as.character(column),
    logical = ifelse(column, "true", "false"),
    as.character(column)
  )
  list(class = class(column)[1], cells = replace(plain, is.na(column), NA))
}
jsonlite::write_json(lapply(tables, lapply, exact), arguments[2], na = "null")
"""
"""Every cell as text that loses nothing: numbers in hexadecimal, days since 1970."""

IN_R = {
    "read_broadsheet": "library(broadsheet)\ntables <- read_broadsheet(arguments[1])",
    "readr, as the README has it": "setwd(arguments[1])\n{readme}",
    "readr, as R's frictionless calls it": r"""
suppressPackageStartupMessages(library(readr))
package <- jsonlite::fromJSON(file.path(arguments[1], "datapackage.json"), simplifyDataFrame = FALSE)
column <- function(field) {
  enum <- field$constraints$enum
  if (field$type == "string" && length(enum)) return(col_factor(levels = enum))
  switch(field$type, string = col_character(), integer = col_double(), number = col_double(),
    boolean = col_logical(), date = col_date("%Y-%m-%d"))
}
read <- function(resource) {
  stopifnot(resource$profile == "tabular-data-resource", resource$type == "table")
  stopifnot(tolower(resource$encoding) %in% tolower(iconvlist()))
  fields <- resource$schema$fields
  names <- vapply(fields, function(field) field$name, "")
  read_delim(file.path(arguments[1], resource$path), delim = ",", quote = "\"", escape_backslash = FALSE,
    escape_double = TRUE, col_names = names, col_types = stats::setNames(lapply(fields, column), names),
    locale = locale(encoding = "UTF-8", decimal_mark = ".", grouping_mark = ""), na = "", comment = "",
    trim_ws = FALSE, skip = 1, skip_empty_rows = TRUE)
}
tables <- lapply(package$resources, read)
names(tables) <- vapply(package$resources, function(resource) resource$name, "")
""",
}
"""R code that makes `tables` of the package in `arguments[1]`."""


def in_r(rscript: str, library: Path, code: str, package: Path, out: Path):
    """What R reads, by table and column; every warning is an error."""
    head = "options(warn = 2)\narguments <- commandArgs(trailingOnly = TRUE)"
    words = [rscript, "-e", "\n".join([head, code, WRITTEN_IN_R]), str(package), str(out)]
    surroundings = os.environ | {"R_LIBS": str(library)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text("utf-8"))


def of_r(column, kind):
    """A column that R wrote as plain Python; whole numbers may be doubles there, and text beyond 2^53."""
    return [None if cell is None else _of_r(cell, column["class"][0], kind) for cell in column["cells"]]


def _of_r(cell, found, kind):
    match kind, found:
        case "integer", "integer" | "character":
            return int(cell)
        case "integer", "numeric":
            assert float.fromhex(cell).is_integer()
            return int(float.fromhex(cell))
        case "number", "numeric":
            return float.fromhex(cell)
        case "boolean", "logical":
            return {"true": True, "false": False}[cell]
        case "date", "Date":
            assert float(cell).is_integer()
            return dt.date(1970, 1, 1) + dt.timedelta(int(cell))
        case "string", "character" | "factor":
            return cell
    raise AssertionError(f"R has {found} for {kind}")
