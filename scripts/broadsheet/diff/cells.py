"""Cells of two tables of one name, read as types in which they can be compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.content_hash import canonical
from broadsheet.schemas import arrow_schema, field_names, primary_key
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.hashes import FACTOR, SEEDS, hashes_of
from broadsheet.validate.report import UnreadableError
from broadsheet.validate.shown import shown

if TYPE_CHECKING:
    import pyarrow as pa

Hashes = dict[str, Any]
"""For each column an array with the hashes of its cells."""

ROWS = 131_072
"""Rows of a batch of hashes at most."""

CSV_ROW = 16
"""No row of a CSV file of the tables compared here is taken to be shorter, in bytes, when rows are estimated."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The columns that two tables have in common: the key that rows are matched by, and the others.

    `types` are those in which cells are compared: the one type of both, else numbers, else text.
    """

    key: tuple[str, ...]
    others: tuple[str, ...]
    types: "dict[str, pa.DataType]"


def shared(old: Table, new: Table) -> Shared:
    """The columns of both tables; rows are matched by the primary key of the newer, else that of the older.

    Where neither key is in both tables, the key is the whole row, and no row counts as changed.
    """
    before, after = arrow_schema(old.schema), arrow_schema(new.schema)
    names = [name for name in field_names(new.schema) if name in before.names]
    keys = (primary_key(table.schema) for table in (new, old))
    key = next((key for key in keys if key and set(key) <= set(names)), tuple(names))
    types = {name: _common(before.field(name).type, after.field(name).type) for name in names}
    return Shared(key, tuple(name for name in names if name not in key), types)


def _common(one: "pa.DataType", other: "pa.DataType") -> "pa.DataType":
    import pyarrow as pa

    if one == other:
        return one
    return pa.float64() if {one, other} == {pa.int64(), pa.float64()} else pa.string()


def batches(table: Table, columns: Sequence[str], types: "dict[str, pa.DataType]") -> "Iterator[pa.RecordBatch]":
    """The columns of a table, in the types."""
    import pyarrow as pa

    for batch in sources.batches(table, columns):
        arrays = [_as(batch[name], types.get(name, batch[name].type)) for name in columns]
        yield pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _as(cells: "pa.Array", wanted: "pa.DataType") -> "pa.Array":
    import pyarrow as pa

    if cells.type == wanted:
        return cells
    return canonical(cells) if pa.types.is_string(wanted) else cells.cast(wanted)


def hashed(table: Table, columns: Sequence[str], types: "dict[str, pa.DataType]") -> Iterator[Hashes]:
    """The columns of a table as hashes of their cells, batch by batch; for each column an array.

    Equal cells of one type have the same hash in both tables. Parquet files of just these types are hashed by polars
    while it reads them, in a quarter of the time.
    """
    columns = list(dict.fromkeys(columns))
    if table.limit or not table.parquet or not _is_plain(table, columns, types):
        for batch in batches(table, columns, types):
            yield {name: hashes_of(batch, [name], 0) for name in columns}
        return
    yield from _scanned(table.parquet, columns)


def folded(hashes: Hashes, columns: Sequence[str]) -> Any:
    """One hash for the cells of several columns, of one column its own."""
    import numpy as np

    found = np.zeros(len(next(iter(hashes.values()))), np.uint64)
    with np.errstate(over="ignore"):
        for name in columns:
            found = found * np.uint64(FACTOR) ^ hashes[name]
    return found


def _is_plain(table: Table, columns: Sequence[str], types: "dict[str, pa.DataType]") -> bool:
    """Whether the Parquet file has the columns in the types in which they are compared."""
    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

    assert table.parquet is not None
    stated = arrow_schema(table.schema)
    try:
        file = pa_parquet.read_schema(table.parquet)
    except (pa.ArrowException, OSError):
        return False
    wanted = {name: types.get(name, stated.field(name).type) for name in columns}
    return all(file.names.count(name) == 1 and file.field(name).type == of for name, of in wanted.items())


def _scanned(path: Path, columns: Sequence[str]) -> Iterator[Hashes]:
    import polars as pl

    scan = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    cells = [pl.col(name).hash(SEEDS[0]) for name in columns]
    try:
        for frame in scan.select(cells).collect_batches(chunk_size=ROWS, maintain_order=True):
            yield {name: frame[name].to_numpy() for name in columns}
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise UnreadableError(f"{path.name} cannot be read: {shown(error, 200)}") from error


def most_rows(table: Table) -> int:
    """The rows that the table has, of a CSV file those that it has at most."""
    return sources.parquet_rows(table) if table.parquet or not table.csv else table.csv.stat().st_size // CSV_ROW


def rows_at(
    table: Table, numbers: Sequence[int], columns: Sequence[str], types: "dict[str, pa.DataType]"
) -> dict[int, dict[str, Any]]:
    """The rows of the numbers (0-based), by number; the table is read as far as the last of them."""
    import pyarrow as pa

    wanted, first = sorted(numbers), 0
    found: dict[int, dict[str, Any]] = {}
    if not wanted:
        return found
    for batch in batches(table, columns, types):
        here = [number for number in wanted if first <= number < first + batch.num_rows]
        rows = batch.take(pa.array([number - first for number in here], pa.int64())).to_pylist() if here else []
        found |= dict(zip(here, rows, strict=True))
        first += batch.num_rows
        if first > wanted[-1]:
            break
    return found
