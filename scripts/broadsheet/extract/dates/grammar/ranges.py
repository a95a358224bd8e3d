"""Ranges and lists in which one date lends its month, year or era to another."""

from broadsheet.extract.dates.grammar.clock import clock
from broadsheet.extract.dates.meanings import year
from broadsheet.extract.dates.readings import Fixed, Reading, Same, Timed, Yearly
from broadsheet.extract.dates.rules import Part, Parts, Rule, Slots, rule
from broadsheet.extract.dates.values import day_in


def _row(slot: str, value: str | None, yearly: str = "") -> Part:
    return Part(slot, Reading("DATE", Fixed(value) if value else Yearly(yearly)))


def days(s: Slots) -> Parts | None:
    """Two days of one month: 5-8 May 1998, May 5 and 8."""
    y, month = year(s), int(s.number("m"))
    suffixes = [f"-{month:02}-{int(s.number(name)):02}" for name in ("d", "d2", "d3") if name in s]
    if any(not day_in(2000, month, int(suffix[4:])) for suffix in suffixes):
        return None
    slots = ("a", "b", "x")[: len(suffixes)]
    if s.number("d") >= s.number("d2"):
        return None
    rows = [_row(slot, y + suffix if y else None, suffix) for slot, suffix in zip(slots, suffixes, strict=True)]
    return Parts(tuple(rows))


def years(s: Slots) -> Parts | None:
    """1941-42."""
    first, short = int(s.number("y")), int(s.number("y2"))
    last = first - first % 100 + short
    if not first < last or not 1000 < first < 2100:
        return None
    return Parts((_row("a", f"{first:04}"), _row("b", f"{last:04}")))


def years_bc(s: Slots) -> Parts | None:
    """499-493 BC."""
    first, last = int(s.number("y")), int(s.number("y2"))
    return Parts((_row("a", f"BC{first:04}"), _row("b", f"BC{last:04}"))) if first > last else None


def centuries(s: Slots) -> Parts | None:
    """The 18th and 19th centuries."""
    first, last = int(s.number("o")), int(s.number("o2"))
    return Parts((_row("a", f"{first - 1:02}"), _row("b", f"{last - 1:02}"))) if first < last < LAST_CENTURY else None


def years_ad(s: Slots) -> Parts | None:
    """From AD 43 to 410."""
    first, last = int(s.number("y")), int(s.number("y2"))
    return Parts((_row("a", f"{first:04}"), _row("b", f"{last:04}"))) if first < last < LAST_YEAR else None


def hours(s: Slots) -> Parts | None:
    """From 5 to 8 p.m."""
    last = clock(s.word("t"))
    n = s.number("n")
    half = "p" if "p" in s.word("t") else "a"
    first = clock(f"{int(n)} {half}.m.")
    if not first or not last:
        return None
    rows = (Part(slot, Reading("TIME", Timed(Same("day"), time))) for slot, time in (("a", first), ("b", last)))
    return Parts(tuple(rows))


LAST_YEAR, LAST_CENTURY = 3000, 30
JOIN = "c:(to|and|or|HY|SLASH|DASH|until|till|through)"

RULES: tuple[Rule, ...] = (
    rule("days-of-month", f"(g:(from|between))? (DAYNAME)? a:((the)? d:(DAYNO|DAYORD)) {JOIN} b:((the)? d2:(DAYNO|DAYORD) of? m:AMONTH ((,)? YR)?)", days,
         "Shut between [5] and [8 September 1998] => DATE 1998-09-05; DATE 1998-09-08"),
    rule("month-and-days", f"(g:(from|between))? a:(m:AMONTH d:(DAYNO|DAYORD)) {JOIN} b:((the)? d2:(DAYNO|DAYORD) ((,)? YR)?)", days,
         "Shut [May 5]-[8, 1998] => DATE 1998-05-05; DATE 1998-05-08"),
    rule("three-days", "a:(m:AMONTH d:DAYNO) , b:(d2:DAYNO) (,)? c:(and|or) x:(d3:DAYNO ((,)? YR)?)", days,
         "Shut [May 5], [6] and [8, 1998] => DATE 1998-05-05; DATE 1998-05-06; DATE 1998-05-08"),
    rule("short-years", "a:(y:YEAR) (HY|SLASH|DASH) b:(y2:YY) [^HY|SLASH|AMONTH]", years, "In [1941]-[42] it froze => DATE 1941; DATE 1942"),
    rule("short-years-from", "[from|between] a:(y:YEAR) (to|and) b:(y2:YY) [^HY|SLASH|AMONTH]", years, "From [1941] to [42] it froze => DATE 1941; DATE 1942"),
    rule("centuries", "a:((the)? o:ORDINAL) (and|to|or|HY|through) b:((the)? (early|mid|late)? HY? o2:ORDINAL (centuries|century))", centuries, "In [the 18th] and [19th centuries] => DATE 17; DATE 18"),
    rule("years-ad", "a:((ad|a.d.) y:INT) (HY|DASH|to|and|until) b:(y2:INT)", years_ad, "From [AD 43] to [410] => DATE 0043; DATE 0410"),
    rule("years-bc", "(from|between)? a:(y:INT) (HY|DASH|to|and|until) b:(y2:INT ERA)", years_bc, "From [499] to [493 BC] => DATE BC0499; DATE BC0493"),
    rule("hours", "(from|between)? a:(n:(HOUR|HOURWORD)) (to|and|HY|DASH|until) b:(t:CLOCK12)", hours,
         "Open from [5] to [8 p.m.] => TIME 2021-09-15T17:00; TIME 2021-09-15T20:00"),
)  # fmt: skip
