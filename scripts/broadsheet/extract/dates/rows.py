"""Records of dates: a value with its type and mod, and what follows from them: EDTF and calendar bounds."""

from dataclasses import replace

from broadsheet.extract.dates.edtf import edtf
from broadsheet.extract.dates.memory import Anchored
from broadsheet.extract.dates.readings import Reading
from broadsheet.extract.dates.values import Bounds, bounds
from broadsheet.records import Date, Span

OPEN_START = frozenset(("BEFORE", "ON_OR_BEFORE"))
OPEN_END = frozenset(("AFTER", "ON_OR_AFTER"))


def row(span: Span, reading: Reading, anchored: Anchored, rule: str) -> Date:
    """The record of an expression with the value that it was anchored to."""
    date = Date(*span, type=reading.type, rule=rule, mod=reading.mod)
    if anchored.value is None:
        return date
    source = anchored.mention.span if anchored.mention else None
    date = revalued(replace(date, anchor=anchored.anchor, anchored_to=source), anchored.value)
    return date if reading.bounded else replace(date, edtf=None, earliest=None, latest=None)


def revalued(date: Date, value: str) -> Date:
    """The date with another value, and the EDTF and bounds that go with it."""
    if date.type not in ("DATE", "TIME"):
        return replace(date, value=value)
    first, last = _open(bounds(value), date.mod)
    return replace(date, value=value, edtf=edtf(value, date.mod), earliest=first, latest=last)


def _open(both: Bounds, mod: str | None) -> Bounds:
    """The bounds without the one that "more than a year ago" leaves open."""
    first, last = both
    return (None if mod in OPEN_START else first), (None if mod in OPEN_END else last)


def unanchored(date: Date) -> Date:
    """The date without what was reckoned from another day; words for no certain time keep their value."""
    value = date.value if date.value and date.value.endswith("_REF") else None
    return replace(date, value=value, edtf=None, earliest=None, latest=None, anchor="none", anchored_to=None)
