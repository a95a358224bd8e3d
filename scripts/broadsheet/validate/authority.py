"""Checks of the authority file that no Table Schema can state: that its rows do not contradict each other."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from broadsheet import gazetteer
from broadsheet.resolve.authority import PARTED, parted
from broadsheet.resolve.names import Words, words
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import Faults, Finding, Outcomes
from broadsheet.validate.shown import quoted

COLUMNS = ("entity_id", "name", "aliases", "country_code", "latitude", "longitude", "not_same_as")
_ID = re.compile(r"e-[a-z0-9]+(-[a-z0-9]+)*")


class Row(NamedTuple):
    """A row with its number, the header being row 1."""

    number: int
    cells: dict[str, str]

    def cell(self, name: str) -> str:
        """What stands in a column, empty where nothing does."""
        return self.cells.get(name) or ""

    @property
    def names(self) -> list[tuple[str, str]]:
        """The name and its aliases, each with its column."""
        return [("name", self.cell("name")), *(("aliases", alias) for alias in parted(self.cell("aliases")))]

    def fault(self, column: str, message: str, rule: str, value: str) -> Faults:
        """A fault of one of the cells."""
        key = self.cell("entity_id")
        return Faults([Finding("constraint-error", message, "", self.number, column, rule, value, key)], 1)


def authority_agrees(table: Table) -> Outcomes:
    """Whether every name means one entity, every country is known, and nothing is said to be unlike itself."""
    rows = list(_rows(table))
    bearers: dict[Words, Row] = {}
    for row in rows:
        yield from _names(row, bearers)
    for row in rows:
        yield from _place(row)
        yield from _apart(row, {row.cell("entity_id"): row for row in rows})


def _rows(table: Table) -> Iterator[Row]:
    columns = [name for name in COLUMNS if name in table.fields]
    for first, batch in sources.numbered(sources.batches(table, columns)):
        for number, cells in enumerate(batch.to_pylist(), first):
            yield Row(number, {name: "" if value is None else str(value) for name, value in cells.items()})


def _names(row: Row, bearers: dict[Words, Row]) -> Iterator[Faults]:
    """The names of the row that stand for nothing, or for an entity of another row; notes the others."""
    for column, name in row.names:
        found = words(name)
        other = bearers.setdefault(found, row)
        if not found:
            text = f"{quoted(name)} has neither letters nor digits; expected names, parted by {PARTED}"
            yield row.fault(column, text, "names", name)
        elif other is not row:
            text = (
                f"{quoted(name)} is a name of {other.cell('entity_id')} in row {other.number} too;"
                " expected names of one entity only: remove it from one of the two rows"
            )
            yield row.fault(column, text, "one entity a name", name)


def _place(row: Row) -> Iterator[Faults]:
    code, latitude, longitude = (row.cell(name) for name in ("country_code", "latitude", "longitude"))
    if code and code not in gazetteer.countries():
        text = f"{quoted(code)} is no country of ISO 3166-1; expected an alpha-3 code such as AFG: correct or empty it"
        yield row.fault("country_code", text, "ISO 3166-1 alpha-3", code)
    if bool(latitude) != bool(longitude):
        missing = "longitude" if latitude else "latitude"
        text = "is missing; expected latitude and longitude both, or neither: fill the cell in"
        yield row.fault(missing, text, "both coordinates", "")


def _apart(row: Row, by_id: dict[str, Row]) -> Iterator[Faults]:
    """What the row says it is not, though it is, or though there is no such entity."""
    own = {words(name): name for _, name in row.names}
    for other in parted(row.cell("not_same_as")):
        if other == row.cell("entity_id") or words(other) in own:
            text = (
                f"{quoted(other)} is this entity's own id, name or alias; expected what it is not:"
                " remove it here or among the aliases"
            )
            yield row.fault("not_same_as", text, "another entity", other)
        elif _ID.fullmatch(other) and other not in by_id:
            text = (
                f"{quoted(other)} is the entity_id of no row; expected ids of this file or names:"
                " add a row for it, or write its name"
            )
            yield row.fault("not_same_as", text, "ids and names", other)
