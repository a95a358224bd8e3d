"""Where a finding is: its check, file, line, key and cells, in packages that are read by either way."""

import json

import pytest

from broadsheet.validate import validate_package
from broadsheet.validate.report import CELL, KEPT, PASSED, Check, Faults, Finding, Recorder, Report, Rule

SCHEMA = {
    "primaryKey": ["id"],
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "note", "type": "string"},
        {"name": "count", "type": "integer", "constraints": {"maximum": 9}},
    ],
}


def small(folder, text, **resource):
    """A package of one table of rows `id,note,count`."""
    (folder / "rows.csv").write_text("id,note,count\n" + text, newline="")
    resources = [{"name": "rows", "path": "rows.csv", "schema": SCHEMA, **resource}]
    (folder / "datapackage.json").write_text(json.dumps({"name": "small", "resources": resources}))
    return folder


def test_a_cell_is_found_with_its_row_its_key_and_the_line_that_an_editor_shows(tmp_path):
    text = 'a,"two\nlines",1\nb,"and\r\nthree\nhere",2\nc,,\nd,last,10\n'
    (finding,) = validate_package(small(tmp_path, text)).findings
    assert (tmp_path / "rows.csv").read_text().splitlines()[finding.line - 1] == "d,last,10"
    assert (finding.row, finding.key, finding.path) == (5, "d", "rows.csv")
    assert finding.cells == ("d", "last", "10")
    assert finding.check == "cells of rows"


def test_cells_that_are_kept_are_short_and_missing_ones_are_none(tmp_path):
    (finding,) = validate_package(small(tmp_path, f"a,{'x' * 5000},10\n")).findings
    assert len(finding.cells[1]) <= CELL
    (finding,) = validate_package(small(tmp_path, "a,,10\n")).findings
    assert finding.cells[1] is None


def test_the_report_lists_tables_with_files_fields_rows_and_bytes(tmp_path):
    (listed,) = validate_package(small(tmp_path, "a,b,1\n", rows=1)).resources
    assert (listed.name, listed.paths, listed.fields, listed.rows) == (
        "rows",
        ("rows.csv",),
        ("id", "note", "count"),
        1,
    )
    assert listed.size == len("id,note,count\na,b,1\n")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"bytes": 1}, "rows.csv"),
        ({"path": "../rows.csv"}, "datapackage.json"),
        ({"path": "gone.csv"}, "gone.csv"),
        ({"schema": SCHEMA | {"primaryKey": "x"}}, "datapackage.json"),
        ({"rows": 7}, "rows.csv"),
    ],
    ids=str,
)
def test_a_finding_names_the_file_to_look_at(tmp_path, change, path):
    report = validate_package(small(tmp_path, "a,b,1\n", **change))
    assert path in {finding.path for finding in report.findings}


def test_all_findings_of_a_rule_are_counted_and_the_first_are_kept():
    recorder = Recorder()
    some = [Finding("type-error", "…", row=row, field="a", rule="type date") for row in range(30)]
    recorder.run("cells", "rows", [Faults(some, 400), Faults(some[:1], 1), Faults((), 5)])
    (check,) = recorder.checks
    assert len(recorder.findings) == KEPT
    assert check.broken == ((Rule("type-error", "rows", "a", "type date"), 406),)
    assert check.count == 406


def test_a_package_in_a_project_has_its_files_below_the_project():
    finding = Finding("type-error", "…", path="data/x.csv")
    report = Report((finding, Finding("x", "…")), (Check("cells", "x", PASSED),)).below("build/package")
    assert [found.path for found in report.findings] == ["build/package/data/x.csv", ""]


def test_what_is_wrong_with_a_file_that_no_resource_names_is_found_at_the_file(valid_package, tmp_path):
    import shutil

    package = shutil.copytree(valid_package, tmp_path / "package")
    (package / "data" / "extra.csv").write_text("a\n")
    (package / "README.md").write_text("x")
    (package / "CITATION.cff").unlink()
    found = {(finding.code, finding.path) for finding in validate_package(package).findings}
    assert found == {
        ("undeclared-file", "data/extra.csv"),
        ("hash-count", "README.md"),
        ("sums-error", "SHA256SUMS"),
    }
