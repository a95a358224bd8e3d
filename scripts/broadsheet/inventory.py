"""The inventory of a build: every raw record met, which of them repeat another, and the articles in their order.

It lives in an SQLite file, so that memory does not grow with the number of records.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import TracebackType

from broadsheet.errors import PackageError
from broadsheet.records import RawRecord
from broadsheet.sidecars import Stated

_COLUMNS = tuple(one.name for one in fields(RawRecord))
_CREATE = f"""
create table stated (path primary key, fields) without rowid;
create table records ({", ".join(_COLUMNS)}, location, stated, primary key (path, record)) without rowid;
create table originals (content primary key, article_id, path) without rowid;
create table identities (article_id primary key, path, content) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A raw record as the scan met it: where it is, and for an article the key that its repetitions share.

    `stated` are the fields of the article that the sidecar states; `suppressed_id` is the id that a suppressed
    article would have.
    """

    record: RawRecord
    location: bytes
    content: bytes | None = None
    stated: Stated = field(default_factory=dict)
    suppressed_id: str | None = None


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
    stated: Stated = field(default_factory=dict)

    @classmethod
    def of(cls, scanned: Scanned) -> "Entry":
        """The entry of a record that holds an article."""
        values = {name: getattr(scanned.record, name) for name in _ENTRY if name not in ("location", "stated")}
        return cls(**values, location=scanned.location, stated=scanned.stated)


_ENTRY = tuple(one.name for one in fields(Entry))


class Inventory:
    """All raw records of one build; a context manager over the SQLite file at `path`, which must not exist."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._database = sqlite3.connect(path, isolation_level=None)
            self._database.executescript("pragma journal_mode = off; pragma synchronous = off;" + _CREATE)
            self._database.execute("begin")
        except sqlite3.OperationalError as error:
            raise self._not_written(error) from error

    def __enter__(self) -> "Inventory":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._database.close()
        if isinstance(error, sqlite3.OperationalError):
            raise self._not_written(error) from error

    def _not_written(self, error: sqlite3.OperationalError) -> PackageError:
        """What SQLite says where the disk is full or broken."""
        return PackageError(f"{self._path}: {error}", tip="what stood before still stands; is there room on the disk?")

    def add_stated(self, rows: Iterable[tuple[str, Stated]]) -> None:
        """Add what the sidecar states, by path."""
        pairs = ((path, json.dumps(fields, sort_keys=True)) for path, fields in rows)
        self._database.executemany("insert into stated values (?, ?)", pairs)

    def stated(self, paths: Iterable[str]) -> dict[str, Stated]:
        """What the sidecar states of files and of their records, by path (and `#` and record number)."""
        query = "select path, fields from stated where path = ?1 or (path > ?1 || '#' and path < ?1 || '$')"
        found = (row for path in paths for row in self._database.execute(query, (path,)))
        return {path: json.loads(fields) for path, fields in found}

    def unknown_paths(self) -> list[str]:
        """Paths of the sidecar that are those of no raw record."""
        query = """select path from stated where path not in (select path from records)
                   and path not in (select path || '#' || record from records) order by path"""
        return [path for (path,) in self._database.execute(query)]

    def unmet(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths (some with `#` and record number) that are those of no raw record."""
        query = "select 1 from records where path = ?1 or path || '#' || record = ?1 limit 1"
        return [path for path in paths if not self._database.execute(query, (path,)).fetchone()]

    def add(self, scanned: Scanned) -> None:
        """Add a record; records come in the byte order of their paths, so the first of equal ones counts."""
        record = scanned.record
        if record.status == "read":
            record = self._unless_repeated(record, scanned.content)
        marks = ", ".join("?" * (len(_COLUMNS) + 2))
        values = (
            *(getattr(record, name) for name in _COLUMNS),
            scanned.location,
            json.dumps(scanned.stated, sort_keys=True),
        )
        self._database.execute(f"insert into records values ({marks})", values)

    def _unless_repeated(self, record: RawRecord, content: bytes | None) -> RawRecord:
        """The record, or what it is as the duplicate of an earlier one."""
        ask = self._database.execute
        same = ask("select article_id, path from originals where content = ?", (content,)).fetchone()
        if same:
            return _duplicate(record, same[0], f"the same article as {same[1]}")
        known = ask("select path from identities where article_id = ?", (record.article_id,)).fetchone()
        if known:
            return _duplicate(record, str(record.article_id), f"has the id or URL of {known[0]}, with other words")
        named = record.path if record.record == 0 else f"{record.path}#{record.record}"
        ask("insert into originals values (?, ?, ?)", (content, record.article_id, named))
        ask("insert into identities values (?, ?, ?)", (record.article_id, named, content))
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

    def path_of(self, article_id: str) -> str:
        """Path of the raw file that the article was read from."""
        query = "select path from records where article_id = ? and status = 'read'"
        return str(self._database.execute(query, (article_id,)).fetchone()[0])

    def articles(self) -> Iterator[Entry]:
        """The articles to be processed, in the order of their ids."""
        for row in self._database.execute(
            f"select {', '.join(_ENTRY)} from records where status = 'read' order by article_id"
        ):
            values = dict(zip(_ENTRY, row, strict=True))
            yield Entry(**{**values, "stated": json.loads(values["stated"])})


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
