"""Where a finding is, for the reader: the primary key of its row, and the raw file that its article was read from."""

import dataclasses
from collections.abc import Mapping

from broadsheet.schemas import primary_key
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import Finding, Report, UnreadableError


def located(report: Report, tables: Mapping[str, Table]) -> Report:
    """The report with keys and raw files in its findings, as far as the tables can be read."""
    wanted: dict[str, set[int]] = {}
    for finding in report.findings:
        if finding.row is not None and finding.table in tables:
            wanted.setdefault(finding.table, set()).add(finding.row)
    if not wanted:
        return report
    rows = {name: _rows(tables[name], numbers) for name, numbers in wanted.items()}
    articles = {article for found in rows.values() for _, article in found.values() if article}
    paths = _raw_paths(tables.get("raw_records"), articles)
    return dataclasses.replace(report, findings=tuple(_placed(finding, rows, paths) for finding in report.findings))


def _placed(finding: Finding, rows: Mapping[str, Mapping[int, tuple[str, str]]], paths: Mapping[str, str]) -> Finding:
    known = rows.get(finding.table, {}).get(finding.row or -1)
    if known is None:
        return finding
    return dataclasses.replace(finding, key=known[0], raw_path=paths.get(known[1], ""))


def _rows(table: Table, numbers: set[int]) -> dict[int, tuple[str, str]]:
    """Primary key as text, and article_id, of the rows with these numbers."""
    names = primary_key(table.schema)
    article = [name for name in ("article_id",) if name in table.fields and name not in names]
    found: dict[int, tuple[str, str]] = {}
    try:
        for first, batch in sources.numbered(
            sources.batches(table, (*names, *article)) if names or article else iter(())
        ):
            for number in numbers & set(range(first, first + batch.num_rows)):
                row = batch.slice(number - first, 1).to_pylist()[0]
                key = ", ".join("" if row[name] is None else str(row[name]) for name in names)
                found[number] = (key, str(row.get("article_id") or ""))
    except UnreadableError:
        pass
    return found


def _raw_paths(records: Table | None, articles: set[str]) -> dict[str, str]:
    if records is None or not articles or not {"path", "article_id", "status"} <= set(records.fields):
        return {}
    paths: dict[str, str] = {}
    try:
        for batch in sources.batches(records, ("path", "article_id", "status")):
            for row in batch.to_pylist():
                if row["article_id"] in articles and row["status"] == "read":
                    paths[row["article_id"]] = row["path"]
    except UnreadableError:
        pass
    return paths
