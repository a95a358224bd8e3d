"""Checks of twins: the cells of CSV and Parquet are the same, and have the content hash that is declared."""

from typing import Any

from broadsheet.content_hash import content_hash
from broadsheet.schemas import arrow_schema, field_names
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import (
    KEPT,
    NOT_APPLICABLE,
    Faults,
    Finding,
    Outcomes,
    Unmade,
    UnreadableError,
    fault,
)
from broadsheet.validate.shown import quoted


def shared_hash(table: Table) -> str | None:
    """The content hash of the rows where CSV and Parquet can be read and hold the same cells, otherwise None.

    Both files are read once, side by side: what is the same in both needs no check of its own. Where this is None,
    the checks of cells, counts and twins say why.
    """
    if not (table.csv and table.parquet) or sources.csv_header(table.csv) != field_names(table.schema):
        return None
    try:
        rows = _shared_rows(sources.csv_batches(table), sources.parquet_batches(table))
        return content_hash(rows, arrow_schema(table.schema))
    except (UnreadableError, _DifferentError):
        return None


class _DifferentError(Exception):
    """Two tables differ."""


def content_hash_holds(table: Table, declared: Any, known: str | None = None) -> Outcomes:
    """Whether the rows have the declared content hash; `known` is theirs where it is known already."""
    if declared is None:
        yield Unmade("no content hash is declared", NOT_APPLICABLE)
        return
    found = known or content_hash(sources.batches(table), arrow_schema(table.schema))
    if found != declared:
        text = f"the rows have the content hash {found}, expected {quoted(declared, 80)}; build the package again"
        yield fault("content-hash", text, rule="broadsheet:contentHash", value=found)


def twins_are_equal(table: Table) -> Outcomes:
    """Whether CSV and Parquet hold the same cells; where not, the first cells that differ."""
    if not (table.csv and table.parquet):
        yield Unmade("the table is there in one format only", NOT_APPLICABLE)
        return
    if table.limit:
        raise UnreadableError(table.limit)
    try:
        for _ in _shared_rows(sources.csv_batches(table), sources.parquet_batches(table)):
            pass
    except _DifferentError:
        yield from _differences(table)


def _shared_rows(one: "sources.Batches", other: "sources.Batches") -> "sources.Batches":
    """The rows of two tables that are equal, however they are cut into batches; raises where they differ."""
    heads = [next(one, None), next(other, None)]
    while (left := heads[0]) is not None and (right := heads[1]) is not None:
        rows = min(left.num_rows, right.num_rows)
        shared = right.slice(0, rows)
        if not left.slice(0, rows).equals(shared):
            raise _DifferentError
        yield shared
        heads = [
            head.slice(rows) if rows < head.num_rows else next(source, None)
            for head, source in ((left, one), (right, other))
        ]
    if heads != [None, None]:
        raise _DifferentError


def _differences(table: Table) -> Outcomes:
    """The first rows that differ, cell by cell; a length that differs is found at the end."""
    findings: list[Finding] = []
    pairs = _paired(table)
    for row, (csv, parquet) in enumerate(pairs, sources.FIRST_ROW):
        if csv is None or parquet is None:
            there = "CSV" if parquet is None else "Parquet"
            findings.append(Finding("twin-difference", f"the row is in the {there} file only; build again", "", row))
        elif csv != parquet:
            findings += [_difference(row, name, csv[name], parquet[name]) for name in csv if csv[name] != parquet[name]]
        if len(findings) >= KEPT:
            break
    yield Faults(findings, max(1, len(findings)))


def _paired(table: Table) -> Any:
    import itertools

    csv = (row for batch in sources.csv_batches(table) for row in batch.to_pylist())
    parquet = (row for batch in sources.parquet_batches(table) for row in batch.to_pylist())
    return itertools.zip_longest(csv, parquet)


def _difference(row: int, field: str, csv: Any, parquet: Any) -> Finding:
    text = f"CSV has {quoted(csv)}, Parquet has {quoted(parquet)}; build the package again"
    return Finding("twin-difference", text, "", row, field, "CSV equals Parquet", None if csv is None else str(csv))
