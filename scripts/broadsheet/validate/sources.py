"""Rows of a table's files as Arrow batches of the schema's columns, in bounded memory."""

import contextlib
import csv
import functools
import io
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import Schema, arrow_schema, field_names
from broadsheet.validate import parquet_limits
from broadsheet.validate.contents import Table
from broadsheet.validate.report import UnreadableError

if TYPE_CHECKING:
    import pyarrow as pa

    Batches = Iterator[pa.RecordBatch]

ROWS = 16_384
"""Rows of a batch at most."""

SMALL, LARGE = 4 << 20, 32 << 20
"""A Parquet file of no more bytes, that takes no more when it is unpacked, is read once for checks in a row."""

BLOCKS = (1 << 20, 8 << 20, 64 << 20)
"""Bytes of CSV that are parsed at once; the larger ones where a row needs them. No row may be larger still.

pyarrow reads some forty blocks ahead, whatever it is told, so the size of a block counts forty times.
"""

HEADER = 1 << 20
"""Bytes in which the first row of a CSV file must end."""

FIRST = b"broadsheet:firstRow"
"""Key of the metadata in which a batch says the number of its first row, where rows were left out before it."""

FIRST_ROW = 2
"""Number of the first row of data: the header is row 1, as in frictionless's reports."""


def batches(table: Table, columns: Sequence[str] | None = None) -> "Batches":
    """The rows of the table from its Parquet file, or from its CSV file where it has none.

    Raises `UnreadableError` where neither can be read.
    """
    if table.logical is not None:
        logical: Batches = table.logical.batches(columns)
        return logical
    if table.limit or not (table.parquet or table.csv):
        raise UnreadableError(table.limit or "none of its files can be read")
    return parquet_batches(table, columns) if table.parquet else csv_batches(table, columns)


def parquet_batches(table: Table, columns: Sequence[str] | None = None) -> "Batches":
    """The rows of the Parquet file, cast to the schema's types; text that is no UTF-8 makes it unreadable."""
    assert table.parquet is not None
    wanted = columns_of(table.schema, columns)
    with _readable(table.parquet):
        for batch in _read_batches(table.parquet, wanted.names):
            yield batch.select(wanted.names).cast(wanted)


def parquet_as_is(path: Path) -> "Batches":
    """The rows of a Parquet file in the types that it has."""
    with _readable(path):
        yield from _read_batches(path, ())


def _read_batches(path: Path, columns: Sequence[str]) -> "Batches":
    """The columns of a Parquet file, in some order and perhaps with others; small files are kept for the next check."""
    status = path.stat()
    kept = _kept_batches(path, status.st_size, status.st_mtime_ns) if status.st_size <= SMALL else None
    return iter(kept) if kept is not None else _new_batches(path, columns or None)


@functools.lru_cache(maxsize=4)
def _kept_batches(path: Path, _size: int, _changed: int) -> "tuple[pa.RecordBatch, ...] | None":
    """All columns of a file, None where they take too much room: what its footer says of that is not believed."""
    kept, room = [], LARGE
    for batch in _new_batches(path, None):
        kept.append(batch)
        room -= batch.nbytes
        if room < 0:
            return None
    return tuple(kept)


def _new_batches(path: Path, columns: Sequence[str] | None) -> "Batches":
    with parquet_file(path) as file:
        total = 0
        for batch in _limited(path, file, columns):
            total += batch.nbytes
            parquet_limits.check_unpacked(path, total)
            batch.validate(full=True)
            yield batch


def parquet_file(path: Path) -> Any:
    """The Parquet file, opened when its footer is found to be of a size to be read."""
    import pyarrow.parquet as pa_parquet

    parquet_limits.check_footer(path)
    try:
        return pa_parquet.ParquetFile(path)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path.name} has a column whose name is not UTF-8") from error


def _limited(path: Path, file: Any, columns: Sequence[str] | None) -> "Batches":
    """Batches that cannot take much memory: read some rows at a time, and joined again as far as they are small."""
    rows_of = parquet_limits.rows_at_once(path, ROWS)
    if min(rows_of, default=ROWS) == ROWS:
        yield from file.iter_batches(ROWS, columns=columns, use_threads=False)
        return
    read = (
        file.iter_batches(rows, row_groups=[n], columns=columns, use_threads=False) for n, rows in enumerate(rows_of)
    )
    yield from joined(itertools.chain.from_iterable(read), ROWS, LARGE)


def joined(batches: "Iterable[pa.RecordBatch]", rows: int, size: int) -> "Batches":
    """The batches, small ones together, up to so many rows and bytes."""
    import pyarrow as pa

    kept: list[pa.RecordBatch] = []
    count = held = 0
    for batch in batches:
        if kept and (count + batch.num_rows > rows or held + batch.nbytes > size):
            yield pa.concat_batches(kept)
            kept, count, held = [], 0, 0
        kept.append(batch)
        count, held = count + batch.num_rows, held + batch.nbytes
    if kept:
        yield pa.concat_batches(kept)


def csv_batches(table: Table, columns: Sequence[str] | None = None) -> "Batches":
    """The rows of the CSV file; raises `UnreadableError` at the first cell that is not of its type."""
    return csv_typed(table, columns_of(table.schema, columns))


def csv_typed(table: Table, types: "pa.Schema", on_bad_row: Any = None) -> "Batches":
    """Columns of the CSV file read as the types.

    `on_bad_row` is told of rows with too many or too few cells, of some of them perhaps twice.
    """
    assert table.csv is not None
    path = table.csv
    return grown(path, lambda block: open_csv(path, types, table.missing, on_bad_row, block))


def grown(path: Path, reader: "Callable[[int], Any]") -> "Batches":
    """The batches of a reader of CSV that is opened anew with a larger block where a row needs it."""
    import pyarrow as pa

    done = 0
    with _readable(path):
        for block in BLOCKS:
            try:
                for batch in _watched(_after(done, reader, max(1 << 16, min(path.stat().st_size + 1, block)))):
                    done += batch.num_rows
                    yield batch
            except pa.ArrowInvalid as error:
                if "straddling" not in str(error) or block == BLOCKS[-1]:
                    raise
            else:
                return


def _watched(some: "Batches") -> "Batches":
    """The batches; raises what pyarrow only prints: that a row to be told of is no UTF-8."""
    while True:
        told: list[Any] = []
        before, sys.unraisablehook = sys.unraisablehook, told.append
        try:
            batch = next(some, None)
        finally:
            sys.unraisablehook = before
        if told:
            raise UnreadableError("a row of another number of cells is not UTF-8; write the file as UTF-8")
        if batch is None:
            return
        yield batch


def _after(done: int, opened: "Callable[[int], Any]", block: int) -> "Batches":
    """The rows of a reader but the first so many, in small batches."""
    with opened(block) as reader:
        for batch in reader:
            yield from sliced(batch.slice(min(done, batch.num_rows)), ROWS)
            done = max(0, done - batch.num_rows)


def open_csv(path: Path, types: "pa.Schema", missing: Sequence[str], on_bad_row: Any, block: int) -> Any:
    """A pyarrow reader of the CSV file, strict in what booleans and missing values are."""
    import pyarrow.csv as pa_csv

    return pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=block),
        parse_options=pa_csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=on_bad_row
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=types,
            include_columns=types.names,
            null_values=list(missing),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )


def rows(table: Table) -> int:
    """Number of rows of the table."""
    return parquet_rows(table) if table.parquet else csv_rows(table)


def csv_rows(table: Table) -> int:
    """Number of rows of the CSV file, or of whatever else the rows are read from."""
    if table.logical is not None and table.logical.counted is not None:
        return int(table.logical.counted)
    first = field_names(table.schema)[:1]
    return sum(batch.num_rows for batch in (csv_batches if table.csv else batches)(table, first))


def parquet_rows(table: Table) -> int:
    """Number of rows of the Parquet file, as its footer has it."""
    assert table.parquet is not None
    with _readable(table.parquet), parquet_file(table.parquet) as file:
        return int(file.metadata.num_rows)


def csv_header(path: Path) -> list[str]:
    """The column names of a CSV file; empty where it has no readable first row."""
    with _readable(path), path.open("rb") as file:
        head = file.read(HEADER).decode("utf-8-sig", errors="replace")
    try:
        return next(csv.reader(io.StringIO(head, newline="")), [])
    except csv.Error:
        return []


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Says *unreadable* of whatever pyarrow or the system say of a broken file; gives unused memory back at the end."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path.name} cannot be read: {str(error).splitlines()[0]}") from error
    finally:
        pa.default_memory_pool().release_unused()  # by itself it keeps what the largest check has needed


def columns_of(schema: Schema, columns: Sequence[str] | None) -> "pa.Schema":
    """Arrow types of the named columns, of all where none are named."""
    import pyarrow as pa

    whole = arrow_schema(schema)
    if unknown := set(columns or ()) - set(whole.names):
        raise UnreadableError(f"the schema has no field {', '.join(sorted(unknown))}")
    return pa.schema([whole.field(name) for name in columns or field_names(schema)])


def sliced(batch: "pa.RecordBatch", rows: int) -> "Batches":
    """The batch in pieces of so many rows at most."""
    for start in range(0, batch.num_rows, rows):
        yield batch.slice(start, rows)


def whole_numbers(column: "pa.Array") -> Any:
    """An integer column as a numpy array, 0 where a cell is missing."""
    import polars as pl

    return pl.Series(pl.from_arrow(column)).fill_null(0).to_numpy()


def numbered(some: "Batches") -> "Iterator[tuple[int, pa.RecordBatch]]":
    """Batches with the number of their first row, which they may bring along."""
    row = FIRST_ROW
    for batch in some:
        row = int((batch.schema.metadata or {}).get(FIRST, row))
        yield row, batch
        row += batch.num_rows
