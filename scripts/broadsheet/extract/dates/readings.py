"""What a rule says an expression means, before it is anchored: a TIMEX3 type and a reckoning.

A reckoning (`Calc`) is a fixed value, or a way to come to one from the publication date or another date of the text.
`anchoring` carries it out.
"""

from dataclasses import dataclass
from typing import Literal

Base = Literal["document", "text", "either"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no anchor."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from the base: "last week" is W -1 from the document, "a week later" W 1 from the text."""

    unit: str
    n: int
    base: Base = "document"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (1 is Monday). Step -1: the last before; 1: the next after; 0: of this week; None: by tense."""

    n: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Yearly:
    """Something that every year has ("-05", "-05-12", "-Q3", "-SU"). Step as for weekdays, 0 being this year's."""

    suffix: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A holiday, by its name in `named_days`, in the year of another reckoning or in the year that tense suggests."""

    name: str
    step: int | None = None
    year: "Calc | None" = None


@dataclass(frozen=True, slots=True)
class Monthly:
    """A day of a month that the text leaves open: "the 15th"."""

    day: int


@dataclass(frozen=True, slots=True)
class Within:
    """A part of what another reckoning gives: the third quarter ("-Q3") of next year."""

    outer: "Calc"
    suffix: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A time ("T22:00", "TEV") on the day that another reckoning gives."""

    day: "Calc"
    time: str


@dataclass(frozen=True, slots=True)
class Holding:
    """The week that holds the day that another reckoning gives."""

    day: "Calc"


@dataclass(frozen=True, slots=True)
class Same:
    """The day, month, year … that the text spoke of last: "that day"."""

    unit: str


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth (-1: the last) such weekday of a month: "the first Monday of May"."""

    month: "Calc"
    weekday: int
    nth: int


@dataclass(frozen=True, slots=True)
class Numeric:
    """A date in figures ("03/04/2021") whose order the article has to show."""

    text: str


@dataclass(frozen=True, slots=True)
class Quarterly:
    """So many years from the quarter that the text speaks of, or from its year, or that quarter in a given year."""

    years: int
    base: Base = "text"
    year: str | None = None


Calc = (
    Fixed
    | Shift
    | Weekday
    | Yearly
    | Named
    | Monthly
    | Within
    | Timed
    | Holding
    | Same
    | NthWeekday
    | Numeric
    | Quarterly
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Type, reckoning and TIMEX3 mod of one expression; `bounded` if the calendar says when it begins and ends."""

    type: str
    calc: Calc
    mod: str | None = None
    bounded: bool = True


def fixed(type_: str, value: str | None, mod: str | None = None) -> Reading:
    """A reading whose value stands."""
    return Reading(type_, Fixed(value), mod or None)
