"""Cells of two tables of one name, read as types in which they can be compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.content_hash import canonical
from broadsheet.schemas import arrow_schema, field_names, primary_key
from broadsheet.validate import sources
from broadsheet.validate.contents import Table

if TYPE_CHECKING:
    import pyarrow as pa


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
    keys = (tuple(dict.fromkeys(primary_key(table.schema))) for table in (new, old))
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
    return canonical(cells) if pa.types.is_string(wanted) else cells.cast(wanted, safe=False)  # 2^53 + 1 to 2^53


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
