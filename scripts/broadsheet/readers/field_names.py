"""The usual names of an article's fields in records with named fields, and what their values must be.

The tables are the place to add a name; anything else is for `--map FIELD=NAME`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "articleId", "uuid", "guid", "_id"),
    "url": ("url", "link", "canonical_url", "canonicalUrl", "web_url", "webUrl"),
    "title": ("title", "headline", "webTitle"),
    "text": (
        *("text", "body", "content", "article_body", "articleBody", "body_text", "bodyText"),
        *("full_text", "fullText", "article_text", "plain_text", "main_text", "maintext"),
    ),
    "published": (
        *("date", "published", "published_at", "publishedAt", "publication_date", "publicationDate"),
        *("date_published", "datePublished", "published_date", "publishedDate", "publish_date", "date_publish"),
        *("pub_date", "pubDate", "webPublicationDate"),
    ),
    "byline": ("author", "authors", "byline", "creator"),
    "outlet": ("outlet", "source-hostname", "source", "publisher", "source_name", "source_domain"),
    "language": ("language", "lang", "inLanguage"),
    "license": ("license", "licence"),
}
"""Names by field, the first that a record has a value for counts: those of NewsAPI (`publishedAt`, `source`),
schema.org's NewsArticle (`articleBody`, `headline`), trafilatura (`source-hostname`), news-please (`maintext`)."""

KINDS = {str: "a string", bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "an object"}
"""What JSON calls the types of Python."""

_WORD = re.compile(r"[^\W_]")
_FOUR_WORDS = re.compile(r"(?:[\W_]*[^\W_]+){0,4}")
_URL = re.compile(r"https?://\S+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


class Given(NamedTuple):
    """The name under which a record gives a field, and the value; no name where it gives none."""

    name: str | None
    value: Any = None


def given(record: Mapping[str, Any], field: str, mapped: Mapping[str, str]) -> Given:
    """What a record gives for a field of an article: under the mapped name, else under the first usual one.

    >>> given({"body": "", "content": "It rained."}, "text", {})
    Given(name='content', value='It rained.')
    >>> given({"body": "Rain.", "story": "It rained."}, "text", {"text": "story"})
    Given(name='story', value='It rained.')
    """
    for name in names_of(field, mapped):
        if not _is_empty(record.get(name)):
            return Given(name, record[name])
    return Given(None)


def names_of(field: str, mapped: Mapping[str, str]) -> tuple[str, ...]:
    """The names of a field, in the order in which they are looked for."""
    return (mapped[field], *NAMES[field]) if field in mapped else NAMES[field]


def _is_empty(value: Any) -> bool:
    """Whether this is null, an empty array or object, or a string without words; 0 and false are not."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def as_line(value: Any) -> str | None:
    """A string on one line; of an object its `name`, as NewsAPI gives a source and schema.org a publisher.

    >>> as_line(" Example\\n Herald "), as_line({"id": None, "name": "Example Herald"}), as_line(7)
    ('Example Herald', 'Example Herald', None)
    """
    text = value.get("name") if isinstance(value, dict) else value
    return " ".join(text.split()) or None if isinstance(text, str) else None


def as_names(value: Any) -> str | None:
    """A string, or several joined by commas.

    >>> as_names(["Anna Example", {"name": "Ben Example"}]), as_names(["Anna Example", 7])
    ('Anna Example, Ben Example', None)
    """
    names = [as_line(one) for one in value] if isinstance(value, list) else [as_line(value)]
    return ", ".join(name for name in names if name) if all(names) else None


def as_identifier(value: Any) -> str | None:
    """A string or a whole number.

    >>> as_identifier(1142), as_identifier(" a-1 "), as_identifier(True), as_identifier(1.5)
    ('1142', 'a-1', None, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else None


def as_url(value: Any) -> str | None:
    """An address on the web."""
    text = as_identifier(value)
    return text if text and _URL.fullmatch(text) else None


def as_outlet(value: Any) -> str | None:
    """The name of an outlet, which is no address."""
    name = as_line(value)
    return None if name and _URL.fullmatch(name) else name


def as_language(value: Any) -> str | None:
    """A BCP 47 tag in its usual case.

    >>> as_language("en_us"), as_language("ZH-hant"), as_language("English")
    ('en-US', 'zh-Hant', None)
    """
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value.strip()):
        return None
    first, *others = value.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(_CASES.get(len(one), str.lower)(one) for one in others)])


_CASES: Mapping[int, Callable[[str], str]] = {2: str.upper, 4: str.title}

VALUES: Mapping[str, tuple[Callable[[Any], str | None], str]] = {
    "id": (as_identifier, "a string or a whole number"),
    "url": (as_url, "an address that begins with http:// or https://"),
    "title": (as_line, "a string"),
    "byline": (as_names, "a name or an array of names"),
    "outlet": (as_outlet, "a name, or an object with one"),
    "language": (as_language, "a BCP 47 tag such as en or fr-CA"),
    "license": (as_line, "a string"),
}
"""How the value of a field is read, and what is expected where that gives nothing."""


def shown(value: Any) -> str:
    """A value for a message: strings quoted, and cut after four words; of anything else what it is.

    Reasons are published, and the words of articles may not be.

    >>> shown("31/08/2021"), shown("On Tuesday it rained in Kabul."), shown({"a": 1}), shown(None)
    ("'31/08/2021'", "'On Tuesday it rained'…", 'an object', 'null')
    """
    if not isinstance(value, str):
        return f"{value}" if isinstance(value, int | float) else KINDS.get(type(value), "null")
    found = _FOUR_WORDS.match(value[:40])
    cut = found[0] if found and _WORD.search(value, found.end()) else value[:40]
    return repr(cut) + ("…" if len(cut) < len(value) else "")
