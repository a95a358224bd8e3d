"""Columns of Parquet files as logical values: those that have the field's type already, and texts that stand for it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.validate import sources
from broadsheet.validate.report import UnreadableError
from broadsheet.validate.shown import shown
from broadsheet.validate.tabular import logical, rows, values

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

TYPED = ("integer", "number", "boolean", "date", "datetime", "time")
"""Field types that Parquet has itself: texts in their place are of another type."""


def parquet_rows(path: Path) -> rows.Rows:
    """The columns of a Parquet file; raises `UnreadableError`."""
    import pyarrow as pa

    try:
        with sources.parquet_file(path) as file:
            labels = [str(name) for name in file.schema_arrow.names]
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError(f"{path.name} is not Parquet: {shown(error, 100)}") from error
    return rows.Rows(labels, _chunks(path), width=len(labels))


def _chunks(path: Path) -> Iterator[rows.Chunk]:
    import polars as pl

    for first, batch in sources.numbered(sources.joined(sources.parquet_as_is(path), rows.MANY, rows.MUCH)):
        with _in_range():
            columns = [pl.Series("cells", pl.from_arrow(_plain(column))) for column in batch.columns]
            chunk = rows.Chunk(first, [_texts(column) for column in columns])
        yield chunk


def _plain(column: "pa.Array") -> "pa.Array":
    """A column in a type that polars has: extensions as what they are stored as, UUIDs as texts, smaller decimals."""
    import pyarrow as pa

    if isinstance(column.type, pa.BaseExtensionType):
        column = _uuids(column.storage) if column.type.extension_name == "arrow.uuid" else column.storage
    if pa.types.is_decimal256(column.type):
        try:
            return column.cast(pa.decimal128(38, column.type.scale))
        except pa.ArrowInvalid as error:
            raise UnreadableError(f"decimals of more than 38 digits are not read: {shown(error, 100)}") from error
    return column


def _uuids(column: "pa.Array") -> "pa.Array":
    """Sixteen bytes each as RFC 9562 writes UUIDs."""
    import polars as pl
    import pyarrow as pa

    digits = pl.Series(pl.from_arrow(column.cast(pa.binary()))).bin.encode("hex")
    parts = [digits.str.slice(start, length) for start, length in ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12))]
    return pl.select(pl.concat_str(parts, separator="-")).to_series().to_arrow()


def _texts(column: "pl.Series") -> "pl.Series":
    import polars as pl

    return column.cast(pl.String) if column.dtype in (pl.Categorical, pl.Enum) else column


def read(cells: "pl.Series", field: dict[str, Any]) -> logical.Read:
    """The values of a Parquet column; cells of a type that the field's is not are bad. Raises `UnreadableError`."""
    with _in_range():
        return _read(cells, field)


def _read(cells: "pl.Series", field: dict[str, Any]) -> logical.Read:
    import polars as pl

    if cells.dtype == pl.Null:
        return logical.Read(pl.Series("cells", [None] * len(cells), dtype=logical.stored(field)))
    if cells.dtype == pl.String:
        if field["type"] not in TYPED:
            return logical.read(cells, field)
        found = None
    else:
        found = _converted(cells, field["type"])
    if found is None:
        empty = pl.Series("cells", [None] * len(cells), dtype=logical.stored(field))
        return logical.Read(empty, cells.is_not_null(), stored=str(cells.dtype))
    if field["type"] == "list":
        return _listed(cells, found, field)
    if isinstance(found, pl.Series) and found.dtype == pl.String and field["type"] not in ("any", "string"):
        return logical.read(found, field)
    if found.null_count() == cells.null_count():
        return logical.Read(found)
    lost = cells.is_not_null() & found.is_null()
    return logical.Read(found, beyond=lost) if cells.dtype.is_integer() else logical.Read(found, lost)


def _listed(cells: "pl.Series", texts: "pl.Series", field: dict[str, Any]) -> logical.Read:
    """Lists as JSON, bad where an item is not of its type."""
    import polars as pl

    item = {"name": "item", "type": field.get("itemType", "string")}
    if not isinstance(cells.dtype, (pl.List, pl.Array)):
        return logical.Read(texts, cells.is_not_null())
    right = cells.map_elements(lambda one: read(one, item).bad is None, return_dtype=pl.Boolean)
    return logical.Read(texts, cells.is_not_null() & ~right.fill_null(value=True))


def _converted(cells: "pl.Series", kind: str) -> "pl.Series | None":
    """The values as the checks hold them, None where the column is of another type."""
    import polars as pl

    dtype = cells.dtype
    if kind in ("object", "array", "list", "geopoint", "geojson", "any") and dtype.is_nested():
        return pl.Series("cells", [None if cell is None else _json(cell) for cell in cells.to_list()], dtype=pl.String)
    if kind == "any":
        return cells.bin.encode("hex") if dtype == pl.Binary else cells.cast(pl.String, strict=False)
    if kind == "integer" and dtype.is_decimal():
        return pl.select(pl.when(cells == cells.floor()).then(cells.cast(pl.Int64, strict=False))).to_series()
    right = {
        "integer": dtype.is_integer(),
        "number": dtype.is_numeric(),
        "boolean": dtype == pl.Boolean,
        "date": dtype == pl.Date,
        "datetime": isinstance(dtype, pl.Datetime),
        "time": dtype == pl.Time,
        "duration": isinstance(dtype, pl.Duration),
        "year": dtype.is_integer(),
    }
    if not right.get(kind):
        return None
    if kind in ("datetime", "duration"):
        return cells.dt.cast_time_unit("us").cast(pl.Int64)
    if kind == "time":
        return cells.cast(pl.Int64) // 1000
    return cells.cast(logical.stored({"type": kind}), strict=False)


def text_at(cells: "pl.Series", place: int) -> str:
    """A cell as a message shows it."""
    try:
        with _in_range():
            return as_text(cells[place])
    except (UnreadableError, ValueError, OverflowError):
        return "a value out of range"


@contextlib.contextmanager
def _in_range() -> Iterator[None]:
    """Says *unreadable* where polars panics, as it does of days that Python does not have."""
    import polars as pl

    try:
        yield
    except pl.exceptions.PanicException as error:
        raise UnreadableError(f"it holds a value that cannot be read: {shown(error, 100)}") from error


def as_text(cell: Any) -> str:
    """A cell as text: nested cells as JSON, all others as Python writes them.

    >>> import datetime
    >>> as_text([1, None]), as_text(b"ab"), as_text(datetime.date(2021, 8, 31))
    ('[1,null]', '6162', '2021-08-31')
    """
    found = _as_json(cell)
    return found if isinstance(found, str) else values.canonical(found)


def _json(cell: Any) -> str:
    return values.canonical(_as_json(cell))


def _as_json(cell: Any) -> Any:
    """A nested cell in what JSON has: days and times as ISO 8601 writes them, bytes as hexadecimal digits."""
    if isinstance(cell, dict):
        return {name: _as_json(inner) for name, inner in cell.items()}
    if hasattr(cell, "to_list") or isinstance(cell, list):
        return [_as_json(inner) for inner in cell]
    if isinstance(cell, bytes):
        return cell.hex()
    return cell if cell is None or isinstance(cell, (str, int, float)) else str(cell)
