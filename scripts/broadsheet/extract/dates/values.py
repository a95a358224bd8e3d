"""TIMEX3 values of calendar points: how they are written, stepped and bounded.

A value is a year ("1998"), month ("1998-03"), day, ISO week ("1998-W11", weekend "1998-W11-WE"), quarter, half, season
("1998-SP"), decade ("199"), century ("19"), or a day with a time ("1998-03-05T22:00", "1998-03-05TEV").
Years before the Christian era are written "BC0490". Bounds are inclusive days, by the Gregorian calendar.
"""

import calendar
import datetime
import re
from collections.abc import Callable

Day = datetime.date
Bounds = tuple[Day | None, Day | None]

VALUE = re.compile(
    r"(?P<bc>BC)?(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<we>-WE)?|(?P<part>[QH]\d|SP|SU|FA|WI)))?"
    r"(?P<time>T\S*)?"
)
# First month and number of months of the parts of a year. Winter straddles two years: its months are not known.
PARTS: dict[str, tuple[int, int]] = {
    "Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3), "H1": (1, 6), "H2": (7, 6), "SP": (3, 3), "SU": (6, 3), "FA": (9, 3),
}  # fmt: skip


def month_end(year: int, month: int) -> Day:
    """The last day of a month."""
    return Day(year, month, calendar.monthrange(year, month)[1])


def moved(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months on.

    >>> moved(1998, 11, 3)
    (1999, 2)
    """
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def monday(day: Day) -> Day:
    """The Monday of the ISO week of a day."""
    return day - datetime.timedelta(days=day.weekday())


def _week(day: Day) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _month_shift(day: Day, n: int) -> str:
    year, month = moved(day.year, day.month, n)
    return f"{year:04}-{month:02}"


def _quarter_shift(day: Day, n: int) -> str:
    year, month = moved(day.year, day.month, 3 * n)
    return f"{year:04}-Q{(month + 2) // 3}"


def _half_shift(day: Day, n: int) -> str:
    year, month = moved(day.year, day.month, 6 * n)
    return f"{year:04}-H{(month + 5) // 6}"


def _days(day: Day, n: int) -> Day:
    return day + datetime.timedelta(days=n)


SHIFTS: dict[str, Callable[[Day, int], str]] = {
    "D": lambda day, n: _days(day, n).isoformat(),
    "N": lambda day, n: _days(day, n).isoformat(),
    "W": lambda day, n: _week(_days(day, 7 * n)),
    "FN": lambda day, n: _week(_days(day, 14 * n)),
    "WE": lambda day, n: _week(_days(day, 7 * n)) + "-WE",
    "M": _month_shift,
    "Q": _quarter_shift,
    "H": _half_shift,
    "Y": lambda day, n: f"{day.year + n:04}",
    "DE": lambda day, n: f"{day.year // 10 + n:03}",
    "CE": lambda day, n: f"{day.year // 100 + n:02}",
    "ML": lambda day, n: f"{day.year // 1000 + n:01}",
}


def shift(day: Day, unit: str, n: int) -> str | None:
    """The value, as fine as the unit, so many units from a day; None outside the calendar.

    >>> shift(Day(2021, 8, 31), "W", -1), shift(Day(2021, 8, 31), "Q", 1), shift(Day(2021, 8, 31), "DE", 0)
    ('2021-W34', '2021-Q4', '202')
    """
    if unit not in SHIFTS or abs(n) > 100_000:
        return None
    try:
        value = SHIFTS[unit](day, n)
    except (OverflowError, ValueError):
        return None
    return value if value[0] != "-" and value.strip("0") else None


def day_in(year: int, month: int, day: int) -> str | None:
    """The value of a calendar day, None if there is no such day.

    >>> day_in(2021, 2, 29)
    """
    if not 1 <= month <= 12 or not 1 <= day <= (calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 31):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def bounds(value: str) -> Bounds:
    """First and last day that a value can denote, None where it has none in the years 1-9999.

    >>> [str(day) for day in bounds("2012-Q3")], bounds("PRESENT_REF"), [str(day) for day in bounds("19")]
    (['2012-07-01', '2012-09-30'], (None, None), ['1900-01-01', '1999-12-31'])
    """
    if value.isdigit() and len(value) in (2, 3) and value.strip("0"):
        years = 10 ** (4 - len(value))
        return Day(int(value) * years, 1, 1), Day(int(value) * years + years - 1, 12, 31)
    match = VALUE.fullmatch(value)
    if not match or match["bc"] or match["year"] == "0000":
        return None, None
    try:
        return _bounds(match)
    except (ValueError, OverflowError):
        return None, None


def _bounds(match: re.Match[str]) -> Bounds:
    year = int(match["year"])
    if match["day"]:
        day = Day(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return Day(year, int(match["month"]), 1), month_end(year, int(match["month"]))
    if match["week"]:
        first = Day.fromisocalendar(year, int(match["week"]), 6 if match["we"] else 1)
        return first, _days(first, 1 if match["we"] else 6)
    if match["part"]:
        if match["part"] not in PARTS:
            return None, None
        month, months = PARTS[match["part"]]
        return Day(year, month, 1), month_end(year, month + months - 1)
    return Day(year, 1, 1), Day(year, 12, 31)


def unit_of(value: str) -> str:
    """How fine a value is, as a unit code; "" for none of the calendar (PAST_REF).

    >>> [unit_of(v) for v in ("1998", "1998-03", "1998-03-05TEV", "1998-SP", "199", "PAST_REF")]
    ['Y', 'M', 'D', 'S', 'DE', '']
    """
    if value.isdigit() and len(value) in (2, 3):
        return "CE" if len(value) == 2 else "DE"
    match = VALUE.fullmatch(value)
    if not match:
        return ""
    part = match["part"] or ""
    for name, code in (("day", "D"), ("month", "M"), ("we", "WE"), ("week", "W")):
        if match[name]:
            return code
    return part[0] if part[:1] in ("Q", "H") else "S" if part else "Y"


def year_number(value: str) -> int | None:
    """The year of a value as a number, that of 1 BC being 0, None where it has none.

    >>> year_number("1998-05"), year_number("BC0490"), year_number("PAST_REF")
    (1998, -489, None)
    """
    year = year_of(value)
    if not year:
        return None
    return 1 - int(year[2:]) if year.startswith("BC") else int(year)


def year_of(value: str) -> str:
    """The year of a value as it begins ("1998", "BC0490"), "" where it has none."""
    match = VALUE.fullmatch(value)
    return (match["bc"] or "") + match["year"] if match else ""
