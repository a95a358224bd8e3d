"""Figures of an article: numbers with their bounds, their unit and what they count.

A number inside a date, a duration or a name is no figure. One quantity is one figure: "125km (78 miles)".
"""

from broadsheet.extract.figures.quantities import read
from broadsheet.records import Article, Figure, Found

__all__ = ["extract"]


def extract(article: Article, found: Found) -> tuple[Figure, ...]:
    """The figures of an article, by (start, end); they never overlap."""
    names = (mention.span for mention in found.mentions if article.text[mention.end : mention.end + 1] != "$")
    taken = sorted([*(date.span for date in found.dates), *names])
    return tuple(figure for passage in article.passages for figure in read(article.text, passage.span, taken))
