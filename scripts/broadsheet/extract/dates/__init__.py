"""Dates: temporal expressions by the TIMEX3 rules, with values, EDTF and calendar bounds.

`rules` says what is recognised, `values` reckons with calendar values, `edtf` writes them as EDTF, and this
module finds the expressions in an article, precisely rather than greedily.
"""

import datetime
import functools
import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from broadsheet.extract.dates.edtf import edtf
from broadsheet.extract.dates.rules import RULES, Reading, Rule, expanded
from broadsheet.extract.dates.values import bounds
from broadsheet.records import Article, Date, Found, Span

_QUOTED = re.compile(r"“[^”“]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)")
_INTERVAL = re.compile(
    r"(?:\b[Ff]rom (\d{4}) (?:to|until) (\d{4})|\b[Bb]etween (\d{4}) and (\d{4})|\b(\d{4})[–-](\d{4}))(?![\d-])"
)
_LENGTH = re.compile(r"P(\d{1,3})([DW])")
_BETWEEN = re.compile(r"\s+(before|after)\s+(?:the\s+)?", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1000, 2099


def extract(article: Article, _found: Found) -> tuple[Date, ...]:
    """The temporal expressions of an article, in the order of the text.

    Relative ones count from the publication date; within a quotation, whose day is not known, they stay without
    a value, and so do all of them where the article has no date.
    """
    dates = [date for passage in article.passages for date in _in_passage(article, passage.span)]
    dates.sort(key=lambda date: (date.span, date.type))
    return tuple(_bounded(article.text, date, after) for date, after in itertools.zip_longest(dates, dates[1:]) if date)


def _bounded(text: str, date: Date, following: Date | None) -> Date:
    """A duration before or after the day that follows it, with its bounds; else the date as it is."""
    length = _LENGTH.fullmatch(date.value or "")
    if not length or following is None or following.earliest is None or following.earliest != following.latest:
        return date
    between = _BETWEEN.fullmatch(text, date.end, following.start)
    if not between:
        return date
    reach = datetime.timedelta(days=int(length[1]) * (7 if length[2] == "W" else 1))
    day = following.earliest
    first, last = (day - reach, day) if between[1].lower() == "before" else (day, day + reach)
    return replace(date, earliest=first, latest=last, anchor="text", anchored_to=following.span)


def _in_passage(article: Article, passage: Span) -> Iterator[Date]:
    intervals = list(_intervals(article, passage))
    yield from intervals
    taken = [date.span for date in intervals if date.type == "INTERVAL"]
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(article.text, passage.start, passage.end)]
    for match in _pattern().finditer(article.text, passage.start, passage.end):
        span = Span(*match.span())
        date = None if _meets_any(span, taken) else _date(article, match)
        if date:
            yield _unanchored(date) if date.anchor == "document" and _meets_any(span, quoted) else date


def _meets_any(span: Span, others: list[Span]) -> bool:
    """Whether the span shares a character with one of the others, which are in order and do not overlap."""
    number = bisect_right(others, span.end - 1, key=lambda other: other.start) - 1
    return number >= 0 and others[number].meets(span)


def _date(article: Article, match: re.Match[str]) -> Date | None:
    """The date that a match denotes, None where it denotes none."""
    rule = _rules()[match.lastgroup or ""]
    reading = rule.read(_groups(_single(rule).match(article.text, match.start())), article.published)
    return _row(Span(*match.span()), reading, rule.name) if reading else None


def _groups(match: re.Match[str] | None) -> dict[str, str]:
    """The named parts of a match; parts that stand for alternatives of one name are one."""
    parts = match.groupdict() if match else {}
    return {name.rstrip("_"): words for name, words in parts.items() if words}


def _row(span: Span, reading: Reading, rule: str) -> Date:
    earliest, latest = bounds(reading.value.split("T")[0]) if reading.value else (None, None)
    return Date(
        *span,
        type=reading.type,
        rule=rule,
        value=reading.value,
        mod=reading.mod,
        edtf=edtf(reading.value) if reading.value and not reading.mod else None,
        earliest=earliest,
        latest=latest,
        anchor=reading.anchor,
    )


def _unanchored(date: Date) -> Date:
    """The date without what was reckoned from the publication date; words for no certain time keep their value."""
    value = date.value if date.value and date.value.endswith("_REF") else None
    return replace(date, value=value, edtf=None, earliest=None, latest=None, anchor="none")


def _intervals(article: Article, passage: Span) -> Iterator[Date]:
    """Ranges of years: the two years, and the interval beside them."""
    for match in _INTERVAL.finditer(article.text, passage.start, passage.end):
        first, last = (number for number in range(1, 7) if match[number])
        begin, end = match[first], match[last]
        if not _FIRST_YEAR <= int(begin) < int(end) <= _LAST_YEAR:
            continue
        rows = [_row(Span(*match.span(part)), Reading("DATE", match[part]), "year-range") for part in (first, last)]
        yield from rows
        yield Date(
            *match.span(), "INTERVAL", "year-range", f"{begin}/{end}", None, f"{begin}/{end}",
            rows[0].earliest, rows[1].latest,
        )  # fmt: skip


@functools.cache
def _rules() -> dict[str, Rule]:
    return {f"r{number}": rule for number, rule in enumerate(RULES)}


@functools.cache
def _pattern() -> re.Pattern[str]:
    """All rules as one pattern whose last group is the rule that matched."""
    alternatives = (f"(?P<{name}>{_unnamed(expanded(rule.pattern))})" for name, rule in _rules().items())
    return re.compile(rf"(?<![\w@#/.])(?<!\d-)(?:{'|'.join(alternatives)})(?![\w@])", re.IGNORECASE)


@functools.cache
def _single(rule: Rule) -> re.Pattern[str]:
    """One rule with its named parts; a name that comes again gets underscores."""
    seen: dict[str, int] = {}

    def renamed(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], -1) + 1
        return f"(?P<{match[1]}{'_' * seen[match[1]]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", renamed, expanded(rule.pattern)), re.IGNORECASE)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
