"""The stages for one shard: raw files in, records of the inventory out; articles in, rows out.

Pure but for reading the raw files. What goes in and out can be pickled, so that an engine can run it anywhere.
"""

import io
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from broadsheet import articles, plugins, resolve, schemas, tables
from broadsheet.errors import ChangedError
from broadsheet.inventory import Entry, Scanned
from broadsheet.readers.base import Reader, Reading, whole_file
from broadsheet.readers.folder import RawFile, walk
from broadsheet.records import Article, Found, RawRecord
from broadsheet.sidecars import Stated, Suppressed, masked, merged
from broadsheet.tables.names import NameTally

if TYPE_CHECKING:
    import pyarrow as pa

EXTRACTED = ("articles", "passages", "dates", "mentions", "claims", "claim_spans", "figures")
"""The tables whose rows come out of single articles."""

SUPPRESSED = "suppressed"
MASKED = "suppressed names are masked"
AGAIN = "build again when nothing writes to raw/ any more"
"""Reasons in `raw_records`: they name neither text nor person."""

NOTHING_LISTED = resolve.Authority()


@dataclass(frozen=True, slots=True)
class Context:
    """What every shard of a build needs to know beside its articles.

    `fields` are the names that records give fields of an article, where these are not the usual ones; `entities`
    is the extractor that finds names, as `plugins.extractor` takes it.
    """

    language: str = "und"
    fields: Mapping[str, str] = field(default_factory=dict)
    schema_folder: Path | None = None
    suppressed: Suppressed = field(default_factory=Suppressed)
    entities: str = plugins.RULES
    authority: resolve.Authority = field(default_factory=resolve.Authority)


@dataclass(frozen=True, slots=True)
class ScanTask:
    """Raw files to be listed in the inventory, and what the sidecar states of them, by path."""

    files: tuple[RawFile, ...]
    context: Context
    stated: Mapping[str, Stated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShardTask:
    """Articles to be turned into rows."""

    entries: tuple[Entry, ...]
    context: Context


def scan(task: ScanTask) -> list[Scanned]:
    """The raw records of the files, in their order."""
    return [scanned for file in task.files for scanned in _scan_file(file, task)]


def _scan_file(file: RawFile, task: ScanTask) -> Iterator[Scanned]:
    if file.status != "read":
        yield Scanned(RawRecord(file.path, 0, file.status, file.reason), file.location)
        return
    name, reader = _reader_of(file.path)
    try:
        with open_regular(file.location) as stream:
            readings = reader.read(stream, task.context.fields) if reader else unread(stream, file.path)
            for reading in readings:
                yield _scanned(file, name, reading, task)
    except OSError as error:
        yield Scanned(RawRecord(file.path, 0, "failed", f"cannot be read: {error.strerror}"), file.location)


def _reader_of(path: str) -> tuple[str | None, Reader | None]:
    suffix = PurePosixPath(path).suffix.lower()
    for name, reader in plugins.readers().items():
        if suffix in reader.suffixes:
            return name, reader
    return None, None


def _scanned(file: RawFile, reader: str | None, reading: Reading, task: ScanTask) -> Scanned:
    stated = merged(task.stated, file.path, reading.record)
    retrieved_at = stated.pop("retrieved_at", None)
    article = _identified(reading, file.path, stated, task.context)
    content = articles.content_key(article) if article else None
    article_id = article.article_id if article else None
    suppressed = task.context.suppressed
    if suppressed.holds_path(file.path, reading.record) or (article and suppressed.holds(content, article_id)):
        record = RawRecord(file.path, reading.record, "skipped", SUPPRESSED)
        return Scanned(record, file.location, content, suppressed_id=article_id)
    masked = article and suppressed.names_in(" ".join(filter(None, (article.text, article.title, article.byline))))
    record = RawRecord(
        path=file.path,
        record=reading.record,
        status=reading.status,
        reason="; ".join(filter(None, (reading.reason, MASKED if masked else None))) or None,
        bytes=reading.bytes,
        sha256=reading.sha256,
        reader=reader,
        encoding=reading.encoding,
        retrieved_at=retrieved_at,
        article_id=article_id,
        offset=reading.offset,
    )
    return Scanned(record, file.location, content, stated)


def _identified(reading: Reading, path: str, stated: Stated, context: Context) -> Article | None:
    if reading.article is None:
        return None
    return articles.identify(reading.article, path, reading.record, stated, context.language)


def find_suppressed(raw: Path, stated: Mapping[str, Stated], context: Context) -> Suppressed:
    """The context's suppressed paths and names, with the keys of the articles that these paths hold."""
    suppressed = context.suppressed
    if not suppressed.paths:
        return suppressed
    wanted = suppressed.files()
    files = tuple(file for file in walk(raw) if file.path in wanted)
    scanned = scan(ScanTask(files, context, stated))
    return suppressed.with_articles(
        (one.content, one.suppressed_id) for one in scanned if one.record.reason == SUPPRESSED
    )


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
    article = without_names(read_again(entry, context), context)
    return tables.rows_of(article, extract(article, context.entities, context.authority))


def without_names(article: Article, context: Context) -> Article:
    """The article with every suppressed name, and every other mention of whom it names there, masked."""
    named = context.suppressed.names_in(article.text)
    mentions = extract(article, context.entities, context.authority).mentions if named else ()
    keys = {mention.key for mention in mentions for span in named if mention.span.meets(span)}
    return masked(article, [*named, *(mention.span for mention in mentions if mention.key in keys)], context.suppressed)


def extract(article: Article, entities: str = plugins.RULES, authority: resolve.Authority = NOTHING_LISTED) -> Found:
    """Everything that is found in one article; each extractor sees what those before it found."""
    found = Found()
    found = replace(found, dates=tuple(plugins.extractor("dates")(article, found)))
    mentions = plugins.extractor("mentions", entities)(article, found)
    found = replace(found, mentions=resolve.within(article, mentions, authority))
    found = replace(found, figures=tuple(plugins.extractor("figures")(article, found)))
    return replace(found, claims=tuple(plugins.extractor("claims")(article, found)))


def read_again(entry: Entry, context: Context) -> Article:
    """The article of an inventory entry; `ChangedError` where its bytes are no longer those that were scanned."""
    try:
        with open_regular(entry.location) as stream:
            stream.seek(entry.offset)
            data = stream.read(entry.bytes)
    except OSError as error:
        raise ChangedError(f"raw/{entry.path}: cannot be read any more: {error.strerror}", tip=AGAIN) from error
    reading = next(iter(plugins.readers()[entry.reader].read(io.BytesIO(data), context.fields)), None)
    if reading is None or reading.article is None or reading.sha256 != entry.sha256:
        raise ChangedError(f"raw/{entry.path}: was changed while the build was reading it", tip=AGAIN)
    article = _identified(replace(reading, record=entry.record), entry.path, entry.stated, context)
    assert article is not None
    return article


def resolved(
    tally: NameTally, authority: resolve.Authority = NOTHING_LISTED
) -> tuple[resolve.Resolution, tables.EntityNames]:
    """The entities behind all names that were counted, and what stands in the place of their keys."""
    counted = (
        resolve.Name(key, kind, *counts, tally.beside.countries(key))
        for (key, kind), counts in sorted(tally.counts.items())
    )
    resolution = resolve.across(counted, authority)
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
