"""What the maintainer states beside the raw files: `raw/articles.csv`, and what is kept out by `raw/suppress.csv`.

`raw/authority.csv` is read by `resolve`, which knows what names are.

Their columns are in `schema/raw/`; `validate.validate_sidecars` checks them before they are read here.
"""

import csv
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from broadsheet.errors import UsageError
from broadsheet.records import Article, Span

ARTICLES, SUPPRESS = "articles.csv", "suppress.csv"

FIELDS = {"id": "publisher_id"}
"""Columns of `articles.csv` whose field of an article has another name."""

MASK = "█"
"""What stands in the place of every character of a suppressed name, so that offsets stay as they are."""

Stated = Mapping[str, str]
"""Fields of one article, or of the articles of one file, as the sidecar states them."""


def read_stated(raw: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Path (with `#` and record number where the row has one) and stated fields, row by row of `articles.csv`."""
    for row in rows(raw / ARTICLES):
        yield row["path"], {FIELDS.get(k, k): v for k, v in row.items() if v and k != "path"}


def merged(stated: Mapping[str, Stated], path: str, record: int) -> dict[str, str]:
    """What is stated of a record: of its file, and of itself, which wins.

    >>> merged({"a.jsonl": {"outlet": "Herald", "license": "CC0-1.0"}, "a.jsonl#1": {"license": "MIT"}}, "a.jsonl", 1)
    {'outlet': 'Herald', 'license': 'MIT'}
    """
    return {**stated.get(path, {}), **stated.get(f"{path}#{record}", {})}


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What is kept out of the build: records by path, names, and by their keys the articles of these records.

    `contents` are content keys and `article_ids` ids of the suppressed articles, so that copies and corrected
    versions of them are kept out too.
    """

    paths: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    contents: frozenset[bytes] = frozenset()
    article_ids: frozenset[str] = frozenset()

    def holds_path(self, path: str, record: int) -> bool:
        """Whether the record is suppressed by its path.

        >>> Suppressed(frozenset({"a.txt", "b.jsonl#2"})).holds_path("b.jsonl", 2)
        True
        """
        return path in self.paths or f"{path}#{record}" in self.paths

    def holds(self, content: bytes | None, article_id: str | None) -> bool:
        """Whether this is a suppressed article, or a copy of one."""
        return content in self.contents or article_id in self.article_ids

    def files(self) -> set[str]:
        """Paths of the files that hold suppressed records."""
        return {path.rpartition("#")[0] if _NUMBERED.search(path) else path for path in self.paths} | self.paths

    def with_articles(self, keys: Iterable[tuple[bytes | None, str | None]]) -> "Suppressed":
        """The same with the content keys and ids of the suppressed articles."""
        known = list(keys)
        return replace(
            self,
            contents=frozenset(content for content, _ in known if content),
            article_ids=frozenset(article_id for _, article_id in known if article_id),
        )

    def names_in(self, text: str) -> list[Span]:
        """Where suppressed names stand in a text, whatever their case and the white space within them."""
        return [Span(*match.span()) for match in _names(self.names).finditer(text)] if self.names else []


_NUMBERED = re.compile(r"#\d+\Z")


@functools.cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all names, the longest first."""
    words = sorted((name.split() for name in names), key=len, reverse=True)
    found = "|".join(r"\s+".join(map(re.escape, parts)) for parts in words)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def read_suppressed(raw: Path) -> Suppressed:
    """The paths and names of `suppress.csv`; nothing without one. Its reasons are for the maintainer alone."""
    listed = list(rows(raw / SUPPRESS))
    names = {name for row in listed if (name := " ".join((row.get("name") or "").split()))}
    return Suppressed(frozenset(row["path"] for row in listed if row.get("path")), tuple(sorted(names)))


def masked(article: Article, spans: Iterable[Span], suppressed: Suppressed) -> Article:
    """The article with the spans of its text, and suppressed names in title and byline, made unreadable.

    A URL that spells a suppressed name out is left out.
    """
    spelled = re.sub(r"[\W_]+", " ", article.url or "")
    return replace(
        article,
        text=blotted(article.text, spans),
        title=article.title and blotted(article.title, suppressed.names_in(article.title)),
        byline=article.byline and blotted(article.byline, suppressed.names_in(article.byline)),
        url=None if suppressed.names_in(spelled) else article.url,
    )


def blotted(text: str, spans: Iterable[Span]) -> str:
    """The text with every character in the spans but white space replaced by the mask.

    >>> blotted("Anna Example left.", [Span(0, 12)])
    '████ ███████ left.'
    """
    parts, end = [], 0
    for span in sorted(spans):
        parts += [text[end : max(end, span.start)], re.sub(r"\S", MASK, text[max(end, span.start) : span.end])]
        end = max(end, span.end)
    return "".join([*parts, text[end:]])


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a header; none where there is no file."""
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines, strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read as CSV in UTF-8: {error}", tip="save the file as UTF-8") from error
