"""Tables that frictionless reads in place of broadsheet: workbooks."""

import json

import openpyxl
import pytest

from broadsheet.validate import elsewhere, referee, validate_path
from broadsheet.validate.referee_known import Fault

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELDS = [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]
SCHEMA = {"fields": FIELDS, "primaryKey": ["id"]}
GOOD = [["id", "n"], ["a", 1], ["b", 2]]
BAD = [["id", "n"], ["a", 1], ["b", "many"], ["a", 3]]
NOTE = [["a cover"]]


def write(path, *sheets):
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"sheet {number}")
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(path)


def described(path, number=0, **properties):
    return {"name": f"t{number}", "path": path, "schema": SCHEMA, **properties}


def report_on(folder, *resources):
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))
    return validate_path(folder)


def rows_of(report):
    return [check for check in report.checks if check.name == "rows"]


def test_faults_of_workbooks_are_found(tmp_path):
    write(tmp_path / "0.xlsx", BAD)
    write(tmp_path / "1.xlsx", GOOD)
    report = report_on(tmp_path, described("0.xlsx"), described("1.xlsx", 1))
    found = [(one.path, one.code, one.row, one.field, one.value) for one in report.findings]
    assert found == [("0.xlsx", "type-error", 3, "n", "many"), ("0.xlsx", "primary-key", 4, "", None)]
    assert [check.outcome for check in rows_of(report)] == ["failed", "passed"]
    assert rows_of(report)[1].why.endswith("is not read; frictionless read it")


@pytest.mark.parametrize("sheet", [{"sheetNumber": 2}, {"sheetName": "sheet 2"}])
def test_the_sheet_that_the_dialect_names_is_read(tmp_path, sheet):
    write(tmp_path / "0.xlsx", NOTE, BAD)
    found = [(one.code, one.row) for one in report_on(tmp_path, described("0.xlsx", dialect=sheet)).findings]
    assert found == [("type-error", 3), ("primary-key", 4)]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"uniqueKeys": [["n"]]}, "uniqueKeys"),
        ({"fields": [FIELDS[0], {**FIELDS[1], "categories": [5]}]}, "categories"),
    ],
)
def test_what_frictionless_does_not_check_is_said(tmp_path, change, name):
    write(tmp_path / "0.xlsx", GOOD)
    (check,) = rows_of(report_on(tmp_path, described("0.xlsx", schema={**SCHEMA, **change})))
    assert check.outcome == "skipped"
    assert check.why.endswith(f"which does not check {name}")


def test_a_table_that_frictionless_refuses_does_not_silence_another(tmp_path):
    write(tmp_path / "0.xlsx", GOOD)
    write(tmp_path / "1.xlsx", BAD)
    odd = described("0.xlsx", schema={**SCHEMA, "fieldsMatch": ["exact", "equal"]})
    report = report_on(tmp_path, odd, described("1.xlsx", 1))
    assert {finding.code for finding in report.findings if finding.table == "t1"} == {"type-error", "primary-key"}


def test_a_workbook_that_is_none_is_a_fault(tmp_path):
    (tmp_path / "table.xlsx").write_bytes(b"no workbook")
    (finding,) = report_on(tmp_path, described("table.xlsx")).findings
    assert (finding.code, finding.table) == ("source-error", "t0")
    assert "table.xlsx" in finding.message


def test_a_table_of_which_frictionless_lacks_the_reader_is_left_unmade(tmp_path, monkeypatch):
    fault = Fault("format-error", text='Please install "frictionless[ods]"')
    monkeypatch.setattr(referee, "ruled", lambda *_: referee.Ruling({"t0": [fault]}))
    (tmp_path / "table.ods").write_bytes(b"")
    (check,) = rows_of(report_on(tmp_path, described("table.ods")))
    assert check.outcome == "skipped"
    assert 'nor by frictionless: Please install "frictionless[ods]"' in check.why


def test_a_workbook_that_takes_too_long_is_left_unmade(tmp_path, monkeypatch):
    monkeypatch.setattr(elsewhere, "SECONDS", 0.01)
    write(tmp_path / "0.xlsx", GOOD)
    (check,) = rows_of(report_on(tmp_path, described("0.xlsx")))
    assert check.outcome == "skipped"
    assert check.why.endswith("frictionless had not come to an end after 0.01 s")


def test_a_workbook_outside_the_package_is_not_shown_to_frictionless(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(referee, "ruled", lambda *arguments: asked.append(arguments) or referee.Ruling(why="asked"))
    (tmp_path / "package").mkdir()
    for path in ("x.xlsx", "package/0.xlsx"):
        write(tmp_path / path, BAD)
    report_on(tmp_path / "package", described(["0.xlsx", "../x.xlsx"]))
    key = {"fields": ["id"], "reference": {"resource": "t1", "fields": ["id"]}}
    refers = described("0.xlsx", schema={**SCHEMA, "foreignKeys": [key]})
    report_on(tmp_path / "package", refers, described("../x.xlsx", 1))
    assert "x.xlsx" not in str(asked)


def test_a_size_that_is_wrong_is_told_once(tmp_path):
    write(tmp_path / "0.xlsx", GOOD)
    assert [one.code for one in report_on(tmp_path, described("0.xlsx", bytes=1)).findings] == ["byte-count"]


def test_keys_of_a_workbook_that_point_into_another_table_are_followed(tmp_path):
    write(tmp_path / "0.xlsx", GOOD)
    (tmp_path / "others.csv").write_text("id\na\n")
    others = {"name": "others", "path": "others.csv", "schema": {"fields": [FIELDS[0]]}}
    key = {"fields": ["id"], "reference": {"resource": "others", "fields": ["id"]}}
    report = report_on(tmp_path, described("0.xlsx", schema={**SCHEMA, "foreignKeys": [key]}), others)
    assert [(one.code, one.row, one.table) for one in report.findings] == [("foreign-key", 3, "t0")]


JSON_LINES = {
    "objects": '{"id": "a", "n": 1}\n\n{"id": "b", "n": "many"}\n',
    "arrays": '["id", "n"]\n["a", 1]\n["b", "many"]\n',
}


@pytest.mark.parametrize("form", JSON_LINES)
@pytest.mark.parametrize("name", ["table.jsonl", "table.ndjson"])
def test_lines_of_json_are_rows(tmp_path, name, form):
    (tmp_path / name).write_text(JSON_LINES[form])
    found = [(one.code, one.row, one.field, one.value) for one in report_on(tmp_path, described(name)).findings]
    assert found == [("type-error", 3, "n", "many")]


def test_a_line_that_is_no_json_is_named(tmp_path):
    (tmp_path / "table.jsonl").write_text('{"id": "a", "n": 1}\n{"id": "b"\n')
    (finding,) = report_on(tmp_path, described("table.jsonl")).findings
    assert finding.code == "source-error"
    assert "table.jsonl line 2 is no JSON" in finding.message
