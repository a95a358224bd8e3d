"""Claims of a package with all that is said of them in other tables, one at a time and in the package's order.

The tables are read side by side, article by article, so that memory holds the rows of one article, and the entities.
Packages come from strangers: rows that stand in no order, or point at nothing, raise `IntegrityError`.
"""

import functools
import hashlib
import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.dataset import Dataset
from broadsheet.errors import IntegrityError
from broadsheet.validate.shown import shown

Row = Mapping[str, Any]

COLUMNS = {
    "articles": ("article_id", "published", "outlet", "title", "url", "language", "license", "text", "text_sha256"),
    "claims": (
        "claim_id", "article_id", "published", "kind", "content", "source_name", "source_entity_id", "source_text",
        "source_form", "cue_lemma", "negated", "certainty", "said_date_id", "event_earliest", "event_latest",
        "event_lemma", "place_entity_id", "rule", "confidence",
    ),
    "claim_spans": ("claim_id", "article_id", "role", "part", "start_char", "end_char", "surface"),
    "dates": ("date_id", "article_id", "earliest", "latest"),
    "mentions": ("article_id", "entity_id", "claim_id", "claim_role"),
    "entities": ("entity_id", "name", "type", "wikidata_id", "geonames_id", "latitude", "longitude"),
}  # fmt: skip
"""What is read of each table; all but `text` is short."""

BESIDE = ("articles", "claim_spans", "dates", "mentions")
ROWS = 64
"""Rows that are made into Python objects at once."""
KEPT = 4_096
"""Entities that are kept as Python objects."""

TIP = "see: broadsheet validate"


@dataclass(frozen=True, slots=True)
class Claim:
    """A row of `claims` and the rows that it points at, or that point at it.

    `parts` are its rows of `claim_spans` in the order of the text, each within the article's text where that is there;
    `mentioned` the entities that its content names, each once.
    """

    row: Row
    article: Row
    parts: Sequence[Row]
    source: Row | None = None
    place: Row | None = None
    said: Row | None = None
    mentioned: Sequence[Row] = ()

    @property
    def id(self) -> str:
        """The claim's key."""
        return str(self.row["claim_id"])

    @property
    def text(self) -> str | None:
        """The article's text; None where the package withholds it."""
        text: str | None = self.article["text"]
        return text

    def parts_of(self, role: str) -> list[Row]:
        """The parts of a role, in the order of the text."""
        return [part for part in self.parts if part["role"] == role]


def claims_of(dataset: Dataset) -> Iterator[Claim]:
    """All claims of the package, in their order."""
    entities = Entities(dataset)
    beside = {table: Beside(table, _rows(dataset, table)) for table in BESIDE}
    for article, rows in _by_article("claims", _rows(dataset, "claims")):
        found = {table: rows_of.of(article) for table, rows_of in beside.items()}
        yield from _of_article(article, rows, found, entities)


def _of_article(article: str, rows: list[Row], found: dict[str, list[Row]], entities: "Entities") -> Iterator[Claim]:
    _check_article(article, found["articles"])
    dates = {row["date_id"]: row for row in found["dates"]}
    parts = _grouped(found["claim_spans"])
    mentions = _grouped(row for row in found["mentions"] if row["claim_role"] == "content")
    for row in rows:
        claim = row["claim_id"]
        named = dict.fromkeys(mention["entity_id"] for mention in mentions.get(claim, ()))
        yield _checked(
            Claim(
                row,
                found["articles"][0],
                sorted(parts.get(claim, ()), key=_place),
                entities.get(claim, row["source_entity_id"]),
                entities.get(claim, row["place_entity_id"]),
                _date(claim, row["said_date_id"], dates),
                [entity for key in named if (entity := entities.get(claim, key))],
            )
        )


def _check_article(article: str, rows: Sequence[Row]) -> None:
    if len(rows) != 1:
        raise IntegrityError(f"article {shown(article)}: has {len(rows)} rows in articles", tip=TIP)
    text, stated = rows[0]["text"], rows[0]["text_sha256"]
    if text is not None and hashlib.sha256(text.encode()).hexdigest() != stated:
        raise IntegrityError(f"article {shown(article)}: its text has another hash than text_sha256", tip=TIP)


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["claim_id"], []).append(row)
    return found


def _place(part: Row) -> tuple[int, int]:
    start, end = part["start_char"], part["end_char"]
    if not isinstance(start, int) or not isinstance(end, int):
        raise IntegrityError(f"claim {shown(part['claim_id'])}: a part has no place in the text", tip=TIP)
    return start, end


def _date(claim: str, date: str | None, dates: Mapping[str, Row]) -> Row | None:
    if date is not None and date not in dates:
        raise IntegrityError(f"claim {shown(claim)}: there is no date {shown(date)} in its article", tip=TIP)
    return None if date is None else dates[date]


def _checked(claim: Claim) -> Claim:
    """The claim; raises `IntegrityError` where its parts are not words of the article."""
    if not isinstance(claim.row["claim_id"], str) or not claim.parts_of("content"):
        raise IntegrityError(f"claim {shown(claim.id)}: has no content in claim_spans", tip=TIP)
    for part in claim.parts:
        start, end, text, surface = part["start_char"], part["end_char"], claim.text, part["surface"]
        if not 0 <= start < end or (text is not None and end > len(text)):
            raise IntegrityError(f"claim {shown(claim.id)}: points at characters {start} to {end}", tip=TIP)
        if None not in (text, surface) and text[start:end] != surface:  # type: ignore[index]
            raise IntegrityError(
                f"claim {shown(claim.id)}: the text has other words at {start} to {end} than claim_spans", tip=TIP
            )
    return claim


def _rows(dataset: Dataset, table: str) -> Iterator[Row]:
    for batch in dataset.batches(table, COLUMNS[table]):
        for start in range(0, batch.num_rows, ROWS):
            yield from batch.slice(start, ROWS).to_pylist()


def _by_article(table: str, rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Rows article by article; raises `IntegrityError` where these are not in the order of their ids."""
    last = ""
    for article, group in itertools.groupby(rows, operator.itemgetter("article_id")):
        if not isinstance(article, str) or article <= last:
            raise IntegrityError(
                f"table {table}: article {shown(article)} stands behind {shown(last)}: rows are not in order", tip=TIP
            )
        last = article
        yield article, list(group)


class Beside:
    """A table that is read along with another, which asks for articles in their order.

    >>> dates = Beside("dates", [{"article_id": "a1", "value": 1}, {"article_id": "a3", "value": 2}])
    >>> [[row["value"] for row in dates.of(article)] for article in ("a1", "a2", "a3", "a4")]
    [[1], [], [2], []]
    """

    def __init__(self, table: str, rows: Iterable[Row]) -> None:
        self._groups = _by_article(table, rows)
        self._next = next(self._groups, None)

    def of(self, article: str) -> list[Row]:
        """The rows of the article; those of articles before it are passed over."""
        while self._next is not None and self._next[0] < article:
            self._next = next(self._groups, None)
        return self._next[1] if self._next is not None and self._next[0] == article else []


class Entities:
    """The entities of a package by id: columns in Arrow and one key for each in memory, and rows lately asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._table = dataset.table("entities", columns=COLUMNS["entities"], engine="pyarrow")
        self._numbers = {key: number for number, key in enumerate(self._table["entity_id"].to_pylist())}
        self._row = functools.lru_cache(KEPT)(self._read)

    def get(self, claim: str, entity: str | None) -> Row | None:
        """The entity's row, None for no id; `IntegrityError` where there is none with that id."""
        if entity is None:
            return None
        if entity not in self._numbers:
            raise IntegrityError(f"claim {shown(claim)}: there is no entity {shown(entity)}", tip=TIP)
        return self._row(self._numbers[entity])

    def _read(self, number: int) -> Row:
        (row,) = self._table.slice(number, 1).to_pylist()
        return dict(row)
