"""From readings to values: reckons what a rule found from the publication date or from other dates of the text.

Expressions are taken in the order of the text. `memory` keeps what the text has spoken of; `resolve` gives the value of
one reckoning, and what it was reckoned from.
"""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from broadsheet.extract.dates import named_days
from broadsheet.extract.dates.memory import Anchored, Memory, Mention, Place
from broadsheet.extract.dates.readings import (
    Calc,
    Fixed,
    Holding,
    Monthly,
    Named,
    NthWeekday,
    Numeric,
    Quarterly,
    Same,
    Shift,
    Timed,
    Weekday,
    Within,
    Yearly,
)  # fmt: skip
from broadsheet.extract.dates.values import Day, bounds, day_in, moved, shift, unit_of, year_of
from broadsheet.extract.dates.years import year_from, year_told

# How surely a clause must point ahead to leave the story.
SURE = 2
DAY = datetime.timedelta(days=1)
# How far back, in characters, a quarter of the text still anchors what follows in news.
NEWS_REACH = 600
# How far back, in characters, "then" points at a date; further back it is some event.
THEN_REACH = 150


def resolve(calc: Calc, memory: Memory, place: Place) -> Anchored:
    """The value of a reckoning, None where it cannot be told, or lies outside the years 1-9999."""
    try:
        return RESOLVERS[type(calc)](calc, memory, place)
    except (OverflowError, ValueError):  # what the calendar of the standard library says of other years
        return Anchored(None)


def _document(memory: Memory, value: str | None) -> Anchored:
    return Anchored(value, "document" if memory.document and value else "none")


def _fixed(calc: Fixed, _memory: Memory, _place: Place) -> Anchored:
    return Anchored(calc.value)


def _base(memory: Memory, base: str, unit: str) -> Mention | None:
    """The mention that a shift counts from, None for the publication date."""
    if base == "document" or (base == "either" and not memory.narrative):
        return None
    finer = {
        "D": ("D",), "N": ("D",), "W": ("D", "W", "WE"), "WE": ("D", "W", "WE"), "FN": ("D", "W"), "M": ("D", "M"),
        "Q": ("D", "M", "Q"),
    }.get(unit, ("D", "M", "Q", "H", "S", "W", "WE", "Y", "DE", "CE"))  # fmt: skip
    if memory.latest and unit_of(memory.latest.value) in finer:
        return memory.latest
    return memory.recent(*finer)


def _shift(calc: Shift, memory: Memory, place: Place) -> Anchored:
    mention = _base(memory, calc.base, calc.unit)
    if mention:
        return Anchored(_shifted_value(mention.value, calc), "text", mention)
    if calc.base == "text" and memory.narrative and calc.unit not in ("Y", "M"):
        return Anchored(None)
    if memory.document is None:
        return Anchored(None)
    n = calc.n
    if calc.unit == "WE" and calc.n == 0:
        n = _weekend(memory.document, place.direction)
    return _document(memory, shift(memory.document, calc.unit, n))


def _weekend(document: Day, direction: int) -> int:
    """Weeks from that of the publication date to the weekend meant."""
    return 0 if document.isoweekday() >= 6 or direction > 0 else -1


def _shifted_value(value: str, calc: Shift) -> str | None:
    """A value, so many units on; as fine as the unit."""
    if value.startswith("BC"):
        year = int(value[2:6]) - calc.n
        return f"BC{year:04}" if calc.unit == "Y" and year > 0 else None
    first, last = bounds(value)
    return shift(first, calc.unit, calc.n) if first and last else None


def _weekday(calc: Weekday, memory: Memory, place: Place) -> Anchored:
    mention = memory.recent("D") if memory.narrative else None
    day = bounds(mention.value)[0] if mention else memory.document
    if day is None:
        return Anchored(None)
    ahead = (calc.n - day.isoweekday()) % 7
    step = calc.step if calc.step is not None else (1 if mention else 1 if place.direction > 0 else -1)
    if calc.step is None:
        offset = ahead if step > 0 else -((-ahead) % 7)
    elif calc.step == 0:
        offset = ahead if place.direction >= 0 else -((-ahead) % 7)
    elif calc.step == 2:
        offset = (ahead or 7) + 7
    else:
        offset = (ahead or 7) if step > 0 else -((-ahead) % 7 or 7)
    value = (day + offset * DAY).isoformat()
    return Anchored(value, "text", mention) if mention else _document(memory, value)


def _yearly(calc: Yearly, memory: Memory, place: Place) -> Anchored:
    mention = memory.told_at(place) if calc.step is None and place.direction < SURE else None
    if mention:
        return Anchored(year_told(calc.suffix, mention.value, place.back) + calc.suffix, "text", mention)
    if memory.document is None:
        return Anchored(None)
    return _document(
        memory, _valid(f"{year_from(calc.suffix, calc.step, memory.document, place.direction):04}{calc.suffix}")
    )


def _valid(value: str) -> str | None:
    """The value, None if the calendar lacks it (29 February)."""
    return value if bounds(value) != (None, None) or value.endswith("-WI") else None


def _named(calc: Named, memory: Memory, place: Place) -> Anchored:
    if calc.year:
        base = resolve(calc.year, memory, place)
        return replace(base, value=_named_value(calc.name, base.value))
    mention = memory.latest if memory.narrative else None
    if mention and year_of(mention.value).isdigit():
        return Anchored(_named_value(calc.name, year_of(mention.value)), "text", mention)
    if memory.document is None:
        return Anchored(None)
    days = [
        named_days.day_of(calc.name, memory.document.year + n)
        for n in (-1, 0, 1)
        if 1 <= memory.document.year + n <= 9999
    ]
    return _document(memory, _choose([day for day in days if day], calc.step, memory.document, place))


def _choose(days: list[Day], step: int | None, document: Day, place: Place) -> str | None:
    if not days:
        return None
    if step == 0:
        return days[len(days) // 2].isoformat()
    ahead = (step or place.direction) > 0
    fits = (
        [day for day in days if (day > document if step else day >= document)]
        if ahead
        else [day for day in days if (day < document if step else day <= document)]
    )
    if not fits:
        return None
    return (min(fits) if ahead else max(fits)).isoformat()


def _named_value(name: str, year: str | None) -> str | None:
    if not year or not year.isdigit() or len(year) != 4 or int(year) < 1583:
        return None
    day = named_days.day_of(name, int(year))
    return day.isoformat() if day else None


def _monthly(calc: Monthly, memory: Memory, place: Place) -> Anchored:
    mention = memory.recent("D", "M") if memory.told_at(place) else None
    if mention:
        return Anchored(_valid(f"{mention.value[:7]}-{calc.day:02}"), "text", mention)
    if memory.document is None:
        return Anchored(None)
    year, month = memory.document.year, memory.document.month
    if place.direction > 0 and calc.day < memory.document.day:
        year, month = moved(year, month, 1)
    elif place.direction <= 0 and calc.day > memory.document.day:
        year, month = moved(year, month, -1)
    return _document(memory, day_in(year, month, calc.day))


def _within(calc: Within, memory: Memory, place: Place) -> Anchored:
    outer = resolve(calc.outer, memory, place)
    if outer.value is None or unit_of(outer.value) not in ("Y", "M", "W"):
        return replace(outer, value=None)
    if unit_of(outer.value) == "W":
        first, _ = bounds(outer.value)
        return replace(outer, value=(first + (int(calc.suffix[1:]) - 1) * DAY).isoformat() if first else None)
    value = outer.value + calc.suffix
    return replace(outer, value=value if value.startswith("BC") else _valid(value))


def _timed(calc: Timed, memory: Memory, place: Place) -> Anchored:
    day = resolve(calc.day, memory, place)
    if not day.value or unit_of(day.value) != "D":
        return replace(day, value=None)
    return replace(day, value=day.value.split("T")[0] + calc.time)


def _holding(calc: Holding, memory: Memory, place: Place) -> Anchored:
    day = resolve(calc.day, memory, place)
    first, _ = bounds(day.value) if day.value else (None, None)
    return replace(day, value=shift(first, "W", 0) if first else None)


def _same(calc: Same, memory: Memory, place: Place) -> Anchored:
    if calc.unit == "any":
        near = memory.latest if memory.latest and place.at - memory.latest.span.end < THEN_REACH else None
        return Anchored(near.value, "text", near) if near else Anchored("PAST_REF")
    if calc.unit == "day":
        return _day_of_time(memory)
    mention = _base(memory, "text", "D" if calc.unit == "N" else calc.unit)
    if mention:
        if mention.value.startswith("BC"):
            return Anchored(mention.value[: {"Y": 6, "M": 9}.get(calc.unit, 12)], "text", mention)
        if calc.unit == "Y" and year_of(mention.value):
            return Anchored(year_of(mention.value), "text", mention)
        first, _ = bounds(mention.value)
        return Anchored(shift(first, calc.unit, 0) if first else None, "text", mention)
    return Anchored(None)


def _day_of_time(memory: Memory) -> Anchored:
    """The day of a time that says none: the one spoken of last, else the day of publication."""
    mention = memory.recent("D")
    if mention:
        return Anchored(mention.value, "text", mention)
    if memory.document is None or memory.narrative:
        return Anchored(None)
    return _document(memory, memory.document.isoformat())


def _nth_weekday(calc: NthWeekday, memory: Memory, place: Place) -> Anchored:
    month = resolve(calc.month, memory, place)
    if not month.value or unit_of(month.value) != "M" or month.value.startswith("BC"):
        return replace(month, value=None)
    day = named_days.nth_weekday(int(month.value[:4]), int(month.value[5:7]), calc.weekday, calc.nth)
    return replace(month, value=day.isoformat() if day else None)


def _numeric(calc: Numeric, memory: Memory, _place: Place) -> Anchored:
    parts = [int(part) for part in calc.text.replace("/", "-").replace(".", "-").split("-")]
    if len(calc.text) > 4 and calc.text[:4].isdigit():
        return Anchored(day_in(*parts))
    a, b, year = parts
    if year < 100:
        year += 2000 if year <= 30 else 1900
    readings = {True: day_in(year, b, a), False: day_in(year, a, b)}
    possible = {value for value in readings.values() if value}
    if len(possible) == 1:
        return Anchored(possible.pop())
    return Anchored(readings[memory.day_first]) if memory.day_first is not None and possible else Anchored(None)


def _quarterly(calc: Quarterly, memory: Memory, place: Place) -> Anchored:
    mention = memory.quarter
    if mention and place.at - mention.span.end <= NEWS_REACH:
        year, quarter = mention.value.split("-")
        return Anchored(f"{calc.year or f'{int(year) + calc.years:04}'}-{quarter}", "text", mention)
    if calc.year:
        return Anchored(calc.year)
    if calc.base == "text" and calc.years and memory.latest and memory.narrative:
        return _shift(Shift("Y", calc.years, "text"), memory, place)
    if memory.document is None:
        return Anchored(None)
    if calc.years:
        return _document(memory, shift(memory.document, "Y", calc.years))
    return _document(memory, shift(memory.document, "Q", -1))


RESOLVERS: dict[type, Callable[[Any, Memory, Place], Anchored]] = {
    Fixed: _fixed, Shift: _shift, Weekday: _weekday, Yearly: _yearly, Named: _named, Monthly: _monthly, Within: _within,
    Timed: _timed, Holding: _holding, Same: _same, NthWeekday: _nth_weekday, Numeric: _numeric, Quarterly: _quarterly,
}  # fmt: skip
