"""The checks of the tables of any Data Package, whoever made it."""

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from broadsheet.schemas import foreign_keys
from broadsheet.validate import cells, descriptor, keys
from broadsheet.validate.contents import Resource, Table, by_name
from broadsheet.validate.elsewhere import Elsewhere
from broadsheet.validate.gathered import Key
from broadsheet.validate.key_sets import Room
from broadsheet.validate.profile import is_version_1
from broadsheet.validate.report import Recorder, Unmade, UnreadableError, fault
from broadsheet.validate.tabular import dialects
from broadsheet.validate.tabular.reading import is_certainly_table, read_rows, rows_are_even
from broadsheet.validate.tabular.table import cells_hold, opened


def check_any_tables(
    recorder: Recorder, folder: Path, stated: Any, main: list[Resource], found: dict[str, Table], room: Room
) -> None:
    """All checks of tables, given the descriptor and its resources: first of the rows of all, then of their keys."""
    contents = {resource.name: resource.content for resource in reversed(main)}
    needed = keys.needed({name: table for name, table in found.items() if table.logical is not None})
    for name, paths in _without_schema(main, found).items():
        recorder.run("rows", name, rows_are_even(contents[name], paths))
    is_version_2 = isinstance(stated, dict) and not is_version_1(stated)
    others = Elsewhere(folder, is_version_2, contents, [table.name for table in found.values() if table.is_elsewhere])
    for table in found.values():
        content = contents.get(table.name, {})
        if _check_dialect(recorder, table, content, others):
            _check_rows(recorder, table, content, needed.get(table.name, set()), room)
    for table in found.values():
        _check_keys(recorder, table, found, room)


def _without_schema(main: list[Resource], tables: Collection[str]) -> dict[str, list[Path]]:
    """The files of the resources of CSV and Parquet that no schema describes, and that are no tables yet."""
    found: dict[str, list[Path]] = {}
    for resource in main:
        is_new = "schema" not in resource.content and resource.name not in tables
        is_table = is_new and is_certainly_table(resource.content)
        if is_table and resource.file is not None and resource.file.is_file():
            found.setdefault(resource.name, []).append(resource.file)
    return found


def any_tables(main: list[Resource], found: dict[str, Table]) -> dict[str, Table]:
    """The tables of a package that broadsheet has not made, with their logical rows."""
    usable = {name: table for name, table in found.items() if not descriptor.malformed(table.schema)}
    parts = by_name(main)
    referred = {key.table for name, table in usable.items() for key in foreign_keys(name, table.schema)}
    for other in sorted(referred - {*found}):
        usable |= {table.name: table for table in _of_labels(other, parts.get(other, []))}
    return found | {name: opened(table, parts[name]) for name, table in usable.items()}


def _of_labels(name: str, parts: list[Resource]) -> Iterator[Table]:
    """The table of a resource without a schema that others refer to, as its header has it."""
    paths = [one.file for one in parts if one.file is not None and one.file.is_file()]
    if parts and "schema" not in parts[0].content and len(paths) == len([one for one in parts if one.path]):
        with contextlib.suppress(UnreadableError, OSError, ValueError):
            labels = read_rows(parts[0].content, paths).labels
            if labels and all(labels) and len({*labels}) == len(labels):
                yield Table(name, {"fields": [{"name": label, "type": "any"} for label in labels]})


def _check_dialect(recorder: Recorder, table: Table, content: dict[str, Any], others: Elsewhere) -> bool:
    """Whether the rows of a table can be read; those that are not read here are left to others."""
    wrong = dialects.wrong(content.get("dialect", {}))
    recorder.run(
        "dialect", table.name, [fault("dialect-error", f"{text}; correct it", rule="dialect") for text in wrong]
    )
    if table.limit or table.logical is None:
        unread = others.rows_hold(table.name, table.limit) if table.is_elsewhere else [Unmade(table.limit)]
        recorder.run("rows", table.name, unread)
        return False
    return True


def _check_rows(recorder: Recorder, table: Table, content: dict[str, Any], needed: set[Key], room: Room) -> None:
    """The checks of rows of a table of whatever form; the hashes of its keys are taken on the way."""
    name, run = table.name, recorder.run
    declared = content.get("schema")
    run(
        "cells",
        name,
        cells_hold(table, declared if isinstance(declared, dict) else table.schema, needed, room, recorder.progress),
    )
    if "rows" in content:
        run("row count", name, cells.rows_are_counted(table, content["rows"], "csv"))


def _check_keys(recorder: Recorder, table: Table, found: dict[str, Table], room: Room) -> None:
    """The checks of keys of a table of whatever form, when the rows of all tables have been seen."""
    if table.limit or table.logical is None:
        return
    name, run = table.name, recorder.run
    run("primary key", name, keys.primary_key_holds(table, room))
    run("unique keys", name, keys.unique_keys_hold(table, room))
    run("foreign keys", name, keys.foreign_keys_hold(table, found, room))
