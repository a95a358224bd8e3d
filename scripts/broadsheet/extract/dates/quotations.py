"""Quotations: "today" in one is the day on which it was said or written, which need not be that of publication."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.records import Article, Date, Span

QUOTED = re.compile(r"“[^”“]*+(?:”|\Z)|\"[^\"]*+(?:\"|\Z)")
# Words around a quotation, or at its head, which say that it was written: when, the text does not say.
WRITTEN = re.compile(
    r"\b(?:wr(?:ote|ites?|itten|iting)|penned|op-ed|letters?|essays?|memoirs?|diar(?:y|ies)|autobiography|manifesto|testament)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.;?!](?=\s)|[“\"]")
REACH = 120
"""How many characters from a quotation a word of writing, or the day of speaking, may stand."""

# So many dates may stand around a quotation in its sentence.
CLOSE = 50


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks, the words around it in its sentence, and whether it was written."""

    span: Span
    around: Span
    written: bool


def quotations(article: Article) -> list[Quotation]:
    """The quotations of the article, in their order; one that is never closed ends with its passage.

    >>> from broadsheet.records import Passage
    >>> text = "“I write today,” he wrote. “We leave today,” he said on Monday."
    >>> [quoted.written for quoted in quotations(Article(text, (Passage("paragraph", 0, len(text)),)))]
    [True, False]
    """
    return [
        _quotation(article.text, passage.span, Span(*match.span()))
        for passage in article.passages
        for match in QUOTED.finditer(article.text, passage.start, passage.end)
    ]


def _quotation(text: str, passage: Span, span: Span) -> Quotation:
    start, end = max(passage.start, span.start - REACH), min(passage.end, span.end + REACH)
    for match in SENTENCE_END.finditer(text, start, span.start):
        start = match.end()
    if ending := SENTENCE_END.search(text, span.end, end):
        end = ending.start()
    written = WRITTEN.search(text, start, span.start) or WRITTEN.search(text, span.end, end)
    return Quotation(span, Span(start, end), bool(written))


def quotation_of(date: Date, quoted: Sequence[Quotation]) -> Quotation | None:
    """The quotation in which a date stands, of those in order."""
    number = bisect_right(quoted, date.start, key=lambda quotation: quotation.span.start) - 1
    return quoted[number] if number >= 0 and quoted[number].span.holds(date.span) else None


def when_said(quotation: Quotation, text: str, dates: Sequence[Date]) -> Date | None:
    """The date around a quotation that says when it was said: "… tomorrow," he said on Monday.

    Before it a colon or comma must lead to the quotation, and after it the quotation must end with a comma.
    """
    leads = text[quotation.around.start : quotation.span.start].rstrip().endswith((":", ","))
    ends = text[quotation.span.end - 2 : quotation.span.end] in ((",”", ',"', "!”", '!"', "?”", '?"'))
    first = bisect_left(dates, quotation.around.start, key=lambda date: date.start)
    for date in itertools.takewhile(lambda date: date.start < quotation.around.end, dates[first : first + CLOSE]):
        before = leads and date.end <= quotation.span.start
        after = ends and date.start >= quotation.span.end
        if date.type in ("DATE", "TIME") and quotation.around.holds(date.span) and (before or after):
            return date
    return None


def is_title(date: Date, text: str) -> bool:
    """Whether an expression with a capital is all that stands between quotation marks: a song, a broadcast.

    >>> is_title(Date(1, 10, "DATE", "x"), '"Yesterday" was number one.')
    True
    """
    before, after = text[date.start - 1 : date.start], text[date.end : date.end + 2].lstrip(",.")[:1]
    return before in ("“", '"') and after in ("”", '"') and text[date.start].isupper()
