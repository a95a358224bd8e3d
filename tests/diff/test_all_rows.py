"""All rows that differ, as a file: what dictionaries find, and what makes the newer table of the older."""

import csv
import json
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.diff.conftest import schema, write_package

from broadsheet.diff import diff_packages
from broadsheet.errors import UsageError

THINGS = schema("a", {"name": "b", "type": "integer"}, "text", {"name": "n", "type": "number"}, key=["a", "b"])
KEYS = st.tuples(st.sampled_from(["x", "y", "", 'q"', "é,\n", "null"]), st.integers(-1, 2).map(str))
CELLS = st.tuples(
    st.sampled_from(["", "one", "two", '{"a"}', "l\nm"]), st.sampled_from(["", "0", "-0.0", "1.5", "NaN", "1e300"])
)
TABLES = st.dictionaries(KEYS, CELLS, max_size=6)


def package(folder, rows, order):
    return write_package(folder, {"t": (THINGS, [[*key, *rows[key]] for key in sorted(rows, reverse=order)])})


def values(key, cells):
    """The row as it is read: missing cells None, numbers as numbers."""
    return tuple(cell or None for cell in key), (cells[0] or None, float(cells[1]) if cells[1] else None)


def read(rows):
    return dict(values(key, cells) for key, cells in rows.items())


def same(one, other):
    return one == other or (one != one and other != other)


def lines(path):
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def applied(rows, changes):
    """The table that the changes make of the rows."""
    made = {key: list(cells) for key, cells in rows.items()}
    for line in changes:
        key = tuple(json.loads(line["key"])[name] for name in ("a", "b"))
        if line["kind"] == "removed":
            made.pop(key, None)
            continue
        cells = made.setdefault(key, [None, None])
        if line["column"]:
            cells[("text", "n").index(line["column"])] = (
                float(line["new"]) if line["column"] == "n" and line["new"] else line["new"]
            )
    return {key: tuple(cells) for key, cells in made.items()}


def is_same(one, other):
    return one.keys() == other.keys() and all(
        same(*pair) for key in one for pair in zip(one[key], other[key], strict=True)
    )


@given(TABLES, TABLES, st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_file_holds_what_dictionaries_find_and_makes_the_newer_table_of_the_older(then, now, order):
    with tempfile.TemporaryDirectory() as made:
        folders = package(Path(made, "old"), then, order=False), package(Path(made, "new"), now, order=order)
        (table,) = diff_packages(*folders, 20, Path(made, "rows.parquet")).tables
        changes = lines(Path(made, "rows.parquet"))
    old, new = read(then), read(now)
    both = old.keys() & new.keys()
    changed = [key for key in both if not is_same({key: old[key]}, {key: new[key]})]
    expected = [len(new.keys() - both), len(old.keys() - both), len(changed)]
    assert [table.total(kind) for kind in ("added", "removed", "changed")] == expected
    places = {
        name: sum(not same(old[key][place], new[key][place]) for key in both)
        for place, name in enumerate(["text", "n"])
    }
    assert table.cells == {name: count for name, count in places.items() if count}
    assert is_same(applied(old, changes), new)


def test_a_csv_file_holds_a_line_for_each_cell(tmp_path):
    old = write_package(tmp_path / "old", {"t": (schema("id", "name", "size"), [["a", "ax", "1"], ["b", "", ""]])})
    new = write_package(tmp_path / "new", {"t": (schema("id", "name", "size"), [["a", "axe", ""], ["c", "", "3"]])})
    diff_packages(old, new, 0, tmp_path / "rows.csv")
    found = [tuple(line.values()) for line in lines(tmp_path / "rows.csv")]
    assert found == [
        ("t", "added", "correction", '{"id":"c"}', "size", "", "3"),
        ("t", "removed", "correction", '{"id":"b"}', "", "", ""),
        ("t", "changed", "correction", '{"id":"a"}', "name", "ax", "axe"),
        ("t", "changed", "correction", '{"id":"a"}', "size", "1", ""),
    ]


@pytest.mark.parametrize(("name", "message"), [("rows.txt", "csv or .parquet"), ("there.csv", "there already")])
def test_a_file_that_cannot_be_is_refused_before_any_work(tmp_path, name, message):
    (tmp_path / "there.csv").write_text("mine")
    old = write_package(tmp_path / "old", {"t": (schema("id"), [["a"]])})
    with pytest.raises(UsageError, match=message):
        diff_packages(old, old, 0, tmp_path / name)
    assert (tmp_path / "there.csv").read_text() == "mine"
