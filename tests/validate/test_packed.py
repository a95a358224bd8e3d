"""Packed tables are unpacked within limits and read as any other."""

import bz2
import gzip
import json
import lzma
import zipfile

import pytest

from broadsheet.validate import packed, validate_path

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA = {
    "fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}],
    "primaryKey": ["id"],
    "uniqueKeys": [["n"]],
}
GOOD, BAD = b"id,n\na,1\nb,2\n", b"id,n\na,1\nb,many\nc,1\na,3\n"


def write_zip(path, *contents):
    with zipfile.ZipFile(path, "w") as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"folder/{number}.csv", content)


def write_named(path, name):
    with zipfile.ZipFile(path, "w") as archive, archive.open(zipfile.ZipInfo(name), "w") as member:
        member.write(b"id,n\na,one\n")


WRITERS = {
    "t.csv.gz": lambda path, data: path.write_bytes(gzip.compress(data)),
    "t.csv.bz2": lambda path, data: path.write_bytes(bz2.compress(data)),
    "t.csv.xz": lambda path, data: path.write_bytes(lzma.compress(data)),
    "t.csv.zip": write_zip,
    "t.zip": write_zip,
    "t.csv": lambda path, data: path.write_bytes(gzip.compress(data)),
}


def report_on(folder, path="t.csv.gz", **properties):
    resource = {"name": "t", "path": path, "schema": SCHEMA, **properties}
    content = {"$schema": V2, "resources": [{name: value for name, value in resource.items() if value is not None}]}
    (folder / "datapackage.json").write_text(json.dumps(content))
    return validate_path(folder)


def found_in(report):
    return {(one.code, one.row) for one in report.findings}


@pytest.mark.parametrize("path", WRITERS)
def test_all_checks_are_made_of_a_packed_table(tmp_path, path):
    WRITERS[path](tmp_path / path, BAD)
    assert found_in(report_on(tmp_path, path)) == {("type-error", 3), ("unique-key", 4), ("primary-key", 5)}
    WRITERS[path](tmp_path / path, GOOD)
    report = report_on(tmp_path, path)
    assert report.ok
    assert not [check for check in report.checks if check.outcome == "skipped"]


@pytest.mark.parametrize("stated", ["gz", "gzip", "GZIP"])
def test_compression_may_be_stated(tmp_path, stated):
    WRITERS["t.csv.gz"](tmp_path / "t.csv.gz", BAD)
    assert ("type-error", 3) in found_in(report_on(tmp_path, format="csv", compression=stated))


def test_size_and_hash_are_those_of_the_packed_file(tmp_path):
    WRITERS["t.csv.gz"](tmp_path / "t.csv.gz", GOOD)
    assert report_on(tmp_path, bytes=(tmp_path / "t.csv.gz").stat().st_size).ok
    assert found_in(report_on(tmp_path, bytes=len(GOOD))) == {("byte-count", None)}


def test_a_packed_table_without_a_schema_is_read_too(tmp_path):
    WRITERS["t.csv.gz"](tmp_path / "t.csv.gz", b"id,n\na\n")
    assert found_in(report_on(tmp_path, schema=None)) == {("missing-cell", 2)}


BROKEN = {
    "cut short": (lambda path: path.write_bytes(gzip.compress(GOOD * 100)[:-20]), "cannot be unpacked as gz"),
    "none": (lambda path: path.write_bytes(GOOD), "cannot be unpacked as gz"),
    "of several files": (lambda path: write_zip(path, GOOD, GOOD), "holds 2 files, where a table is one"),
    "of no reader": (lambda path: path.write_bytes(b"(\xb5/\xfd"), "there is no reader of it; pack it as one of gz"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_cannot_be_unpacked_is_a_fault(tmp_path, kind):
    write, text = BROKEN[kind]
    write(tmp_path / "t.csv.gz")
    stated = {"of several files": "zip", "of no reader": "zst"}.get(kind, "gz")
    (finding,) = report_on(tmp_path, compression=stated).findings
    assert (finding.code, finding.table) == ("source-error", "t.csv.gz")
    assert text in finding.message


def test_a_file_that_explodes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "MODEST", 1_000)
    monkeypatch.setattr(packed, "RATIO", 2)
    WRITERS["t.csv.gz"](tmp_path / "t.csv.gz", b"id,n\n" + b"a,1\n" * 10_000)
    (finding,) = report_on(tmp_path).findings
    assert "it unpacks to more than" in finding.message


def test_a_packed_file_outside_the_package_is_not_opened(tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package/.git").mkdir()
    for path in ("x.csv.gz", "package/t.csv.gz", "package/.git/config.gz"):
        WRITERS["t.csv.gz"](tmp_path / path, BAD)
    for path in ("../x.csv.gz", ".git/config.gz"):
        report = report_on(tmp_path / "package", ["t.csv.gz", path])
        assert {finding.code for finding in report.findings} <= {"resource-error", "package-error"}
        assert "not all of its files can be read" in {check.why for check in report.checks}


def test_a_member_of_a_zip_needs_no_name(tmp_path):
    write_named(tmp_path / "t.zip", "")
    assert found_in(report_on(tmp_path, "t.zip")) == {("type-error", 2)}
