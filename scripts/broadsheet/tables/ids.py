"""Ids of rows: readable, the same whatever other rows come or go, and safe in a spreadsheet."""

from collections.abc import Iterable, Iterator

from broadsheet.records import Span


def span_id(article_id: str, span: Span) -> str:
    """The id of a row found at a span.

    >>> span_id("a3f2b8c91d04e7a65", Span(10, 20))
    'a3f2b8c91d04e7a65.10-20'
    """
    return f"{article_id}.{span.start}-{span.end}"


def distinct_ids(article_id: str, items: Iterable[tuple[Span, str]]) -> Iterator[str]:
    """Ids of spans with their kinds, in order: of those that share a span the second adds its kind, a third a number.

    >>> list(distinct_ids("a1", [(Span(1, 2), "DATE"), (Span(1, 2), "SET"), (Span(1, 2), "SET")]))
    ['a1.1-2', 'a1.1-2.set', 'a1.1-2.set2']
    """
    used: set[str] = set()
    for span, kind in items:
        plain = span_id(article_id, span)
        chosen = plain if plain not in used else f"{plain}.{kind.lower()}"
        number = 1
        while chosen in used:
            number += 1
            chosen = f"{plain}.{kind.lower()}{number}"
        used.add(chosen)
        yield chosen
