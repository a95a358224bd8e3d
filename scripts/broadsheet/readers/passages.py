"""Plain text parted into passages: headings, paragraphs, captions and credits.

A passage is a trimmed block between blank lines (which may hold spaces); a single newline parts only bracketed
and `Image:` lines. The brackets around a caption or credit belong to no passage.
"""

import re
from collections.abc import Iterator

from broadsheet.records import Passage, Span

HEADING_BELOW = 80
"""A block of fewer characters than this without a final stop is a heading."""

_NEWLINE = r"(?:\r\n|\n|\r(?!\n))"
_BLANK = re.compile(rf"{_NEWLINE}[^\S\r\n]*(?:{_NEWLINE}[^\S\r\n]*)+")
_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"[\r\n]")
_IMAGE = re.compile(r"(?:image|photo|picture)s?(?:\s+(?:credits?|source|courtesy))?\s*:", re.IGNORECASE)
_CREDIT = re.compile(r"\b(?:(?:image|photo|picture|video)s?\s+)?(?:credits?|source|courtesy)\s*:", re.IGNORECASE)
_LAST_NAME = re.compile(r"(?<=[.!?])\s+((?:[A-Z][\w&'’/.-]*)(?:\s+(?:[A-Z][\w&'’/.-]*)){0,4})\Z")
_STOP = re.compile(r"[.!?…:;,][\"'”’»)\]]*\Z")
_CLOSING = {"(": ")", "[": "]"}
_PAIRS = {"(": re.compile(r"[()]"), "[": re.compile(r"[\[\]]")}


def split_passages(text: str) -> tuple[Passage, ...]:
    r"""The passages of a body in the order of the text; they never overlap, and none is empty.

    >>> text = "A short heading\n\nIt rained."
    >>> [(passage.role, text[passage.start : passage.end]) for passage in split_passages(text)]
    [('heading', 'A short heading'), ('paragraph', 'It rained.')]
    """
    return tuple(passage for block in _blocks(text) for passage in _passages(text, block))


def _blocks(text: str) -> Iterator[Span]:
    """Blocks between blank lines, further parted at lines that stand for themselves."""
    start = 0
    for gap in _BLANK.finditer(text):
        yield from _parted(text, Span(start, gap.start()))
        start = gap.end()
    yield from _parted(text, Span(start, len(text)))


def _parted(text: str, block: Span) -> Iterator[Span]:
    block = trimmed(text, block)
    if block.start == block.end:
        return
    if _is_bracketed(text, block) or not _LINE_END.search(text, block.start, block.end):
        yield block
        return
    start = block.start
    for match in _LINE.finditer(text, block.start, block.end):
        line = trimmed(text, Span(*match.span()))
        if _is_bracketed(text, line) or _IMAGE.match(text, line.start, line.end):
            yield from _if_any(trimmed(text, Span(start, line.start)))
            yield line
            start = match.end()
    yield from _if_any(trimmed(text, Span(start, block.end)))


def _if_any(span: Span) -> Iterator[Span]:
    if span.start < span.end:
        yield span


def _passages(text: str, block: Span) -> Iterator[Passage]:
    """The passage that a block is, or the caption and the credit that a bracketed line holds."""
    if _is_bracketed(text, block):
        yield from _caption(text, trimmed(text, Span(block.start + 1, block.end - 1)))
    elif _IMAGE.match(text, block.start, block.end):
        yield Passage("credit", *block)
    elif block.end - block.start < HEADING_BELOW and not _STOP.search(text, block.start, block.end):
        yield Passage("heading", *block)
    else:
        yield Passage("paragraph", *block)


def _caption(text: str, inner: Span) -> Iterator[Passage]:
    if inner.start == inner.end:
        return
    found = _CREDIT.search(text, inner.start, inner.end)
    begin = found.start() if found else None
    if begin is None and (last := _LAST_NAME.search(text, inner.start, inner.end)):
        begin = last.start(1)
    if begin is None:
        yield Passage("caption", *inner)
        return
    if (caption := trimmed(text, Span(inner.start, begin))).start < begin:
        yield Passage("caption", *caption)
    yield Passage("credit", *trimmed(text, Span(begin, inner.end)))


def _is_bracketed(text: str, span: Span) -> bool:
    """Whether one pair of brackets holds all of the span.

    >>> _is_bracketed("(a (b) c)", Span(0, 9)), _is_bracketed("(a) and (b)", Span(0, 11))
    (True, False)
    """
    if span.end - span.start < 2 or text[span.start] not in _CLOSING:
        return False
    opening = text[span.start]
    if text[span.end - 1] != _CLOSING[opening]:
        return False
    depth = 0
    for match in _PAIRS[opening].finditer(text, span.start, span.end):
        depth += 1 if match[0] == opening else -1
        if depth == 0:
            return match.end() == span.end
    return False


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends.

    >>> trimmed("  a b ", Span(0, 6))
    Span(start=2, end=5)
    """
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
