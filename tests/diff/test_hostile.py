"""Packages by strangers: what cannot be trusted is refused by name, and nothing outside a package is read."""

import json
import shutil

import pytest
from tests.diff.conftest import schema

from broadsheet.diff import diff_packages
from broadsheet.errors import IntegrityError, ReadError

THINGS = {"things": (schema("id", "name"), [["a", "ax"]])}


def altered(folder, **resource):
    path = folder / "datapackage.json"
    content = json.loads(path.read_text())
    content["resources"][0] |= resource
    path.write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        ({"path": "../secret.csv"}, "/resources/0/path"),
        ({"path": "/etc/passwd"}, "/resources/0/path"),
        ({"path": "https://example.org/x.csv"}, "is a URL"),
        ({"schema": {"fields": []}}, "schema"),
        ({"schema": {"fields": [{"name": "id", "type": "string"}, {"name": "id", "type": "string"}]}}, "one name"),
        ({"schema": {"fields": [{"name": "id", "type": "string"}], "primaryKey": {"a": 1}}}, "primaryKey|key"),
    ],
)
def test_a_descriptor_that_cannot_be_trusted_is_refused(made, resource, message):
    with pytest.raises(IntegrityError, match=message):
        diff_packages(made("old", THINGS), altered(made("new", THINGS), **resource))


def test_a_file_that_is_a_link_out_of_the_package_is_not_read(made, tmp_path):
    new = made("new", THINGS)
    (tmp_path / "secret.csv").write_text("id,name\ns,secret\n")
    (new / "data" / "things.csv").unlink()
    (new / "data" / "things.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(IntegrityError, match="link out of the folder"):
        diff_packages(made("old", THINGS), new)


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": NaN}', "[" * 100_000])
def test_a_descriptor_that_is_no_json_object_is_refused(made, text):
    new = made("new", THINGS)
    (new / "datapackage.json").write_text(text)
    with pytest.raises(IntegrityError):
        diff_packages(made("old", THINGS), new)


def test_a_folder_that_is_not_there_is_said_to_be_missing(made, tmp_path):
    with pytest.raises(ReadError, match="no such folder"):
        diff_packages(made("old", THINGS), tmp_path / "nowhere")


@pytest.mark.parametrize("text", ["{", '{"@graph": 1}', '{"@graph": [{"@id": "#build"}]}', "[]", "[" * 100_000])
def test_a_crate_that_tells_of_no_build_is_no_provenance(made, text):
    new = made("new", THINGS)
    (new / "ro-crate-metadata.json").write_text(text)
    assert len(diff_packages(made("old", THINGS), new).notes) == 2


@pytest.mark.parametrize("rows", ["id,name\na,x,y\n", "id\na\n", "id,name\n\xff\n", ""])
def test_a_table_that_cannot_be_read_is_not_compared(made, rows):
    new = made("new", THINGS)
    (new / "data" / "things.csv").write_bytes(rows.encode("latin-1"))
    diff = diff_packages(made("old", THINGS), new)
    assert "not compared" in diff.tables[0].uncompared


def test_a_parquet_file_that_is_cut_off_is_not_compared(made, sample_package, tmp_path):
    cut = tmp_path / "cut"
    shutil.copytree(sample_package, cut)
    for change in (lambda data: data[: len(data) // 2], lambda data: data[:200] + b"\0" * 400 + data[600:]):
        data = (sample_package / "parquet" / "mentions.parquet").read_bytes()
        (cut / "parquet" / "mentions.parquet").write_bytes(change(data))
        diff = diff_packages(sample_package, cut)
        assert [table.name for table in diff.tables if table.uncompared] == ["mentions"]
