"""An index that comes from a stranger: read as it is meant, or refused with the place of the fault."""

import copy
import json

import pytest

from broadsheet.errors import RegistryError
from broadsheet.registry import index as index_module
from broadsheet.registry import parse_index, parse_range, read_index

HASH = "bsch1:" + "0" * 64


def release(**changed):
    return {
        "published": "2026-11-21T10:00:00Z",
        "manifest": "sha256:" + "a" * 64,
        "tables": {"claims": {"contentHash": HASH, "rows": 12}},
        "withdrawn": None,
        **changed,
    }


GONE = {"at": "2026-11-22T10:00:00Z", "why": "two articles counted twice", "purged": False}
GOOD = {
    "format": 1,
    "name": "floods",
    "counter": 5,
    "versions": {
        "1.0.0": release(),
        "1.2.0": release(),
        "1.3.0": release(withdrawn=GONE),
        "1.4.0": release(withdrawn={**GONE, "purged": True}),
        "2.0.0-rc.1": release(),
    },
    "latest": {"1": "1.2.0"},
}


def parsed(content):
    return parse_index(json.dumps(content).encode(), "there/index.json", "floods")


def test_an_index_is_read_and_written_as_it_was():
    assert json.loads(parsed(GOOD).as_json()) == GOOD
    assert next(iter(json.loads(parsed(GOOD).as_json())["versions"])) == "2.0.0-rc.1"


@pytest.mark.parametrize(
    ("wanted", "version"),
    [("", "1.2.0"), ("1", "1.2.0"), ("1.0", "1.0.0"), ("1.3.0", "1.3.0"), ("2.0.0-rc.1", "2.0.0-rc.1")],
)
def test_ranges_pass_over_what_was_withdrawn_and_pre_releases(wanted, version):
    assert parsed(GOOD).resolve(parse_range(wanted)) == version


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("2", "no version '2'"), ("1.3", "no version"), ("9.9.9", "no version"), ("1.4.0", "files removed: two articles")],
)
def test_what_cannot_be_had_is_said(wanted, said):
    with pytest.raises(RegistryError, match=said):
        parsed(GOOD).resolve(parse_range(wanted))


def test_unknown_members_are_passed_over_so_that_more_can_be_added():
    assert parsed(GOOD | {"more": 1}) == parsed(GOOD)


def changed(*path_and_value):
    *path, last, value = path_and_value
    content = copy.deepcopy(GOOD)
    at = content
    for part in path:
        at = at[part]
    if value is KeyError:
        del at[last]
    else:
        at[last] = value
    return content


V = ("versions", "1.0.0")
FAULTS = [
    (("format", 2), "update|knows 1"),
    (("format", True), "/format"),
    (("format", 1.0), "/format"),
    (("format", "1"), "/format"),
    (("format", KeyError), "/format"),
    (("name", "drought"), "/name: expected 'floods'"),
    (("name", ["floods"]), "/name"),
    (("counter", 0), "/counter"),
    (("counter", -1), "/counter"),
    (("counter", True), "/counter"),
    (("counter", 1.5), "/counter"),
    (("counter", "5"), "/counter"),
    (("counter", 2**53), "/counter"),
    (("versions", []), "/versions"),
    (("versions", "../../etc", release()), "/versions: expected versions"),
    (("versions", "1.0", release()), "/versions: expected versions"),
    (("versions", "1.0.0+x", release()), "/versions: expected versions"),
    (("versions", "1.0.0\n", release()), "/versions: expected versions"),
    (("versions", "1.0.0", None), "/versions/1.0.0: expected an object"),
    ((*V, "published", "yesterday"), "/versions/1.0.0/published"),
    ((*V, "published", "2026-02-30T10:00:00Z"), "/versions/1.0.0/published"),
    ((*V, "published", "2026-11-21T10:00:00Z\n"), "/versions/1.0.0/published"),
    ((*V, "manifest", "md5:" + "a" * 32), "/versions/1.0.0/manifest"),
    ((*V, "manifest", "sha256:" + "A" * 64), "/versions/1.0.0/manifest"),
    ((*V, "manifest", KeyError), "/versions/1.0.0/manifest: .*missing"),
    ((*V, "tables", None), "/versions/1.0.0/tables"),
    ((*V, "tables", "../x", {"contentHash": HASH, "rows": 1}), "/versions/1.0.0/tables: expected names"),
    ((*V, "tables", "claims", []), "/versions/1.0.0/tables/claims"),
    ((*V, "tables", "claims", "contentHash", "x"), "/tables/claims/contentHash"),
    ((*V, "tables", "claims", "rows", -1), "/tables/claims/rows"),
    ((*V, "tables", "claims", "rows", 2**60), "/tables/claims/rows"),
    ((*V, "withdrawn", KeyError), "/versions/1.0.0/withdrawn"),
    ((*V, "withdrawn", True), "/versions/1.0.0/withdrawn"),
    ((*V, "withdrawn", GONE | {"why": ""}), "/withdrawn/why"),
    ((*V, "withdrawn", GONE | {"why": "\x1b[2Jnothing"}), "/withdrawn/why"),
    ((*V, "withdrawn", GONE | {"why": "\ud800"}), "/withdrawn/why"),
    ((*V, "withdrawn", GONE | {"why": "x" * 5000}), "/withdrawn/why"),
    ((*V, "withdrawn", GONE | {"at": None}), "/withdrawn/at"),
    ((*V, "withdrawn", GONE | {"purged": 0}), "/withdrawn/purged"),
    (("latest", {"1": "1.0.0"}), "by its versions it is"),
    (("latest", {"1": "1.3.0"}), "by its versions it is"),
    (("latest", {}), "by its versions it is"),
    (("latest", {"1": "1.9.0"}), "/latest/1"),
    (("latest", {"1": "../x"}), "/latest/1"),
    (("latest", {"1": 3}), "/latest/1"),
    (("latest", {"x\x1b": "1.2.0"}), "/latest"),
    (("latest", None), "/latest"),
]


@pytest.mark.parametrize(("change", "said"), FAULTS, ids=lambda value: ascii(value)[:50])
def test_a_fault_is_refused_with_its_place(change, said):
    with pytest.raises(RegistryError, match=said) as error:
        parsed(changed(*change))
    assert str(error.value).startswith("there/index.json: ")
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not JSON"),
        (b"[]", "expected a JSON object"),
        (b"<html>404</html>", "is not JSON"),
        (b'{"format": 1, "format": 1}', "two members"),
        (b'{"counter": NaN}', "NaN"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"counter": ' + b"9" * 10_000 + b"}", "is not JSON"),
        (json.dumps(GOOD).encode()[:-20], "is not JSON"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_what_is_no_index_is_refused(data, said):
    with pytest.raises(RegistryError, match=said):
        parse_index(data, "there/index.json", "floods")


def test_an_index_without_end_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "LARGEST_INDEX", 100)
    with pytest.raises(RegistryError, match="100 at most"):
        parsed(GOOD)


def test_a_registry_says_which_datasets_it_has(tmp_path):
    (tmp_path / "floods").mkdir()
    (tmp_path / "floods" / "index.json").write_text(json.dumps(GOOD))
    assert read_index(tmp_path, "floods") == parsed(GOOD)
    with pytest.raises(RegistryError, match="no dataset drought") as error:
        read_index(tmp_path, "drought")
    assert error.value.tip == "it has floods"
