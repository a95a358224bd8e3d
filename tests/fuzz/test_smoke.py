"""A little fuzzing at every run of the tests; `make fuzz` does more."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.fuzz.run import mutated, validated
from tests.fuzz.seeds import SEEDS
from tests.fuzz.strategies import V2, anything, descriptors, tables

from broadsheet.validate import validate_path

lenient = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


@pytest.mark.parametrize("seed", SEEDS, ids=[seed.__name__ for seed in SEEDS])
def test_what_is_mutated_is_valid_before(seed, tmp_path):
    report = validate_path(seed(tmp_path))
    assert report.ok, report.findings


def test_a_schema_that_is_no_object_in_one_of_two_resources_of_a_name_raises_nothing(tmp_path):
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    resources = [{"name": "x", "data": [{"id": 1}], "schema": stated} for stated in ("\t", schema)]
    (tmp_path / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))
    validated(tmp_path)


def test_mutated_packages_raise_nothing(tmp_path):
    for seed in range(150):
        folder = tmp_path / str(seed)
        folder.mkdir()
        validated(mutated(folder, seed))


@lenient
@given(descriptors() | anything)
def test_descriptors_of_anything_raise_nothing(descriptor):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "datapackage.json").write_text(json.dumps(descriptor))
        Path(folder, "data.csv").write_text("a,b\n1,x\n")
        validated(Path(folder))


@lenient
@given(tables())
def test_tables_of_values_of_their_types_are_valid(table):
    schema, data = table
    with tempfile.TemporaryDirectory() as folder:
        resource = {"name": "a", "path": "data.csv", "schema": schema}
        Path(folder, "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": [resource]}))
        Path(folder, "data.csv").write_bytes(data)
        report = validate_path(Path(folder))
        assert report.ok, report.findings
