"""The package's README: what is in it, how to load it, and a codebook made from the schemas."""

from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.package.files import Written
from broadsheet.schemas import Schema, foreign_keys, primary_key

LOADING = """\
## Load it

Run these in the package's folder. In the CSV files a missing value is the empty cell, and nothing else is:
names such as `NA` are words here.

pandas:

```python
import pandas as pd

claims = pd.read_csv(
    "data/claims.csv",
    keep_default_na=False,
    na_values=[""],
    parse_dates=["published", "event_earliest", "event_latest"],
)
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

R, every table with the types of the descriptor:

```r
library(jsonlite)
library(readr)

package <- fromJSON("datapackage.json", simplifyVector = FALSE)
types <- c(string = "c", integer = "d", number = "d", boolean = "l", date = "D")
read_resource <- function(resource) {
  letters_of_types <- vapply(resource$schema$fields, function(field) types[[field$type]], "")
  read_csv(resource$path, na = "", trim_ws = FALSE, col_types = paste(letters_of_types, collapse = ""))
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


WITHHELD = {
    "facts": "The articles' texts, titles, bylines and the words of claims are withheld (text policy `facts`); names,"
    " expressions of a few words, values, offsets and hashes are not.",
    "quotes": "The articles' texts, titles, bylines and the words of claims are withheld, except direct quotations of"
    " at most 50 words and at most a tenth of an article (text policy `quotes`).",
    "full": "The articles' texts are published under the licence that each row of `articles` states.",
}
"""What a public projection says of each text policy."""


def readme(descriptor: Mapping[str, Any], schemas: Mapping[str, Schema], written: Sequence[Written]) -> str:
    """The page, in Markdown."""
    parts = [_head(descriptor), _contents(schemas, written), LOADING, OFFSETS, "## Codebook\n"]
    parts += [_codebook(name, schema) for name, schema in schemas.items()]
    return "\n".join(parts)


def _head(descriptor: Mapping[str, Any]) -> str:
    lines = [f"# {descriptor.get('title') or descriptor['name']}", ""]
    if descriptor.get("description"):
        lines += [str(descriptor["description"]), ""]
    lines += [f"Version {descriptor['version']}." if "version" in descriptor else "No version yet.", ""]
    licences = [_link(licence) for licence in descriptor.get("licenses", [])]
    lines += [
        f"Licence: {', '.join(licences)}." if licences else "No licence is stated for this dataset.",
        "",
    ]
    sources = [_link(source) for source in descriptor.get("sources", [])]
    lines += [f"Sources: {', '.join(sources)}.", ""] if sources else []
    settings = descriptor.get("broadsheet", {})
    lines += [WITHHELD[settings["textPolicy"]], ""] if settings.get("public") else []
    return "\n".join(
        [
            *lines,
            "Made by broadsheet; `CITATION.cff` says how to cite it, `SHA256SUMS` what its bytes are.",
            "",
        ]
    )


def _link(item: Mapping[str, Any]) -> str:
    label = item.get("title") or item.get("name") or item.get("path")
    return f"[{label}]({item['path']})" if item.get("path") else str(label)


def _contents(schemas: Mapping[str, Schema], written: Sequence[Written]) -> str:
    rows = [f"| {t.name} | {t.rows:,} | {_cell(schemas[t.name]['description'])} |" for t in written]
    head = ["## Tables", "", "`data/` holds them as CSV, `parquet/` the same cells as Parquet.", ""]
    return "\n".join([*head, "| table | rows | what it holds |", "|---|---:|---|", *rows, ""])


def _codebook(name: str, schema: Schema) -> str:
    lines = [f"### {name}", "", schema["description"], "", f"Primary key: {_names(primary_key(schema))}."]
    lines += [
        f"{_names(key.fields)} refers to {_names(key.reference)} of {key.table}." for key in foreign_keys(name, schema)
    ]
    head = ["", "| field | type | description | example |", "|---|---|---|---|"]
    return "\n".join([*lines, *head, *map(_field, schema["fields"]), ""])


def _field(field: Mapping[str, Any]) -> str:
    constraints = field.get("constraints", {})
    kind = field["type"] + ("" if constraints.get("required") else ", may be missing")
    withheld = " Withheld where it is longer than a few words, or wholly." if field.get("broadsheet:withheld") else ""
    allowed = f" One of {', '.join(map(str, constraints['enum']))}." if "enum" in constraints else ""
    description = _cell(field["description"] + allowed + withheld)
    return f"| {field['name']} | {kind} | {description} | {_cell(str(field['example']))} |"


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
