"""What differs between two tables, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import primary_key
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.database import database, reading
from broadsheet.validate.report import KEPT

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not the same in two tables: its number in the first, its key, and its cells in each, if any."""

    row: int | None
    key: tuple[Any, ...]
    then: dict[str, Any] | None
    now: dict[str, Any] | None


def differing(then: Table, now: Table, columns: Sequence[str]) -> tuple[list[Difference], int]:
    """The first rows that differ in primary key or columns, in the order of the first table, and the number of all."""
    keys = primary_key(now.schema)
    names = [*keys, *(column for column in columns if column not in keys)]
    same = " and ".join(f"a.k{place} = b.k{place}" for place in range(len(keys)))
    differs = " or ".join(f"a.k{place} is distinct from b.k{place}" for place in range(len(names)))
    cells = ", ".join(f"{side}.k{place}" for side in ("a", "b") for place in range(len(names)))
    query = f"""select count(*) over (), a.row, {cells} from a full join b on {same}
                where {differs} order by a.row, b.row limit {KEPT}"""
    with database() as connection, reading():
        connection.register("a", stream(then, names))
        connection.register("b", stream(now, names))
        rows = connection.execute(query).fetchall()
    return [_difference(row[1], keys, names, row[2:]) for row in rows], rows[0][0] if rows else 0


def _difference(row: int | None, keys: Sequence[str], names: Sequence[str], cells: Sequence[Any]) -> Difference:
    sides = [dict(zip(names, part, strict=True)) for part in (cells[: len(names)], cells[len(names) :])]
    then, now = (side if any(side[key] is not None for key in keys) else None for side in sides)
    known = then or now or {}
    return Difference(row, tuple(known[key] for key in keys), then, now)


def stream(table: Table, columns: Sequence[str]) -> "pa.RecordBatchReader":
    """The columns as k0, k1, … and the number of each row as `row`; for one query only."""
    import pyarrow as pa

    types = sources.columns_of(table.schema, columns).types
    schema = pa.schema([*((f"k{place}", type_of) for place, type_of in enumerate(types)), ("row", pa.int64())])
    return pa.RecordBatchReader.from_batches(schema, _with_rows(sources.batches(table, columns), schema))


def _with_rows(some: "Iterator[pa.RecordBatch]", schema: "pa.Schema") -> "Iterator[pa.RecordBatch]":
    import numpy as np
    import pyarrow as pa

    for first, batch in sources.numbered(some):
        numbers = pa.array(np.arange(first, first + batch.num_rows), pa.int64())
        yield pa.RecordBatch.from_arrays([*batch.columns, numbers], schema=schema)
