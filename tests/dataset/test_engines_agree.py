"""Tables of any cells: what is written is what every engine gives."""

import datetime as dt
import json
import math
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
from hypothesis import given, settings
from hypothesis import strategies as st

import broadsheet

TYPES = {"text": "string", "kind": "string", "whole": "integer", "number": "number", "true": "boolean", "day": "date"}
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
KINDS = ["NA", "b", "", "a"]
ROW = st.fixed_dictionaries(
    {
        "text": st.none() | st.sampled_from(["NA", "None", "nan", "", "\0"]) | st.text(max_size=8),
        "kind": st.none() | st.sampled_from(KINDS),
        "whole": st.none() | st.integers(-(2**63), 2**63 - 1),
        "number": st.none() | st.floats(allow_nan=False),
        "true": st.none() | st.booleans(),
        "day": st.none() | st.dates(),
    }
)


def package(folder, rows):
    fields = [{"name": name, "type": kind} for name, kind in TYPES.items()]
    fields[1]["constraints"] = {"enum": KINDS}
    resource = {"name": "rows", "path": "rows.parquet", "schema": {"fields": fields}}
    (folder / "datapackage.json").write_text(json.dumps({"name": "rows", "resources": [resource]}))
    schema = pa.schema([(name, ARROW[kind]) for name, kind in TYPES.items()])
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "rows.parquet")
    return folder


def of_pandas(frame):
    """The rows of a pandas frame; a cell is missing where pandas says so."""
    missing = frame.isna()
    for place in range(len(frame)):
        row = {name: None if missing[name].iloc[place] else frame[name].iloc[place] for name in frame.columns}
        assert row["day"] is None or row["day"].time() == dt.time()
        yield row | {"day": row["day"] and row["day"].date()}


def of_duckdb(relation):
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


@settings(max_examples=40)
@given(st.lists(ROW, max_size=5))
def test_every_engine_gives_the_rows_that_were_written(rows):
    with tempfile.TemporaryDirectory() as name:
        dataset = broadsheet.load(package(Path(name), rows), verify=False)
        assert list(of_pandas(dataset.rows)) == rows
        assert dataset.table("rows", engine="polars").to_dicts() == rows
        assert dataset.table("rows", engine="pyarrow").to_pylist() == rows
        assert of_duckdb(dataset.table("rows", engine="duckdb")) == rows


def test_a_number_that_is_none_is_not_missing(tmp_path):
    row = dict.fromkeys(TYPES) | {"number": math.nan}
    dataset = broadsheet.load(package(tmp_path, [row]), verify=False)
    assert math.isnan(dataset.table("rows", engine="polars")["number"][0])
    assert math.isnan(dataset.table("rows", engine="pyarrow")["number"][0].as_py())
    assert math.isnan(of_duckdb(dataset.table("rows", engine="duckdb"))[0]["number"])
