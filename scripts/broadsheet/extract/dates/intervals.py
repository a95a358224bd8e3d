"""Two dates that are the ends of one stretch of time: what one lends the other, and the interval between them."""

import datetime
import itertools
from dataclasses import replace

from broadsheet.extract.dates.edtf import edtf_interval
from broadsheet.extract.dates.matching import Line, Match
from broadsheet.extract.dates.readings import Calc, Fixed, Reading, Same, Shift, Timed, Weekday, Within, Yearly
from broadsheet.extract.dates.rows import revalued
from broadsheet.extract.dates.tense import direction
from broadsheet.extract.dates.values import bounds, shift, unit_of
from broadsheet.records import Date, Span

TO = frozenset(("to", "until", "till", "through", "thru", "-", "–"))
LIST = frozenset(("and", "or", ",", "/", "&"))
# After these, "from May to June" tells of one day that was moved, not of the time between.
MOVED = frozenset(
    ("moved", "postponed", "delayed", "rescheduled", "pushed", "changed", "shifted", "switched", "move", "postpone")
)
MOVED_REACH = 8


def _between(line: Line, left: Match, right: Match) -> list[str]:
    """The words between two matches in lower case, none where there are too many for a range or a list."""
    tokens = line.tokens[left.end : right.first] if right.first - left.end <= 2 else []
    return [token.text.lower() for token in tokens if token.text.lower() != "the"]


def _before(line: Line, hit: Match) -> str:
    """The word before a match, in lower case; "the" does not count."""
    at = hit.first - 1
    if at > 0 and line.tokens[at].text.lower() == "the":
        at -= 1
    return line.tokens[at].text.lower() if at >= 0 else ""


def lent(line: Line, hits: list[Match]) -> list[Match]:
    """The matches, the year or day of one lent to that before: "July 1 to July 3, 1863", "2 to 5 p.m. on Monday"."""
    lent_hits = list(hits)
    for n in range(len(hits) - 2, -1, -1):
        left, right = lent_hits[n], lent_hits[n + 1]
        words = _between(line, left, right)
        if len(words) != 1 or words[0] not in TO | LIST:
            continue
        if borrowed := _lent(left.reading, right.reading):
            lent_hits[n] = replace(left, reading=borrowed)
    return lent_hits


def _lent(left: Reading, right: Reading) -> Reading | None:
    """The left reading with the day or year of the right, or the year before where it would come after."""
    calc, other = left.calc, right.calc
    if isinstance(calc, Timed) and isinstance(other, Timed) and calc.day == Same("day"):
        return replace(left, calc=replace(calc, day=other.day)) if other.day != calc.day else None
    if not isinstance(calc, Yearly) or calc.step is not None:
        return None
    if isinstance(other, Within) and isinstance(other.outer, Shift) and len(other.suffix) == len(calc.suffix):
        outer = replace(other.outer, n=other.outer.n - (calc.suffix > other.suffix))
        return replace(left, calc=Within(outer, calc.suffix))
    if not isinstance(other, Fixed) or not other.value:
        return None
    year, suffix = other.value[:4], other.value[4:]
    if not year.isdigit() or len(suffix) != len(calc.suffix):
        return None
    return replace(left, calc=Fixed(f"{int(year) - (calc.suffix > suffix):04}{calc.suffix}"))


def ordered(line: Line, hits: list[Match], rows: list[Date]) -> list[Date]:
    """The rows, of which the ends of a range come in order: "Friday to Monday" is no step back.

    Tense alone has placed such days, months and seasons; where it points ahead the end is moved, else the begin.
    """
    result = list(rows)
    for n, (left, right) in enumerate(itertools.pairwise(hits)):
        first, last = result[n], result[n + 1]
        if _start(line, left, right) is None or not (_is_of_calendar(first) and _is_of_calendar(last)):
            continue
        if _in_order(str(first.value), str(last.value)):
            continue
        free = _free(left.reading.calc), _free(right.reading.calc)
        ahead = not free[0] or (free[1] and direction(line.tokens, left.first, right.end) > 0)
        if not any(free):
            continue
        at, step, calc = (n + 1, 1, right.reading.calc) if ahead else (n, -1, left.reading.calc)
        result[at] = revalued(result[at], _stepped(calc, str(result[at].value), step))
    return result


def _free(calc: Calc) -> bool:
    """Whether tense alone has placed it: "Friday", "May"."""
    return isinstance(calc, Weekday | Yearly) and calc.step is None


def _stepped(calc: Calc, value: str, n: int) -> str:
    """A weekday so many weeks on, anything else so many years."""
    if isinstance(calc, Weekday):
        return shift(datetime.date.fromisoformat(value), "D", 7 * n) or value
    return f"{int(value[:4]) + n:04}{value[4:]}"


def intervals(line: Line, hits: list[Match], rows: list[Date]) -> list[Date]:
    """The intervals between the rows, which belong to the matches one by one."""
    found: list[Date] = []
    for n, (left, right) in enumerate(itertools.pairwise(hits)):
        start, dashed = _start(line, left, right), _between(line, left, right)[:1] in (["-"], ["–"])
        if start is not None and (interval := _interval(Span(start, rows[n + 1].end), rows[n], rows[n + 1], dashed)):
            found.append(interval)
    return found


def _start(line: Line, left: Match, right: Match) -> int | None:
    """Where the range of two matches begins, None if they are none."""
    words, before = _between(line, left, right), _before(line, left)
    if len(words) != 1 or not (words[0] in TO or (words[0] == "and" and before == "between")):
        return None
    if before not in ("from", "between"):
        return line.tokens[left.first].start
    at = left.first - 1 - (line.tokens[left.first - 1].text.lower() == "the")
    near = {token.text.lower() for token in line.tokens[max(0, at - MOVED_REACH) : at]}
    return None if before == "from" and near & MOVED else line.tokens[at].start


def _interval(span: Span, left: Date, right: Date, dashed: bool) -> Date | None:
    if left.type != right.type or not (_is_of_calendar(left) and _is_of_calendar(right)):
        return None
    if left.latest and right.latest and left.latest > right.latest:
        return None  # "the year to March": the end lies in what is called the begin
    begin, end = str(left.value), str(right.value)
    if (dashed and unit_of(begin) != unit_of(end)) or not _in_order(begin, end):
        return None
    return Date(
        *span,
        type="INTERVAL",
        rule="interval",
        value=f"{begin}/{end}",
        edtf=edtf_interval(left, right),
        earliest=left.earliest,
        latest=right.latest,
        anchor="document" if "document" in (left.anchor, right.anchor) else left.anchor,
    )


def _is_of_calendar(date: Date) -> bool:
    """Whether its value is a place in the calendar, neither a length nor PRESENT_REF."""
    return date.type in ("DATE", "TIME") and date.value is not None and not date.value.endswith("_REF")


def _in_order(first: str, last: str) -> bool:
    """Whether one value may be the begin and the other the end.

    >>> _in_order("1980", "1985"), _in_order("1985", "1980"), _in_order("BC0499", "BC0493")
    (True, False, True)
    """
    if first.startswith("BC"):
        return first > last or not last.startswith("BC")
    begin, end = bounds(first)[0], bounds(last)[1]
    if begin is None or end is None:
        return first[:4] <= last[:4]
    return begin < end or (begin == end and first < last)
