"""Days, weeks, months and years said by their relation to the publication date or to another date of the text."""

from broadsheet.extract.dates.lexicon import SPORT
from broadsheet.extract.dates.meanings import amount, day_phrase, mod, shifted, step, unit, weekday, year
from broadsheet.extract.dates.readings import (
    Base,
    Calc,
    Fixed,
    Holding,
    Monthly,
    NthWeekday,
    Quarterly,
    Reading,
    Same,
    Shift,
    Weekday,
    Within,
    fixed,
)
from broadsheet.extract.dates.rules import Meaning, Rule, Slots, always, rule

# What "more than" says of a day so long ago, and of a day so long ahead.
BACK = {"MORE_THAN": "BEFORE", "LESS_THAN": "AFTER", "EQUAL_OR_MORE": "ON_OR_BEFORE", "EQUAL_OR_LESS": "ON_OR_AFTER"}
AHEAD = {"MORE_THAN": "AFTER", "LESS_THAN": "BEFORE", "EQUAL_OR_MORE": "ON_OR_AFTER", "EQUAL_OR_LESS": "ON_OR_BEFORE"}


def deictic(s: Slots) -> Reading | None:
    """Today, yesterday, tomorrow."""
    return Reading("DATE", Shift("D", int(s.number("k"))), mod(s))


def unit_by_relation(s: Slots) -> Reading | None:
    """Last week, this month, next year."""
    return Reading("DATE", Shift(unit(s), step(s) or 0), mod(s))


def text_unit(s: Slots) -> Reading | None:
    """The following day, the previous month: reckoned from the text."""
    code, n = unit(s), step(s) or 0
    return Reading("DATE", Shift("D" if code == "N" else code, n, "text"), mod(s))


def ago(sign: int, base: Base = "document") -> Meaning:
    """So many units before or after the base."""

    def meaning(s: Slots) -> Reading | None:
        code, n, said = unit(s), s.number("n"), moved_mod(s, sign)
        if "h" in s:
            n += 0.5
        if code in ("TH", "TM", "TS"):
            return timed_ago(sign, base)
        if n != int(n):
            if code != "Y":
                return Reading("DATE", Fixed("PAST_REF" if sign < 0 else "FUTURE_REF"), said)
            code, n = "M", n * 12
        return Reading("DATE", Shift(code, sign * int(n), base), said)

    return meaning


def moved_mod(s: Slots, sign: int) -> str | None:
    """More than a year ago lies before that year, more than a year from now after it."""
    said = mod(s) or ""
    return (BACK if sign < 0 else AHEAD).get(said, said) or None


def timed_ago(sign: int, base: Base) -> Reading | None:
    """Hours and minutes from now: articles know their day only."""
    return fixed("TIME", "PAST_REF" if sign < 0 else "FUTURE_REF") if base == "document" else fixed("TIME", None)


def year_ago(s: Slots) -> Reading | None:
    """A year ago or earlier: beside a quarter, the same quarter of the year before."""
    return Reading("DATE", Quarterly(-1, "text" if s.word("x").endswith(("earlier", "before")) else "document"), mod(s))


def same(s: Slots) -> Reading | None:
    """That day, the same year."""
    return Reading("DATE", Same(unit(s)), mod(s))


def current_unit(s: Slots) -> Reading | None:
    """The month, the year: the one that is going on, or that the text speaks of."""
    return Reading("DATE", Shift(unit(s), 0, "either"), mod(s))


def year_end(s: Slots) -> Reading | None:
    """Year-end, the year's end."""
    return Reading("DATE", Shift(unit(s), 0, "either"), "END")


def weekday_of_week(s: Slots) -> Reading | None:
    """Friday of last week, last Friday week: a weekday of a week by its relation."""
    return Reading("DATE", Within(Shift("W", step(s) or 0), f"-{int(s.number('w'))}"))


def week_of(s: Slots) -> Reading | None:
    """The week of 6 September."""
    day = day_phrase(s)
    return Reading("DATE", Holding(day)) if day else None


def nth_weekday(s: Slots) -> Reading | None:
    """The first Monday of May 2019, the last Friday of this month."""
    nth = -1 if s.word("o") == "last" else int(s.number("o"))
    month: Calc
    if "m" in s:
        from broadsheet.extract.dates.meanings import date_calc

        month = date_calc(s) or Fixed(None)
    else:
        month = Shift("M", {"last": -1, "next": 1}.get(s.word("a"), 0))
    return Reading("DATE", NthWeekday(month, int(s.number("w")), nth))


def monthly(s: Slots) -> Reading | None:
    """The 15th: of the month that the text or the tense suggests."""
    return Reading("DATE", Monthly(int(s.number("d"))))


def monthly_of(s: Slots) -> Reading | None:
    """The 15th of this month."""
    return Reading("DATE", Within(Shift("M", {"last": -1, "next": 1}.get(s.word("a"), 0)), f"-{int(s.number('d')):02}"))


def same_quarter(s: Slots) -> Reading | None:
    """The latest quarter, the period, the year-ago quarter: the quarter the text speaks of, or one of another year."""
    if "y" in s:
        return Reading("DATE", Quarterly(0, "text", year(s)))
    return Reading("DATE", Quarterly(-1 if s.word("x") else 0, "text"))


def length_ended(s: Slots) -> Reading | None:
    """The year ended on some day."""
    if s.word("u") == "half" and s.near(SPORT):
        return None
    return Reading("DURATION", Fixed("P6M" if s.word("u") == "half" else amount(1, unit(s))))


def from_weekday(s: Slots) -> Reading | None:
    """A week from Tuesday."""
    return Reading("DATE", Weekday(int(s.number("w")), 2))


RULES: tuple[Rule, ...] = (
    rule("deictic-day", "(p:(early|earlier|late|later))? k:DEICTIC_DAY", deictic, "It rained [yesterday] => DATE 2021-09-14"),
    rule("day-before-yesterday", "the day before yesterday", shifted("D", -2), "It rained [the day before yesterday] => DATE 2021-09-13"),
    rule("day-after-tomorrow", "the day after tomorrow", shifted("D", 2), "It ends [the day after tomorrow] => DATE 2021-09-17"),
    rule("before-last", "the u:(week|month|year|weekend|night) before last", lambda s: Reading("DATE", Shift(unit(s), -2)), "It closed [the year before last] => DATE 2019"),
    rule("after-next", "the u:(week|month|year|weekend) after next", lambda s: Reading("DATE", Shift(unit(s), 2)), "It opens [the week after next] => DATE 2021-W39"),
    rule("week-of", "(the)? week of ANYDAY", week_of, "It shut [the week of 6 September 2021] => DATE 2021-W36"),
    rule("weekday-week", "w:WEEKDAY week", from_weekday, "It opens on [Friday week] => DATE 2021-09-24"),
    rule("weekday", "(r:(last|next|this|this past|this coming|past|(the)? previous|(the)? following))? w:WEEKDAY", weekday,
         "It rained on [Monday] => DATE 2021-09-13", "It rained on [Wednesday] => DATE 2021-09-15", "We meet [next Friday] => DATE 2021-09-17"),
    rule("part-of-weekday", "p:(early|late|earlier|later) (on)? w:WEEKDAY", weekday, "It rained [late Monday] => DATE 2021-09-13 END"),
    rule("weekday-of-week", "w:WEEKDAY (of)? r:(last|next|this) week", weekday_of_week, "It rained on [Monday last week] => DATE 2021-09-06"),
    rule("week-from-weekday", "a week (from|on) w:WEEKDAY", from_weekday, "We meet [a week from Monday] => DATE 2021-09-27"),
    rule("nth-weekday", "(the)? o:(ORDINAL|last) w:WEEKDAY (of|in) (m:AMONTH (YR)? | a:(this|next|last) month)", nth_weekday,
         "On [the first Monday of May 2019] => DATE 2019-05-06"),
    rule("unit-by-relation", "(PART | p:(earlier|later))? r:(last|this|next|this past|this coming|(the)? (coming|current|past)) (fiscal|financial|calendar|school|academic)? u:(week|month|year|quarter|decade|century|weekend|day)", unit_by_relation,
         "It closed [last week] => DATE 2021-W36", "It opened [earlier this year] => DATE 2021 START"),
    rule("early-in-unit", "(p:(early|earlier|late|later)) in (r:(the|this)) u:(week|month|year|decade|century|quarter)", current_unit,
         "It opened [earlier in the year] => DATE 2021 START"),
    rule("following-unit", "(PART)? the r:(next|following|previous|preceding) u:(day|week|month|year|weekend|quarter|decade|night)", text_unit,
         "It opened on 5 May 1998. It closed [the next day] => DATE 1998-05-06"),
    rule("same-unit", "(PART)? (that | the same | that same | that very | this same | the very same) u:(day|week|month|year|quarter|decade|weekend)", same,
         "It opened in 1998. [That year] it burned => DATE 1998"),
    rule("later-that-unit", "p:(later|earlier|late|early) (in|on)? (that | the same | that same) u:(day|week|month|year)", same,
         "It opened in 1998. [Later that year] it burned => DATE 1998 END"),
    rule("year-ended", "(the|a)? (full|fiscal|financial)? u:(year|quarter|month|week|half) [ended|ending]", length_ended, "For [the year] ended June 30 => DURATION P1Y"),
    rule("the-quarter", "(the|this) quarter", same_quarter, "The third quarter of 2012 was bad. In [the quarter] it lost => DATE 2012-Q3"),
    rule("current-unit", "[for|in|during|of|throughout|by|over|within|into|through] the (fiscal|financial|calendar)? u:(week|weekend|month|year) [^to]", current_unit,
         "The rain of [the month] => DATE 2021-09"),
    rule("part-of-current-unit", "p:(the (very)? (end|beginning|start|middle|close) of) (the|this) u:(day|week|month|year|decade|century|quarter)", current_unit,
         "By [the end of the year] => DATE 2021 END"),
    rule("full-unit", "the (full|whole|entire) u:(year|month|week) [^of]", current_unit, "For [the full year] sales rose => DATE 2021"),
    rule("on-the-weekend", "[at|on] the u:weekend", current_unit, "It rained on [the weekend] => DATE 2021-W36-WE"),
    rule("year-end", "(the)? u:(year|month|week|quarter) (POSS|HY)? end", year_end, "Rates rose by [year-end] => DATE 2021 END"),
    rule("year-ago", "x:((a|one) year (ago|earlier|before) | year HY (ago|earlier) )", year_ago,
         "Profit was higher than [a year ago] => DATE 2020"),
    rule("ago", "(QUANT)? N (and a h:half)? ANYUNIT ago", ago(-1), "It closed [two weeks ago] => DATE 2021-W35"),
    rule("from-now", "(QUANT)? N (and a h:half)? ANYUNIT (from now|hence|from today)", ago(1), "It ends [two years from now] => DATE 2023"),
    rule("later", "(QUANT | just | only)? N (and a h:half)? ANYUNIT (later|afterwards|afterward|thereafter|after that)", ago(1, "text"),
         "It opened on 5 May 1998 and closed [two days later] => DATE 1998-05-07"),
    rule("earlier", "(QUANT | just | only)? N (and a h:half)? ANYUNIT (earlier|previously|beforehand|before that)", ago(-1, "text"),
         "It opened on 5 May 1998 and burned [two days earlier] => DATE 1998-05-03"),
    rule("day-before", "the u:(day|week|month|year) (before|earlier) [^the|a|an|CAP|LOW|WORD]", lambda s: Reading("DATE", Shift(unit(s), -1, "text")),
         "It opened on 5 May 1998. It burned [the day before] => DATE 1998-05-04", "It opened in 1998. It was planned [the year before] => DATE 1997"),
    rule("day-after", "the day after [^the|a|an|CAP|LOW]", always(Reading("DATE", Shift("D", 1, "text"))),
         "It opened on 5 May 1998. It burned [the day after] => DATE 1998-05-06"),
    rule("of-the-month", "the d:DAYORD of a:(this|last|next|the) month", monthly_of, "On [the 15th of this month] => DATE 2021-09-15"),
    rule("monthly", "[on|by|until|from|to|of] the d:DAYTH [^of|CAP|LOW|PLURAL|HY|UNIT|ORDINAL|century|anniversary|birthday|MONTH|SHY_MONTH]", monthly, "We met on [the 10th] => DATE 2021-09-10"),
    rule("year-ago-quarter", "(the)? x:(year HY (ago|earlier) | same | corresponding) o:ORDINAL? (quarter|period) (a:(last|a) year (POSS | ago|earlier)?)?", same_quarter,
         "It lost money in the third quarter of 2012, but not in [the year-ago period] => DATE 2011-Q3"),
    rule("latest-quarter", "(the|this) (latest|recent|most recent) (quarter|period)", same_quarter, "In [the latest quarter] it lost => DATE 2021-Q2"),
    rule("quarter-of-that-year", "the YR (quarter|period)", same_quarter, "The third quarter of 2012 was better than [the 2011 quarter] => DATE 2011-Q3"),
)  # fmt: skip
