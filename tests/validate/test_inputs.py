import gzip
import json
import os

import pytest

from broadsheet.errors import ReadError, UsageError
from broadsheet.validate import validate_path
from broadsheet.validate.inputs import is_project

SCHEMA = {"fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}], "primaryKey": "id"}
V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
CSV = "id,name\n1,Anna\n2,Ben\n"


def package(folder, name="datapackage.json"):
    content = {"$schema": V2, "resources": [{"name": "people", "path": "people.csv", "schema": SCHEMA}]}
    (folder / name).write_text(json.dumps(content))
    (folder / "people.csv").write_text(CSV)
    return folder / name


def checks(report):
    return {check.name: check for check in report.checks}


@pytest.mark.parametrize("name", ["descriptor.json", "package.json", "datapackage.json"])
def test_a_descriptor_may_have_any_name(tmp_path, name):
    report = validate_path(package(tmp_path, name))
    assert report.ok
    assert checks(report)["primary key"].outcome == "passed"


def test_a_fault_is_found_by_a_descriptor_of_another_name(tmp_path):
    path = package(tmp_path, "descriptor.json")
    (tmp_path / "people.csv").write_text("id,name\n1,Anna\n1,Ben\n")
    assert {finding.code for finding in validate_path(path).findings} == {"primary-key"}


@pytest.mark.parametrize("place", ["people.schema.json", "people.csv.schema.json", "schema.json", "schema/people.json"])
def test_the_schema_of_a_data_file_is_found_beside_it(tmp_path, place):
    (tmp_path / "schema").mkdir()
    (tmp_path / place).write_text(json.dumps(SCHEMA))
    (tmp_path / "people.csv").write_text(CSV)
    report = validate_path(tmp_path / "people.csv")
    assert report.ok, report.findings
    assert checks(report)["input"].why == f"schema {place.split('/')[-1]}, read as csv in UTF-8"


def test_a_schema_that_is_named_wins(tmp_path):
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"fields": [{"name": "x", "type": "integer"}]}))
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "people.csv").write_text(CSV)
    assert not validate_path(tmp_path / "people.csv", schema=other).ok


@pytest.mark.parametrize("name", ["people.jsonl", "people.csv.gz", "people.tab"])
def test_a_data_file_of_another_form_is_checked_by_a_schema(tmp_path, name):
    data = {
        "people.jsonl": b'{"id": 1, "name": "Anna"}\n{"id": "x", "name": "Ben"}\n',
        "people.csv.gz": gzip.compress(b"id,name\n1,Anna\nx,Ben\n"),
        "people.tab": b"id\tname\n1\tAnna\nx\tBen\n",
    }
    (tmp_path / name).write_bytes(data[name])
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    found = [(one.code, one.row) for one in validate_path(tmp_path / name, schema=tmp_path / "schema.json").findings]
    assert found == [("type-error", 3)]


def test_a_parquet_file_is_checked_by_a_schema(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    parquet.write_table(pa.table({"id": [1, 1], "name": ["Anna", "Ben"]}), tmp_path / "people.parquet")
    report = validate_path(tmp_path / "people.parquet")
    assert {finding.code for finding in report.findings} == {"primary-key"}
    assert "read as Parquet" in checks(report)["input"].why


def test_foreign_keys_to_other_tables_are_said_to_be_left_out(tmp_path):
    keys = [{"fields": "id", "reference": {"resource": "other", "fields": "id"}}]
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA | {"foreignKeys": keys}))
    (tmp_path / "people.csv").write_text(CSV)
    report = validate_path(tmp_path / "people.csv")
    assert report.ok
    assert "1 foreign keys to other tables are left out" in checks(report)["input"].why


def test_a_schema_that_is_no_json_is_a_finding(tmp_path):
    (tmp_path / "schema.json").write_text("{")
    (tmp_path / "people.csv").write_text(CSV)
    assert [finding.code for finding in validate_path(tmp_path / "people.csv").findings] == ["package-error"]


def test_a_data_file_without_a_schema_needs_one(tmp_path):
    (tmp_path / "people.csv").write_text(CSV)
    with pytest.raises(UsageError, match=r"people\.schema\.json"):
        validate_path(tmp_path / "people.csv")


def test_what_can_be_no_package_is_not_read(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe.json")
    for name in ("notes.txt", "pipe.json", "nothing.zip"):
        with pytest.raises(ReadError):
            validate_path(tmp_path / name)


def test_a_package_with_folders_named_as_in_a_project_is_a_package(tmp_path):
    package(tmp_path)
    for name in ("raw", "schema"):
        (tmp_path / name).mkdir()
    assert not is_project(tmp_path)
    assert "primary key" in checks(validate_path(tmp_path))


@pytest.mark.parametrize("resources", [[], [{"name": "a", "path": "build/package/data/a.csv"}]])
def test_a_project_has_no_resources_but_those_of_a_build(tmp_path, resources):
    (tmp_path / "raw").mkdir()
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}))
    assert is_project(tmp_path)
