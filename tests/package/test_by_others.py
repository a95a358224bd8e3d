"""The package as its readers see it: every reader gives the same cells, and frictionless finds no fault."""

import json
import re
import subprocess
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as parquet
import pytest

BLOCK = re.compile(r"```r\n(.*?)```", re.DOTALL)


def tables(package):
    return [resource["name"] for resource in json.loads((package / "datapackage.json").read_text())["resources"]]


def test_polars_duckdb_and_pandas_read_the_same_cells(sample_package):
    for name in tables(sample_package):
        path = sample_package / "parquet" / f"{name}.parquet"
        rows = parquet.read_table(path).to_pylist()
        assert pl.read_parquet(path).to_dicts() == rows
        assert duckdb.sql(f"select * from '{path}'").to_arrow_table().to_pylist() == rows
        csv = pd.read_csv(sample_package / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
        for texts, row in zip(csv.values.tolist(), rows, strict=True):
            assert all(map(_is_same, texts, row.values()))


def _is_same(text: str, cell) -> bool:
    """Whether the text of a CSV cell says the value."""
    if cell is None:
        return text == ""
    if isinstance(cell, bool):
        return text == str(cell).lower()
    return float(text) == cell if isinstance(cell, float) else text == str(cell)


def test_r_reads_every_csv_with_the_types_of_the_descriptor(sample_package, rscript, tmp_path):
    (code,) = (code for code in BLOCK.findall((sample_package / "README.md").read_text()) if "library(readr)" in code)
    write = (
        f'for (name in names(tables)) write_csv(tables[[name]], file.path("{tmp_path}", paste0(name, ".csv")), na = "")'
    )
    check = "stopifnot(all(vapply(tables, function(t) nrow(problems(t)) == 0, TRUE)))"
    done = subprocess.run(
        [rscript, "-e", "\n".join([code, check, write])], cwd=sample_package, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    options = {"keep_default_na": False, "na_values": [""]}
    for name in tables(sample_package):
        ours = pd.read_csv(sample_package / "data" / f"{name}.csv", **options)
        theirs = pd.read_csv(tmp_path / f"{name}.csv", **options)
        for column in ours.columns:
            if ours[column].dtype == bool:
                theirs[column] = theirs[column].astype(bool)
        pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)


@pytest.mark.filterwarnings("default")
def test_frictionless_finds_the_package_valid(sample_package):
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", str(sample_package / "datapackage.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_parquet_holds_the_table_schema_and_field_descriptions(sample_package):
    schema = parquet.read_schema(sample_package / "parquet" / "dates.parquet")
    assert json.loads(schema.metadata[b"tableschema"])["name"] == "dates"
    assert schema.field("surface").metadata[b"description"]


def test_sha256sum_agrees_with_the_list(sample_package):
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=sample_package, check=True)
