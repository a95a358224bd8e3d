"""Reader of plain text: one article per file, which begins with ` date YYYY-MM-DD ` and goes on with the body."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from broadsheet.readers.base import TOO_LARGE, Reading, whole_file
from broadsheet.readers.encodings import Decoded, NotTextError, decode
from broadsheet.readers.passages import split_passages, trimmed
from broadsheet.records import Article, Span

_HEADER = re.compile(r"\s*date[^\S\r\n]+(\d{1,4}-\d{1,2}-\d{1,2})(?=\s|\Z)")


class Header(NamedTuple):
    """What the date line says: the date, why there is none, and where the body may begin."""

    published: datetime.date | None
    reason: str | None
    end: int


class PlainTextReader:
    """Reads `.txt` files; see `Reader`."""

    suffixes = frozenset({".txt"})

    def read(self, stream: BinaryIO, _fields: Mapping[str, str]) -> Iterator[Reading]:
        """The one record that a plain-text file is."""
        data, size, sha256 = whole_file(stream)
        reading = Reading(record=0, status="skipped", offset=0, bytes=size, sha256=sha256, reason=TOO_LARGE)
        if data is None:
            yield reading
            return
        try:
            decoded = decode(data)
        except NotTextError as error:
            yield replace(reading, status="failed", reason=str(error))
            return
        article, reason = read_article(decoded.text)
        yield replace(
            reading,
            status="read" if article else "skipped",
            article=article,
            reason="; ".join(filter(None, (_said_of_encoding(decoded), reason))) or None,
            encoding=decoded.encoding,
        )


reader = PlainTextReader()


def read_article(text: str) -> tuple[Article | None, str | None]:
    """The article in a decoded file (None where it holds no words), and what is missing in it.

    >>> article, reason = read_article(" date 2021-08-31 On Tuesday, people gathered. ")
    >>> article.published, article.text, article.text_offset, reason
    (datetime.date(2021, 8, 31), 'On Tuesday, people gathered.', 17, None)
    """
    header = read_header(text)
    body = trimmed(text, Span(header.end, len(text)))
    if body.start == body.end:
        empty = "empty file" if not text else "only white space" if not text.strip() else "no text after the date line"
        return None, empty
    words = text[body.start : body.end]
    article = Article(text=words, passages=split_passages(words), published=header.published, text_offset=body.start)
    return article, header.reason


def read_header(text: str) -> Header:
    """The date line, or lines, at the beginning of a decoded file.

    >>> read_header(" date 2021-02-30 Body").reason
    '2021-02-30 is no date'
    """
    stated, end = [], 0
    while match := _HEADER.match(text, end):
        stated.append(match[1])
        end = match.end()
    if not stated:
        return Header(None, "no date line", 0)
    if len(set(stated)) > 1:
        return Header(None, f"more than one date: {', '.join(stated)}", end)
    try:
        return Header(datetime.date.fromisoformat(stated[0]), None, end)
    except ValueError:
        return Header(None, f"{stated[0]} is no date", end)


def _said_of_encoding(decoded: Decoded) -> str | None:
    return f"encoding not stated, detected as {decoded.encoding}" if decoded.detected else None
