"""The whole way from raw article files to a validated package in its place.

Two passes over the raw files: the first makes the inventory (what each record is, which repeats which), the
second goes through the articles in the order of their ids, shard by shard. Nothing grows with the number of
articles but the inventory, which is on disk, and the names, which are few.
"""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet import pipeline, schemas, tables
from broadsheet.articles import read_sidecar
from broadsheet.engines.local import LocalEngine
from broadsheet.errors import PackageError
from broadsheet.inventory import Inventory, in_shards
from broadsheet.package import Written, is_broadsheet_package, write_pages, write_table
from broadsheet.project import Project
from broadsheet.readers.folder import RawFile, walk
from broadsheet.resolve import Resolution
from broadsheet.spill import Spill
from broadsheet.staging import staged, swap_in
from broadsheet.tables.names import NameTally
from broadsheet.validate import Report, validate_package

if TYPE_CHECKING:
    import pyarrow as pa

FILES_PER_TASK = 256
ARTICLES_PER_SHARD = 64
BYTES_PER_SHARD = 8_000_000

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read and made.

    `records` counts raw records by status, `reasons` the same by status and reason, `rows` the rows by table;
    `report` is the validation of the package, which is in its place only where that found nothing.
    """

    out: Path
    records: dict[str, int]
    reasons: list[tuple[str, str, int]]
    rows: dict[str, int]
    report: Report

    @property
    def failed(self) -> int:
        """Number of raw records that could not be read."""
        return self.records.get("failed", 0)


@dataclass(slots=True)
class _Build:
    """One build under way: where it writes, and what it works with."""

    project: Project
    engine: LocalEngine
    progress: Progress
    staging: Path
    schemas: dict[str, schemas.Schema]
    context: pipeline.Context
    written: list[Written] = field(default_factory=list)

    @property
    def package(self) -> Path:
        return self.staging / "package"


def build(project: Project, jobs: int | None = None, progress: Progress | None = None) -> Summary:
    """Build the project's package and put it in its place, if it is valid.

    `jobs` is the number of processes, by default one for each processor; it never changes a byte. Raises
    `PackageError` where the target is no package of broadsheet's or cannot be written, `ReadError` where the
    raw folder cannot be read, `UsageError` and `SchemaError` for faults of the project itself.
    """
    check_target(project.out)
    try:
        with staged(project.out) as staging, LocalEngine(jobs or usable_processors()) as engine:
            return _build(project, engine, progress or _silent, staging)
    except OSError as error:
        raise PackageError(
            f"{error.filename or project.out}: {error.strerror}", tip=f"{project.out} is as it was before"
        ) from error


def usable_processors() -> int:
    """Number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_target(out: Path) -> None:
    """Raise `PackageError` unless the target is absent, empty or a package that broadsheet made."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise PackageError(f"{out}: is no folder", tip="choose another --out")
    if out.exists() and any(out.iterdir()) and not is_broadsheet_package(out):
        raise PackageError(
            f"{out}: holds something else than a package that broadsheet made, and is left alone",
            tip="choose another --out, or empty the folder yourself",
        )


def _build(project: Project, engine: LocalEngine, progress: Progress, staging: Path) -> Summary:
    work = _Build(
        project=project,
        engine=engine,
        progress=progress,
        staging=staging,
        schemas=schemas.load_schemas(project.schema),
        context=pipeline.Context(project.language, read_sidecar(project.raw), project.schema),
    )
    work.package.mkdir()
    with Inventory(staging / "inventory.sqlite") as inventory:
        _take_inventory(work, inventory)
        _write_tables(work, inventory)
        records, reasons = inventory.counts(), inventory.reasons()
    report = _finish_package(work)
    rows = {table.name: table.rows for table in work.written}
    return Summary(project.out, records, reasons, rows, report)


def _take_inventory(work: _Build, inventory: Inventory) -> None:
    """The first pass: every raw record into the inventory, in the order of paths."""
    done = 0
    tasks = (pipeline.ScanTask(files, work.context) for files in _in_chunks(walk(work.project.raw)))
    for records in work.engine.map(pipeline.scan, tasks):
        for scanned in records:
            inventory.add(scanned)
        done += len(records)
        work.progress("reading", done, 0)


def _in_chunks(files: Iterable[RawFile]) -> Iterator[tuple[RawFile, ...]]:
    remaining = iter(files)
    while chunk := tuple(itertools.islice(remaining, FILES_PER_TASK)):
        yield chunk


def _write_tables(work: _Build, inventory: Inventory) -> None:
    """The second pass: rows of all articles, then entities across them, then the tables."""
    spill = Spill(work.staging / "rows", {name: _columns(work, name) for name in pipeline.EXTRACTED})
    tally = NameTally()
    with spill:
        for batches in _extracted(work, inventory):
            spill.add(batches)
            tally.add(batches["mentions"])
    finished = _finish_tables(work, spill, *pipeline.resolved(tally))
    finished["raw_records"] = _write(work, "raw_records", _record_batches(work, inventory))
    work.written += [finished[name] for name in work.schemas]


def _extracted(work: _Build, inventory: Inventory) -> "Iterator[dict[str, pa.RecordBatch]]":
    total = inventory.counts().get("read", 0)
    done = 0
    shards = in_shards(inventory.articles(), ARTICLES_PER_SHARD, BYTES_PER_SHARD)
    tasks = (pipeline.ShardTask(shard, work.context) for shard in shards)
    for batches in work.engine.map(pipeline.process, tasks):
        done += batches["articles"].num_rows
        work.progress("extracting", done, total)
        yield batches


def _finish_tables(work: _Build, spill: Spill, resolution: Resolution, names: tables.EntityNames) -> dict[str, Written]:
    """Write the tables that come out of articles, and `entities` with what was counted in them."""
    tally = NameTally()
    finished = {}
    for number, table in enumerate(pipeline.EXTRACTED):
        work.progress("writing", number, len(pipeline.EXTRACTED))
        batches = (tables.finish(table, batch, names) for batch in spill.batches(table))
        finished[table] = _write(work, table, _tallied(batches, tally) if table == "mentions" else batches)
    entities = pipeline.entity_rows(resolution, tally)
    finished["entities"] = _write(work, "entities", [tables.to_batch(entities, _columns(work, "entities"))])
    return finished


def _tallied(batches: "Iterable[pa.RecordBatch]", tally: NameTally) -> "Iterator[pa.RecordBatch]":
    for batch in batches:
        tally.add(batch)
        yield batch


def _record_batches(work: _Build, inventory: Inventory) -> "Iterator[pa.RecordBatch]":
    columns = _columns(work, "raw_records")
    rows = ({name: getattr(record, name) for name in columns.names} for record in inventory.rows())
    while chunk := list(itertools.islice(rows, FILES_PER_TASK)):
        yield tables.to_batch(chunk, columns)


def _columns(work: _Build, table: str) -> "pa.Schema":
    return schemas.arrow_schema(work.schemas[table])


def _write(work: _Build, table: str, batches: "Iterable[pa.RecordBatch]") -> Written:
    return write_table(table, batches, work.schemas[table], work.package)


def _finish_package(work: _Build) -> Report:
    """Write the pages, validate, and swap the package in where nothing was found."""
    write_pages(work.package, work.project, work.schemas, work.written)
    work.progress("validating", 0, 0)
    report = validate_package(work.package)
    if report.ok:
        swap_in(work.package, work.project.out)
    return report


def _silent(_stage: str, _done: int, _total: int) -> None:
    """No progress is told."""
