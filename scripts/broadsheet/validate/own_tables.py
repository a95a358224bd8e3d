"""The checks of a table of a package that broadsheet made."""

from typing import Any

from broadsheet.validate import cells, constraints, keys, nesting, order, spans, twins
from broadsheet.validate.contents import Resource, Table
from broadsheet.validate.key_sets import Room
from broadsheet.validate.report import Recorder, Unmade

OF_TWINS = ("CSV cells", "content hash", "CSV equals Parquet")
"""Checks that are settled by reading CSV and Parquet once, side by side."""


def is_own(main: list[Resource], twin: list[Resource]) -> bool:
    """Whether a package is in the form of those that broadsheet makes."""
    return bool(twin) or any("broadsheet:contentHash" in resource.content for resource in main)


def check_own_table(
    recorder: Recorder, table: Table, found: dict[str, Table], content: dict[str, Any], room: Room
) -> None:
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
    run("primary key", name, keys.primary_key_holds(table, room))
    run("unique keys", name, keys.unique_keys_hold(table, room))
    run("foreign keys", name, keys.foreign_keys_hold(table, found, room))
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
