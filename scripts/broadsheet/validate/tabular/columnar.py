"""Columns of Parquet files as logical values: those that have the field's type already, and texts that stand for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.validate import sources
from broadsheet.validate.report import UnreadableError
from broadsheet.validate.shown import shown
from broadsheet.validate.tabular import logical, rows, values

if TYPE_CHECKING:
    import polars as pl

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
        columns = [pl.Series("cells", pl.from_arrow(column)) for column in batch.columns]
        yield rows.Chunk(first, [_texts(column) for column in columns])


def _texts(column: "pl.Series") -> "pl.Series":
    import polars as pl

    return column.cast(pl.String) if column.dtype in (pl.Categorical, pl.Enum) else column


def read(cells: "pl.Series", field: dict[str, Any]) -> logical.Read:
    """The values of a Parquet column; cells of a type that the field's is not are bad."""
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
        return logical.Read(empty, cells.is_not_null())
    if isinstance(found, pl.Series) and found.dtype == pl.String and field["type"] not in ("any", "string"):
        return logical.read(found, field)
    lost = found.null_count() != cells.null_count()
    return logical.Read(found, cells.is_not_null() & found.is_null() if lost else None)


def _converted(cells: "pl.Series", kind: str) -> "pl.Series | None":
    """The values as the checks hold them, None where the column is of another type."""
    import polars as pl

    dtype = cells.dtype
    if kind in ("object", "array", "geopoint", "geojson", "any") and dtype.is_nested():
        return pl.Series("cells", [None if cell is None else _json(cell) for cell in cells.to_list()], dtype=pl.String)
    if kind == "any":
        return cells.cast(pl.String, strict=False)
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


def _json(cell: Any) -> str:
    return values.canonical(cell.to_list() if hasattr(cell, "to_list") else cell)
