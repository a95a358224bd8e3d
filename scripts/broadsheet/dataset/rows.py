"""The rows of a table as Arrow: only the columns and rows asked for are read, where the file is Parquet."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.dataset.filters import columns_of, expression
from broadsheet.dataset.sources import Source
from broadsheet.errors import IntegrityError, ReadError, UsageError
from broadsheet.schemas import arrow_schema, arrow_type
from broadsheet.validate.report import UnreadableError
from broadsheet.validate.shown import quoted
from broadsheet.validate.sources import csv_batches, parquet_batches

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.compute as pc


def read_rows(source: Source, columns: Sequence[str] | None = None, filters: Any = None) -> "pa.Table":
    """The rows that the filters let pass, in the file's order, with the schema's types.

    Raises `UsageError` for columns and filters that do not fit the schema, `ReadError` for a file that cannot be
    read, and `IntegrityError` for a cell that is none of the values its column is declared to have.
    """
    wanted = columns_of(source.fields, columns)
    condition = expression(source.fields, filters)
    if condition is not None:
        _check_binds(source, condition)
    with _readable(source):
        found = _from_parquet if source.resource.is_parquet else _from_csv
        table = _typed(source, found(source, wanted, condition))
        table.validate(full=True)
    for name in wanted:
        _check_categories(source, name, table[name])
    return table


def row_batches(source: Source, columns: Sequence[str] | None = None) -> "Iterator[pa.RecordBatch]":
    """All rows in batches, in bounded memory; raises as `read_rows` does, when it gets there."""
    wanted = columns_of(source.fields, columns)
    with _readable(source):
        batches = parquet_batches if source.resource.is_parquet else csv_batches
        yield from batches(source.table, wanted)


def _check_binds(source: Source, condition: "pc.Expression") -> None:
    """Raise `UsageError` where a filter does not fit the columns, before a file is opened."""
    import pyarrow as pa

    try:
        arrow_schema(source.schema).empty_table().filter(condition)
    except (pa.ArrowException, KeyError) as error:
        reason = str(error).splitlines()[0]
        columns = ", ".join(source.fields)
        raise UsageError(f"the filter does not fit the table: {reason}", tip=f"its columns are {columns}") from error


@contextlib.contextmanager
def _readable(source: Source) -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, UnreadableError) as error:
        reason = (str(error).splitlines() or ["unknown"])[0]
        tip = "fetch or build the package again; broadsheet validate says more"
        raise ReadError(f"{source.file}: cannot be read: {reason}", tip=tip) from error


def _from_parquet(source: Source, columns: list[str], condition: "pc.Expression | None") -> "pa.Table":
    import pyarrow.parquet as parquet

    with source.file.open("rb") as stream:
        there = parquet.read_schema(stream).names
        if absent := [name for name in source.fields if name not in there]:
            raise UnreadableError(f"it has no column {quoted(absent[0])}, which its schema declares")
        stream.seek(0)
        return parquet.read_table(stream, columns=columns, filters=condition)


def _from_csv(source: Source, columns: list[str], condition: "pc.Expression | None") -> "pa.Table":
    import pyarrow as pa

    batches = csv_batches(source.table, None if condition is not None else columns)
    schema = arrow_schema(source.schema) if condition is not None else None
    table = pa.Table.from_batches(batches, schema) if schema else _joined(source, columns, batches)
    return (table.filter(condition) if condition is not None else table).select(columns)


def _joined(source: Source, columns: list[str], batches: "Iterator[pa.RecordBatch]") -> "pa.Table":
    import pyarrow as pa

    found = list(batches)
    return pa.Table.from_batches(found) if found else arrow_schema(source.schema).empty_table().select(columns)


def _typed(source: Source, table: "pa.Table") -> "pa.Table":
    """The table with the schema's types; what the file says of itself stays in its metadata."""
    import pyarrow as pa

    fields = [field.with_type(arrow_type(source.fields[field.name])) for field in table.schema]
    return table.cast(pa.schema(fields, metadata=table.schema.metadata))


def categories(field: dict[str, Any]) -> list[str]:
    """The values that a text field is limited to, in the schema's order; empty where it is not.

    >>> categories({"name": "kind", "type": "string", "constraints": {"enum": ["direct", "indirect"]}})
    ['direct', 'indirect']
    >>> categories({"name": "size", "type": "string", "categories": [{"value": "S", "label": "small"}]})
    ['S']
    """
    listed = field.get("categories") or field.get("constraints", {}).get("enum") or []
    if not isinstance(listed, list) or field.get("type") != "string":
        return []
    values = [item.get("value") if isinstance(item, dict) else item for item in listed]
    texts = [value for value in values if isinstance(value, str)]
    return list(dict.fromkeys(texts)) if len(texts) == len(values) else []


def _check_categories(source: Source, name: str, column: "pa.ChunkedArray") -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (listed := categories(source.fields[name])):
        return
    other = column.filter(pc.and_(pc.is_valid(column), pc.invert(pc.is_in(column, pa.array(listed, pa.string())))))
    if len(other):
        raise IntegrityError(
            f"{source.file}: column {quoted(name)} holds {quoted(other[0].as_py())}, which its schema does not list",
            tip=f"expected one of {', '.join(listed)}; see: broadsheet validate",
        )
