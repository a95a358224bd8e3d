"""Packages by strangers: what cannot be trusted is refused by name, and nothing outside a package is read."""

import gzip
import json
import os
import shutil
from pathlib import Path

import pytest
from tests.diff.conftest import package, refers, schema

from broadsheet.diff import diff_packages
from broadsheet.diff.formats import render
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


@pytest.mark.parametrize("name", ["datapackage.json", "parquet/datapackage.json"])
def test_a_descriptor_that_is_a_link_out_of_the_package_is_not_read(made, tmp_path, name):
    new = made("new", THINGS)
    (new / "parquet").mkdir()
    (new / name).unlink(missing_ok=True)
    (new / name).symlink_to(tmp_path / "old" / "datapackage.json")
    with pytest.raises(IntegrityError, match=f"{name} is a link out of the folder"):
        diff_packages(made("old", THINGS), new)


def test_a_descriptor_that_is_no_file_is_refused_and_not_waited_for(made):
    new = made("new", THINGS)
    (new / "datapackage.json").unlink()
    os.mkfifo(new / "datapackage.json")
    with pytest.raises(IntegrityError, match=r"datapackage.json is no file"):
        diff_packages(made("old", THINGS), new)


def test_a_crate_that_is_no_file_is_no_provenance(made):
    new = made("new", THINGS)
    os.mkfifo(new / "ro-crate-metadata.json")
    assert len(diff_packages(made("old", THINGS), new).notes) == 2


@pytest.mark.parametrize("put", [Path.exists, Path.mkdir, os.mkfifo])
def test_a_table_without_a_file_is_not_compared_and_the_advice_says_so(made, put):
    new = made("new", THINGS)
    (new / "data" / "things.csv").unlink()
    put(new / "data" / "things.csv")
    diff = diff_packages(made("old", THINGS), new)
    assert diff.tables[0].uncompared == "its rows were not compared: its file is not there"
    assert "Advice: not known, for these were not compared: things." in render(diff, "text")


def test_advice_on_what_could_be_compared_names_what_it_leaves_out(made):
    new = made("new", THINGS, title="Things")
    (new / "data" / "things.csv").unlink()
    text = render(diff_packages(made("old", THINGS), new), "text")
    assert "Advice: patch;" in text
    assert "Not compared, and not counted in this: things." in text


def test_a_table_of_several_files_is_not_taken_for_its_first_one(made):
    new = altered(made("new", THINGS), path=["data/things.csv", "data/things.csv"])
    assert "several paths" in diff_packages(made("old", THINGS), new).tables[0].uncompared


@pytest.mark.parametrize("then", [{"data": [["a", "ax"]]}, {"path": "things.csv"}])
def test_data_in_the_descriptor_are_seen_to_be_others(tmp_path, then):
    folders = (
        package(tmp_path / place, [{"name": "things", "type": "table", "schema": THINGS["things"][0]} | stated])
        for place, stated in (("old", then), ("new", {"data": [["a", "axe"]]}))
    )
    diff = diff_packages(*folders)
    assert [change.what for change in diff.changes if "not compared" in change.what] == [
        "the data in the descriptor are others; what they hold is not compared"
    ]
    assert str(diff.step) == "patch"


KEYS = {
    "one missing": ([["", "ax"], ["b", "bow"]], [["", "axe"], ["b", "bow"]], [0, 0, 1], ""),
    "two missing": ([["", "ax"]], [["", "axe"], ["", "bow"]], [1, 0, 1], "1 of the rows"),
    "twice, the same": ([["a", "ax"], ["a", "bow"]], [["a", "ax"], ["a", "bow"]], [0, 0, 0], ""),
    "twice, in another order": ([["a", "ax"], ["a", "bow"]], [["a", "bow"], ["a", "ax"]], [0, 0, 2], "1 of the rows"),
    "twice, one changed": ([["a", "ax"], ["a", "bow"]], [["a", "ax"], ["a", "bows"]], [0, 0, 1], ""),
}


@pytest.mark.parametrize("case", KEYS)
def test_of_rows_whose_keys_are_missing_or_repeated_it_is_said_how_they_are_paired(made, case):
    old, new, totals, note = KEYS[case]
    sides = (made(place, {"t": (schema("id", "name"), rows)}) for place, rows in (("old", old), ("new", new)))
    diff = diff_packages(*sides)
    assert [diff.tables[0].total(kind) for kind in ("added", "removed", "changed")] == totals
    assert [f"t: {note}" in text for text in diff.notes[2:]] == [True] * bool(note)


TYPES = {
    "an integer as text": ("integer", ["7", ""], "string", ["7", ""], 0),
    "an integer with a zero before it": ("integer", ["7"], "string", ["07"], 1),
    "a date as text": ("date", ["2026-01-02"], "string", ["2026-01-02"], 0),
    "a text as a boolean": ("string", ["true", "yes"], "boolean", ["true", "false"], 1),
    "an integer larger than numbers tell apart": ("integer", ["9007199254740993"], "number", ["9007199254740992"], 0),
}


@pytest.mark.parametrize("case", TYPES)
def test_cells_of_another_type_are_compared_as_numbers_or_as_text(made, case):
    *sides, changed = TYPES[case]
    folders = (
        made(f"p{place}", {"t": (schema("id", {"name": "x", "type": of}), [*zip("abc", cells, strict=False)])})
        for place, (of, cells) in enumerate((sides[:2], sides[2:]))
    )
    (table,) = diff_packages(*folders).tables
    assert (table.total("changed"), table.uncompared) == (changed, "")


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_another_table_of_the_same_name_is_said_to_share_nothing(made, form):
    other = {"things": (schema("x", {"name": "y", "type": "date"}, key="x"), [["1", "2026-01-02"]])}
    diff = diff_packages(made("old", THINGS), made("new", other))
    assert str(diff.step) == "major"
    assert "the schemas share no field" in render(diff, form)


def test_a_foreign_key_of_another_type_than_the_key_is_not_followed(made):
    numbered = schema({"name": "id", "type": "integer"}, "name")
    pointing = schema("id", "thing", **refers("thing", "things"))
    sides = ([["1", "ax"], ["2", "bow"]], [["e", "one"]]), ([["2", "bows"], ["3", "ax"]], [["e", "three"]])
    folders = (
        made(f"p{place}", {"things": (numbered, things), "events": (pointing, events)})
        for place, (things, events) in enumerate(sides)
    )
    assert [table.uncompared for table in diff_packages(*folders).tables] == ["", ""]


def test_a_key_that_names_a_field_twice_names_it_once(made):
    new = made("new", {"things": (schema("id", "name", key=["id", "id"]), [["a", "axe"]])}, **{"$schema": ""})
    (table,) = diff_packages(made("old", THINGS), new).tables
    assert [(row.kind, row.key, row.cells) for row in table.shown] == [
        ("changed", {"id": "a"}, {"name": ("ax", "axe")})
    ]


def test_a_schema_that_cannot_be_used_is_refused_also_of_data_in_the_descriptor(made, tmp_path):
    schema_of = {"fields": [{"name": "id"}], "foreignKeys": [5]}
    new = package(tmp_path / "new", [{"name": "things", "data": [["a"]], "schema": schema_of}], **{"$schema": ""})
    with pytest.raises(IntegrityError, match="a foreign key does not have fields"):
        diff_packages(made("old", THINGS), new)


@pytest.mark.parametrize(
    ("resource", "content"),
    [
        ({"dialect": {"delimiter": ";"}}, b"id;name\na;ax\n"),
        ({"dialect": {"header": False}}, b"id,name\na,ax\n"),
        ({"encoding": "iso-8859-1"}, "id,name\na,\u00e4x\n".encode("latin-1")),
        ({"compression": "gz"}, gzip.compress(b"id,name\n" + b"a,ax\n" * 1000, mtime=0)),
    ],
)
def test_a_file_that_is_to_be_read_otherwise_is_an_incompatible_change_and_not_compared(made, resource, content):
    new = altered(made("new", THINGS), **resource)
    (new / "data" / "things.csv").write_bytes(content)
    diff = diff_packages(made("old", THINGS), new)
    assert str(diff.step) == "major"
    assert "not read yet" in diff.tables[0].uncompared


@pytest.mark.parametrize("content", ["name,id\nax,a\n", "\ufeffid,name\r\na,ax\r\n", '"id","name"\n"a","ax"\n'])
def test_a_file_that_is_written_otherwise_has_the_same_rows(made, content):
    new = made("new", THINGS)
    (new / "data" / "things.csv").write_bytes(content.encode())
    assert not diff_packages(made("old", THINGS), new).differs
