"""TIMEX3 values as Extended Date/Time Format strings (ISO 8601-2: levels 0 and 1, and codes 21-41 of level 2)."""

import re

from broadsheet.extract.dates.values import bounds
from broadsheet.records import Date

PARTS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}
DAY = re.compile(r"(\d{4}(?:-\d\d){0,2})")
SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")
MINUTES = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d(?::\d\d)?)?")
SIMPLE = re.compile(r"-?\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?~?")
BC_REST = re.compile(r"(?:-\d\d(?:-\d\d)?)?")
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
    return _open(value, plain, mod) if mod in OPEN else None


def _open(value: str, plain: str, mod: str) -> str | None:
    """An interval that is open at one end; weeks, quarters and decades end it as a day."""
    first, last = bounds(value)
    end = plain if SIMPLE.fullmatch(plain) else last if OPEN[mod].startswith("..") else first
    return OPEN[mod].format(end) if end and "T" not in value else None


def edtf_interval(begin: Date, end: Date) -> str | None:
    """The EDTF string of the interval between two dates, None where an end has none, or is a time.

    Only days, months and years stand in one as they are; weeks, quarters and seasons as their first or last day.
    """
    first = begin.edtf if SIMPLE.fullmatch(begin.edtf or "") else begin.edtf and begin.earliest and str(begin.earliest)
    last = end.edtf if SIMPLE.fullmatch(end.edtf or "") else end.edtf and end.latest and str(end.latest)
    return f"{first}/{last}" if first and last and begin.type == "DATE" else None


def _plain(value: str) -> str | None:
    if value.startswith("BC"):
        return _before_christ(value)
    if DAY.fullmatch(value):
        return value
    if value.isdigit() and len(value) > 4:
        return f"Y{value}"
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
    """1 BC is the year 0000, so the 5th century BC is -0499 to -0400, which needs both its ends."""
    digits, rest = value[2:6].split("-")[0], value[6:]
    if len(digits) == 4:
        return _year(1 - int(digits)) + rest if BC_REST.fullmatch(rest) else None
    if not digits.strip("0").isdigit() and digits != "00":
        return None
    years = 10 ** (4 - len(digits))
    first = 1 - (int(digits) + 1) * years + (len(digits) == 3)
    return f"{_year(first)}/{_year(first + years - 1)}"


def _year(number: int) -> str:
    return f"{'-' if number < 0 else ''}{abs(number):04}"
