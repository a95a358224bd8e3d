"""Which checks are made of a package or project, and in what order."""

import contextlib
import itertools
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.progress import Progress, silent
from broadsheet.project import DESCRIPTOR
from broadsheet.schemas import TABLES
from broadsheet.validate import authored, descriptor, files, inputs, metadata
from broadsheet.validate.any_tables import any_tables, check_any_tables
from broadsheet.validate.contents import (
    EXPECTATIONS,
    PARQUET_FOLDER,
    Resource,
    Table,
    inline_resources,
    resources,
    resources_of,
    stated_paths,
    tables,
)
from broadsheet.validate.key_sets import Room
from broadsheet.validate.located import located
from broadsheet.validate.own_tables import check_own_table, is_own
from broadsheet.validate.packed import unpacked
from broadsheet.validate.profile import fits_profile
from broadsheet.validate.remote import Remote
from broadsheet.validate.report import Faults, Recorder, Report, Unmade, fault
from broadsheet.validate.selection import Selection
from broadsheet.validate.sidecars import validate_sidecars

BUILT = "build/package"
"""Where a project's package is."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a package is to be validated: by which checks, for how many seconds frictionless may run, what is fetched.

    `progress` is told how many checks are made, and how many rows of a table are read.
    """

    selection: Selection | None = None
    referee_time: float = 0
    remote: Remote | None = None
    progress: Progress = silent


def validate_path(
    path: Path,
    selection: Selection | None = None,
    referee_time: float = 0,
    schema: Path | None = None,
    remote: Remote | None = None,
    progress: Progress = silent,
) -> Report:
    """Validate whatever the path is: a package folder, a dataset project, a zip, a descriptor, or a data file.

    A data file is checked by `schema`, or by the schema that lies beside it. With a `referee_time` frictionless is run
    too, for so many seconds. Files at URLs are fetched through `remote`, and refused without it. Raises `ReadError`
    where there is nothing at the path, `UsageError` where a data file has no schema or the selection names what is not
    there.
    """
    terms = Terms(selection, referee_time, remote, progress)
    with inputs.opened(path, schema) as found:
        recorder = Recorder(selection=selection)
        if found.said:
            recorder.run("input", "", found.said)
        if found.is_wrong:
            return recorder.report()
        if found.content is not None or found.name != DESCRIPTOR:
            return recorder.report() + _validated(found.folder, terms, found.name, found.content)[0]
        validate = validate_project if inputs.is_project(found.folder) else validate_package
        return recorder.report() + validate(found.folder, terms)


def validate_package(folder: Path, terms: Terms = Terms()) -> Report:
    """Validate a package folder: descriptors, files, cells, keys, order, meaning, and CSV against Parquet."""
    return _validated(folder, terms)[0]


def _validated(
    folder: Path, terms: Terms, name: str = DESCRIPTOR, content: dict[str, Any] | None = None
) -> tuple[Report, dict[str, Table]]:
    """The report on a package, and its tables for those who ask more of them.

    `name` is that of its descriptor's file; `content` is a descriptor that stands in no file.
    """
    recorder, selection = Recorder(selection=terms.selection, progress=terms.progress), terms.selection
    stated = content if content is not None else descriptor.read_within(folder, name)
    main = _described(recorder, folder, "", name, stated, terms.remote)
    has_twin = name == DESCRIPTOR and (folder / PARQUET_FOLDER / DESCRIPTOR).exists()
    twin = _twin(recorder, folder) if has_twin else []
    if selection and main:
        selection.refuse_unknown(resource.name for resource in (*main, *twin))
    _check_files(recorder, folder, [resource for resource in (*main, *twin) if resource.file is not None])
    paths = (*stated_paths(stated), *(resource.shown_path for resource in (*main, *twin)))
    recorder.run("declared", "", files.files_are_declared(folder, paths, is_own=is_own(main, twin)))
    with contextlib.closing(Room()) as room, tempfile.TemporaryDirectory(prefix="broadsheet-") as scratch:
        main = unpacked(recorder, main, Path(scratch))
        found = tables(main, twin)
        if is_own(main, twin):
            contents = {resource.name: resource.content for resource in reversed(main)}
            for table in found.values():
                check_own_table(recorder, table, found, contents.get(table.name, {}), room)
        else:
            found = any_tables(main, found)
            check_any_tables(recorder, folder, stated, main, found, room)
        _check_expectations(recorder, folder, [resource.content for resource in main], found)
        report = located(recorder.report(), found, [*main, *twin])
    if terms.referee_time:
        from broadsheet.validate import referee

        known = {} if isinstance(stated, Faults) else stated
        report += referee.compared(folder, known, main, report, terms.referee_time, selection)
    return report, found


def opened_tables(folder: Path) -> dict[str, Table]:
    """The tables of a package, as far as its descriptors can be worked with, without any check of their rows."""
    recorder = Recorder()
    main = _described(recorder, folder, "", DESCRIPTOR, descriptor.read_within(folder, DESCRIPTOR))
    twin = _twin(recorder, folder) if (folder / PARQUET_FOLDER / DESCRIPTOR).exists() else []
    found = tables(main, twin)
    return found if is_own(main, twin) else any_tables(main, found)


def _check_expectations(recorder: Recorder, folder: Path, contents: list[Any], found: Mapping[str, Table]) -> None:
    """The expectations that stand in a descriptor's resources, each once; baselines are beside the descriptor."""
    if not any(isinstance(content, dict) and EXPECTATIONS in content for content in contents):
        return
    from broadsheet.validate.expectations import expecting
    from broadsheet.validate.expected import expectations_hold

    for name, content in expecting(contents).items():
        recorder.run("expectations", name, expectations_hold(content, found.get(name), folder))


def validate_project(folder: Path, terms: Terms = Terms()) -> Report:
    """Validate a project's descriptor and schemas, and the package it has built, if it has."""
    selection = terms.selection
    recorder = Recorder(selection=selection)
    content = descriptor.read_within(folder, DESCRIPTOR)
    recorder.run("project descriptor", "", [content] if isinstance(content, Faults) else [])
    if not isinstance(content, Faults):
        recorder.run("project profile", "", fits_profile(content, DESCRIPTOR))
        schemas = _project_schemas(recorder, folder)
        for name, schema in schemas.items():
            recorder.run("project columns", name, authored.schema_is_right(name, schema, schemas))
    package = folder / BUILT
    if not package.is_dir():
        recorder.run("package", "", [Unmade("nothing is built yet; run: broadsheet build")])
        (selection or Selection()).refuse_unknown(())
    own = located(recorder.report() + validate_sidecars(folder / "raw", selection), {})
    if not package.is_dir():
        return own
    report, found = _validated(package, terms)
    expected = Recorder(selection=selection)
    _check_expectations(expected, folder, resources_of(content), found)
    return own + report.below(BUILT) + located(expected.report(), {})


def _project_schemas(recorder: Recorder, folder: Path) -> dict[str, Any]:
    """The project's table schemas that can be worked with."""
    found = {}
    for name in TABLES:
        path = f"schema/{name}.json"
        content = descriptor.read_within(folder, path)
        reason = "" if isinstance(content, Faults) else descriptor.malformed(content)
        wrong = (
            [content] if isinstance(content, Faults) else [fault("schema-error", f"{path}: {reason}")] if reason else []
        )
        if recorder.run("project schema", name, wrong):
            found[name] = content
    return found


def _twin(recorder: Recorder, folder: Path) -> list[Resource]:
    """The resources of the descriptor of Parquet files."""
    name = f"{PARQUET_FOLDER}/{DESCRIPTOR}"
    return _described(recorder, folder, PARQUET_FOLDER, name, descriptor.read_within(folder, name))


def _described(
    recorder: Recorder,
    folder: Path,
    base: str,
    name: str,
    content: dict[str, Any] | Faults,
    remote: Remote | None = None,
) -> list[Resource]:
    """The resources of a descriptor that can be worked with, after its own checks; it is the file `name`."""
    wrong = [content] if isinstance(content, Faults) else descriptor.too_many(content)
    if not recorder.run("descriptor", base, wrong) or isinstance(content, Faults):
        return []
    recorder.run("profile", base, fits_profile(content, name))
    items = list(resources(folder, content, base, remote))
    recorder.run("image", base, metadata.image_is_safe(content))
    recorder.run("resources", base, [item for item in items if isinstance(item, Faults)])
    found = [item for item in items if isinstance(item, Resource)]
    found += [
        inline
        for inline in inline_resources(content, base)
        if recorder.run("data", inline.name, metadata.data_are_right(inline.content))
    ]
    schemas = {item.name: item.content["schema"] for item in found if isinstance(item.content.get("schema"), dict)}
    usable = {table: schema for table, schema in schemas.items() if not descriptor.malformed(schema)}
    names = {str(one.get("name")) for one in resources_of(content) if isinstance(one, dict)}
    for table, schema in usable.items():
        recorder.run("references", table, descriptor.refers_rightly(table, schema, usable, names))
        recorder.run("schema", table, metadata.schema_makes_sense(table, schema))
    return found


def _check_files(recorder: Recorder, folder: Path, found: list[Resource]) -> None:
    for resource in found:
        recorder.run("file", resource.shown_path, files.file_is_as_declared(resource), resource.name)
    for name, parts in itertools.groupby(found, key=lambda resource: resource.name):
        recorder.run("parts", name, files.parts_are_as_declared(list(parts)))
    if (folder / files.SUMS).exists() or any("broadsheet:contentHash" in resource.content for resource in found):
        recorder.run("sums", "", files.sums_hold(folder))
