"""The stages for one shard: raw files in, records of the inventory out; articles in, rows out.

Pure but for reading the raw files. What goes in and out can be pickled, so that an engine can run it anywhere.
"""

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from broadsheet import articles, plugins, resolve, schemas, tables
from broadsheet.errors import ReadError
from broadsheet.inventory import Entry, Scanned
from broadsheet.readers.base import Reader, Reading, whole_file
from broadsheet.readers.folder import RawFile
from broadsheet.records import Article, Found, RawRecord
from broadsheet.tables.names import NameTally

if TYPE_CHECKING:
    import pyarrow as pa

EXTRACTED = ("articles", "passages", "dates", "mentions", "claims", "claim_spans", "figures")
"""The tables whose rows come out of single articles."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every shard of a build needs to know beside its articles."""

    language: str
    sidecar: articles.Sidecar
    schema_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class ScanTask:
    """Raw files to be listed in the inventory."""

    files: tuple[RawFile, ...]
    context: Context


@dataclass(frozen=True, slots=True)
class ShardTask:
    """Articles to be turned into rows."""

    entries: tuple[Entry, ...]
    context: Context


def scan(task: ScanTask) -> list[Scanned]:
    """The raw records of the files, in their order."""
    return [scanned for file in task.files for scanned in _scan_file(file, task.context)]


def _scan_file(file: RawFile, context: Context) -> Iterator[Scanned]:
    if file.status != "read":
        yield Scanned(RawRecord(file.path, 0, file.status, file.reason), file.location)
        return
    name, reader = _reader_of(file.path)
    try:
        with open_regular(file.location) as stream:
            readings = reader.read(stream) if reader else unread(stream, file.path)
            for reading in readings:
                yield _scanned(file, name, reading, context)
    except OSError as error:
        yield Scanned(RawRecord(file.path, 0, "failed", f"cannot be read: {error.strerror}"), file.location)


def _reader_of(path: str) -> tuple[str | None, Reader | None]:
    suffix = PurePosixPath(path).suffix.lower()
    for name, reader in plugins.readers().items():
        if suffix in reader.suffixes:
            return name, reader
    return None, None


def _scanned(file: RawFile, reader: str | None, reading: Reading, context: Context) -> Scanned:
    article = _identified(reading, file.path, context)
    record = RawRecord(
        path=file.path,
        record=reading.record,
        status=reading.status,
        reason=reading.reason,
        bytes=reading.bytes,
        sha256=reading.sha256,
        reader=reader,
        encoding=reading.encoding,
        article_id=article.article_id if article else None,
        offset=reading.offset,
    )
    return Scanned(record, file.location, articles.content_key(article) if article else None)


def _identified(reading: Reading, path: str, context: Context) -> Article | None:
    if reading.article is None:
        return None
    return articles.identify(reading.article, path, reading.record, context.sidecar.get(path, {}), context.language)


def process(task: ShardTask) -> "dict[str, pa.RecordBatch]":
    """The rows of the shard's articles as one batch per table, entities still named by their keys."""
    rows: tables.Rows = {name: [] for name in EXTRACTED}
    for entry in task.entries:
        for name, more in rows_of_entry(entry, task.context).items():
            rows[name].extend(more)
    columns = schemas.load_schemas(task.context.schema_folder)
    return {name: tables.to_batch(rows[name], schemas.arrow_schema(columns[name])) for name in EXTRACTED}


def rows_of_entry(entry: Entry, context: Context) -> tables.Rows:
    """The rows of one article, read anew from its raw record."""
    article = read_again(entry, context)
    return tables.rows_of(article, extract(article))


def extract(article: Article) -> Found:
    """Everything that is found in one article; each extractor sees what those before it found."""
    found = Found()
    found = replace(found, dates=tuple(plugins.extractor("dates")(article, found)))
    mentions = plugins.extractor("mentions")(article, found)
    found = replace(found, mentions=resolve.within(article, mentions))
    found = replace(found, figures=tuple(plugins.extractor("figures")(article, found)))
    return replace(found, claims=tuple(plugins.extractor("claims")(article, found)))


def read_again(entry: Entry, context: Context) -> Article:
    """The article of an inventory entry; `ReadError` where its bytes are no longer those that were scanned."""
    try:
        with open_regular(entry.location) as stream:
            stream.seek(entry.offset)
            data = stream.read(entry.bytes)
    except OSError as error:
        raise ReadError(f"raw/{entry.path}: cannot be read any more: {error.strerror}") from error
    reading = next(iter(plugins.readers()[entry.reader].read(io.BytesIO(data))), None)
    if reading is None or reading.article is None or reading.sha256 != entry.sha256:
        raise ReadError(f"raw/{entry.path}: was changed while the build was reading it", tip="run the build again")
    article = _identified(replace(reading, record=entry.record), entry.path, context)
    assert article is not None
    return article


def resolved(tally: NameTally) -> tuple[resolve.Resolution, tables.EntityNames]:
    """The entities behind all names that were counted, and what stands in the place of their keys."""
    resolution = resolve.across(
        resolve.Name(key, kind, *counts) for (key, kind), counts in sorted(tally.counts.items())
    )
    by_id = {entity.entity_id: entity for entity in resolution.entities}
    names = tables.EntityNames.of({key: by_id[number] for key, number in resolution.entity_of.items()})
    return resolution, names


def entity_rows(resolution: resolve.Resolution, tally: NameTally) -> list[tables.Row]:
    """The rows of `entities`, with the counts of a tally over finished mentions, keyed by entity_id."""
    counts = {entity_id: counts._asdict() for (entity_id, _), counts in tally.counts.items()}
    return [asdict(entity) | counts[entity.entity_id] for entity in resolution.entities]


def open_regular(location: bytes) -> BinaryIO:
    """The file, opened for reading; never through a symbolic link, never a device or pipe."""
    descriptor = os.open(location, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "no regular file")
    return os.fdopen(descriptor, "rb")


def unread(stream: BinaryIO, path: str) -> Iterator[Reading]:
    """The one record of a file that no reader takes."""
    suffix = PurePosixPath(path).suffix
    reason = f"no reader for {suffix} files" if suffix else "no reader for files without an ending"
    _, size, sha256 = whole_file(stream)
    yield Reading(record=0, status="skipped", offset=0, bytes=size, sha256=sha256, reason=reason)
