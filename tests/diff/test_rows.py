"""Rows that differ: how many, in which cells, and which are shown."""

import shutil

import pytest
from tests.diff.conftest import schema

from broadsheet.diff import diff_packages

THINGS = schema("id", "name", {"name": "size", "type": "number"})
OLD = [["a", "ax", "1.5"], ["b", "bow", ""], ["c", "cup", "2"], ["d", "dish", "NaN"]]
NEW = [["d", "dish", "NaN"], ["e", "egg", "1"], ["b", "bow", "0"], ["a", "axe", "1.5"]]


def only_table(diff):
    (table,) = diff.tables
    return table


def totals(table):
    return [table.total(kind) for kind in ("added", "removed", "changed")]


def test_rows_are_matched_by_key_whatever_their_order(made):
    table = only_table(diff_packages(made("old", {"things": (THINGS, OLD)}), made("new", {"things": (THINGS, NEW)})))
    assert totals(table) == [1, 1, 2]
    assert table.rows == (4, 4)
    assert table.cells == {"name": 1, "size": 1}
    assert [(row.kind, dict(row.key), dict(row.cells)) for row in table.shown] == [
        ("added", {"id": "e"}, {"name": (None, "egg"), "size": (None, 1.0)}),
        ("removed", {"id": "c"}, {"name": ("cup", None), "size": (2.0, None)}),
        ("changed", {"id": "b"}, {"size": (None, 0.0)}),
        ("changed", {"id": "a"}, {"name": ("ax", "axe")}),
    ]


def test_a_column_that_only_one_side_has_makes_no_row_differ(made):
    smaller = schema("id", "name")
    new = {"things": (smaller, [row[:2] for row in OLD])}
    table = only_table(diff_packages(made("old", {"things": (THINGS, OLD)}), made("new", new)))
    assert totals(table) == [0, 0, 0]


def test_a_number_that_was_an_integer_is_the_same_cell(made):
    old = schema("id", {"name": "n", "type": "integer"})
    new = schema("id", {"name": "n", "type": "number"})
    rows = [["a", "5"], ["b", "6"]], [["a", "5.0"], ["b", "6.5"]]
    table = only_table(diff_packages(made("old", {"t": (old, rows[0])}), made("new", {"t": (new, rows[1])})))
    assert table.cells == {"n": 1}


def test_without_a_key_rows_are_whole_and_never_changed(made):
    plain = schema("id", "name", key=None)
    rows = [["a", "x"], ["a", "x"], ["b", "y"]], [["a", "x"], ["b", "z"]]
    table = only_table(diff_packages(made("old", {"t": (plain, rows[0])}), made("new", {"t": (plain, rows[1])})))
    assert totals(table) == [1, 2, 0]


def test_counts_are_whole_whatever_is_shown(made):
    old = {"t": (schema("id"), [])}
    new = {"t": (schema("id"), [[f"i{number}"] for number in range(30)])}
    folders = made("old", old), made("new", new)
    for limit in (0, 3, 30):
        table = only_table(diff_packages(*folders, limit))
        assert (totals(table), len(table.shown)) == ([30, 0, 0], limit)


@pytest.mark.parametrize("of_type", ["datetime", "time"])
def test_rows_that_cannot_be_read_are_said_not_to_be_compared(made, of_type):
    odd = schema("id", {"name": "x", "type": of_type})
    diff = diff_packages(made("old", {"t": (odd, [["a", "1"]])}), made("new", {"t": (odd, [["a", "2"]])}))
    assert of_type in only_table(diff).uncompared
    assert diff.differs
    assert "not compared" in diff.notes[-1]


def test_files_of_the_same_bytes_are_the_same_even_where_rows_cannot_be_read(made):
    odd = {"t": (schema("id", {"name": "x", "type": "datetime"}), [["a", "1"]])}
    assert not diff_packages(made("old", odd), made("new", odd)).differs


def test_csv_and_parquet_files_of_one_table_have_the_same_rows(sample_package, tmp_path):
    without = tmp_path / "without"
    shutil.copytree(sample_package, without, ignore=shutil.ignore_patterns("parquet"))
    diff = diff_packages(sample_package, without)
    assert not diff.differs
    assert len(diff.tables) == 9


def test_a_row_that_only_the_csv_file_lacks_is_found(sample_package, tmp_path):
    edited = tmp_path / "edited"
    shutil.copytree(sample_package, edited, ignore=shutil.ignore_patterns("parquet"))
    path = edited / "data" / "figures.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], *lines[2:]]), "utf-8")
    diff = diff_packages(sample_package, edited)
    (table,) = [table for table in diff.tables if table.differs]
    assert (table.name, dict(table.counts)) == ("figures", {("removed", "correction"): 1})
    assert list(table.shown[0].key.values()) == [lines[1].split(",")[0].strip('"')]
