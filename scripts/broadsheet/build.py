"""The whole way from raw article files to a validated package in its place; `passes` has what lies between."""

import os
from dataclasses import dataclass
from pathlib import Path

from broadsheet import earlier, passes, pipeline, plugins, resolve, schemas, sidecars
from broadsheet.earlier import Cache
from broadsheet.engines.local import LocalEngine
from broadsheet.errors import ChangedError, PackageError, UsageError
from broadsheet.interrupts import Interrupted
from broadsheet.inventory import Inventory
from broadsheet.package import check_target, write_pages
from broadsheet.passes import Work
from broadsheet.progress import Progress, silent
from broadsheet.project import Project
from broadsheet.provenance import this_run
from broadsheet.staging import identity, nested, staged, swap_in, what_stands
from broadsheet.validate import Report, check_project, validate_package, validate_sidecars
from broadsheet.validate.files import digest

ATTEMPTS = 3
"""How often a build begins anew where raw files change under it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read and made.

    `records` counts raw records by status, `reasons` the same by status and reason, `rows` the rows by table;
    `reused` is the number of articles whose rows the build before had made; `warnings` say what may be a mistake;
    `report` is the validation of the package, which is in its place only where that found nothing.
    """

    out: Path
    records: dict[str, int]
    reasons: list[tuple[str, str, int]]
    rows: dict[str, int]
    reused: int
    warnings: list[str]
    report: Report

    @property
    def failed(self) -> int:
        """Number of raw records that could not be read."""
        return self.records.get("failed", 0)


def build(
    project: Project, jobs: int | None = None, progress: Progress | None = None, *, reuse: bool = True
) -> Summary:
    """Build the project's package and put it in its place, if it is valid.

    `jobs` is the number of processes, by default one for each processor, and `reuse` whether rows of the build
    before are taken where nothing has changed; neither ever changes a byte. Raises `PackageError` where the target
    is no package of broadsheet's or cannot be written, `ReadError` where the raw folder cannot be read,
    `UsageError` and `SchemaError` for faults of the project itself, `Interrupted` for Ctrl-C.
    """
    check_project_target(project)
    project = stating_extractor(project)
    checked = check_project(project)
    check_sidecars(project.raw)
    kept = earlier.folder_of(project) if reuse else None
    before = identity(project.out)
    try:
        with earlier.opened(kept) as cache, LocalEngine(jobs or usable_processors()) as engine:
            return _built(project, checked, engine, progress or silent, cache)
    except OSError as error:
        raise PackageError(
            f"{error.filename or project.out}: {error.strerror or error}", tip=what_stands(project.out, before)
        ) from error
    except KeyboardInterrupt:
        raise Interrupted(what_stands(project.out, before)) from None


def usable_processors() -> int:
    """Number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_project_target(project: Project) -> None:
    """Raise `PackageError` unless the target is absent, empty or a package that broadsheet made, apart from raw/."""
    check_target(project.out)
    if nested(project.raw, project.out):
        raise PackageError(
            f"{project.out}: the raw files are in {project.raw}; neither may lie in the other",
            tip="choose another --out",
        )


def check_sidecars(raw: Path) -> None:
    """Raise `UsageError` with the first findings where a sidecar in the raw folder is not as its schema says."""
    report = validate_sidecars(raw)
    if not report.ok:
        found = [f"{finding.where}: {finding.message}" for finding in report.findings[:5]]
        more = f"\n... and {report.count - len(found)} more" if report.count > len(found) else ""
        raise UsageError(
            "\n".join(found) + more, tip="docs/raw-text.md and docs/authority.md say what may stand in the sidecars"
        )


def _built(
    project: Project, checked: dict[str, schemas.Schema], engine: LocalEngine, progress: Progress, cache: Cache
) -> Summary:
    """Build, from the beginning again where a raw file changed meanwhile, as long as `ATTEMPTS` lets it."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with staged(project.out) as staging:
                return _build(project, checked, engine, progress, staging, cache)
        except ChangedError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError


def _build(
    project: Project,
    checked: dict[str, schemas.Schema],
    engine: LocalEngine,
    progress: Progress,
    staging: Path,
    cache: Cache,
) -> Summary:
    work = Work(
        project=project,
        engine=engine,
        progress=progress,
        staging=staging,
        schemas=checked,
        context=pipeline.Context(
            project.language,
            project.fields,
            project.schema,
            sidecars.read_suppressed(project.raw),
            project.entities,
            resolve.read_authority(project.raw),
        ),
        cache=cache,
        run=this_run(options_of(project)),
    )
    work.package.mkdir()
    with Inventory(staging / "inventory.sqlite") as inventory:
        passes.take_inventory(work, inventory)
        rows = passes.write_tables(work, inventory)
        records, reasons = inventory.counts(), inventory.reasons()
    report = _finish_package(work)
    if report.ok:
        cache.keep(rows, project.out)
    counts = {table.name: table.rows for table in work.written}
    return Summary(project.out, records, reasons, counts, work.reused, work.warnings, report)


def options_of(project: Project) -> dict[str, str]:
    """What can change rows beside the raw files and the schemas, as the provenance states it.

    The hash of the suppression list is no part of it: it would let a reader test who is on it.
    """
    fields = {f"map.{name}": value for name, value in project.fields.items()}
    stated = [path for name in (sidecars.ARTICLES, resolve.AUTHORITY) if (path := project.raw / name).is_file()]
    hashes = {f"raw/{path.name}": f"sha256:{digest(path)}" for path in stated}
    return {"language": project.language, **fields, **hashes, **_extractor_of(project)}


def _extractor_of(project: Project) -> dict[str, str]:
    """Who finds the names, with the versions behind it; nothing where it is the program itself."""
    if project.entities == plugins.RULES:
        return {}
    found = plugins.identity("mentions", project.entities)
    return {"entities": found.name, **{f"entities.{name}": value for name, value in found.versions.items()}}


def stating_extractor(project: Project) -> Project:
    """The project with the extractor that was asked for as its setting: by name, since a path is of one machine."""
    if project.chosen is None:
        return project
    return project.with_setting("entities", plugins.identity("mentions", project.chosen).name)


def _finish_package(work: Work) -> Report:
    """Write the pages, validate, and swap the package in where nothing was found."""
    work.progress("packaging", 0, 0)
    write_pages(work.package, work.project, work.schemas, work.written, work.run.ended())
    work.progress("validating", 0, 0)
    report = validate_package(work.package)
    work.progress("packaging", 1, 1)
    if report.ok:
        swap_in(work.package, work.project.out)
    return report
