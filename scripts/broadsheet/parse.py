"""The rows of single files, for looking at what the readers and extractors make of them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet import pipeline, plugins, tables
from broadsheet.inventory import Entry, Scanned
from broadsheet.readers.folder import RawFile, path_text
from broadsheet.tables.names import NameTally

PARSED = ("articles", "entities", "claims", "dates", "mentions", "passages", "claim_spans", "figures")
"""The tables that can be shown of single files."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Rows by table (dates as `datetime.date`), and what became of the files that gave no article."""

    rows: dict[str, list[dict[str, Any]]]
    unread: list[Scanned]


def parse_files(
    files: Sequence[Path],
    language: str = "und",
    fields: Mapping[str, str] | None = None,
    entities: str = plugins.RULES,
) -> Parsed:
    """The rows of the files, resolved among themselves; ids are those of files at the top of a raw folder."""
    plugins.identity("mentions", entities)
    context = pipeline.Context(language, fields or {}, entities=entities)
    scanned = pipeline.scan(pipeline.ScanTask(tuple(map(_raw_file, files)), context))
    entries = [Entry.of(one) for one in scanned if one.record.status == "read"]
    entries.sort(key=lambda entry: entry.article_id)
    return Parsed(_rows(tuple(entries), context), [one for one in scanned if one.record.status != "read"])


def _raw_file(file: Path) -> RawFile:
    return RawFile(path_text(os.fsencode(file.name)), os.fsencode(file.resolve()))


def _rows(entries: tuple[Entry, ...], context: pipeline.Context) -> dict[str, list[dict[str, Any]]]:
    batches = pipeline.process(pipeline.ShardTask(entries, context))
    by_key, by_id = NameTally(), NameTally()
    by_key.add(batches["mentions"])
    resolution, names = pipeline.resolved(by_key)
    finished = {name: tables.finish(name, batch, names) for name, batch in batches.items()}
    by_id.add(finished["mentions"])
    rows = {name: batch.to_pylist() for name, batch in finished.items()}
    return rows | {"entities": pipeline.entity_rows(resolution, by_id)}
