"""All rows that differ, with all cells, in a CSV or Parquet file: what a report shows the first of.

The file has a line for each cell that differs, of added and removed rows for each that is not missing; a row without
such a cell has one line without a column. All cells are text, `key` is a JSON object. Rows come table by table: first
the added ones, then the removed and the changed ones, each in the order of the package that has them.
"""

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.diff.cells import Shared, batches
from broadsheet.diff.model import KINDS, RAW, REMOVED
from broadsheet.diff.rows import Found
from broadsheet.errors import UsageError
from broadsheet.validate.contents import Table
from broadsheet.validate.database import database, reading

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

COLUMNS = ("table", "kind", "cause", "key", "column", "old", "new")
ROWS = 8_192
"""Rows that are written at once."""

Sink = Callable[[Table, Table, Shared, Found, str], None]
"""Writes the rows that were found in two tables; the last argument is the cause of those that are not raw."""


@contextlib.contextmanager
def rows_file(path: Path) -> Iterator[Sink]:
    """Writes all rows into a new file, which is there when the block ends without an error.

    Raises `UsageError` where the file is there already, or its name does not end in .csv or .parquet.
    """
    if path.suffix not in (".csv", ".parquet"):
        raise UsageError(f"{path}: rows are written as .csv or .parquet", tip=f"name it {path.name}.csv")
    if path.exists():
        raise UsageError(f"{path}: is there already", tip="delete it, or name another file")
    part = path.with_name(f".{path.name}.part")
    try:
        with _writer(part, path.suffix) as writer:
            yield functools.partial(_write, writer)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _writer(path: Path, suffix: str) -> Any:
    import pyarrow as pa
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pa_parquet

    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    return pa_csv.CSVWriter(path, schema) if suffix == ".csv" else pa_parquet.ParquetWriter(path, schema)


def _write(writer: Any, old: Table, new: Table, columns: Shared, found: Found, cause: str) -> None:
    import pyarrow as pa

    for batch in _joined(old, new, columns, found, cause):
        lines = _lines(batch, columns).with_columns(table=_text(new.name)).select(COLUMNS)
        writer.write_table(lines.to_arrow().cast(pa.schema([(name, pa.string()) for name in COLUMNS])))


def _text(value: str | None) -> "pl.Expr":
    import polars as pl

    return pl.lit(value, pl.String)


def _joined(old: Table, new: Table, columns: Shared, found: Found, cause: str) -> "Iterator[pa.RecordBatch]":
    """The rows that differ: their kind, whether they are raw, and their cells then (o0, o1, …) and now (n0, …)."""
    names = [*columns.key, *columns.others]
    cells = ", ".join(f"{side}.k{place} as {side}{place}" for side in "on" for place in range(len(names)))
    query = f"""select kind, cause, {cells} from pairs left join o on o.row = pairs.old left join n on n.row = pairs.new
                order by kind, coalesce(pairs.new, pairs.old)"""
    with database() as connection, reading():
        connection.register("pairs", _pairs(found, cause))
        connection.register("o", _numbered(old, names, columns))
        connection.register("n", _numbered(new, names, columns))
        yield from connection.sql(query).to_arrow_reader(ROWS)


def _pairs(found: Found, cause: str) -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    tables = []
    for place, kind in enumerate(KINDS):
        count = len(found.raw[kind])
        old, new = (_numbers(numbers, count) for numbers in found.numbers[kind])
        kinds = pa.array(np.full(count, place, np.int8))
        causes = pa.array(np.where(found.raw[kind], RAW, cause), pa.string())
        tables.append(pa.table({"kind": kinds, "cause": causes, "old": old, "new": new}))
    return pa.concat_tables(tables)


def _numbers(numbers: Any, count: int) -> "pa.Array":
    import numpy as np
    import pyarrow as pa

    return pa.nulls(count, pa.int64()) if numbers is None else pa.array(numbers.astype(np.int64))


def _numbered(table: Table, names: Sequence[str], columns: Shared) -> "pa.RecordBatchReader":
    """The columns as k0, k1, … in the types in which they are compared, and the number of each row."""
    import pyarrow as pa

    fields = [(f"k{place}", columns.types[name]) for place, name in enumerate(names)]
    schema = pa.schema([*fields, ("row", pa.int64())])
    return pa.RecordBatchReader.from_batches(schema, _counted(batches(table, names, columns.types), schema))


def _counted(some: "Iterator[pa.RecordBatch]", schema: "pa.Schema") -> "Iterator[pa.RecordBatch]":
    import numpy as np
    import pyarrow as pa

    first = 0
    for batch in some:
        rows = pa.array(np.arange(first, first + len(batch)), pa.int64())
        yield pa.RecordBatch.from_arrays([*batch.columns, rows], schema=schema)
        first += len(batch)


def _lines(batch: "pa.RecordBatch", columns: Shared) -> "pl.DataFrame":
    """A line for each cell that is not the same then and now, and one for each row without such a cell."""
    import polars as pl

    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)
    removed = pl.col("kind") == KINDS.index(REMOVED)
    key = [
        pl.when(removed).then(pl.col(f"o{place}")).otherwise(pl.col(f"n{place}")).cast(pl.String).alias(name)
        for place, name in enumerate(columns.key)
    ]
    kinds = pl.col("kind").replace_strict(range(len(KINDS)), KINDS, return_dtype=pl.String)
    frame = frame.with_columns(kinds, key=pl.struct(key).struct.json_encode()).with_row_index("place")
    differs = {
        name: pl.col(f"o{place}").ne_missing(pl.col(f"n{place}"))
        for place, name in enumerate(columns.others, len(columns.key))
    }
    lines = [
        frame.filter(differs[name]).select(*_head(column, name), *_cells(f"o{column}", f"n{column}"))
        for column, name in enumerate(columns.others, len(columns.key))
    ]
    bare = frame.filter(~pl.any_horizontal(pl.lit(value=False), *differs.values()))
    lines.append(bare.select(*_head(0, None), _text(None).alias("old"), _text(None).alias("new")))
    return pl.concat(lines).sort("place", "number")


def _head(number: int, column: str | None) -> "list[pl.Expr]":
    import polars as pl

    return [
        *map(pl.col, ("place", "kind", "cause", "key")),
        pl.lit(number).alias("number"),
        _text(column).alias("column"),
    ]


def _cells(old: str, new: str) -> "list[pl.Expr]":
    import polars as pl

    return [pl.col(name).cast(pl.String).alias(to) for name, to in ((old, "old"), (new, "new"))]
