"""The inventory of a build: every raw record met, which of them repeat another, and the articles in their order.

It lives in an SQLite file, so that memory does not grow with the number of records.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from types import TracebackType

from broadsheet.records import RawRecord

_COLUMNS = tuple(field.name for field in fields(RawRecord))
_CREATE = f"""
create table records ({", ".join(_COLUMNS)}, location, primary key (path, record)) without rowid;
create table originals (content primary key, article_id, path) without rowid;
create table identities (article_id primary key, path, content) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A raw record as the scan met it: where it is, and for an article the key that its repetitions share."""

    record: RawRecord
    location: bytes
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An article to be processed: its id, and the raw record that it comes from."""

    article_id: str
    path: str
    record: int
    location: bytes
    reader: str
    offset: int
    bytes: int
    sha256: str

    @classmethod
    def of(cls, scanned: Scanned) -> "Entry":
        """The entry of a record that holds an article."""
        values = {name: getattr(scanned.record, name) for name in _ENTRY if name != "location"}
        return cls(**values, location=scanned.location)


_ENTRY = tuple(field.name for field in fields(Entry))


class Inventory:
    """All raw records of one build; a context manager over the SQLite file at `path`, which must not exist."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript("pragma journal_mode = off; pragma synchronous = off;" + _CREATE)
        self._database.execute("begin")

    def __enter__(self) -> "Inventory":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, scanned: Scanned) -> None:
        """Add a record; records come in the byte order of their paths, so the first of equal ones counts."""
        record = scanned.record
        if record.status == "read":
            record = self._unless_repeated(record, scanned.content)
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        self._database.execute(f"insert into records values ({marks})", (*astuple(record), scanned.location))

    def _unless_repeated(self, record: RawRecord, content: bytes | None) -> RawRecord:
        """The record, or what it is as the duplicate of an earlier one."""
        ask = self._database.execute
        same = ask("select article_id, path from originals where content = ?", (content,)).fetchone()
        if same:
            return _duplicate(record, same[0], f"the same article as {same[1]}")
        known = ask("select path from identities where article_id = ?", (record.article_id,)).fetchone()
        if known:
            return _duplicate(record, str(record.article_id), f"has the id or URL of {known[0]}, with other words")
        ask("insert into originals values (?, ?, ?)", (content, record.article_id, record.path))
        ask("insert into identities values (?, ?, ?)", (record.article_id, record.path, content))
        return record

    def counts(self) -> dict[str, int]:
        """Number of records by status."""
        return dict(self._database.execute("select status, count(*) from records group by status order by status"))

    def reasons(self) -> list[tuple[str, str, int]]:
        """Status, reason and number of the records that were not read, or not wholly, most frequent first."""
        return self._database.execute(
            "select status, reason, count(*) as n from records where reason is not null and status <> 'duplicate'"
            " group by status, reason order by n desc, status, reason"
        ).fetchall()

    def rows(self) -> Iterator[RawRecord]:
        """All records, by path and record number."""
        for row in self._database.execute(f"select {', '.join(_COLUMNS)} from records order by path, record"):
            yield RawRecord(*row)

    def articles(self) -> Iterator[Entry]:
        """The articles to be processed, in the order of their ids."""
        for row in self._database.execute(
            f"select {', '.join(_ENTRY)} from records where status = 'read' order by article_id"
        ):
            yield Entry(*row)


def _duplicate(record: RawRecord, article_id: str, reason: str) -> RawRecord:
    return replace(record, status="duplicate", article_id=article_id, reason=reason)


def in_shards(entries: Iterable[Entry], articles: int, size: int) -> Iterator[tuple[Entry, ...]]:
    """Entries in shards of at most so many articles and, but for a single larger one, so many bytes."""
    shard: list[Entry] = []
    total = 0
    for entry in entries:
        if shard and (len(shard) == articles or total + entry.bytes > size):
            yield tuple(shard)
            shard, total = [], 0
        shard.append(entry)
        total += entry.bytes
    if shard:
        yield tuple(shard)
