"""Quotations whose day is not known: what "today" means in them cannot be told from the publication date."""

import re

from broadsheet.records import Article, Span

QUOTED = re.compile(r"“[^”“]*+(?:”|\Z)|\"[^\"]*+(?:\"|\Z)")
# Words around a quotation, or at its head, which say that it was written: when, the text does not say.
WRITTEN = re.compile(
    r"\b(?:wr(?:ote|ites?|itten|iting)|penned|op-ed|letters?|essays?|memoirs?|diar(?:y|ies)|autobiography|manifesto|testament)\b",
    re.IGNORECASE,
)
REACH = 120
"""How many characters from a quotation such a word may stand."""


def undated(article: Article) -> list[Span]:
    """The quotations of the article whose day is not known, in their order.

    >>> from broadsheet.records import Passage
    >>> text = "“I write today,” he wrote. “We leave today,” he said on Monday."
    >>> [text[slice(*span)] for span in undated(Article(text, (Passage("paragraph", 0, len(text)),)))]
    ['“I write today,”']
    """
    return [
        span
        for passage in article.passages
        for span in (Span(*match.span()) for match in QUOTED.finditer(article.text, passage.start, passage.end))
        if _is_written(article.text, passage.span, span)
    ]


def _is_written(text: str, passage: Span, quoted: Span) -> bool:
    """Whether a word of writing stands in the sentence around the quotation, or a writer speaks of writing in it."""
    before = text[max(passage.start, quoted.start - REACH) : quoted.start]
    after = text[quoted.end : min(passage.end, quoted.end + REACH)]
    around = re.split(r"[.?!”\"]\s", before)[-1] + " " + re.split(r"[.?!]\s|[“\"]", after)[0]
    return bool(WRITTEN.search(around))
