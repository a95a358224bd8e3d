"""Checks of the sidecars in a raw folder, by their own Table Schemas."""

import csv
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet import schemas
from broadsheet.validate import cells, constraints, keys, sources
from broadsheet.validate.contents import Table
from broadsheet.validate.key_sets import Room
from broadsheet.validate.report import Faults, Finding, Outcomes, Recorder, Report, fault
from broadsheet.validate.selection import Selection
from broadsheet.validate.shown import quoted

if TYPE_CHECKING:
    import pyarrow as pa


def validate_sidecars(raw: Path, selection: Selection | None = None) -> Report:
    """Validate `articles.csv`, `authority.csv` and `suppress.csv` at the top of a raw folder, where they are there."""
    recorder = Recorder(selection=selection)
    for name in schemas.SIDECARS:
        path = raw / f"{name}.csv"
        if path.is_file():
            _check(recorder, name, path)
    return recorder.report()


def _check(recorder: Recorder, name: str, path: Path) -> None:
    schema = schemas.load_sidecar_schema(name)
    shown = f"raw/{path.name}"
    known = {field["name"]: field for field in schema["fields"]}
    header = sources.csv_header(path)
    if not recorder.run("sidecar columns", shown, _columns(header, known, schemas.primary_key(schema))):
        return
    table = Table(shown, {**schema, "fields": [known[column] for column in header]}, path)
    for check, outcomes in (
        ("sidecar quotes", _quotes_are_paired(path)),
        ("sidecar cells", cells.csv_cells_are_typed(table)),
        ("sidecar constraints", constraints.constraints_hold(table)),
        ("sidecar key", keys.primary_key_holds(table, Room())),
        ("sidecar rows", ROWS[name](table)),
    ):
        if not recorder.run(check, shown, outcomes):
            return


def _columns(header: list[str], known: dict[str, dict[str, Any]], key: tuple[str, ...]) -> Iterator[Faults]:
    """Whether every column is a known one, once, and the key is among them; the order is free."""
    if any("\0" in column or "\ufffd" in column for column in header):
        yield fault("encoding-error", "the column names are not UTF-8; save the file as UTF-8", row=1)
        return
    for column in header:
        if column not in known:
            text = f"has a column {quoted(column)}; expected {', '.join(known)}"
            yield fault("extra-label", text, row=1, field=column)
    for column in {column for column in header if header.count(column) > 1}:
        yield fault("incorrect-label", f"has two columns {quoted(column)}", row=1, field=column)
    required = (column for column, field in known.items() if field.get("constraints", {}).get("required"))
    for column in dict.fromkeys((*key, *required)):
        if column not in header:
            yield fault("missing-label", f"has no column {quoted(column)}; add it", row=1, field=column)


def _quotes_are_paired(path: Path) -> Iterator[Faults]:
    """Whether quotation marks are where CSV has them; bytes that are no UTF-8 are another check's."""
    row = 1
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as lines:
            for row, _ in enumerate(csv.reader(lines, strict=True), 2):  # noqa: B007
                pass
    except csv.Error as error:
        step = "close every quotation mark that opens a cell, and write one within a quoted cell twice"
        yield fault("source-error", f"the row is no CSV: {error}; {step}", row=row)


def _moments_exist(table: Table) -> Outcomes:
    """Whether every `retrieved_at`, whose form is known to be right, is in the calendar and on the clock."""
    if "retrieved_at" not in table.fields:
        return
    for first, batch in sources.numbered(sources.batches(table, ["retrieved_at"])):
        for row, moment in enumerate(batch.column(0).to_pylist(), first):
            if moment is not None and not _exists(moment):
                text = f"{quoted(moment)} is no day of the calendar, or no time of day; correct the cell"
                yield Faults([Finding("type-error", text, "", row, "retrieved_at", "ISO 8601", moment)], 1)


def _exists(moment: str) -> bool:
    """Whether there is such a day and time.

    >>> _exists("2024-02-29T08:15Z"), _exists("2021-02-29")
    (True, False)
    """
    try:
        datetime.datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


def _rows_say_one_thing(table: Table) -> Outcomes:
    """Whether every row of the suppression list has either a path or a name."""
    columns = [name for name in ("path", "name") if name in table.fields]
    for first, batch in sources.numbered(sources.batches(table, columns)):
        yield from _ambiguous(batch, first)


def _authority_agrees(table: Table) -> Outcomes:
    from broadsheet.validate.authority import authority_agrees  # which needs the lists of names

    return authority_agrees(table)


ROWS: dict[str, Callable[[Table], Outcomes]] = {
    "articles": _moments_exist,
    "authority": _authority_agrees,
    "suppress": _rows_say_one_thing,
}
"""The check of each sidecar that its schema cannot state."""


def _ambiguous(batch: "pa.RecordBatch", first: int) -> Iterator[Faults]:
    rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
    for row, values in enumerate(rows, first):
        if sum(value is not None for value in values) != 1:
            text = "expected either a path or a name, not both and not neither"
            yield Faults([Finding("constraint-error", text, "", row, "path", "a path or a name")], 1)
