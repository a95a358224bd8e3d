"""How the data of a resource are read: by their form, their dialect and how they are packed."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from broadsheet.validate.remote import path_of
from broadsheet.validate.report import PASSED, Outcomes, Unmade, UnreadableError, fault
from broadsheet.validate.shown import shown
from broadsheet.validate.tabular import columnar, dialects, json_rows, rows

READ = ("csv", "json", "jsonl", "parquet", "")
"""The formats that are read."""

ELSEWHERE = ("xlsx", "xls", "ods", "html")
"""Formats that frictionless reads, where it has what it needs, and that ask no database and no network."""

MEDIATYPES = {"text/csv": "csv", "text/tab-separated-values": "csv", "application/vnd.apache.parquet": "parquet"}
SAME = {"tsv": "csv", "tab": "csv", "txt": "csv", "ndjson": "jsonl", "jsonlines": "jsonl"}
"""Other names of formats."""

TABS = {"tsv", "tab", "text/tab-separated-values"}

PACKED = {b"\x1f\x8b": "gz", b"PK\x03\x04": "zip", b"BZh": "bz2", b"\xfd7zXZ": "xz"}
"""How files begin that are packed."""


def form_of(resource: dict[str, Any]) -> str:
    """The format of a resource's data: what it says, or else the ending of its path."""
    path = _first_path(resource)
    if not resource.get("format") and (form := MEDIATYPES.get(_mediatype(resource))):
        return form
    stated = resource.get("format") or (_ending(path) if path else "json")
    if stated in PACKED.values() and isinstance(resource.get("schema"), dict):
        return "csv"  # of what is packed the name says nothing
    form = str(stated).lower().removeprefix(".")
    return SAME.get(form, form)


def _mediatype(resource: dict[str, Any]) -> str:
    return str(resource.get("mediatype", "")).partition(";")[0].strip().lower()


def _ending(path: str) -> str:
    """The ending of a path's name, that before it where it says how the file is packed.

    >>> _ending("data/a.csv.gz"), _ending("a.CSV"), _ending("a.zip")
    ('csv', 'csv', 'zip')
    """
    endings = [suffix.removeprefix(".").lower() for suffix in Path(path_of(path)).suffixes[-2:]]
    if len(endings) == 2 and endings[1] in PACKED.values():
        return endings[0]
    return endings[-1] if endings else ""


def dialect_of(resource: dict[str, Any]) -> dict[str, Any]:
    """The dialect of a resource; nulls say nothing, but for the quote, and the cells of TSV are parted by tabs.

    >>> dialect_of({"path": "a.tsv", "dialect": {"quoteChar": None, "escapeChar": None}})
    {'delimiter': '\\t', 'quoteChar': None}
    """
    tabs = {str(resource.get("format", "")).lower(), _ending(_first_path(resource)), _mediatype(resource)} & TABS
    stated = resource["dialect"] if isinstance(resource.get("dialect"), dict) else {}
    known = {name: value for name, value in _flat(stated).items() if value is not None or name == "quoteChar"}
    return ({"delimiter": "\t"} if tabs else {}) | known


def _flat(dialect: dict[str, Any]) -> dict[str, Any]:
    """The dialect without an inner one for CSV, which is how frictionless writes it; what stands outside prevails."""
    inner = dialect.get("csv")
    return (
        {**inner, **{name: dialect[name] for name in dialect if name != "csv"}} if isinstance(inner, dict) else dialect
    )


def _first_path(resource: dict[str, Any]) -> str:
    paths = resource.get("path", resource.get("url", ""))
    return str(paths[0] if isinstance(paths, list) and paths else paths)


def packing(content: dict[str, Any], paths: Sequence[Path]) -> str:
    """How the files of a table are packed: as it says, or as its first file begins; empty where they are not."""
    if (stated := content.get("compression")) and stated != "no":
        return {"gzip": "gz", "bzip2": "bz2"}.get(str(stated).lower(), str(stated).lower())
    if not paths or form_of(content) not in READ:
        return ""
    with contextlib.suppress(OSError), paths[0].open("rb") as file:
        start = file.read(5)
        return next((name for sign, name in PACKED.items() if start.startswith(sign)), "")
    return ""


def read_rows(resource: dict[str, Any], paths: Sequence[Path], missing: Sequence[str] = ()) -> rows.Rows:
    """The cells of a resource, null where `missing` says so or what reads them cannot; raises `UnreadableError`."""
    dialect = dialect_of(resource)
    encoding, form = str(resource.get("encoding") or "utf-8"), form_of(resource)
    if not paths and "data" in resource:
        data = resource["data"]
        return rows.csv_text(data, dialect) if isinstance(data, str) else json_rows.json_rows(data, dialect)
    if form == "parquet":
        return columnar.parquet_rows(paths[0])
    if form == "json":
        return json_rows.json_rows(json_rows.load_json(paths[0], encoding), dialect)
    if form == "jsonl":
        return json_rows.json_rows(json_rows.load_json_lines(paths, encoding), dialect)
    return rows.csv_rows(paths, dialect, encoding, missing)


def is_certainly_table(resource: dict[str, Any]) -> bool:
    """Whether a resource without a schema is CSV or Parquet, which .txt may be or not."""
    is_text = "txt" in (resource.get("format"), _ending(_first_path(resource)))
    return form_of(resource) in ("csv", "parquet") and not is_text


def rows_are_even(content: dict[str, Any], paths: Sequence[Path]) -> Outcomes:
    """Whether the rows of a file that no schema describes can be read, have as many cells each, and are counted."""
    if list(dialects.wrong(content.get("dialect", {}))):
        yield Unmade("its dialect cannot be used")
        return
    try:
        found = read_rows(content, paths)
        count = sum(len(chunk.columns[0]) for chunk in found.chunks if chunk.columns) + len(found.faults)
        yield from (*found.faults.values(), *found.of_parts)
        is_counted = type(content.get("rows")) is not int or content["rows"] == count
        if not is_counted:
            text = f"it has {count:,} rows, expected {content['rows']:,}; restore the file, or describe it as it is now"
            yield fault("row-count", text, rule="rows", value=str(count))
        if not found.faults and is_counted:
            yield Unmade("no schema describes its columns", PASSED)
    except rows.NotEncodedError as error:
        yield fault("encoding-error", shown(error, 200))
    except (UnreadableError, OSError) as error:
        yield fault("source-error", f"{shown(error, 200)}; restore the file, or correct its description")
