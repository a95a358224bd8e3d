"""Random tables, compared as the definition has it: by dictionaries of their rows."""

import datetime
import itertools
import math
import tempfile
from collections import Counter
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.diff.conftest import package, write

from broadsheet.diff import diff_packages, match
from broadsheet.schemas import arrow_schema

KEY = ("place", "number")
FIELDS = {"place": "string", "number": "integer", "name": "string", "size": "number", "is_new": "boolean", "on": "date"}
CELLS = {
    "name": st.sampled_from(["a", "b", "NaN", 'quoted "x", and\nbroken', " ", "é", "e\u0301"])
    | st.text("ab", min_size=1),
    "size": st.sampled_from([0.0, -0.0, 1.5, 5e-324, math.inf, math.nan, math.nan, math.nan]),
    "is_new": st.booleans(),
    "on": st.dates(datetime.date(1999, 12, 30), datetime.date(2000, 1, 2)),
}
KEYS = [*itertools.product(["x", "y"], range(-2, 3))]
ROW = st.fixed_dictionaries({name: st.none() | cells for name, cells in CELLS.items()})
ROWS = st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, ROW))
TABLE = st.tuples(
    ROWS.flatmap(lambda rows: st.permutations([*rows.items()])), st.permutations([*FIELDS]), st.booleans()
)
"""Rows by key in some order, the order of the columns, and whether the file is Parquet rather than CSV."""


def same(one, other):
    return one == other or (isinstance(one, float) and isinstance(other, float) and one != one and other != other)


def expected(old, new):
    """Each row that differs, with its cells then and now."""
    for key in {*old, *new}:
        then, now = (rows.get(key, dict.fromkeys(CELLS)) for rows in (old, new))
        cells = {name: (then[name], now[name]) for name in CELLS if not same(then[name], now[name])}
        kind = "added" if key not in old else "removed" if key not in new else "changed"
        if cells or kind != "changed":
            yield kind, key, cells


def written(folder, rows, columns, is_parquet, **key):
    """A package of the one table."""
    schema = {"fields": [{"name": name, "type": FIELDS[name]} for name in columns]} | key
    whole = [dict(zip(KEY, key, strict=True)) | cells for key, cells in rows]
    path = f"things.{'parquet' if is_parquet else 'csv'}"
    package(folder, [{"name": "things", "type": "table", "path": path, "schema": schema}])
    if is_parquet:
        pq.write_table(pa.Table.from_pylist(whole, arrow_schema(schema)), folder / path)
    else:
        write(folder / path, columns, [[as_text(row[name]) for name in columns] for row in whole])
    return folder


def as_text(cell):
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def ordered(rows):
    return sorted(repr((kind, key, sorted(cells.items()))) for kind, key, cells in rows)


def only_table(folder, old, new, **key):
    places = (written(Path(folder, place), *side, **key) for place, side in (("old", old), ("new", new)))
    (table,) = diff_packages(*places, 99).tables
    return table


@settings(max_examples=40)
@given(TABLE, TABLE, st.sampled_from([3, match.MOST]))
def test_rows_of_random_tables_differ_as_dictionaries_of_them_do(old, new, most):
    wanted = [*expected(dict(old[0]), dict(new[0]))]
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(match, "MOST", most):
        table = only_table(folder, old, new, primaryKey=KEY)
    assert table.rows == (len(old[0]), len(new[0]))
    assert ordered((row.kind, tuple(row.key.values()), row.cells) for row in table.shown) == ordered(wanted)
    counts = {kind: sum(found == kind for found, _, _ in wanted) for kind in ("added", "removed", "changed")}
    assert {kind: table.total(kind) for kind in counts} == counts
    cells = [name for kind, _, cells in wanted if kind == "changed" for name in cells]
    assert table.cells == {name: cells.count(name) for name in cells}


FEW = st.tuples(st.lists(st.tuples(st.sampled_from(KEYS), st.just({}))), st.just(KEY), st.booleans())


@settings(max_examples=15)
@given(FEW, FEW, st.sampled_from([3, match.MOST]))
def test_rows_without_a_key_differ_as_multisets_of_them_do(old, new, most):
    then, now = (Counter(key for key, _ in side[0]) for side in (old, new))
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(match, "MOST", most):
        table = only_table(folder, old, new)
    for kind, rows in (("added", now - then), ("removed", then - now)):
        assert Counter(tuple(row.key[name] for name in KEY) for row in table.shown if row.kind == kind) == rows
    assert table.total("changed") == 0
