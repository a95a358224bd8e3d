"""Dates that name a day, month, year, quarter, season, decade or century of the calendar."""

import re

from broadsheet.extract.dates.lexicon import COUNTED, SEASON, SPORT
from broadsheet.extract.dates.meanings import date, mod, step, year
from broadsheet.extract.dates.readings import Calc, Fixed, Numeric, Reading, Same, Shift, Within, Yearly, fixed
from broadsheet.extract.dates.rules import Rule, Slots, rule
from broadsheet.extract.dates.values import day_in

ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T.*)?")
FIRST_PLAIN_YEAR, LAST_PLAIN_YEAR = 1500, 2100
LAST_YEAR = 1_000_000


def iso(s: Slots) -> Reading | None:
    """2021-09-05, with or without a time."""
    match = ISO.fullmatch(str(s.value("x")))
    if not match or not day_in(int(match[1]), int(match[2]), int(match[3])):
        return None
    return fixed("TIME" if match[4] else "DATE", match[0])


def numeric(s: Slots) -> Reading | None:
    """03/04/2021: which number is the month is for the article to say."""
    return Reading("DATE", Numeric(str(s.value("x"))))


def plain_year(s: Slots) -> Reading | None:
    """A year that nothing announces, if it looks like one."""
    n = int(s.number("y"))
    return date(s) if FIRST_PLAIN_YEAR <= n <= LAST_PLAIN_YEAR else None


def numbered_year(s: Slots) -> Reading | None:
    """The year 3000: a year that is said to be one."""
    return fixed("DATE", f"{int(s.number('y')):04}") if s.number("y") < LAST_YEAR else None


def announced_year(s: Slots) -> Reading | None:
    """In 1998: a round number before a noun that is counted may be no year ("in 2000 homes")."""
    following = s.around(1)
    return None if following in COUNTED and int(s.number("y")) % 10 == 0 else date(s)


def counted_year(s: Slots) -> Reading | None:
    """A year before a plural, which it might count: "the 1998 elections"."""
    return date(s) if 1900 <= int(s.number("y")) <= 2040 else None


def decade(s: Slots) -> Reading | None:
    """The 1990s, the '90s, the nineties; the 1800s are a century."""
    value = s.value("x")
    if isinstance(value, int):
        return fixed("DATE", f"{19 if value else 20}{value}", mod(s))
    digits = re.sub(r"\D", "", str(value))
    if len(digits) == 2:
        return fixed("DATE", f"{19 if digits[0] > '2' else 20}{digits[0]}", mod(s))
    if digits.endswith("00") and digits < "2000" and len(digits) == 4:
        return fixed("DATE", digits[:2], mod(s))
    return fixed("DATE", ("BC" if s.word("e").startswith("b") else "") + digits[:-1].rjust(3, "0"), mod(s))


def century(s: Slots) -> Reading | None:
    """The 20th century is 19."""
    n = int(s.number("o"))
    if "e" in s:
        return fixed("DATE", f"BC{n - 1:02}", mod(s))
    return fixed("DATE", f"{n - 1:02}", mod(s)) if 1 < n < 31 else None


def related_year(words: str) -> Calc:
    """The year of "last year", "that year".

    >>> related_year("last"), related_year("the same")
    (Shift(unit='Y', n=-1, base='document'), Same(unit='Y'))
    """
    last = words.split()[-1]
    if last in ("that", "same"):
        return Same("Y")
    n = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1}.get(last, 0)
    return Shift("Y", n, "text" if words.startswith("the ") and n else "document")


def in_related_year(s: Slots) -> Reading | None:
    """A month or day of last year, of that year."""
    day = f"-{int(s.number('d')):02}" if "d" in s else ""
    return Reading("DATE", Within(related_year(s.word("a")), f"-{int(s.number('m')):02}{day}"), mod(s))


def part_code(s: Slots) -> str | None:
    """The quarter, half or season of a year, as a value ends with it."""
    if "c" in s:
        return "-" + str(s.value("c"))
    if "s" in s:
        return f"-{SEASON[s.word('s')]}"
    n = {"final": 4, "latter": 2, "last": 4, "opening": 1}.get(s.word("o")) or int(s.number("o"))
    letter, most = ("H", 2) if s.word("u") == "half" else ("Q", 4)
    return f"-{letter}{min(n, most)}" if n <= 4 else None


def part_of_year(s: Slots) -> Reading | None:
    """Quarters, halves and seasons, of a year that is named, related, or left to tense."""
    code = part_code(s)
    if code is None or (code[1] in "QH" and s.near(SPORT)):
        return None
    if "y" in s:
        return Reading("DATE", Within(Fixed(year(s)), code), mod(s))
    if "a" in s:
        return Reading("DATE", Within(related_year(s.word("a")), code), mod(s))
    return Reading("DATE", Yearly(code, step(s)), mod(s))


def leading_quarters(s: Slots) -> Reading | None:
    """The first two quarters of a year are its first half."""
    if s.number("n") != 2:
        return None
    return Reading("DATE", Within(Fixed(year(s)), "-H1" if s.word("o") == "first" else "-H2"))


RULES: tuple[Rule, ...] = (
    rule("iso-date", "x:ISO", iso, "Filed [2021-09-05] => DATE 2021-09-05"),
    rule("numeric-date", "x:NUMDATE", numeric, "Filed on [25/12/2019] => DATE 2019-12-25", "Filed on [3/4/2019] => DATE -"),
    rule("full-date", "FULL", date,
         "It opened on [5 May 1998] => DATE 1998-05-05", "On [Friday, May 5th, 2006], it rained => DATE 2006-05-05"),
    rule("about-full-date", "APPROX FULL", date, "Built [around May 5, 1998] => DATE 1998-05-05 APPROX"),
    rule("full-date-bc", "(MD|DM) ,? y:INT ERA", date, "He fell on [15 March 44 BC] => DATE BC0044-03-15"),
    rule("day-of-month", "(DAYNAME)? (MD|DM)", date, "It ended on [Aug. 2] => DATE 2021-08-02"),
    rule("about-day", "APPROX (MD|DM)", date, "Due [around Nov. 1], it will be late => DATE 2021-11-01 APPROX"),
    rule("day-of-related-year", "(MD|DM) OFYEAR", in_related_year, "On [24 January last year] => DATE 2020-01-24"),
    rule("month-year", "(PART|APPROX)? m:AMONTH ,? of? in? YR", date,
         "It began in [May 1998] => DATE 1998-05", "By [mid-August 2014] it was over => DATE 2014-08 MID"),
    rule("month-short-year", "(PART)? m:AMONTH y:SHORT_YEAR", date, "In [May '98] => DATE 1998-05"),
    rule("month-year-bc", "(PART|APPROX)? m:AMONTH ,? of? y:INT ERA", date, "In [June 479 BC] => DATE BC0479-06"),
    rule("month-of-related-year", "(PART)? m:AMONTH OFYEAR", in_related_year, "In [May last year] => DATE 2020-05"),
    rule("last-month-name", "(PART)? r:(last|next|this|this past|this coming) m:AMONTH", date, "[Last March] it snowed => DATE 2021-03"),
    rule("part-of-month-name", "PART m:AMONTH [^CAP]", date, "It stopped in [early March] => DATE 2021-03 START"),
    rule("month-name", "[^DAYNO] m:CLEAR_MONTH", date, "It stopped in [July] => DATE 2021-07"),
    rule("announced-shy-month", "[in|since|by|until|till|during|through|between|late|early|last|next|this|mid|throughout] m:SHY_NAME",
         date, "It stopped in [May] => DATE 2021-05"),
    rule("listed-shy-month", "[from|to|for|of|before|after|and|or] m:SHY_NAME [^CAP]", date, "It rained from March to [May] => DATE 2021-05"),
    rule("month-of-event", "[the|a|an|his|their|its|POSS] m:SHY_NAME [LOW|PLURAL] [^ED]", date, "The [June] elections were fair => DATE 2021-06"),
    rule("the-month-of", "(PART)? the month of m:AMONTH ,? (YR)?", date, "In [the month of May 1998] => DATE 1998-05"),
    rule("year-bc", "(PART|APPROX)? y:INT ERA", date, "In [490 BC] they won => DATE BC0490"),
    rule("year-ad", "(PART|APPROX)? (ad|a.d.) y:INT | (PART|APPROX)? y:INT (ad|a.d.|ce|c.e.)", date, "In [AD 70] it fell => DATE 0070"),
    rule("part-of-year", "(PART|APPROX|p:(early|late|later|earlier|mid) in) (the year)? YR", date, "In [late 2008] it rained => DATE 2008 END"),
    rule("the-year", "(the year) y:(INT|YEARWORD)", numbered_year, "By [the year 2000] => DATE 2000", "By [the year 12000] => DATE 12000"),
    rule("short-year", "[in|since|of|by|until|till|from|to|before|after] y:SHORT_YEAR", date, "They won in ['89] => DATE 1989"),
    rule("year-and-beyond", "YR and (beyond|after|later)", lambda s: fixed("DATE", year(s), "ON_OR_AFTER"), "For [1990 and beyond] => DATE 1990 ON_OR_AFTER"),
    rule("fiscal-year", "(PART)? (the)? (fiscal|financial) (year)? YR", date, "In [fiscal 1989] it grew => DATE 1989"),
    rule("announced-year", "[in|since|during|by|until|till|from|before|after|between|through|throughout|of|early|late] YR [^UNITS|UNIT|SCALE|JUNK]",
         announced_year, "Back in [1998] it rained => DATE 1998"),
    rule("year-before-plural", "[^LABEL|NUM|JUNK|HY] YR [PLURAL]", counted_year, "Both [1998] elections were fair => DATE 1998"),
    rule("year", "[^LABEL|NUM|JUNK] YR [^UNITS|UNIT|SCALE|JUNK|PLURAL|COUNTED|NUM]", plain_year, "The [1998] election was fair => DATE 1998"),
    rule("decade", "(the)? (PART)? (the)? x:DECADE (ERA)?", decade, "In [the 470s BC] => DATE BC047", "In [the late 1980s] => DATE 198 END", "In [the '90s] => DATE 199", "In [the mid-540s] => DATE 054 MID", "In [the 1800s] => DATE 18"),
    rule("decade-word", "(the)? (PART | the | PART the) x:DECADE_WORD", decade, "In [the nineties] => DATE 199", "In [the noughties] => DATE 200"),
    rule("century", "(the)? (PART)? (the)? o:ORDINAL century (ERA)?", century, "In [the 20th century] => DATE 19", "In [the 5th century BC] => DATE BC04"),
    rule("century-adjective", "(p:(early|mid|late) HY?)? o:ORDINAL HY century", century, "The [19th-century] house => DATE 18"),
    rule("quarter-of-year", "(PART)? (the)? (fiscal)? HY? o:(ORDINAL|final|latter) HY? u:(quarter|half) (of|in|,)? (fiscal)? YR", part_of_year,
         "In [the third quarter of 2012] => DATE 2012-Q3"),
    rule("quarter-of-related-year", "(PART)? (the)? (fiscal)? HY? o:(ORDINAL|final) HY? u:(quarter|half) OFYEAR", part_of_year,
         "In [the first half of last year] => DATE 2020-H1"),
    rule("related-year-quarter", "a:(last|this|next) year POSS (fiscal)? o:(ORDINAL|final) HY? u:(quarter|half)", part_of_year,
         "In [next year's first quarter] => DATE 2022-Q1"),
    rule("year-quarter", "(PART)? (the)? YR POSS? (fiscal)? o:(ORDINAL|final) HY? u:(quarter|half)", part_of_year,
         "In [the 2008 second quarter] => DATE 2008-Q2"),
    rule("quarter-adjective", "(fiscal HY?)? o:(ORDINAL|final) HY u:(quarter|half)", part_of_year, "Its [second-quarter] loss grew => DATE 2021-Q2", "[First-half] profit doubled => DATE 2021-H1"),
    rule("quarter", "(PART)? (the|its|their|our|this)? (fiscal)? HY? o:(ORDINAL|final) u:quarter", part_of_year,
         "In [the second quarter] it grew => DATE 2021-Q2"),
    rule("half", "(the|its) (fiscal)? o:ORDINAL u:half [^of|to]", part_of_year, "In [the first half] it grew => DATE 2021-H1"),
    rule("quarter-code", "c:PARTCODE (of|in|,)? (YR)?", part_of_year, "In [Q3 2012] => DATE 2012-Q3"),
    rule("year-quarter-code", "YR c:PARTCODE", part_of_year, "In [2012 Q3] => DATE 2012-Q3"),
    rule("leading-quarters", "(the)? o:(first|last|second) n:NUM quarters of YR", leading_quarters, "In [the first two quarters of 2012] => DATE 2012-H1"),
    rule("season-of-year", "(PART)? (the)? s:SEASON (of|,)? (y:(YEAR|YEARWORD|SHORT_YEAR))", part_of_year,
         "In [the spring of 1862] => DATE 1862-SP", "By [late summer 2007] => DATE 2007-SU END"),
    rule("season-bc", "(PART)? (the)? s:SEASON (of|,)? y:INT ERA", part_of_year, "In [autumn of 481 BC] => DATE BC0481-FA"),
    rule("season-of-related-year", "[^will|would|could|may|might|can|shall|should|must|not|to] (PART)? (the)? s:SEASON OFYEAR", part_of_year, "In [the spring of next year] => DATE 2022-SP"),
    rule("last-season", "(PART)? r:(last|this|next|this past|this coming|that) s:SEASON", part_of_year, "It opened [last summer] => DATE 2021-SU"),
    rule("the-season", "[^at] (PART|p:(early|late|later|earlier) in)? (the|that|that same) s:SEASON [^of|LOW|CAP|PLURAL]", part_of_year, "It lasted into [the autumn] => DATE 2021-FA"),
    rule("in-season", "[in|by|during|until|since|every|early|late|and|through|throughout] s:SEASON [^CAP]", part_of_year, "It began in [summer] => DATE 2021-SU"),
    rule("season-of-event", "[the|a|his|their|its] s:(summer|winter|spring|autumn|fall) [LOW] [^ED]", part_of_year, "The [summer] floods were bad => DATE 2021-SU"),
    rule("part-of-season", "PART s:SEASON", part_of_year, "It began in [early spring] => DATE 2021-SP START"),
)  # fmt: skip
