"""What is said of the faults that packages have most often: what, where, what was expected, and the next step."""

import json

import pytest

from broadsheet.validate import validate_path

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA = {"fields": [{"name": "id", "type": "integer"}, {"name": "day", "type": "date"}]}
CSV = "id,day\n1,2021-08-31\n"


def field(**properties):
    return {"schema": {"fields": [{"name": "id", "type": "integer"}, {"name": "x", **properties}]}}


CASES = [
    ("id;day\n1;2021-08-31\n", {}, """has columns that ';' parts; say so in the dialect: "delimiter": ";\""""),
    ("id\tday\n1\t2021-08-31\n", {}, """has columns that '\\t' parts; say so in the dialect: "delimiter": "\\t\""""),
    ("", {}, "t.csv is empty; expected the columns id, day"),
    (
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        {},
        "t.csv is a pointer of Git LFS in place of the data; fetch them with: git lfs pull",
    ),
    (CSV.encode("utf-16"), {}, "it is not utf-8: invalid start byte; convert it, or declare the encoding that it has"),
    (CSV, {"hash": "0" * 64}, "without a prefix a hash is md5: write 'sha256:' before this one"),
    (CSV, {"bytes": 3}, "t.csv has 20 bytes, expected 3; restore the file, or describe it as it is now"),
    (CSV, {"schema": "schema.json"}, "schema 'schema.json': schema.json does not exist; correct the path, or the file"),
    ("id,x\n1,two\n", field(type="string", format="uuid"), "'two' is no uuid; expected a UUID such as 123e4567-"),
    ("id,x\n1,two\n", field(type="string", format="email"), "'two' is no email; expected an address such as ann@"),
    ("id,x\n1,2021\n", field(type="date", format="YYYY"), "the very text 'YYYY', since its format has no directive"),
    ("id,x\n1,2\n", field(type="interger"), '"interger" is none of the types string, number, integer, boolean, object'),
    ("id,x\n1,2\n", field(type="string", constraints={"pattern": "[a"}), "pattern '[a' cannot be read: unclosed char"),
    ("id,x\n1\n", field(type="string"), "the row has 1 cell, too few; expected 2; look for a missing quote or comma"),
]


@pytest.mark.parametrize(("data", "properties", "text"), CASES, ids=[case[2][:40] for case in CASES])
def test_a_fault_is_told_so_that_it_can_be_mended(tmp_path, data, properties, text):
    (tmp_path / "t.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    resource = {"name": "t", "path": "t.csv", "schema": SCHEMA, **properties}
    (tmp_path / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": [resource]}))
    found = [finding.message for finding in validate_path(tmp_path).findings]
    assert any(text in message for message in found), found


def test_a_resource_that_has_neither_path_nor_data_or_both_is_told_so(tmp_path):
    resources = [{"name": "a"}, {"name": "b", "path": "t.csv", "data": []}]
    (tmp_path / "t.csv").write_text(CSV)
    (tmp_path / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))
    found = [finding.message for finding in validate_path(tmp_path).findings]
    assert "/resources/0: has neither path nor data; give one of them" in found[0]
    assert "/resources/1: has both path and data; keep one of them" in found[1]


def test_tables_that_nothing_declares_are_told_and_other_files_are_not(tmp_path):
    (tmp_path / "data").mkdir()
    for name in ("t.csv", "old.csv", "README.md", "make.py"):
        (tmp_path / "data" / name).write_text(CSV)
    resource = {"name": "t", "path": "./data/t.csv", "schema": SCHEMA}
    (tmp_path / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": [resource]}))
    assert [(one.code, one.path) for one in validate_path(tmp_path).findings] == [("undeclared-file", "data/old.csv")]


def test_cells_are_checked_below_a_header_that_is_not_the_schemas(tmp_path):
    (tmp_path / "t.csv").write_text("more,day,id\nx,2021-08-31,1\ny,soon,two\n")
    resource = {"name": "t", "path": "t.csv", "schema": SCHEMA | {"primaryKey": "id"}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": [resource]}))
    found = {(one.code, one.row, one.field) for one in validate_path(tmp_path).findings}
    assert found >= {("extra-label", None, "more"), ("type-error", 3, "id"), ("type-error", 3, "day")}
