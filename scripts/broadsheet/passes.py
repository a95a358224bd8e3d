"""The two passes of a build over the raw files.

The first makes the inventory (what each record is, which repeats which), the second goes through the articles in the
order of their ids, shard by shard. Nothing grows with the number of articles but the inventory, which is on disk, and
the names, which are few.
"""

import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from broadsheet import earlier, pipeline, schemas, sidecars, spill, tables
from broadsheet.earlier import Cache, Earlier
from broadsheet.engines.local import LocalEngine
from broadsheet.inventory import Entry, Inventory, in_shards
from broadsheet.package import Written, write_table
from broadsheet.progress import Progress
from broadsheet.project import Project
from broadsheet.provenance import Run
from broadsheet.readers.folder import walk
from broadsheet.resolve import Resolution
from broadsheet.spill import Spill
from broadsheet.tables.names import NameTally

if TYPE_CHECKING:
    import pyarrow as pa

_Item = TypeVar("_Item")

FILES_PER_TASK = 256
ARTICLES_PER_SHARD = 64
BYTES_PER_SHARD = 8_000_000


@dataclass(slots=True)
class Work:
    """One build under way: where it writes, and what it works with.

    `written` are the tables so far, `warnings` say what may be a mistake, and `reused` is the number of articles
    whose rows the build before had made.
    """

    project: Project
    engine: LocalEngine
    progress: Progress
    staging: Path
    schemas: dict[str, schemas.Schema]
    context: pipeline.Context
    cache: Cache
    run: Run
    written: list[Written] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    reused: int = 0

    @property
    def package(self) -> Path:
        """The package as it comes to be."""
        return self.staging / "package"


def take_inventory(work: Work, inventory: Inventory) -> None:
    """The first pass: every raw record into the inventory, in the order of paths."""
    inventory.add_stated(sidecars.read_stated(work.project.raw))
    listed = work.context.suppressed
    known = pipeline.find_suppressed(work.project.raw, inventory.stated(listed.files()), work.context)
    work.context = replace(work.context, suppressed=known)
    done = 0
    for records in work.engine.map(pipeline.scan, _scan_tasks(work, inventory)):
        for scanned in records:
            inventory.add(scanned)
        done += len(records)
        work.progress("reading", done, 0)
    if not inventory.counts().get("read"):
        work.warnings.append(f"no article was found in {work.project.raw}")
    for path in inventory.unknown_paths()[:5]:
        work.warnings.append(f"raw/{sidecars.ARTICLES} has a row for {path}, which is no file of raw/")
    for path in inventory.unmet(sorted(listed.paths))[:5]:
        work.warnings.append(f"raw/{sidecars.SUPPRESS} has a row for {path}, which is no file of raw/")


def _scan_tasks(work: Work, inventory: Inventory) -> Iterator[pipeline.ScanTask]:
    for files in _in_chunks(walk(work.project.raw)):
        yield pipeline.ScanTask(files, work.context, inventory.stated(file.path for file in files))


def _in_chunks(items: Iterable[_Item]) -> Iterator[tuple[_Item, ...]]:
    remaining = iter(items)
    while chunk := tuple(itertools.islice(remaining, FILES_PER_TASK)):
        yield chunk


def write_tables(work: Work, inventory: Inventory) -> Path:
    """The second pass: rows of all articles, then entities across them, then the tables; the folder of the rows."""
    rows = _gather_rows(work, inventory)
    work.progress("resolving", 0, 0)
    tally = NameTally()
    for batch in spill.batches(rows, "mentions"):
        tally.add(batch)
    finished = _finish_tables(work, inventory, rows, *pipeline.resolved(tally, work.context.authority))
    finished["raw_records"] = _write(work, "raw_records", _record_batches(work, inventory))
    work.written += [finished[name] for name in work.schemas]
    return rows


def _gather_rows(work: Work, inventory: Inventory) -> Path:
    """The folder of a spill with the rows of all articles: those that were made before, and new ones."""
    before = work.cache.earlier()
    columns = {name: _columns(work, name) for name in pipeline.EXTRACTED}
    fresh = Spill(work.staging / "rows", columns)
    with fresh:
        for keys, batches in _made(work, inventory, before):
            fresh.add(keys, batches)
    work.reused = len(before.taken)
    if not before.taken:
        return fresh.folder
    both = Spill(work.staging / "both", columns)
    with both:
        for table in (*columns, spill.INDEX):
            for batch in spill.merged(before.batches(table), spill.batches(fresh.folder, table)):
                both.write(table, batch)
    return both.folder


def _made(
    work: Work, inventory: Inventory, before: Earlier
) -> "Iterator[tuple[spill.Keys, dict[str, pa.RecordBatch]]]":
    """Keys and rows of the articles that the build before had not, shard by shard."""
    total = inventory.counts().get("read", 0)
    keys: dict[str, bytes] = {}
    shards = in_shards(_unmade(work, inventory, before, keys), ARTICLES_PER_SHARD, BYTES_PER_SHARD)
    tasks = (pipeline.ShardTask(shard, work.context) for shard in shards)
    done = 0
    for batches in work.engine.map(pipeline.process, tasks):
        done += batches["articles"].num_rows
        work.progress("extracting", done + len(before.taken), total)
        yield [(article, keys.pop(article)) for article in batches["articles"]["article_id"].to_pylist()], batches


def _unmade(work: Work, inventory: Inventory, before: Earlier, keys: dict[str, bytes]) -> Iterator[Entry]:
    """The articles that the build before had not, in the order of their ids; their keys are put into `keys`."""
    for entry, key in earlier.keyed(inventory.articles(), work.context):
        if not before.has(entry.article_id, key):
            keys[entry.article_id] = key
            yield entry


def _finish_tables(
    work: Work, inventory: Inventory, rows: Path, resolution: Resolution, names: tables.EntityNames
) -> dict[str, Written]:
    """Write the tables that come out of articles, and `entities` with what was counted in them."""
    tally = NameTally()
    finished = {}
    for number, table in enumerate(pipeline.EXTRACTED):
        work.progress("writing", number, len(pipeline.EXTRACTED))
        batches: Iterable[pa.RecordBatch] = (tables.finish(table, batch, names) for batch in spill.batches(rows, table))
        if table == "mentions":
            batches = _tallied(batches, tally)
        elif table == "articles":
            batches = _dated(work, inventory, batches)
        finished[table] = _write(work, table, batches)
    entities = pipeline.entity_rows(resolution, tally)
    finished["entities"] = _write(work, "entities", [tables.to_batch(entities, _columns(work, "entities"))])
    return finished


def _tallied(batches: "Iterable[pa.RecordBatch]", tally: NameTally) -> "Iterator[pa.RecordBatch]":
    for batch in batches:
        tally.add(batch)
        yield batch


def _dated(work: Work, inventory: Inventory, batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
    """The batches of articles; those that are dated after today are warned of."""
    import pyarrow.compute as pc

    today = datetime.datetime.now().astimezone().date()
    count, first = 0, ""
    for batch in batches:
        late = batch.filter(pc.greater(batch["published"], today))
        if late.num_rows and not first:
            path = inventory.path_of(late["article_id"][0].as_py())
            first = f"raw/{path} of {late['published'][0]}"
        count += late.num_rows
        yield batch
    if count:
        articles = "article is" if count == 1 else "articles are"
        work.warnings.append(f"{count:,} {articles} dated after today, the first {first}; is the date right?")


def _record_batches(work: Work, inventory: Inventory) -> "Iterator[pa.RecordBatch]":
    columns = _columns(work, "raw_records")
    rows = ({name: getattr(record, name) for name in columns.names} for record in inventory.rows())
    for chunk in _in_chunks(rows):
        yield tables.to_batch(chunk, columns)


def _columns(work: Work, table: str) -> "pa.Schema":
    return schemas.arrow_schema(work.schemas[table])


def _write(work: Work, table: str, batches: "Iterable[pa.RecordBatch]") -> Written:
    return write_table(table, batches, work.schemas[table], work.package)
