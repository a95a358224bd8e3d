"""A table of two packages: what its rows come to, and the rules that its changes fall under."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from broadsheet.diff import recipe
from broadsheet.diff.all_rows import Sink
from broadsheet.diff.causes import ARTICLE, ORIGINS, Causes
from broadsheet.diff.cells import Shared, shared
from broadsheet.diff.model import ADDED, CHANGED, CORRECTION, PROGRAM, REMOVED, TableDiff
from broadsheet.diff.recipe import Rule
from broadsheet.diff.references import Referring, is_referenced, is_split
from broadsheet.diff.rows import Found, counted, find, first_rows
from broadsheet.schemas import foreign_keys
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.files import digest
from broadsheet.validate.report import UnreadableError


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many rows of a table are shown at most, and where all of them are written to, if anywhere."""

    limit: int
    sink: Sink | None = None


def compare(
    old: Table, new: Table, causes: Causes, other_program: bool, referring: Referring, wanted: Wanted
) -> TableDiff:
    """What differs between the rows of a table; `referring` are other tables of both packages."""
    try:
        if _are_twins(old, new):
            return TableDiff(new.name, (0, 0) if new.limit else (sources.rows(old), sources.rows(new)))
        return _compared(old, new, causes, PROGRAM if other_program else CORRECTION, referring, wanted)
    except UnreadableError as error:
        return TableDiff(new.name, (0, 0), uncompared=f"its rows were not compared: {error}")


def _are_twins(old: Table, new: Table) -> bool:
    """Whether both are the same bytes, read by the same schema."""
    before, after = (table.parquet or table.csv for table in (old, new))
    is_same_kind = bool(old.parquet) == bool(new.parquet) and old.schema["fields"] == new.schema["fields"]
    is_read_alike = old.limit == new.limit
    return is_same_kind and is_read_alike and bool(before and after and same_bytes(before, after))


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    try:
        return one.stat().st_size == other.stat().st_size and digest(one) == digest(other)
    except OSError:
        return False


def _compared(old: Table, new: Table, causes: Causes, cause: str, referring: Referring, wanted: Wanted) -> TableDiff:
    if limit_of := old.limit or new.limit:
        raise UnreadableError(limit_of)
    columns = shared(old, new)
    if not columns.key:
        return TableDiff(new.name, (sources.rows(old), sources.rows(new)), uncompared="the schemas share no field")
    found = find(old, new, columns, causes)
    if wanted.sink:
        wanted.sink(old, new, columns, found, cause)
    return TableDiff(
        name=new.name,
        rows=found.rows,
        key=columns.key,
        counts=counted(found, cause),
        cells=found.cells,
        shown=first_rows(old, new, columns, found, cause, wanted.limit),
        rules=list(_rules(old, new, columns, found, causes, referring)),
        repeated=found.repeated,
    )


def _rules(
    old: Table, new: Table, columns: Shared, found: Found, causes: Causes, referring: Referring
) -> Iterator[Rule]:
    """The rules that the changes of the rows fall under, that with the largest step first.

    Where an article changed, rows that were read from it and are gone follow it, as data that refer to changed data.
    """
    added, changed = (len(found.raw[kind]) for kind in (ADDED, CHANGED))
    is_read = ARTICLE in old.fields and old.name not in ORIGINS
    by_itself = ~found.raw[REMOVED] if is_read else found.raw[REMOVED] | True
    gone = found.keys[REMOVED][by_itself]
    if is_referenced(old, columns, gone, referring) or is_split(old, columns, found.keys, referring, causes):
        yield recipe.REFERENCED
    if added:
        yield recipe.NEW_DATA
    references = {name for key in foreign_keys(new.name, new.schema) if key.table != new.name for name in key.fields}
    if not by_itself.all() or (changed and references & {*found.cells}):
        yield recipe.FOLLOWS
    if by_itself.any() or (changed and not {*found.cells} <= references):
        yield recipe.CORRECTED
