"""The package as other programs see it: frictionless, sha256sum, and whoever looks into a Parquet file."""

import json
import subprocess
import sys

import pyarrow.parquet as parquet
import pytest


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
