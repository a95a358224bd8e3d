"""Cells of tables as hashes, 64 bits each: equal cells of one type have the same one in both tables of a comparison."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.diff.cells import batches
from broadsheet.schemas import arrow_schema
from broadsheet.validate.contents import Table
from broadsheet.validate.hashes import SEEDS
from broadsheet.validate.hashes import folded as fold
from broadsheet.validate.report import UnreadableError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

Hashes = dict[str, Any]
"""For each column an array with the hashes of its cells."""

ROWS = 131_072
"""Rows of a batch of hashes at most."""

BYTES = 16 << 20
"""Bytes of cells of a batch, about; rows of long texts come in smaller batches."""

FEW_BYTES = 4
"""A text column with no more bytes a row in its Parquet file has few values, each held once."""


def hashed(table: Table, columns: Sequence[str], types: "dict[str, pa.DataType]") -> Iterator[Hashes]:
    """The columns of a table as hashes of their cells, batch by batch; for each column an array.

    Of Parquet files of just these types, columns of few values are read as numbers of values, and each value is
    hashed once for many rows.
    """
    columns = list(dict.fromkeys(columns))
    is_plain = not table.limit and table.parquet and _is_plain(table, columns, types)
    for batch in _decoded(table, columns) if is_plain else gathered(batches(table, columns, types)):
        yield _hashes(batch)


def folded(hashes: Hashes, columns: Sequence[str]) -> Any:
    """One hash for the cells of several columns, of one column its own."""
    return fold((hashes[name] for name in columns), len(next(iter(hashes.values()))))


def gathered(some: "Iterable[pa.RecordBatch]") -> "Iterator[pa.Table]":
    """The rows in larger pieces, of no more than ROWS and about BYTES."""
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in some:
        if held and (rows + len(batch) > ROWS or size > BYTES):
            yield pa.Table.from_batches(held)
            held, rows, size = [], 0, 0
        held.append(batch)
        rows, size = rows + len(batch), size + batch.nbytes
    if held:
        yield pa.Table.from_batches(held)


def _hashes(rows: "pa.Table | pa.RecordBatch") -> Hashes:
    import polars as pl
    import pyarrow as pa
    import pyarrow.compute as pc

    few = {name: cells for name, cells in zip(rows.schema.names, rows.columns, strict=True) if _is_few(cells)}
    frame = pl.from_arrow(rows.drop_columns([*few]), rechunk=False)
    assert isinstance(frame, pl.DataFrame)
    hashes = frame.select(pl.all().hash(SEEDS[0])).to_dict()  # one call for all columns: each has its cost
    found = {name: cells.to_numpy() for name, cells in hashes.items()}
    for name, cells in few.items():
        values = pa.concat_arrays([cells.dictionary, pa.nulls(1, cells.dictionary.type)])
        numbers = pc.fill_null(cells.indices, len(values) - 1)
        found[name] = _hashes(pa.record_batch([values], [name]))[name][numbers.to_numpy()]
    return found


def _is_few(cells: "pa.Array | pa.ChunkedArray") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_dictionary(cells.type))


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


def _decoded(table: Table, columns: Sequence[str]) -> "Iterator[pa.RecordBatch]":
    """The columns of a Parquet file in their order, those of few values as dictionaries."""
    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

    assert table.parquet is not None
    try:
        rows, few = _layout(pa_parquet.read_metadata(table.parquet), columns)
        with pa_parquet.ParquetFile(table.parquet, read_dictionary=few) as file:
            for batch in file.iter_batches(rows, columns=columns, use_threads=False):
                batch.validate(full=True)
                yield batch.select(columns)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError(f"{table.parquet.name} cannot be read: {str(error).splitlines()[0]}") from error
    finally:
        pa.default_memory_pool().release_unused()


def _layout(file: "pa_parquet.FileMetaData", columns: Sequence[str]) -> tuple[int, list[str]]:
    """How many rows to read at once, and which text columns have few values, by what the footer says of sizes."""
    widths = dict.fromkeys(columns, 0.0)
    texts: set[str] = set()
    for number in range(file.num_row_groups):
        group = file.row_group(number)
        for place in range(group.num_columns):
            chunk = group.column(place)
            if chunk.path_in_schema in widths:
                width = chunk.total_uncompressed_size / max(1, chunk.num_values)
                widths[chunk.path_in_schema] = max(width, widths[chunk.path_in_schema])
                texts |= {chunk.path_in_schema} if chunk.physical_type == "BYTE_ARRAY" else set()
    few = [name for name in columns if name in texts and widths[name] <= FEW_BYTES]
    return int(min(ROWS, max(256, BYTES // max(1, sum(widths.values()))))), few
