"""Where a finding is, for the reader: the key and the cells of its row, its file and line, and its raw file."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.project import DESCRIPTOR
from broadsheet.schemas import primary_key
from broadsheet.validate import sources
from broadsheet.validate.contents import PARQUET_FOLDER, Resource, Table, by_name
from broadsheet.validate.report import CELL, CELLS, Finding, Listed, Report, UnreadableError
from broadsheet.validate.shown import shortened

if TYPE_CHECKING:
    import pyarrow as pa

DESCRIBED = ("package-error", "resource-error", "schema-error", "dialect-error", "expectation-error")
"""Codes of what is wrong with the descriptor rather than with a file that it names."""

PLACES = {"sums-error": "SHA256SUMS"}
"""Files that findings of the whole package are in, where it is not the descriptor."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its key, the article it is of, its line in the CSV file, and its cells as text."""

    key: str
    article: str
    line: int
    cells: tuple[str | None, ...]


def located(report: Report, tables: Mapping[str, Table], resources: Sequence[Resource] = ()) -> Report:
    """The report with files, lines, keys, cells and raw files in its findings, as far as the tables can be read."""
    listed = tuple(_listed(resources, tables))
    paths = {one.name: one.paths for one in listed}
    known = {path for one in listed for path in one.paths}
    wanted: dict[str, set[int]] = {}
    for finding in report.findings:
        if finding.row is not None and finding.table in tables:
            wanted.setdefault(finding.table, set()).add(finding.row)
    rows = {name: _rows(tables[name], numbers) for name, numbers in wanted.items()}
    raw = _raw_paths(tables.get("raw_records"), {row.article for found in rows.values() for row in found.values()})
    findings = (
        _placed(dataclasses.replace(finding, path=_path_of(finding, paths, known)), rows.get(finding.table, {}), raw)
        for finding in report.findings
    )
    return dataclasses.replace(report, findings=tuple(findings), resources=listed)


def _listed(resources: Sequence[Resource], tables: Mapping[str, Table]) -> Iterator[Listed]:
    """The resources by name, in the order of the package, CSV before Parquet."""
    for name, own in by_name(resources).items():
        table = tables.get(name)
        fields = tuple(table.fields) if table and not table.limit else ()
        file = next((one.file for one in own if one.file and one.file.is_file()), None)
        size = file.stat().st_size if file else None
        yield Listed(name, tuple(one.shown_path for one in own), fields, _count(own[0], table), size)


def _count(resource: Resource, table: Table | None) -> int | None:
    """How many rows a table has: as counted, or as far as its descriptor or its Parquet file says."""
    if table and table.logical is not None and table.logical.counted is not None:
        return int(table.logical.counted)
    stated = resource.content.get("rows")
    if isinstance(stated, int) and not isinstance(stated, bool):
        return stated
    try:
        return sources.parquet_rows(table) if table and table.parquet else None
    except UnreadableError:
        return None


def _path_of(finding: Finding, paths: Mapping[str, Sequence[str]], known: Collection[str]) -> str:
    """The file that a finding is in, relative to what is validated; empty where it is in none, `known` are all."""
    if finding.path:
        return finding.path
    if finding.code in DESCRIBED or finding.table in ("", PARQUET_FOLDER):
        within = f"{PARQUET_FOLDER}/" if finding.check.endswith(f" of {PARQUET_FOLDER}") else ""
        return PLACES.get(finding.code, within + DESCRIPTOR)
    if finding.check.startswith("project "):
        return f"schema/{finding.table}.json"
    if finding.check.startswith("sidecar "):
        return finding.table
    own = paths.get(finding.table)
    if own is None:
        return finding.table if finding.table in known else ""
    return own[-1] if finding.check.lower().startswith(PARQUET_FOLDER) else own[0]


def _placed(finding: Finding, rows: Mapping[int, Row], raw: Mapping[str, str]) -> Finding:
    row = rows.get(finding.row or -1)
    if row is None:
        return finding
    line = None if finding.path.endswith(".parquet") else row.line
    return dataclasses.replace(finding, key=row.key, raw_path=raw.get(row.article, ""), line=line, cells=row.cells)


def _rows(table: Table, numbers: set[int]) -> dict[int, Row]:
    """The rows with these numbers, without their cells where only their keys can be read; else none."""
    key = [name for name in (*primary_key(table.schema), "article_id") if name in table.fields]
    return _read_rows(table, list(table.fields), numbers) or _read_rows(table, list(dict.fromkeys(key)), numbers)


def _read_rows(table: Table, names: Sequence[str], numbers: set[int]) -> dict[int, Row]:
    """The rows with these numbers by these columns; those are missing that cannot be read."""
    found: dict[int, Row] = {}
    before = 0
    if not names:
        return found
    try:
        for first, batch in sources.numbered(sources.batches(table, names)):
            breaks = _breaks(batch) if table.csv else None
            for number in sorted(numbers & set(range(first, first + batch.num_rows))):
                cells = batch.slice(number - first, 1).to_pylist()[0]
                ahead = int(breaks[: number - first].sum()) if breaks is not None else 0
                found[number] = _row(table, cells, number + before + ahead)
            before += int(breaks.sum()) if breaks is not None else 0
            if len(found) == len(numbers):
                break
    except (UnreadableError, ValueError, OverflowError):  # of days that Python does not have, too
        pass
    return found


def _row(table: Table, cells: Mapping[str, Any], line: int) -> Row:
    names = primary_key(table.schema)
    key = ", ".join("" if cells.get(name) is None else str(cells[name]) for name in names)
    if len(cells) < len(table.fields):
        return Row(key, str(cells.get("article_id") or ""), line, ())
    texts = (None if cell is None else shortened(_text(cell), CELL) for cell in list(cells.values())[:CELLS])
    return Row(key, str(cells.get("article_id") or ""), line, tuple(texts))


def _text(cell: object) -> str:
    """A cell as CSV has it, as far as that is known."""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _breaks(batch: "pa.RecordBatch") -> Any:
    """For each row, how many line breaks its cells hold, so that it takes as many lines more in a file of CSV."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    counts = np.zeros(batch.num_rows, dtype=np.int64)
    for column in batch.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            counts += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy(zero_copy_only=False)
    return counts


def _raw_paths(records: Table | None, articles: Iterable[str]) -> dict[str, str]:
    known = {article for article in articles if article}
    if records is None or not known or not {"path", "article_id", "status"} <= set(records.fields):
        return {}
    paths: dict[str, str] = {}
    try:
        for batch in sources.batches(records, ("path", "article_id", "status")):
            for row in batch.to_pylist():
                if row["article_id"] in known and row["status"] == "read":
                    paths[row["article_id"]] = row["path"]
    except UnreadableError:
        pass
    return paths
