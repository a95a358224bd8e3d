"""Articles as the dataset knows them: their ids, what the sidecar adds to them, their counts, and their twins."""

import csv
import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from broadsheet.errors import UsageError
from broadsheet.records import Article

SIDECAR = "articles.csv"
SIDECAR_FIELDS = {
    "id": "publisher_id",
    "outlet": "outlet",
    "title": "title",
    "byline": "byline",
    "url": "url",
    "license": "license",
}
"""Columns of the sidecar, and the fields of an article that they fill."""

Sidecar = dict[str, dict[str, str]]


def read_sidecar(raw: Path) -> Sidecar:
    """Fields of articles by raw path, from `articles.csv` at the top of the raw folder; empty without one.

    Raises `UsageError` with line and column name where the file is not as it should be.
    """
    path = raw / SIDECAR
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return _read_rows(path, csv.DictReader(lines, strict=True))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 (byte {error.start})", tip="save the file as UTF-8") from error


def _read_rows(path: Path, rows: "csv.DictReader[str]") -> Sidecar:
    known = {"path", "retrieved_at", *SIDECAR_FIELDS}
    sidecar: Sidecar = {}
    try:
        if "path" not in (columns := rows.fieldnames or []) or (set(columns) - known):
            raise UsageError(
                f"{path}:1: columns {', '.join(columns)}; expected path and any of {', '.join(sorted(known))}"
            )
        for row in rows:
            if None in row or row["path"] in sidecar:
                fault = "more cells than columns" if None in row else f"path {row['path']!r} comes twice"
                raise UsageError(f"{path}:{rows.line_num}: {fault}")
            sidecar[row["path"]] = {SIDECAR_FIELDS[k]: v for k, v in row.items() if v and k in SIDECAR_FIELDS}
    except csv.Error as error:
        raise UsageError(f"{path}:{rows.line_num}: is no CSV: {error}") from error
    return sidecar


def identify(article: Article, path: str, record: int, stated: Mapping[str, Any], language: str) -> Article:
    """The article with its id, what the sidecar states of it (which wins over the reader), and a language.

    The id is `a` and 16 hex digits of the SHA-256 of the identity: the publisher's id or the URL if known,
    else path and record number.
    """
    article = dataclasses.replace(
        article, **stated, language=language if article.language == "und" else article.language
    )
    return dataclasses.replace(article, article_id=article_id(identity(article, path, record)))


def identity(article: Article, path: str, record: int) -> str:
    """What tells an article from all others, in words.

    >>> identity(Article("x", (), url="https://example.org/1"), "a.txt", 0)
    'url:https://example.org/1'
    >>> identity(Article("x", ()), "a.txt", 0)
    'path:a.txt#0'
    """
    if article.publisher_id:
        return f"id:{article.outlet or ''}:{article.publisher_id}"
    return f"url:{article.url}" if article.url else f"path:{path}#{record}"


def article_id(words: str) -> str:
    """The id that belongs to an identity.

    >>> article_id("path:a.txt#0")
    'a6ba8d24298d1744b'
    """
    return "a" + hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]


def content_key(article: Article) -> bytes:
    """16 bytes that two articles share where they have the same date and the same words, however spaced."""
    words = " ".join(article.text.split())
    return hashlib.sha256(f"{article.published}\n{words}".encode()).digest()[:16]


def text_sha256(article: Article) -> str:
    """SHA-256 of the text's UTF-8, in hex."""
    return hashlib.sha256(article.text.encode("utf-8")).hexdigest()


def word_count(article: Article) -> int:
    """White-space separated tokens of the paragraphs.

    >>> from broadsheet.records import Passage
    >>> word_count(Article("Rain\\n\\nIt rained.", (Passage("heading", 0, 4), Passage("paragraph", 6, 16))))
    2
    """
    return sum(len(article.text[p.start : p.end].split()) for p in article.passages if p.role == "paragraph")


def paragraph_count(article: Article) -> int:
    """Number of paragraphs."""
    return sum(passage.role == "paragraph" for passage in article.passages)
