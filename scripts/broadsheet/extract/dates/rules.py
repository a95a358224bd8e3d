"""The rules: for each an id, an example, a pattern over words, and the function that reads a value from a match.

A linguist adds a rule as one more row of `RULES`. Patterns are joined in their order, so of two that match at
one place the earlier wins; each is linear in the text. `{month}` and the like stand for the tables below.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from broadsheet.extract.dates.values import shift

Day = datetime.date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
NUMBERS = {
    name: number
    for number, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
UNITS = {
    "day": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "centurie": "CE",
}
"""Units of whole days and more, in the singular, with their TIMEX3 letter."""

CLOCK_UNITS = {"hour": "H", "minute": "M", "second": "S"}
PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}

_WORDS = {
    "month": "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True)) + "|May",
    "weekday": "|".join(WEEKDAYS),
    "unit": "|".join(UNITS),
    "number": r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)),
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
    "year": r"(?:1\d|20)\d\d",
    "part": "|".join(PARTS_OF_DAY),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a match denotes; `value` None where it depends on a publication date that is not known."""

    type: str
    value: str | None
    anchor: str = "none"
    mod: str | None = None


Groups = dict[str, str]
Reader = Callable[[Groups, Day | None], Reading | None]


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _month(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _day_of(year: int, month: int, day: str) -> Reading | None:
    try:
        return Reading("DATE", Day(year, month, int(re.sub(r"\D", "", day))).isoformat())
    except ValueError:
        return None


def full_date(groups: Groups, _published: Day | None) -> Reading | None:
    """Day, month and year, in any order."""
    month = _month(groups["month"]) if "month" in groups else int(groups["mm"])
    return _day_of(int(groups["year"]), month, groups["day"])


def day_of_month(groups: Groups, published: Day | None) -> Reading | None:
    """A day and month without a year: the year in which it lies nearest to the publication date."""
    if published is None:
        return Reading("DATE", f"XXXX-{_month(groups['month']):02}-{int(re.sub(r'[^0-9]', '', groups['day'])):02}")
    near = [_day_of(published.year + shift, _month(groups["month"]), groups["day"]) for shift in (-1, 0, 1)]
    days = [Day.fromisoformat(str(one.value)) for one in near if one]
    if not days:
        return None
    return Reading("DATE", min(days, key=lambda day: abs(day - published)).isoformat(), "document")


def month_of_year(groups: Groups, _published: Day | None) -> Reading | None:
    """A month with its year."""
    return Reading("DATE", f"{groups['year']}-{_month(groups['month']):02}")


def bare_month(groups: Groups, published: Day | None) -> Reading | None:
    """A month alone: the latest one that has begun, or after *next* the first to come."""
    month, which = _month(groups["month"]), groups.get("which", "").lower()
    if published is None:
        return Reading("DATE", f"XXXX-{month:02}")
    past = published.year - (month > published.month or (which == "last" and month == published.month))
    following = published.year + (month <= published.month)
    return Reading("DATE", f"{following if which == 'next' else past:04}-{month:02}", "document")


def year(groups: Groups, _published: Day | None) -> Reading | None:
    """A year."""
    return Reading("DATE", groups["year"])


def decade(groups: Groups, _published: Day | None) -> Reading | None:
    """A decade in digits."""
    mods = {"early": "START", "mid": "MID", "late": "END"}
    return Reading("DATE", groups["decade"][:3], mod=mods.get(groups.get("stage", "").lower()))


def century(groups: Groups, _published: Day | None) -> Reading | None:
    """The nth century: the hundred years whose number is one less."""
    number = int(groups["nth"]) - 1
    return Reading("DATE", f"{number:02}") if 0 < number < 21 else None


def weekday(groups: Groups, published: Day | None) -> Reading | None:
    """The latest such day that is not after publication; after *next* or *coming*, the first after it."""
    which, number = groups.get("which", "").lower(), WEEKDAYS[groups["weekday"].lower()]
    if published is None:
        return Reading("DATE", None, "document")
    back = (published.weekday() - number) % 7
    if which == "next":
        day = published + datetime.timedelta(days=7 - back)
    else:
        day = published - datetime.timedelta(days=back or (7 if which == "last" else 0))
    value = day.isoformat() + (f"T{PARTS_OF_DAY[groups['part'].lower()]}" if groups.get("part") else "")
    return Reading("TIME" if groups.get("part") else "DATE", value, "document")


def _shifted(published: Day | None, unit: str, steps: int) -> str | None:
    return shift(published, unit, steps) if published else None


def named_day(groups: Groups, published: Day | None) -> Reading | None:
    """Yesterday, today and tomorrow."""
    steps = {"yesterday": -1, "today": 0, "tomorrow": 1}[groups["named"].lower()]
    return Reading("DATE", _shifted(published, "D", steps), "document")


def part_of_today(groups: Groups, published: Day | None) -> Reading | None:
    """Tonight, this morning, last night."""
    part = "night" if groups["today"].lower() == "tonight" else groups["today"].split()[-1].lower()
    day = _shifted(published, "D", -1 if groups["today"].lower().startswith("last") else 0)
    return Reading("TIME", f"{day}T{PARTS_OF_DAY[part]}" if day else None, "document")


def unit_by_name(groups: Groups, published: Day | None) -> Reading | None:
    """Last, this or next week, month, year, decade or century."""
    steps = {"last": -1, "this": 0, "next": 1}[groups["which"].lower()]
    return Reading("DATE", _shifted(published, UNITS[groups["unit"].lower()], steps), "document")


def ago(groups: Groups, published: Day | None) -> Reading | None:
    """So many units before publication."""
    steps = -_number(groups["number"])
    return Reading("DATE", _shifted(published, UNITS[groups["unit"].lower()], steps), "document")


def duration(groups: Groups, _published: Day | None) -> Reading | None:
    """So many units of time."""
    unit, number = groups["unit"].lower(), _number(groups["number"])
    if unit in CLOCK_UNITS:
        return Reading("DURATION", f"PT{number}{CLOCK_UNITS[unit]}")
    return Reading("DURATION", f"P{number}{UNITS[unit]}")


def present(_groups: Groups, _published: Day | None) -> Reading | None:
    """A word for the present."""
    return Reading("DATE", "PRESENT_REF", "document")


def past(_groups: Groups, _published: Day | None) -> Reading | None:
    """A word for the past."""
    return Reading("DATE", "PAST_REF", "document")


def nine_eleven(_groups: Groups, _published: Day | None) -> Reading | None:
    """The attacks of 11 September 2001, by their date."""
    return Reading("DATE", "2001-09-11")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with an example: the expression found in it, and its value for an article of 2021-08-31, a Tuesday."""

    name: str
    pattern: str
    read: Reader
    example: str
    found: str
    value: str | None


RULES = (
    Rule("iso-date", r"(?P<year>{year})-(?P<mm>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])", full_date,
         "Signed 2021-08-30 in Doha.", "2021-08-30", "2021-08-30"),
    Rule("day-month-year", r"(?:the )?(?P<day>{day})(?: of)? (?P<month>{month})\.?,? (?P<year>{year})", full_date,
         "He died on 9 September 2001.", "9 September 2001", "2001-09-09"),
    Rule("month-day-year", r"(?P<month>{month})\.? (?P<day>{day}),? (?P<year>{year})", full_date,
         "He died on Sept. 9, 2001.", "Sept. 9, 2001", "2001-09-09"),
    Rule("day-month", r"(?:the )?(?P<day>{day})(?: of)? (?P<month>{month})(?!\w)", day_of_month,
         "It fell on 15 August.", "15 August", "2021-08-15"),
    Rule("month-day", r"(?P<month>{month})\.? (?P<day>{day})(?![\d:%]|,\d)", day_of_month,
         "It fell on August 15.", "August 15", "2021-08-15"),
    Rule("month-year", r"(?P<month>{month})\.?,? (?P<year>{year})", month_of_year,
         "since February 2020", "February 2020", "2020-02"),
    Rule("nine-eleven", r"9/11(?![/\d])", nine_eleven, "after 9/11", "9/11", "2001-09-11"),
    Rule("decade", r"(?:the )?(?:(?P<stage>early|mid|late)[ -])?(?P<decade>(?:1[5-9]|20)\d0)['’]?s", decade,
         "in the late 1980s", "the late 1980s", "198"),
    Rule("century", r"(?:the )?(?P<nth>\d\d?)(?:st|nd|rd|th)[ -]century", century,
         "in the 19th century", "the 19th century", "18"),
    Rule("weekday", r"(?:(?P<which>last|next|this) )?(?P<weekday>{weekday})(?: (?P<part>{part}))?(?!s)", weekday,
         "It fell on Monday.", "Monday", "2021-08-30"),
    Rule("named-day", r"(?P<named>yesterday|today|tomorrow)", named_day,
         "It fell yesterday.", "yesterday", "2021-08-30"),
    Rule("part-of-today", r"(?P<today>tonight|last night|this (?:morning|afternoon|evening))", part_of_today,
         "It fell last night.", "last night", "2021-08-30TNI"),
    Rule("named-month", r"(?P<which>last|next|this) (?P<month>{month})", bare_month,
         "It fell last March.", "last March", "2021-03"),
    Rule("unit-by-name", r"(?P<which>last|this|next) (?P<unit>week|month|year|decade|century)(?!s|['’]s|-)", unit_by_name,
         "It fell last week.", "last week", "2021-W34"),
    Rule("ago", r"(?P<number>{number}) (?P<unit>{unit})s? ago", ago,
         "It fell two weeks ago.", "two weeks ago", "2021-W33"),
    Rule("earlier", r"(?P<number>a) (?P<unit>day) (?:earlier|before)(?= ?,)", ago,
         "A day earlier, it fell.", "A day earlier", "2021-08-30"),
    Rule("duration", r"(?P<number>{number})[ -](?P<unit>{unit}|hour|minute)s?(?![\w-]| old)", duration,
         "It held for three days.", "three days", "P3D"),
    Rule("present", r"now|currently|at present|nowadays", present, "It is now quiet.", "now", "PRESENT_REF"),
    Rule("past", r"recently|lately", past, "It fell recently.", "recently", "PAST_REF"),
    Rule("bare-month", r"(?<=\b[Ii]n )(?P<month>{month})|(?<=\b[Ss]ince )(?P<month>{month})"
         r"|(?<=\b[Uu]ntil )(?P<month>{month})|(?<=\b[Bb]y )(?P<month>{month})", bare_month,
         "It fell in July.", "July", "2021-07"),
    Rule("year", r"(?<=\b[Ii]n )(?P<year>{year})|(?<=\b[Ss]ince )(?P<year>{year})|(?<=\b[Uu]ntil )(?P<year>{year})"
         r"|(?<=\b[Bb]y )(?P<year>{year})|(?<=\b[Dd]uring )(?P<year>{year})", year,
         "It fell in 1998.", "1998", "1998"),
)  # fmt: skip
"""All rules, the more telling before the less."""


def expanded(pattern: str) -> str:
    """The pattern with the words of its tables.

    >>> expanded("{part}")
    'morning|afternoon|evening|night'
    """
    for name, words in _WORDS.items():
        pattern = pattern.replace("{" + name + "}", words)
    return pattern
