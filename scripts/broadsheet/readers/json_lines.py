"""Reader of JSON Lines: one article per line, a JSON object with named fields, in UTF-8 (jsonlines.org).

A line that gives no article is a failed record and says why; the lines around it are read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from broadsheet.readers.base import TOO_LARGE, Reading, whole_file
from broadsheet.readers.encodings import MARKS, is_binary
from broadsheet.readers.field_names import KINDS, VALUES, given, names_of, shown
from broadsheet.readers.lines import MARK, Line, lines
from broadsheet.readers.markup import find_reference, find_tag
from broadsheet.readers.passages import split_passages
from broadsheet.readers.published import read_published
from broadsheet.records import Article

MAX_DEPTH = 100
"""Arrays and objects within each other; the record of no article needs more."""

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_WIDE = re.compile(rb"[\t-~]\0[\t-~]\0|\0[\t-~]\0[\t-~]|\0\0\0[\t-~]|[\t-~]\0\0\0")
_CUT_OFF = re.compile(r"\[\+\d+ chars\]\Z")

HINT_HTML = "extract the text first, e.g. with trafilatura, or name another field with --map text=NAME"
HINT_UTF_8 = "JSON Lines are UTF-8; convert the file, e.g. with iconv -f UTF-16 -t UTF-8"


class RefusedError(ValueError):
    """The line gives no article; the message says why."""


class JsonLinesReader:
    """Reads `.jsonl` and `.ndjson` files; see `Reader`. The stream must be one that can be read again."""

    suffixes = frozenset({".jsonl", ".ndjson"})

    def read(self, stream: BinaryIO, fields: Mapping[str, str]) -> Iterator[Reading]:
        """The record of each line that is not blank; a file in UTF-16 or UTF-32 is one failed record."""
        head = stream.read(4)
        stream.seek(0)
        if encoding := wide_encoding(head):
            _, size, sha256 = whole_file(stream)
            yield Reading(0, "failed", 0, size, sha256, reason=f"{encoding}, not UTF-8: {HINT_UTF_8}")
            return
        for record, line in enumerate(lines(stream)):
            yield _read_line(record, line, fields)


reader = JsonLinesReader()


def wide_encoding(head: bytes) -> str | None:
    r"""What the first bytes of a file begin as, where that is neither UTF-8 nor alike.

    >>> wide_encoding(b'{"te'), wide_encoding(b"\xff\xfe{\0"), wide_encoding(b"{\0\"\0")
    (None, 'utf-16le', 'UTF-16 or UTF-32 without a byte order mark')
    """
    marked = next((name for mark, _, name in MARKS if mark != MARK and head.startswith(mark)), None)
    return marked or ("UTF-16 or UTF-32 without a byte order mark" if _WIDE.match(head) else None)


def _read_line(record: int, line: Line, fields: Mapping[str, str]) -> Reading:
    reading = Reading(record, "skipped", line.offset, line.size, line.sha256, reason=f"line {line.number}: {TOO_LARGE}")
    if line.data is None:
        return reading
    try:
        article, reason = read_article(line.data, fields)
    except RefusedError as error:
        return replace(reading, status="failed", reason=f"line {line.number}: {error}")
    return replace(reading, status="read", article=article, reason=reason, encoding="utf-8")


def read_article(line: bytes, fields: Mapping[str, str]) -> tuple[Article, str | None]:
    """The article that a line gives, and what is missing in it; `RefusedError` where it gives none.

    >>> article, reason = read_article(b'{"headline": "Rain", "body": "It rained.", "pubDate": "today"}', {})
    >>> article.title, article.text, reason
    ('Rain', 'It rained.', "pubDate: 'today' is no date in a form that is known")
    """
    record = parse_object(line)
    text = _text(record, fields)
    published = given(record, "published", fields)
    day = read_published(published.value)
    notes = [*_of_text(text)]
    if published.name is None:
        notes.append("no date")
    elif day is None:
        notes.append(f"{published.name}: {shown(published.value)} is no date in a form that is known")
    values = {field: _value(record, field, fields, notes) for field in VALUES}
    article = Article(
        text=text,
        passages=split_passages(text),
        published=day,
        language=values["language"] or "und",
        publisher_id=values["id"],
        outlet=values["outlet"],
        title=values["title"],
        byline=values["byline"],
        url=values["url"],
        license=values["license"],
    )
    return article, "; ".join(notes) or None


def parse_object(line: bytes) -> dict[str, Any]:
    """The object that a line holds, with no name twice and no number that JSON has not."""
    if b"\0" in line:
        raise RefusedError("holds NUL bytes")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(f"not UTF-8 at byte {error.start + 1} of the line; JSON Lines are UTF-8") from None
    if _is_too_deep(text):
        raise RefusedError(f"more than {MAX_DEPTH} arrays and objects within each other")
    try:
        value = json.loads(text, object_pairs_hook=_without_repetition, parse_constant=_no_constant, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise RefusedError(f"not JSON: {error.msg} (column {error.colno})") from None
    if not isinstance(value, dict):
        raise RefusedError(f"{KINDS.get(type(value), 'null')}, expected an object with named fields")
    return value


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RefusedError(f"the field {shown(twice)} stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise RefusedError(f"not JSON: {name} is no number of JSON")


def _integer(digits: str) -> int | float:
    """The number; one of more digits than any identifier has is no whole number here."""
    return int(digits) if len(digits) <= 100 else float(digits)


def _is_too_deep(text: str) -> bool:
    """Whether arrays and objects lie deeper within each other than `MAX_DEPTH`.

    Counted here, since how deep the parser can go depends on who calls it.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKETS.finditer(_STRING.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _text(record: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    """The words of the article, from the first to the last that is no white space."""
    name, value = given(record, "text", fields)
    if name is None:
        looked = ", ".join(names_of("text", fields)[:4])
        has = ", ".join(map(shown, list(record)[:12])) or "no fields"
        raise RefusedError(f"no text in {looked} or alike; it has {has}; --map text=NAME says which field it is")
    if not isinstance(value, str):
        kind = KINDS.get(type(value), "null")
        raise RefusedError(f"{name} is {kind}, expected a string; --map text=NAME names another field")
    _check(name, value)
    if is_binary(value):
        raise RefusedError(f"{name} holds many control characters")
    if tag := find_tag(value):
        raise RefusedError(f"{name} is HTML ({shown(tag)}): {HINT_HTML}")
    return value.strip()


def _of_text(text: str) -> Iterator[str]:
    """What a reader of the text should know."""
    if reference := find_reference(text):
        yield f"text holds HTML character references such as {reference}, left as they are"
    if cut := _CUT_OFF.search(text):
        yield f"text is cut off by its source: {cut[0]}"


def _value(record: Mapping[str, Any], field: str, fields: Mapping[str, str], notes: list[str]) -> str | None:
    """The value of an optional field; where it is none that can be used it is left out, and the notes say so."""
    name, value = given(record, field, fields)
    if name is None:
        return None
    as_value, expected = VALUES[field]
    found = as_value(value)
    if found is None:
        notes.append(f"{name}: {shown(value)} left out, expected {expected}")
        return None
    _check(name, found)
    return found


def _check(name: str, value: str) -> None:
    """Refuse what no table can hold: NUL, and half of a surrogate pair."""
    if "\0" in value:
        raise RefusedError(f"{name} holds NUL characters")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedError(f"{name} holds half of a surrogate pair, {value[error.start]!r}") from None
