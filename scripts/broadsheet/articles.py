"""Articles as the dataset knows them: their ids, their counts, and what tells twins."""

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Any

from broadsheet.records import Article


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
