"""Meanings that rules share: from the slots of a pattern to a reading.

Slots by convention: y year, m month, d day of the month, w weekday, n number, u unit, o ordinal, s season, t time, z zone,
p part ("early", "the end of"), q quantity ("more than"), r relation ("last", "next").
"""

from broadsheet.extract.dates.lexicon import UNIT, UNITS, Value
from broadsheet.extract.dates.readings import Calc, Fixed, Monthly, Reading, Shift, Weekday, Yearly, fixed
from broadsheet.extract.dates.rules import Meaning, Slots, always
from broadsheet.extract.dates.values import day_in

PART_MODS = {
    "early": "START", "earlier": "START", "beginning": "START", "start": "START", "outset": "START", "dawn": "START",
    "opening": "START", "mid": "MID", "middle": "MID", "midst": "MID", "height": "MID",
    "late": "END", "later": "END", "end": "END", "close": "END", "closing": "END", "ending": "END",
}  # fmt: skip
QUANTITY_MODS = {
    "more than": "MORE_THAN", "greater than": "MORE_THAN", "longer than": "MORE_THAN", "upwards of": "MORE_THAN",
    "over": "MORE_THAN", "in excess of": "MORE_THAN", "well over": "MORE_THAN", "just over": "MORE_THAN", "slightly more than": "MORE_THAN",
    "less than": "LESS_THAN", "fewer than": "LESS_THAN", "under": "LESS_THAN", "nearly": "LESS_THAN", "almost": "LESS_THAN",
    "just under": "LESS_THAN", "close to": "APPROX", "a little over": "MORE_THAN",
    "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE", "no fewer than": "EQUAL_OR_MORE", "not less than": "EQUAL_OR_MORE",
    "at most": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS", "up to": "EQUAL_OR_LESS", "as much as": "EQUAL_OR_LESS",
    "as many as": "EQUAL_OR_LESS", "as long as": "EQUAL_OR_LESS", "not more than": "EQUAL_OR_LESS", "a maximum of": "EQUAL_OR_LESS",
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "some": "APPROX",
    "an estimated": "APPROX", "circa": "APPROX", "ca.": "APPROX", "c.": "APPROX", "approx.": "APPROX",
    "a minimum of": "EQUAL_OR_MORE",
}  # fmt: skip
STEPS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "prior": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
    "this": 0,
    "current": 0,
    "preceding": -1,
}

TIME_UNITS = {"TH": "H", "TM": "M", "TS": "S"}


# How TIMEX3 writes nights, decades, centuries and millennia in a duration.
MANY = 1000  # "2018 day five" is no length
LONG_UNITS = {"N": "NI", "DE": "E", "CE": "C", "ML": "L"}


def part_mod(words: str) -> str | None:
    """The TIMEX3 mod of words such as "the end of".

    >>> part_mod("the very end of"), part_mod("")
    ('END', None)
    """
    return next((PART_MODS[word] for word in words.replace("-", " ").split() if word in PART_MODS), None)


def quantity_mod(words: str) -> str | None:
    """The TIMEX3 mod of words such as "more than"."""
    return QUANTITY_MODS.get(words.removeprefix("the ").strip())


def mod(s: Slots) -> str | None:
    """The mod that the slots p and q give."""
    return part_mod(s.word("p")) or quantity_mod(s.word("q"))


def full_year(short: int, pivot: int = 30) -> int:
    """A year of two digits as four: up to the pivot in this century.

    >>> full_year(99), full_year(7)
    (1999, 2007)
    """
    return short + (2000 if short <= pivot else 1900)


def year(s: Slots, name: str = "y") -> str | None:
    """The value of the year in a slot, with its era if slot e says BC."""
    value = s.value(name)
    if value is None:
        return None
    if isinstance(value, str):
        value = full_year(int(value.strip("'’‘`")))
    if s.word("e").startswith("b"):
        return f"BC{int(value):04}"
    return f"{int(value):04}"


def suffix(s: Slots) -> str:
    """Month and day of the slots m and d as they end a value: "-05-12"."""
    day = f"-{int(s.number('d')):02}" if "d" in s else ""
    return f"-{int(s.number('m')):02}{day}"


def date(s: Slots) -> Reading | None:
    """A date by the slots y, m, d, p, q: as fine as what is there."""
    calc = date_calc(s)
    return Reading("DATE", calc, mod(s)) if calc else None


def date_calc(s: Slots) -> Calc | None:
    """The reckoning of a date by its slots, None if there is no such day."""
    y = year(s)
    if "m" not in s:
        return Fixed(y) if y else None
    if "d" in s and not day_in(int(y) if y and y.isdigit() else 2000, int(s.number("m")), int(s.number("d"))):
        return None
    return Fixed(y + suffix(s)) if y else Yearly(suffix(s), step(s))


def step(s: Slots) -> int | None:
    """-1, 0 or 1 by the slot r, None where it is empty."""
    words = s.word("r").split()
    return STEPS.get(words[-1]) if words else None


def unit(s: Slots, name: str = "u") -> str:
    """The unit code in a slot."""
    word = s.word(name)
    value: Value = UNIT.get(word) or UNITS.get(word) or ""
    return str(value)


def amount(n: int | float | str, code: str) -> str:
    """A TIMEX3 duration.

    >>> amount(3, "M"), amount(0.5, "TH"), amount("X", "Y"), amount(1, "FN")
    ('P3M', 'PT30M', 'PXY', 'P2W')
    """
    smaller = {"TH": (60, "TM"), "TM": (60, "TS"), "Y": (12, "M"), "DE": (10, "Y"), "CE": (100, "Y"), "D": (24, "TH")}
    if n == 0.5 and code in smaller:
        factor, code = smaller[code]
        n = factor // 2
    if code == "FN":
        n, code = ("X" if n == "X" else 2 * float(n)), "W"
    text = n if isinstance(n, str) else f"{n:g}" if n < 1e6 else f"{int(n)}"
    if code in TIME_UNITS:
        return f"PT{text}{TIME_UNITS[code]}"
    return f"P{text}{LONG_UNITS.get(code, code)}"


def duration(s: Slots) -> Reading | None:
    """A length by the slots n (number), h (a half more), u, q."""
    n = s.number("n") if "n" in s else 1
    if (unit(s) == "Q" and s.around(1) == "of") or s.word("u") == "second" or (n > MANY and s.word("u") in UNIT):
        return None
    return fixed("DURATION", amount(n + (0.5 if "h" in s else 0), unit(s)), mod(s))


def vague_duration(s: Slots) -> Reading | None:
    """A length without a number: "several years"."""
    if s.around(-1) == "the" and s.around(1) == "of":
        return None  # the minutes of a meeting, the days of plenty
    return None if unit(s) == "Q" and "q" not in s else fixed("DURATION", amount("X", unit(s)), mod(s))


def shifted(code: str, n: int) -> Meaning:
    """So many units from the publication date."""
    return lambda s: Reading("DATE", Shift(code, n), mod(s))


def ref(value: str) -> Meaning:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""
    return always(fixed("DATE", value))


def weekday(s: Slots) -> Reading | None:
    """A weekday, by tense or by "last", "next"."""
    return Reading("DATE", Weekday(int(s.number("w")), step(s)), mod(s))


def day_phrase(s: Slots) -> Calc | None:
    """The day of a time: by the slots y m d, w, or k ("today"); the publication date where there is none."""
    if "m" in s:
        return date_calc(s)
    if "w" in s:
        return Weekday(int(s.number("w")), step(s))
    if "k" in s:
        return Shift("D", int(s.number("k")))
    if "d" in s:
        return Monthly(int(s.number("d")))
    return None
