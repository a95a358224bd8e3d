"""Rows, filled cells and rows by partition of a table, counted in one pass over its batches."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import field_names
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.expectations import Part

if TYPE_CHECKING:
    import polars as pl

MOST, LONGEST = 200_000, 1_000
"""Partitions of a table at most, and characters of a value that makes one: nobody reviews more."""

FORMS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "": "%Y-%m-%d"}
"""How a date is written at each granularity."""

Key = tuple[str, ...]


class PartitionsError(Exception):
    """Rows fall into more partitions than can be reviewed, or into too long ones."""


@dataclass(slots=True)
class Measures:
    """What was counted: rows, cells that are not missing by field, and for each partitioning the rows by key.

    The parts of a key are texts; a missing value is the empty one, as in CSV.
    """

    rows: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    partitions: list[Counter[Key]] = field(default_factory=list)


def measured(table: Table, filled: Sequence[str], partitions: Sequence[Sequence[Part]]) -> Measures:
    """Count rows, cells of the fields `filled`, and rows by each partitioning.

    Raises `UnreadableError` where the rows cannot be read, `PartitionsError` where partitions are too many or too long.
    """
    import polars as pl
    import pyarrow as pa

    found = Measures(partitions=[Counter() for _ in partitions])
    names = list(dict.fromkeys((*filled, *(part.name for parts in partitions for part in parts))))
    for batch in sources.batches(table, names or field_names(table.schema)[:1]):
        frame = pl.DataFrame(pa.Table.from_batches([batch]))
        found.rows += frame.height
        for name in filled:
            found.filled[name] += frame.height - frame[name].null_count()
        for counts, parts in zip(found.partitions, partitions, strict=True):
            _count(counts, frame, [_text(part, table.fields[part.name]) for part in parts])
    return found


def _count(counts: Counter[Key], frame: "pl.DataFrame", texts: "Sequence[pl.Expr]") -> None:
    import polars as pl

    named = [text.alias(str(number)) for number, text in enumerate(texts)]
    for *key, rows in frame.group_by(named).agg(pl.len().alias("rows")).iter_rows():
        if max(map(len, key)) > LONGEST:
            raise PartitionsError(f"a partition has a value of more than {LONGEST:,} characters")
        counts[tuple(key)] += rows
    if len(counts) > MOST:
        raise PartitionsError(f"rows fall into more than {MOST:,} partitions")


def _text(part: Part, described: dict[str, Any]) -> "pl.Expr":
    """The values of a field as texts: the same for CSV and Parquet, empty where missing."""
    import polars as pl

    cells, kind = pl.col(part.name), described.get("type", "string")
    if kind == "date":
        text = cells.dt.strftime(FORMS[part.granularity])
    elif kind == "datetime":
        text = cells.cast(pl.Datetime("us")).dt.strftime(FORMS[part.granularity])
    elif kind == "yearmonth":
        text = pl.concat_str(
            (cells // 12).cast(pl.String).str.zfill(4), (cells % 12 + 1).cast(pl.String).str.zfill(2), separator="-"
        )
    else:
        text = cells.cast(pl.String)
    return text.fill_null("")
