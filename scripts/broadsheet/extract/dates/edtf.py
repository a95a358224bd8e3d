"""TIMEX3 values as Extended Date/Time Format strings (ISO 8601-2: levels 0 and 1, and codes 21-41 of level 2)."""

import re

from broadsheet.extract.dates.values import bounds
from broadsheet.records import Date

PARTS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}
DAY = re.compile(r"(\d{4}(?:-\d\d){0,2})")
SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")
MINUTES = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d(?::\d\d)?)?")
OPEN = {"BEFORE": "../{}", "ON_OR_BEFORE": "../{}", "AFTER": "{}/..", "ON_OR_AFTER": "{}/.."}


def edtf(value: str, mod: str | None = None) -> str | None:
    """The EDTF string of a value and its mod, None where it has none.

    >>> [edtf(value) for value in ("2021-08", "198", "18", "2012-Q3", "2013-W11", "PRESENT_REF", "P3D", "BC0490")]
    ['2021-08', '198X', '18XX', '2012-35', '2013-03-11/2013-03-17', None, None, '-0489']
    >>> edtf("1998", "APPROX"), edtf("1998-05-03T17:30"), edtf("1990", "ON_OR_AFTER")
    ('1998~', '1998-05-03T17:30:00', '1990/..')
    """
    plain = _plain(value)
    if plain is None or mod is None or mod in ("START", "MID", "END"):
        return plain
    if mod == "APPROX":
        return f"{plain}~" if "/" not in plain and "T" not in plain and "X" not in plain else None
    return OPEN[mod].format(plain) if mod in OPEN and "/" not in plain else None


def edtf_interval(begin: Date, end: Date) -> str | None:
    """The EDTF string of the interval between two dates, None where an end has none, or is a time."""
    first = begin.edtf if "/" not in (begin.edtf or "") else str(begin.earliest)
    last = end.edtf if "/" not in (end.edtf or "") else str(end.latest)
    return f"{first}/{last}" if first and last and "T" not in first + last else None


def _plain(value: str) -> str | None:
    if value.startswith("BC"):
        return _before_christ(value)
    if DAY.fullmatch(value):
        return value
    if re.fullmatch(r"\d{2,3}", value):
        return value + "X" * (4 - len(value))
    if (part := re.fullmatch(r"(\d{4})-(\w\w)", value)) and part[2] in PARTS:
        return f"{part[1]}-{PARTS[part[2]]}"
    if re.fullmatch(r"\d{4}-W\d\d(?:-WE)?", value):
        first, last = bounds(value)
        return f"{first}/{last}" if first and last else None
    if SECONDS.fullmatch(value):
        return value
    if time := MINUTES.fullmatch(value):
        return f"{time[1]}:00{_zone(time[2] or '')}" if "T24" not in value else None
    return None


def _zone(offset: str) -> str:
    return offset + ":00" if len(offset) == 3 else offset


def _before_christ(value: str) -> str | None:
    """1 BC is the year 0000; decades and centuries before the era have no such form."""
    match = re.fullmatch(r"BC(\d{4})(-\d\d(?:-\d\d)?)?", value)
    if not match:
        return None
    number = int(match[1]) - 1
    return f"{'-' if number else ''}{number:04}{match[2] or ''}"
