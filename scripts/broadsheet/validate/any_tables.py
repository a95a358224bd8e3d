"""The checks of the tables of any Data Package, whoever made it."""

from typing import Any

from broadsheet.validate import cells, descriptor, keys
from broadsheet.validate.contents import Resource, Table
from broadsheet.validate.gathered import Key
from broadsheet.validate.key_sets import Room
from broadsheet.validate.report import Recorder, Unmade, fault
from broadsheet.validate.tabular import dialects
from broadsheet.validate.tabular.table import cells_hold, opened


def check_any_tables(recorder: Recorder, contents: dict[str, Any], found: dict[str, Table], room: Room) -> None:
    """All checks of tables, given what the descriptor says of each: first of the rows of all, then of their keys."""
    needed = keys.needed({name: table for name, table in found.items() if table.logical is not None})
    for table in found.values():
        _check_rows(recorder, table, contents.get(table.name, {}), needed.get(table.name, set()), room)
    for table in found.values():
        _check_keys(recorder, table, found, room)


def any_tables(main: list[Resource], found: dict[str, Table]) -> dict[str, Table]:
    """The tables of a package that broadsheet has not made, with their logical rows."""
    usable = {name: table for name, table in found.items() if not descriptor.malformed(table.schema)}
    parts = {name: [resource for resource in main if resource.name == name] for name in usable}
    return found | {name: opened(table, parts[name]) for name, table in usable.items()}


def _check_rows(recorder: Recorder, table: Table, content: dict[str, Any], needed: set[Key], room: Room) -> None:
    """The checks of rows of a table of whatever form; the hashes of its keys are taken on the way."""
    name, run = table.name, recorder.run
    wrong = dialects.wrong(content.get("dialect", {}))
    run("dialect", name, [fault("dialect-error", f"{text}; correct it", rule="dialect") for text in wrong])
    if table.limit or table.logical is None:
        run("rows", name, [Unmade(table.limit)])
        return
    declared = content.get("schema")
    run("cells", name, cells_hold(table, declared if isinstance(declared, dict) else table.schema, needed, room))
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
