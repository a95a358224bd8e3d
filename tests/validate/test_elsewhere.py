"""Tables that frictionless reads in place of broadsheet: workbooks and packed files."""

import gzip
import json
import zipfile

import openpyxl
import pytest

from broadsheet.validate import elsewhere, referee, validate_path
from broadsheet.validate.referee_known import Fault

SCHEMA = {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}], "primaryKey": ["id"]}
GOOD = [["id", "n"], ["a", 1], ["b", 2]]
BAD = [["id", "n"], ["a", 1], ["b", "many"], ["a", 3]]


def as_csv(rows):
    return "".join(f"{','.join(map(str, row))}\n" for row in rows)


def write_xlsx(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def write_gz(path, rows):
    with gzip.open(path, "wt") as file:
        file.write(as_csv(rows))


def write_zip(path, rows):
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("table.csv", as_csv(rows))


WRITERS = {"table.xlsx": write_xlsx, "table.csv.gz": write_gz, "table.csv.zip": write_zip}


def report_on(folder, *paths, **properties):
    resources = [{"name": f"t{n}", "path": path, "schema": SCHEMA, **properties} for n, path in enumerate(paths)]
    content = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(content))
    return validate_path(folder)


def rows_of(report):
    return [check for check in report.checks if check.name == "rows"]


def test_faults_of_tables_that_are_not_read_here_are_found(tmp_path):
    for path, write in WRITERS.items():
        write(tmp_path / path, BAD)
    found = [(one.path, one.code, one.row, one.field, one.value) for one in report_on(tmp_path, *WRITERS).findings]
    faults = [("type-error", 3, "n", "many"), ("primary-key", 4, "", None)]
    assert found == [(path, *fault) for path in WRITERS for fault in faults]


def test_tables_that_are_read_elsewhere_pass_and_this_is_said(tmp_path):
    for path, write in WRITERS.items():
        write(tmp_path / path, GOOD)
    report = report_on(tmp_path, *WRITERS)
    assert report.ok
    assert [(check.outcome, check.why.split("; ")[-1]) for check in rows_of(report)] == 3 * [
        ("passed", "frictionless read it")
    ]


def test_a_workbook_that_is_none_is_a_fault(tmp_path):
    (tmp_path / "table.xlsx").write_bytes(b"no workbook")
    (finding,) = report_on(tmp_path, "table.xlsx").findings
    assert (finding.code, finding.table) == ("source-error", "t0")
    assert "table.xlsx" in finding.message


def test_a_table_of_which_frictionless_lacks_the_reader_is_left_unmade(tmp_path, monkeypatch):
    fault = Fault("format-error", text='Please install "frictionless[ods]"')
    monkeypatch.setattr(referee, "ruled", lambda *_: referee.Ruling({"t0": [fault]}))
    (tmp_path / "table.ods").write_bytes(b"")
    (check,) = rows_of(report_on(tmp_path, "table.ods"))
    assert check.outcome == "skipped"
    assert 'nor by frictionless: Please install "frictionless[ods]"' in check.why


def test_a_table_that_takes_too_long_is_left_unmade(tmp_path, monkeypatch):
    monkeypatch.setattr(elsewhere, "SECONDS", 0.01)
    write_gz(tmp_path / "table.csv.gz", GOOD)
    (check,) = rows_of(report_on(tmp_path, "table.csv.gz"))
    assert check.outcome == "skipped"
    assert "frictionless had not come to an end after 0.01 s" in check.why


def test_a_file_outside_the_package_is_not_shown_to_frictionless(tmp_path):
    (tmp_path / "package").mkdir()
    write_gz(tmp_path / "table.csv.gz", BAD)
    report = report_on(tmp_path / "package", "../table.csv.gz")
    assert {finding.code for finding in report.findings} == {"resource-error", "package-error"}


def test_a_size_that_is_wrong_is_told_once(tmp_path):
    write_gz(tmp_path / "table.csv.gz", GOOD)
    assert [one.code for one in report_on(tmp_path, "table.csv.gz", bytes=1).findings] == ["byte-count"]


def test_keys_that_point_into_another_table_are_followed(tmp_path):
    write_gz(tmp_path / "table.csv.gz", GOOD)
    (tmp_path / "others.csv").write_text("id\na\n")
    others = {"name": "others", "path": "others.csv", "schema": {"fields": [{"name": "id", "type": "string"}]}}
    key = {"fields": ["id"], "reference": {"resource": "others", "fields": ["id"]}}
    table = {"name": "table", "path": "table.csv.gz", "schema": {**SCHEMA, "foreignKeys": [key]}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [table, others]}))
    found = [(one.code, one.row) for one in validate_path(tmp_path).findings if one.table == "table"]
    assert found == [("foreign-key", 3)]


JSON_LINES = {
    "objects": '{"id": "a", "n": 1}\n\n{"id": "b", "n": "many"}\n',
    "arrays": '["id", "n"]\n["a", 1]\n["b", "many"]\n',
}


@pytest.mark.parametrize("form", JSON_LINES)
@pytest.mark.parametrize("name", ["table.jsonl", "table.ndjson"])
def test_lines_of_json_are_rows(tmp_path, name, form):
    (tmp_path / name).write_text(JSON_LINES[form])
    found = [(one.code, one.row, one.field, one.value) for one in report_on(tmp_path, name).findings]
    assert found == [("type-error", 3, "n", "many")]


def test_a_line_that_is_no_json_is_named(tmp_path):
    (tmp_path / "table.jsonl").write_text('{"id": "a", "n": 1}\n{"id": "b"\n')
    (finding,) = report_on(tmp_path, "table.jsonl").findings
    assert finding.code == "source-error"
    assert "table.jsonl line 2 is no JSON" in finding.message
