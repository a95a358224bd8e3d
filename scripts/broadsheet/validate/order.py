"""Checks of order: rows as the package promises them, and upper bounds not below lower ones."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import primary_key
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import KEPT, NOT_APPLICABLE, Faults, Finding, Outcomes, Unmade
from broadsheet.validate.shown import quoted

if TYPE_CHECKING:
    import pyarrow as pa

SPAN = ("article_id", "start_char", "end_char")

BOUNDS = (
    ("earliest", "latest"),
    ("event_earliest", "event_latest"),
    ("value_min", "value_max"),
    ("first_published", "last_published"),
)
"""Pairs of fields of one table whose second is never below the first."""


def order_of(table: Table) -> tuple[str, ...]:
    """The columns that the rows are ordered by: those of the span, where the table has them, then the primary key."""
    key = primary_key(table.schema)
    span = SPAN if set(SPAN) <= set(table.fields) else ()
    return (*span, *(name for name in key if name not in span))


def rows_are_in_order(table: Table) -> Outcomes:
    """Whether each row comes after the one before it; text is compared by code points."""
    columns = order_of(table)
    if not columns:
        yield Unmade("the table has no key to be ordered by", NOT_APPLICABLE)
        return
    last = None
    for first, batch in sources.numbered(sources.batches(table, columns)):
        joined = batch if last is None else _appended(last, batch)
        rows = _descents(joined, columns)
        if rows:
            begin = first - (joined.num_rows - batch.num_rows)
            yield Faults([_out_of_order(begin + row, columns) for row in rows[:KEPT]], len(rows))
        last = batch.slice(batch.num_rows - 1) if batch.num_rows else last


def _appended(last: "pa.RecordBatch", batch: "pa.RecordBatch") -> "pa.RecordBatch":
    import pyarrow as pa

    return pa.concat_batches([last, batch])


def _descents(batch: "pa.RecordBatch", columns: Sequence[str]) -> list[int]:
    """Places of rows that are below the row before them; missing cells count as equal to anything."""
    import polars as pl

    if batch.num_rows < 2:
        return []
    below = pl.repeat(value=False, n=batch.num_rows - 1, eager=True)
    equal = ~below
    for name in columns:
        cells = pl.Series(name, pl.from_arrow(batch[name]))
        before, after = cells[:-1], cells[1:]
        below |= equal & (after < before).fill_null(value=False)
        equal &= (after == before).fill_null(value=True)
    return [place + 1 for place in below.arg_true().to_list()]


def _out_of_order(row: int, columns: Sequence[str]) -> Finding:
    rule = f"ordered by {', '.join(columns)}"
    text = f"the row belongs before row {row - 1}; rows are {rule}; build the package again"
    return Finding("row-order", text, "", row, "", rule)


def bounds_are_in_order(table: Table) -> Outcomes:
    """Whether no upper bound lies below its lower bound."""
    pairs = [pair for pair in BOUNDS if set(pair) <= set(table.fields)]
    if not pairs:
        yield Unmade("the table has no bounds", NOT_APPLICABLE)
        return
    columns = [name for pair in pairs for name in pair]
    for first, batch in sources.numbered(sources.batches(table, columns)):
        for low, high in pairs:
            yield from _crossed(batch, low, high, first)


def _crossed(batch: "pa.RecordBatch", low: str, high: str, first: int) -> Iterator[Faults]:
    import pyarrow.compute as pc

    rows = pc.indices_nonzero(pc.greater(batch[low], batch[high])).to_pylist()
    if rows:
        found = [
            _crossing(batch[low][row].as_py(), batch[high][row].as_py(), low, high, first + row) for row in rows[:KEPT]
        ]
        yield Faults(found, len(rows))


def _crossing(lower: Any, upper: Any, low: str, high: str, row: int) -> Finding:
    text = f"{quoted(upper)} lies below {low} {quoted(lower)}; correct one of them"
    return Finding("bounds-order", text, "", row, high, f"{low} <= {high}", str(upper))
