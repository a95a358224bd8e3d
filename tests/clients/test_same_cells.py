"""One package, every reader: the same cells by pandas, polars, DuckDB, pyarrow, frictionless and R."""

import csv
import datetime as dt
import hashlib
import json
import re
import shutil

import pyarrow as pa
import pytest
from tests.clients.readers import ARROW, FROM_CSV, FROM_PARQUET, IN_R, LOADED, in_r, of_r, types

from broadsheet.package.files import write_table
from broadsheet.package.snippets import LOADING

PLAIN = {"string": str, "integer": int, "number": float, "boolean": bool, "date": dt.date}
README = "\n".join(re.findall(r"```r\n(library\(jsonlite\).*?)```", LOADING, re.DOTALL))


def resources(package):
    return json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]


def differences(found, expected, kinds):
    """Places where cells are not the same: in type, value, or the sign of zero."""
    assert list(found) == list(expected) == list(kinds)
    for name, kind in kinds.items():
        assert len(found[name]) == len(expected[name])
        for row, (ours, theirs) in enumerate(zip(found[name], expected[name], strict=True)):
            if ours is None or theirs is None:
                if ours is not theirs:
                    yield name, row, ours, theirs
            elif not type(ours) is type(theirs) is PLAIN[kind] or exact(ours) != exact(theirs):
                yield name, row, ours, theirs


def exact(cell):
    return cell.hex() if isinstance(cell, float) else cell


def same(found, expected, kinds):
    assert list(differences(found, expected, kinds)) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (0.0, -0.0, "number"),
        (0.1 + 0.2, 0.3, "number"),
        (1, 1.0, "number"),
        (1.0, 1, "integer"),
        (True, 1, "boolean"),
        (1, True, "integer"),
        ("", None, "string"),
        (float("nan"), None, "number"),
        ("2021-08-31", dt.date(2021, 8, 31), "date"),
        (dt.datetime(2021, 8, 31), dt.date(2021, 8, 31), "date"),
        ("e\u0301", "\u00e9", "string"),
    ],
)
def test_the_comparison_tells_apart_what_is_not_the_same(ours, theirs, kind):
    assert list(differences({"a": [ours]}, {"a": [theirs]}, {"a": kind}))


def said(package, resource):
    """The cells of a CSV file as Python's own csv has them, turned into values by nothing but the schema."""
    values = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": dt.date.fromisoformat,
    }
    with (package / resource["path"]).open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file, strict=True)
    kinds = types(resource)
    assert heads == list(kinds)
    return {
        name: [values[kinds[name]](cell) if cell else None for cell in column]
        for name, column in zip(heads, zip(*rows, strict=True), strict=True)
    }


@pytest.fixture(scope="module")
def without_parquet(published, tmp_path_factory):
    folder = shutil.copytree(published, tmp_path_factory.mktemp("csv") / "package")
    shutil.rmtree(folder / "parquet")
    return folder


@pytest.mark.filterwarnings("ignore::DeprecationWarning:frictionless")
@pytest.mark.parametrize("reader", [*FROM_PARQUET, *FROM_CSV, *LOADED])
def test_every_table_of_the_published_sample_is_the_same_by_every_reader(published, reader):
    read = {**FROM_PARQUET, **FROM_CSV, **LOADED}[reader]
    listed = resources(published)
    assert len(listed) == 9
    for resource in listed:
        same(read(published, resource), said(published, resource), types(resource))


@pytest.mark.parametrize("reader", LOADED)
def test_every_table_is_the_same_where_the_package_has_csv_files_alone(without_parquet, reader):
    for resource in resources(without_parquet):
        same(LOADED[reader](without_parquet, resource), said(without_parquet, resource), types(resource))


@pytest.mark.parametrize("reader", IN_R)
def test_every_table_of_the_published_sample_is_the_same_in_r(published, rscript, r_library, tmp_path, reader):
    code = IN_R[reader].replace("{readme}", README)
    found = in_r(rscript, r_library, code, published, tmp_path / "cells.json")
    assert list(found) == [resource["name"] for resource in resources(published)]
    for resource in resources(published):
        kinds = types(resource)
        columns = {name: of_r(column, kinds[name]) for name, column in found[resource["name"]].items()}
        same(columns, said(published, resource), kinds)


TEXTS = [
    *('"', '""', 'a "b" c', ",", ";\t|", "'", "\\", "\\n", '\\"', "#", "# no comment"),
    *("two\nlines", "\n", "one\r\ntwo", "a\rb", " first", "last ", " ", "\t", "\u00a0", "\u2028", "\x7f"),
    *("NA", "N/A", "#N/A", "null", "NULL", "None", "nan", "NaN", "-", ".", "?", "true", "FALSE", "inf"),
    *("007", "+1", "1e5", "1,5", "0x1A", "12345e6789012345", "2021-08-31", "=1+1", "@x", "[]", "{}"),
    *("🗞", "👩🏽‍🚒", "e\u0301", "\u00e9", "ﬀ", "اردو", "\U0010ffff", "\ufeffx", "ẞ", "\u200b", None),
]
WHOLE = [0, -1, 2**31, -(2**31), 2**53 - 1, None]
BEYOND = [2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63)]
NUMBERS = [0.1, 1 / 3, -0.0, 1e300, -1e-300, 5e-324, 1.7976931348623157e308, 123456.7891, 2.5e-5, 1e22, 0.3, None]
DAYS = [
    dt.date(1, 1, 1),
    dt.date(9999, 12, 31),
    dt.date(1969, 12, 31),
    dt.date(1582, 10, 10),
    dt.date(2000, 2, 29),
    None,
]
COLUMNS = {
    "id": ("string", [f"r{number}" for number in range(len(TEXTS))]),
    "text": ("string", TEXTS),
    "whole": ("integer", WHOLE),
    "number": ("number", NUMBERS),
    "yes": ("boolean", [True, False, None]),
    "day": ("date", DAYS),
}


def filled(columns):
    """The columns, each repeated to the length of the longest."""
    longest = max(len(cells) for _, cells in columns.values())
    return {name: [cells[row % len(cells)] for row in range(longest)] for name, (_, cells) in columns.items()}


def made(folder, columns):
    """A package of one table, written as broadsheet writes its own."""
    kinds = {name: kind for name, (kind, _) in columns.items()}
    fields = [{"name": name, "type": kind, "title": name, "description": name} for name, kind in kinds.items()]
    schema = {"fields": fields, "primaryKey": ["id"]}
    rows = pa.table(filled(columns), pa.schema([(name, ARROW[kind]) for name, kind in kinds.items()]))
    written = write_table("odd", rows.to_batches(), schema, folder)
    resource = {
        "name": "odd",
        "type": "table",
        "profile": "tabular-data-resource",
        "path": "data/odd.csv",
        "encoding": "utf-8",
        "bytes": written.csv_bytes,
        "hash": f"sha256:{written.csv_sha256}",
        "rows": written.rows,
        "schema": schema,
    }
    twin = resource | {"path": "odd.parquet", "hash": f"sha256:{written.parquet_sha256}", "format": "parquet"}
    del twin["bytes"]
    for place, item in ((folder, resource), (folder / "parquet", twin)):
        (place / "datapackage.json").write_text(json.dumps({"name": "odd", "resources": [item]}))
    assert hashlib.sha256((folder / "data" / "odd.csv").read_bytes()).hexdigest() == written.csv_sha256
    return folder


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    return made(tmp_path_factory.mktemp("odd"), COLUMNS)


@pytest.mark.parametrize("reader", [*FROM_PARQUET, *FROM_CSV, *LOADED])
def test_odd_cells_are_what_was_written_by_every_reader(odd, reader):
    (resource,) = resources(odd)
    found = {**FROM_PARQUET, **FROM_CSV, **LOADED}[reader](odd, resource)
    same(found, filled(COLUMNS), types(resource))


@pytest.mark.parametrize("reader", IN_R)
def test_odd_cells_are_what_was_written_in_r(odd, rscript, r_library, tmp_path, reader):
    (resource,) = resources(odd)
    found = in_r(rscript, r_library, IN_R[reader].replace("{readme}", README), odd, tmp_path / "cells.json")["odd"]
    kinds = types(resource)
    columns = {name: of_r(column, kinds[name]) for name, column in found.items()}
    same(columns, filled(COLUMNS) | KNOWN_IN_R.get(reader, dict)(columns), kinds)


def unsigned_zeros(_):
    return {"number": [cell or (None if cell is None else 0.0) for cell in filled(COLUMNS)["number"]]}


def numbers_nearly(columns):
    for ours, theirs in zip(columns["number"], filled(COLUMNS)["number"], strict=True):
        assert (ours is None) == (theirs is None)
        assert ours is None or ours == pytest.approx(theirs, rel=1e-12, abs=1e-300)
    return {"number": columns["number"]}


KNOWN_IN_R = {
    "readr, as the README has it": unsigned_zeros,  # JSON's -0 is an integer to jsonlite
    "readr, as R's frictionless calls it": numbers_nearly,  # readr rounds not always to the nearest double
}
"""What readers of R that are not ours are known to give otherwise."""


@pytest.mark.parametrize("reader", [*FROM_PARQUET, *FROM_CSV, *LOADED])
def test_whole_numbers_that_no_double_holds_are_kept(tmp_path, reader):
    columns = {"id": ("string", ["a", "b", "c", "d", "e"]), "whole": ("integer", [*BEYOND, None])}
    package = made(tmp_path, columns)
    (resource,) = resources(package)
    found = {**FROM_PARQUET, **FROM_CSV, **LOADED}[reader](package, resource)
    same(found, filled(columns), types(resource))


def test_an_empty_text_is_told_from_a_missing_one_in_parquet_alone(tmp_path):
    """What Table Schema says: in a CSV file the empty cell is missing, in quotes or not."""
    columns = {"id": ("string", ["a", "b"]), "text": ("string", ["", None])}
    package = made(tmp_path, columns)
    (resource,) = resources(package)
    for read in (*FROM_PARQUET.values(), *LOADED.values()):
        same(read(package, resource), filled(columns), types(resource))
    shutil.rmtree(package / "parquet")
    for read in LOADED.values():
        same(read(package, resource), {"id": ["a", "b"], "text": [None, None]}, types(resource))
