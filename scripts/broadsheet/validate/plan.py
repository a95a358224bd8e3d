"""Which checks are made of a package or project, and in what order."""

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from broadsheet.project import DESCRIPTOR
from broadsheet.schemas import TABLES
from broadsheet.validate import (
    authored,
    cells,
    constraints,
    descriptor,
    files,
    inputs,
    keys,
    metadata,
    nesting,
    order,
    spans,
    twins,
)
from broadsheet.validate.contents import (
    EXPECTATIONS,
    PARQUET_FOLDER,
    Resource,
    Table,
    inline_resources,
    resources,
    resources_of,
    tables,
)
from broadsheet.validate.gathered import Key
from broadsheet.validate.located import located
from broadsheet.validate.profile import fits_profile
from broadsheet.validate.report import Faults, Recorder, Report, Unmade, fault
from broadsheet.validate.selection import Selection
from broadsheet.validate.sidecars import validate_sidecars
from broadsheet.validate.tabular import dialects
from broadsheet.validate.tabular.table import cells_hold, opened

OF_TWINS = ("CSV cells", "content hash", "CSV equals Parquet")
"""Checks that are settled by reading CSV and Parquet once, side by side."""

BUILT = "build/package"
"""Where a project's package is."""


def validate_path(
    path: Path, selection: Selection | None = None, referee_time: float = 0, schema: Path | None = None
) -> Report:
    """Validate whatever the path is: a package folder, a dataset project, a zip, a descriptor, or a data file.

    A data file is checked by `schema`, or by the schema that lies beside it. With a `referee_time` frictionless is run
    too, for so many seconds. Raises `ReadError` where there is nothing at the path, `UsageError` where a data file has
    no schema or the selection names what is not there.
    """
    with inputs.opened(path, schema) as found:
        recorder = Recorder(selection=selection)
        if found.said:
            recorder.run("input", "", found.said)
        if found.is_wrong:
            return recorder.report()
        if found.content is not None or found.name != DESCRIPTOR:
            return recorder.report() + _validated(found.folder, selection, 0, found.name, found.content)[0]
        validate = validate_project if inputs.is_project(found.folder) else validate_package
        return recorder.report() + validate(found.folder, selection, referee_time)


def validate_package(folder: Path, selection: Selection | None = None, referee_time: float = 0) -> Report:
    """Validate a package folder: descriptors, files, cells, keys, order, meaning, and CSV against Parquet."""
    return _validated(folder, selection, referee_time)[0]


def _validated(
    folder: Path,
    selection: Selection | None,
    referee_time: float,
    name: str = DESCRIPTOR,
    content: dict[str, Any] | None = None,
) -> tuple[Report, dict[str, Table]]:
    """The report on a package, and its tables for those who ask more of them.

    `name` is that of its descriptor's file; `content` is a descriptor that stands in no file.
    """
    recorder = Recorder(selection=selection)
    main = _described(recorder, folder, "", name, content)
    has_twin = name == DESCRIPTOR and (folder / PARQUET_FOLDER / DESCRIPTOR).exists()
    twin = _described(recorder, folder, PARQUET_FOLDER) if has_twin else []
    if selection and main:
        selection.refuse_unknown(resource.name for resource in (*main, *twin))
    _check_files(recorder, folder, [resource for resource in (*main, *twin) if resource.file is not None])
    found = tables(main, twin)
    if _is_own(main, twin):
        for table in found.values():
            _check_table(recorder, table, found, _resource(main, table.name))
    else:
        found = _any_tables(main, found)
        needed = keys.needed({name: table for name, table in found.items() if table.logical is not None})
        for table in found.values():
            _check_any_rows(recorder, table, _resource(main, table.name), needed.get(table.name, set()))
        for table in found.values():
            _check_any_keys(recorder, table, found)
    _check_expectations(recorder, folder, [resource.content for resource in main], found)
    report = located(recorder.report(), found, [*main, *twin])
    if referee_time:
        from broadsheet.validate import referee

        read = descriptor.read_within(folder, DESCRIPTOR)
        stated = {} if isinstance(read, Faults) else read
        report += referee.compared(folder, stated, main, report, referee_time, selection)
    return report, found


def opened_tables(folder: Path) -> dict[str, Table]:
    """The tables of a package, as far as its descriptors can be worked with, without any check of their rows."""
    recorder = Recorder()
    main = _described(recorder, folder, "")
    twin = _described(recorder, folder, PARQUET_FOLDER) if (folder / PARQUET_FOLDER / DESCRIPTOR).exists() else []
    found = tables(main, twin)
    return found if _is_own(main, twin) else _any_tables(main, found)


def _is_own(main: list[Resource], twin: list[Resource]) -> bool:
    """Whether a package is in the form of those that broadsheet makes."""
    return bool(twin) or any("broadsheet:contentHash" in resource.content for resource in main)


def _check_expectations(recorder: Recorder, folder: Path, contents: list[Any], found: Mapping[str, Table]) -> None:
    """The expectations that stand in a descriptor's resources, each once; baselines are beside the descriptor."""
    if not any(isinstance(content, dict) and EXPECTATIONS in content for content in contents):
        return
    from broadsheet.validate.expectations import expecting
    from broadsheet.validate.expected import expectations_hold

    for name, content in expecting(contents).items():
        recorder.run("expectations", name, expectations_hold(content, found.get(name), folder))


def _any_tables(main: list[Resource], found: dict[str, Table]) -> dict[str, Table]:
    """The tables of a package that broadsheet has not made, with their logical rows."""
    usable = {name: table for name, table in found.items() if not descriptor.malformed(table.schema)}
    parts = {name: [resource for resource in main if resource.name == name] for name in usable}
    return found | {name: opened(table, parts[name]) for name, table in usable.items()}


def _check_any_rows(recorder: Recorder, table: Table, content: dict[str, Any], needed: set[Key]) -> None:
    """The checks of rows of a table of whatever form; the hashes of its keys are taken on the way."""
    name, run = table.name, recorder.run
    wrong = dialects.wrong(content.get("dialect", {}))
    run("dialect", name, [fault("dialect-error", f"{text}; correct it", rule="dialect") for text in wrong])
    if table.limit or table.logical is None:
        run("rows", name, [Unmade(table.limit)])
        return
    declared = content.get("schema")
    run("cells", name, cells_hold(table, declared if isinstance(declared, dict) else table.schema, needed))
    if "rows" in content:
        run("row count", name, cells.rows_are_counted(table, content["rows"], "csv"))


def _check_any_keys(recorder: Recorder, table: Table, found: dict[str, Table]) -> None:
    """The checks of keys of a table of whatever form, when the rows of all tables have been seen."""
    if table.limit or table.logical is None:
        return
    name, run = table.name, recorder.run
    run("primary key", name, keys.primary_key_holds(table))
    run("unique keys", name, keys.unique_keys_hold(table))
    run("foreign keys", name, keys.foreign_keys_hold(table, found))


def validate_project(folder: Path, selection: Selection | None = None, referee_time: float = 0) -> Report:
    """Validate a project's descriptor and schemas, and the package it has built, if it has."""
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
    report, found = _validated(package, selection, referee_time)
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


def _described(
    recorder: Recorder, folder: Path, base: str, name: str = DESCRIPTOR, made: dict[str, Any] | None = None
) -> list[Resource]:
    """The resources of a descriptor that can be worked with, after its own checks."""
    name = f"{base}/{name}" if base else name
    content = made if made is not None else descriptor.read_within(folder, name)
    wrong = [content] if isinstance(content, Faults) else descriptor.too_many(content)
    if not recorder.run("descriptor", base, wrong) or isinstance(content, Faults):
        return []
    recorder.run("profile", base, fits_profile(content, name))
    items = list(resources(folder, content, base))
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
    for table, schema in usable.items():
        recorder.run("references", table, descriptor.refers_rightly(table, schema, usable))
        recorder.run("schema", table, metadata.schema_makes_sense(table, schema))
    return found


def _check_files(recorder: Recorder, folder: Path, found: list[Resource]) -> None:
    for resource in found:
        recorder.run("file", resource.shown_path, files.file_is_as_declared(resource), resource.name)
    for name, parts in itertools.groupby(found, key=lambda resource: resource.name):
        recorder.run("parts", name, files.parts_are_as_declared(list(parts)))
    if (folder / files.SUMS).exists() or any("broadsheet:contentHash" in resource.content for resource in found):
        recorder.run("sums", "", files.sums_hold(folder))
    recorder.run("declared", "", files.files_are_declared(folder, found))


def _check_table(recorder: Recorder, table: Table, found: dict[str, Table], content: dict[str, Any]) -> None:
    """All checks of one table; those of cells decide whether the others can be made."""
    name, run = table.name, recorder.run
    if table.limit or not (table.csv or table.parquet):
        run("rows", name, [Unmade(table.limit or "none of its files can be read")])
        return
    shared = None if all(recorder.left_out(check, name) for check in OF_TWINS) else twins.shared_hash(table)
    if table.csv:
        run("CSV cells", name, () if shared else cells.csv_cells_are_typed(table))
    if table.parquet:
        run("Parquet columns", name, cells.parquet_columns_are_typed(table))
    if "rows" in content:
        for file in (file for file in ("csv", "parquet") if getattr(table, file)):
            run(f"{file} row count", name, cells.rows_are_counted(table, content["rows"], file, same=bool(shared)))
    run("constraints", name, constraints.constraints_hold(table))
    run("primary key", name, keys.primary_key_holds(table))
    run("unique keys", name, keys.unique_keys_hold(table))
    run("foreign keys", name, keys.foreign_keys_hold(table, found))
    run("bounds", name, order.bounds_are_in_order(table))
    run("content hash", name, twins.content_hash_holds(table, content.get("broadsheet:contentHash"), shared))
    run("CSV equals Parquet", name, () if shared else twins.twins_are_equal(table))
    if "broadsheet:contentHash" in content:
        _check_meaning(recorder, table, found)


def _check_meaning(recorder: Recorder, table: Table, found: dict[str, Table]) -> None:
    """The checks that only broadsheet's own packages promise to pass."""
    name, run = table.name, recorder.run
    run("row order", name, order.rows_are_in_order(table))
    run("spans", name, spans.spans_hold(table, found))
    run("spans in passages", name, nesting.spans_lie_in_passages(table, found))
    if name == "articles":
        run("texts", name, spans.texts_hold(table))
    if name == "passages":
        run("passages apart", name, nesting.passages_are_apart(table))
    if name == "claims":
        run("contents", name, nesting.contents_are_their_parts(table, found))


def _resource(found: list[Resource], name: str) -> dict[str, Any]:
    return next((resource.content for resource in found if resource.name == name), {})
