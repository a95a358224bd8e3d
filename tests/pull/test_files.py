"""What SHA256SUMS and descriptors of strangers may say, and what of a package is wanted."""

import json

import pytest
from tests.pull.pulls import files, pulled, wrong
from tests.pull.registries import package, sums

from broadsheet.errors import IntegrityError
from broadsheet.pull.files import LARGEST_TABLE, SMALL, Contents, File, contents, parse_sums

HASH = "0" * 64
PATHS = [
    "../x",
    "a/../../x",
    "/etc/x",
    "~/x",
    "C:/x",
    "a\\x",
    "a//x",
    "./x",
    "a/.",
    "x\x1b[2J",
    "x\u202etxt",
    "a" * 300,
    "a/" * 600 + "x",
    "file:///etc/x",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_elsewhere_is_refused_in_sums_and_in_descriptors(path):
    with pytest.raises(IntegrityError, match="SHA256SUMS:1: the path"):
        parse_sums(f"{HASH}  {path}\n".encode(), "there/SHA256SUMS")
    with pytest.raises(IntegrityError, match="resource 'x': the path"):
        contents(None, {"resources": [{"name": "x", "path": path, "hash": f"sha256:{HASH}"}]}, None, "there")


@pytest.mark.parametrize("line", ["", "0  x", HASH, f"{HASH} x", f"{HASH.replace('0', 'G')}  x", f"{HASH}   "])
def test_a_line_that_is_none_is_refused(line):
    with pytest.raises(IntegrityError, match=":2:"):
        parse_sums(f"{HASH}  a\n{line}\n{HASH}  b\n".encode(), "SHA256SUMS")


@pytest.mark.parametrize(
    "paths", [("a.csv", "A.csv"), ("e\u0301", "\u00e9"), ("a", "a/b"), ("A/b/c", "a/B"), ("x", "x")]
)
def test_two_paths_that_may_be_one_file_are_refused(paths):
    text = "".join(f"{HASH}  {path}\n" for path in paths)
    if paths[0] == paths[1]:
        text = text.replace(HASH, "1" * 64, 1)
    with pytest.raises(IntegrityError, match="twice"):
        parse_sums(text.encode(), "SHA256SUMS")


def test_a_table_that_the_sums_do_not_list_is_refused():
    listed = parse_sums(f"{HASH}  datapackage.json\n".encode(), "SHA256SUMS")
    with pytest.raises(IntegrityError, match="SHA256SUMS does not"):
        contents(listed, {"resources": [{"name": "x", "path": "data/x.csv"}]}, None, "there")


@pytest.mark.parametrize(
    "hash_", [None, "", "zzz", "sha256:0", f"sha256:{HASH}0", f"crc32:{'0' * 8}", 7, ["x"], f"sha512:{HASH}"]
)
def test_a_resource_without_a_hash_that_can_be_checked_is_refused(hash_):
    with pytest.raises(IntegrityError, match="states no hash"):
        contents(None, {"resources": [{"name": "x", "path": "x.csv", "hash": hash_}]}, None, "there")


@pytest.mark.parametrize("resources", [[7], [{"path": "x"}], [{"name": 7, "path": "x"}], [{"name": "x", "path": 7}]])
def test_a_resource_that_is_none_is_refused(resources):
    with pytest.raises(IntegrityError, match="resource"):
        contents({}, {"resources": resources}, None, "there")


def test_sizes_are_bounded_by_what_the_descriptor_states():
    listed = parse_sums("".join(f"{HASH}  {path}\n" for path in ("a.csv", "b.csv", "parquet/a.parquet")).encode(), "S")
    main = {"resources": [{"name": "a", "path": "a.csv", "bytes": 1000}, {"name": "b", "path": "b.csv"}]}
    found = contents(listed, main, {"resources": [{"name": "a", "path": "a.parquet"}]}, "there")
    assert [file.limit for file in found.tables["a"]] == [1000, 8000 + SMALL]
    assert [file.limit for file in found.tables["b"]] == [LARGEST_TABLE]


@pytest.mark.parametrize(
    ("tables", "form", "expected"),
    [
        (None, "all", ["README", "a.csv", "a.parquet", "b.csv"]),
        (None, "best", ["README", "a.parquet", "b.csv"]),
        (None, "csv", ["README", "a.csv", "b.csv"]),
        ([], "all", ["README"]),
        (["b"], "parquet", ["README", "b.csv"]),
    ],
)
def test_what_is_wanted_of_which_table_in_which_format(tables, form, expected):
    held = Contents(
        {"a": [File("a.csv", HASH), File("a.parquet", HASH)], "b": [File("b.csv", HASH)]}, [File("README", HASH)]
    )
    assert [file.path for file in held.wanted(tables, form)] == expected


def test_a_package_that_writes_out_of_its_folder_changes_nothing(server, registry, cache, tmp_path):
    made = package("1.1.0")
    made["SHA256SUMS"] += f"{HASH}  ../../../../escaped\n".encode()
    registry.publish("1.1.0", made)
    with pytest.raises(IntegrityError, match="holds the part"):
        pulled(server)
    assert not list(tmp_path.rglob("escaped"))
    assert wrong(cache) == []


def test_a_file_that_is_larger_than_the_descriptor_says_is_refused(server, registry, cache):
    made = package("1.1.0")
    descriptor = json.loads(made["datapackage.json"])
    descriptor["resources"][0]["bytes"] = 10
    made["datapackage.json"] = json.dumps(descriptor).encode()
    made["SHA256SUMS"] = sums(made)
    registry.publish("1.1.0", made)
    with pytest.raises(IntegrityError, match=r"data/claims\.csv is larger than the 10 bytes"):
        pulled(server)


def test_names_that_addresses_write_otherwise_are_fetched(server, registry, cache):
    made = registry.publish("1.1.0", package("1.1.0", extra={"notes/über 100%?.md": b"x", "a#b": b"y"}))
    assert files(pulled(server).package) == made
