"""The day on which an article was published, from what a record says of it: precise rather than greedy."""

import datetime
import re
from typing import Any

_CLOCK = r"(?:[01]\d|2[0-3]):?[0-5]\d(?::?(?:[0-5]\d|60)(?:[.,]\d+)?)?"
_ZONE = r"(?:[Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)"
_ISO = re.compile(rf"(\d{{4}})(-?)(\d\d)\2(\d\d)(?:[Tt ]{_CLOCK}\s?(?:{_ZONE}|UTC|GMT)?)?", re.ASCII)
_RFC_2822 = re.compile(
    r"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s*)?"
    r"(?P<day>\d{1,2})\s+(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+(?P<year>\d{4})"
    r"\s+(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60))?\s+(?:[+-]\d{4}|UT|GMT|Z|[ECMP][SD]T)",
    re.ASCII,
)
_DIGITS = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

EPOCH = (788_918_400, 4_102_444_800)
"""Seconds since 1970 that are taken for a moment: those of 1995 to 2099. As milliseconds they are other numbers."""


def read_published(value: Any) -> datetime.date | None:
    """The day that a value states, None where it states none for certain.

    Known are ISO 8601 calendar dates and moments, moments as in mail and RSS (RFC 2822), and seconds or
    milliseconds since 1970. The day is the one that is written, in whatever zone; of seconds, the one in UTC.

    >>> read_published("2021-08-31T23:30:00-07:00"), read_published("Tue, 31 Aug 2021 10:15:00 GMT")
    (datetime.date(2021, 8, 31), datetime.date(2021, 8, 31))
    >>> read_published(1630404900), read_published("31/08/2021"), read_published("2021-02-30")
    (datetime.date(2021, 8, 31), None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _epoch(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    return _iso(text) or _rfc_2822(text) or (_epoch(float(text)) if _DIGITS.fullmatch(text) else None)


def _iso(text: str) -> datetime.date | None:
    found = _ISO.fullmatch(text)
    return _day(int(found[1]), int(found[3]), int(found[4])) if found else None


def _rfc_2822(text: str) -> datetime.date | None:
    """The day, unless it is not the weekday that is written before it."""
    found = _RFC_2822.fullmatch(text)
    if not found:
        return None
    day = _day(int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
    is_other = day and found["weekday"] and _WEEKDAYS[day.weekday()] != found["weekday"]
    return None if is_other else day


def _epoch(number: float) -> datetime.date | None:
    """The day in UTC of seconds or milliseconds, unless the ten digits may also be year, month, day and hour."""
    seconds = number / 1000 if number >= EPOCH[0] * 1000 else number
    if not EPOCH[0] <= seconds < EPOCH[1] or (seconds == number and _is_calendar_hour(int(number))):
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()


def _is_calendar_hour(number: int) -> bool:
    """Whether the digits read as YYYYMMDDHH.

    >>> _is_calendar_hour(2021083110), _is_calendar_hour(1630404900)
    (True, False)
    """
    rest, hour = divmod(number, 100)
    rest, day = divmod(rest, 100)
    year, month = divmod(rest, 100)
    return 1900 <= year < 2100 and hour < 24 and _day(year, month, day) is not None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
