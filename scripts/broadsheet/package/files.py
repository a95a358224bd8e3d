"""One table as CSV and Parquet, written batch by batch, with its sizes and hashes.

The bytes depend on the rows and the library versions alone: batches are re-cut to row groups of a fixed size.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.content_hash import content_hash
from broadsheet.schemas import Schema, arrow_schema
from broadsheet.validate.files import digest

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

ROW_GROUP = 65_536
"""Rows of a Parquet row group."""

ROW_GROUP_BYTES = 16 << 20
"""A row group is closed early where its texts reach this size."""

SCHEMA_KEY = "tableschema"
"""Key under which a Parquet file's metadata holds its Table Schema."""


@dataclass(frozen=True, slots=True)
class Written:
    """A table in its two files; hashes are SHA-256 in hex, `csv_bytes` the size of the CSV."""

    name: str
    rows: int
    csv_bytes: int
    csv_sha256: str
    parquet_sha256: str
    content_hash: str


def write_table(name: str, batches: "Iterable[pa.RecordBatch]", schema: Schema, package: Path) -> Written:
    """Write `data/NAME.csv` and `parquet/NAME.parquet` below the package folder from batches of its columns."""
    csv, parquet = package / "data" / f"{name}.csv", package / "parquet" / f"{name}.parquet"
    for path in (csv, parquet):
        path.parent.mkdir(exist_ok=True)
    columns = arrow_schema(schema)
    counted = _Counter()
    hashed = content_hash(counted.through(_written(batches, csv, parquet, schema)), columns)
    _give_memory_back()
    return Written(
        name=name,
        rows=counted.rows,
        csv_bytes=csv.stat().st_size,
        csv_sha256=digest(csv),
        parquet_sha256=digest(parquet),
        content_hash=hashed,
    )


def _give_memory_back() -> None:
    """Unused memory of Arrow to the system: by itself it keeps what the largest table has needed."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


class _Counter:
    """Counts the rows of batches that pass."""

    rows = 0

    def through(self, batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        for batch in batches:
            self.rows += batch.num_rows
            yield batch


def _written(
    batches: "Iterable[pa.RecordBatch]", csv: Path, parquet: Path, schema: Schema
) -> "Iterator[pa.RecordBatch]":
    """Row groups, each after it has been written to both files."""
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pa_parquet

    plain = arrow_schema(schema)
    described = _described(plain, schema)
    quoting = pa_csv.WriteOptions(quoting_style="needed", batch_size=1024)
    with contextlib.ExitStack() as stack:
        to_csv = stack.enter_context(pa_csv.CSVWriter(str(csv), plain, write_options=quoting))
        to_parquet = stack.enter_context(
            pa_parquet.ParquetWriter(str(parquet), described, compression="zstd", compression_level=3)
        )
        for group in _row_groups(batches, plain):
            to_csv.write_batch(group)
            to_parquet.write_batch(group.cast(described), row_group_size=max(1, group.num_rows))
            yield group


def _row_groups(batches: "Iterable[pa.RecordBatch]", schema: "pa.Schema") -> "Iterator[pa.RecordBatch]":
    """The same rows in batches of `ROW_GROUP` at most, cut at the same rows however the batches come."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        start, sizes = 0, _text_sizes(batch)
        while start < batch.num_rows:
            taken = _taken(sizes[start:], ROW_GROUP - rows, ROW_GROUP_BYTES - size)
            waiting.append(batch.slice(start, taken))
            rows, size = rows + taken, size + int(sizes[start : start + taken].sum())
            start += taken
            if rows == ROW_GROUP or size >= ROW_GROUP_BYTES:
                yield _joined(waiting, schema)
                waiting, rows, size = [], 0, 0
    if waiting:
        yield _joined(waiting, schema)


def _text_sizes(batch: "pa.RecordBatch") -> "np.ndarray[Any, Any]":
    """Bytes of text in each row."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [column for column in batch.columns if pa.types.is_string(column.type)]
    lengths = (pc.fill_null(pc.binary_length(column), 0).to_numpy(zero_copy_only=False) for column in texts)
    return sum(lengths, np.zeros(batch.num_rows, np.int64))


def _taken(sizes: "np.ndarray[Any, Any]", rows: int, size: int) -> int:
    """How many of the rows go on: so many at most, and none after the one that reaches the size."""
    import numpy as np

    return min(rows, int(np.searchsorted(np.cumsum(sizes[:rows]), size)) + 1, len(sizes))


def _joined(batches: "list[pa.RecordBatch]", schema: "pa.Schema") -> "pa.RecordBatch":
    import pyarrow as pa

    table = pa.Table.from_batches(batches, schema).combine_chunks()
    return table.to_batches()[0] if table.num_rows else pa.RecordBatch.from_pylist([], schema=schema)


def _described(columns: "pa.Schema", schema: Schema) -> "pa.Schema":
    """The Arrow schema with the Table Schema in its metadata, and each field's description in the field's."""
    import pyarrow as pa

    fields = [
        columns.field(field["name"]).with_metadata({"title": field["title"], "description": field["description"]})
        for field in schema["fields"]
    ]
    return pa.schema(fields, metadata={SCHEMA_KEY: json.dumps(schema, ensure_ascii=False, sort_keys=True)})
