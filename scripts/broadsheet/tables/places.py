"""Which passage or claim holds a span, found in one sweep over the text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from broadsheet.errors import PluginError
from broadsheet.records import Passage, Span


class Part(NamedTuple):
    """A stretch of a claim: its span, the claim's number among those of the article, and its role."""

    span: Span
    claim: int
    role: str


class PassageIndex:
    """The passages of one article with their ids, to be asked which of them holds a span."""

    def __init__(self, passages: Sequence[Passage], ids: Sequence[str]) -> None:
        self._passages, self._ids = passages, ids
        self._starts = [passage.start for passage in passages]

    def holding(self, span: Span) -> str:
        """The id of the passage that holds the span; `PluginError` where none does."""
        number = bisect_right(self._starts, span.start) - 1
        if number < 0 or not self._passages[number].span.holds(span):
            raise PluginError(f"an extractor returned the span {tuple(span)}, which lies within no passage")
        return self._ids[number]


def holding_parts(spans: Iterable[Span], parts: Iterable[Part]) -> list[list[Part]]:
    """For each span, given in the order of their starts, the parts that hold it."""
    waiting = sorted(parts, key=lambda part: part.span.start, reverse=True)
    open_parts: list[Part] = []
    found = []
    for span in spans:
        while waiting and waiting[-1].span.start <= span.start:
            open_parts.append(waiting.pop())
        open_parts = [part for part in open_parts if part.span.end > span.start]
        found.append([part for part in open_parts if part.span.holds(span)])
    return found
