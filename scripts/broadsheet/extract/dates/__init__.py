"""Dates: temporal expressions by the TIMEX3 rules, with values, EDTF and calendar bounds.

The way of a passage: `tokens`, a letter each (`alphabet`), the rules of `grammar` (`matching`), whose `readings`
are anchored in the order of the text (`anchoring`, `memory`) and become `rows`; `intervals` sees pairs of them.
"""

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extract.dates.anchoring import resolve
from broadsheet.extract.dates.intervals import intervals, lent, ordered
from broadsheet.extract.dates.manner import memory_for, standing
from broadsheet.extract.dates.matching import Line, Match, matches, read
from broadsheet.extract.dates.memory import Memory, Place
from broadsheet.extract.dates.quotations import is_title, quotations
from broadsheet.extract.dates.readings import Fixed, Quarterly
from broadsheet.extract.dates.rows import row
from broadsheet.extract.dates.speaking import as_said
from broadsheet.extract.dates.tense import direction, sentence_start
from broadsheet.records import Article, Date, Found, Span

_LENGTH = re.compile(r"P(\d{1,3})([DW])")
_BETWEEN = re.compile(r"\s+(before|after|from)\s+(?:the\s+)?", re.IGNORECASE)


def extract(article: Article, _found: Found) -> tuple[Date, ...]:
    """The temporal expressions of an article, in the order of the text.

    Relative ones count from the publication date or from what the text has spoken of; where there is no such day,
    or an expression stands in a quotation of an unknown day, they keep their row and have no value.
    """
    lines = [read(article.text, passage.start, passage.end) for passage in article.passages]
    found = [(line, lent(line, list(matches(line)))) for line in lines]
    memory = memory_for(article, found)
    quoted = quotations(article)
    dates: list[Date] = []
    for line, hits in found:
        rows = ordered(line, hits, [_date(line, hit, memory, first=hit is hits[0]) for hit in hits])
        rows = as_said(article, line, hits, rows, quoted)
        dates += intervals(line, hits, rows)
        dates += (date for date in _bounded(article.text, rows) if not is_title(date, article.text))
    return tuple(sorted(dates, key=lambda date: (date.span, date.type)))


def _date(line: Line, hit: Match, memory: Memory, first: bool) -> Date:
    span = Span(line.tokens[hit.first].start, line.tokens[hit.end - 1].end)
    reading = hit.reading
    ahead = 0 if isinstance(reading.calc, Fixed) else direction(line.tokens, hit.first, hit.end)
    place = Place(span.start, ahead, standing(line, hit, first), sentence_start(line.tokens, hit.first))
    anchored = resolve(reading.calc, memory, place)
    if reading.type in ("DATE", "TIME") and not isinstance(reading.calc, Quarterly):
        memory.note(anchored, span, place.stands)
    elif reading.type == "DURATION" and anchored.value and anchored.value[-1] in "MY":
        memory.quarter = None
    return row(span, reading, anchored, hit.rule)


def _bounded(text: str, dates: Sequence[Date]) -> list[Date]:
    """The dates; a duration before or after the day that follows it has bounds ("two days before 9/11")."""
    return [_reaching(text, date, after) for date, after in itertools.zip_longest(dates, dates[1:]) if date]


def _reaching(text: str, date: Date, following: Date | None) -> Date:
    length = _LENGTH.fullmatch(date.value or "")
    if not length or following is None or following.earliest is None or following.earliest != following.latest:
        return date
    between = _BETWEEN.fullmatch(text, date.end, following.start)
    if not between:
        return date
    reach = datetime.timedelta(days=int(length[1]) * (7 if length[2] == "W" else 1))
    day = following.earliest
    try:
        first, last = (day - reach, day) if between[1].lower() == "before" else (day, day + reach)
    except OverflowError:
        return date
    return replace(date, earliest=first, latest=last, anchor="text", anchored_to=following.span)
