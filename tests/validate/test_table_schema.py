"""`broadsheet.schema`: the rules of a table for pandera, which finds what `validate` finds."""

import json
import subprocess
import sys

import pandera.errors
import polars as pl
import pytest

import broadsheet
from broadsheet.errors import SchemaError, UsageError
from broadsheet.schemas import TABLES, built_in_schemas, field_names
from broadsheet.validate.constraints import constraints_hold
from broadsheet.validate.contents import Table

FIELDS = [
    {"name": "a", "type": "string", "constraints": {"required": True}},
    {"name": "b", "type": "integer"},
    {"name": "c", "type": "integer", "constraints": {"unique": True}},
]
SCHEMA = {"fields": FIELDS, "primaryKey": ["a", "b"], "uniqueKeys": [["b", "c"]]}


def package(folder, schema=SCHEMA):
    (folder / "datapackage.json").write_text(
        json.dumps({"resources": [{"name": "t", "path": "t.csv", "schema": schema}]})
    )
    return folder


def broken(schema, rows) -> set[str]:
    """The checks that pandera finds broken."""
    frame = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.Int64, "c": pl.Int64}, orient="row")
    try:
        schema.to_pandera().validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return set(errors.failure_cases["check"])
    return set()


CATEGORIES = [{"value": "x", "label": "ex"}]
ROWS = [
    ([("x", 1, 1), ("x", 2, 2)], set()),
    ([("x", 1, 1), ("x", 1, 2)], {"unique a, b"}),
    ([("x", 1, 1), ("y", 1, 1)], {"unique c", "unique b, c"}),
    ([("x", 1, None), ("y", 1, None)], set()),
    ([("x", None, 1)], {"not_nullable"}),
    ([(None, 1, 1)], {"not_nullable"}),
]


@pytest.mark.parametrize(("rows", "checks"), ROWS)
def test_keys_are_among_the_rules(tmp_path, rows, checks):
    assert broken(broadsheet.schema("t", package(tmp_path)), rows) == checks


@pytest.mark.parametrize(("value", "checks"), [("x", set()), (None, set()), ("ex", {"enum x"})])
def test_categories_are_among_the_rules(tmp_path, value, checks):
    fields = [{"name": "a", "type": "string", "categories": CATEGORIES}, *FIELDS[1:]]
    assert broken(broadsheet.schema("t", package(tmp_path, {"fields": fields})), [(value, 1, 1)]) == checks


@pytest.mark.parametrize("kind", [pl.String, pl.Enum(["x", "y"]), pl.Categorical])
def test_closed_values_may_be_of_each_type_of_text_that_polars_has(tmp_path, kind):
    fields = [{"name": "a", "type": "string", "constraints": {"enum": ["x"], "minLength": 1}}]
    schema = broadsheet.schema("t", package(tmp_path, {"fields": fields})).to_pandera()
    assert schema.validate(pl.DataFrame({"a": pl.Series(["x", None], dtype=kind)}), lazy=True).height == 2
    with pytest.raises(pandera.errors.SchemaErrors, match="enum x"):
        schema.validate(pl.DataFrame({"a": pl.Series(["y"], dtype=kind)}), lazy=True)


def test_numbers_are_no_closed_values_of_text(tmp_path):
    fields = [{"name": "a", "type": "string", "constraints": {"enum": ["1"]}}]
    schema = broadsheet.schema("t", package(tmp_path, {"fields": fields})).to_pandera()
    with pytest.raises(pandera.errors.SchemaErrors, match="type String"):
        schema.validate(pl.DataFrame({"a": [1]}), lazy=True)


@pytest.mark.parametrize("table", TABLES)
def test_what_load_gives_fits_pandera(sample_package, table):
    frame = broadsheet.load(sample_package, table, engine="polars")
    assert broadsheet.schema(table).to_pandera().validate(frame, lazy=True).height == frame.height


@pytest.mark.parametrize("table", TABLES)
def test_what_a_build_puts_in_place_fits_pandera(sample_package, table):
    frame = pl.read_parquet(sample_package / "parquet" / f"{table}.parquet")
    for schema in (broadsheet.schema(table), broadsheet.schema(table, sample_package)):
        assert schema.to_pandera().validate(frame, lazy=True).height == frame.height


WRONG = {"pattern": "\n", "enum": "\n", "minimum": -1_000_000, "maximum": 1_000_000, "required": None, "minLength": ""}
"""For each constraint of our schemas a value that breaks it, whatever it is."""


def _constrained():
    for table, schema in built_in_schemas().items():
        for field in schema["fields"]:
            for constraint in field.get("constraints", {}):
                if constraint in WRONG and field["type"] in ("string", "integer", "number"):
                    yield table, field["name"], constraint


@pytest.mark.parametrize(("table", "field", "constraint"), list(_constrained()))
def test_pandera_finds_a_broken_cell_of_our_own_tables_as_the_gate_does(
    sample_package, tmp_path, table, field, constraint
):
    path = sample_package / "parquet" / f"{table}.parquet"
    frame = pl.read_parquet(path).head(5)
    wrong = pl.Series([WRONG[constraint], *frame[field].to_list()[1:]], dtype=frame.schema[field])
    frame = frame.with_columns(wrong.alias(field))
    frame.write_parquet(tmp_path / "t.parquet")
    ours = {
        finding.field
        for faults in constraints_hold(Table(table, built_in_schemas()[table], parquet=tmp_path / "t.parquet"))
        for finding in faults.findings
    }
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        broadsheet.schema(table).to_pandera().validate(frame, lazy=True)
    assert ours == {field}
    assert field in caught.value.failure_cases["column"].to_list()


def test_the_constraints_of_our_schemas_are_tried():
    assert {constraint for *_, constraint in _constrained()} >= {"pattern", "enum", "minimum", "required"}


def test_the_schema_is_a_copy():
    broadsheet.schema("claims").descriptor["fields"].clear()
    assert field_names(broadsheet.schema("claims").descriptor)[0] == "claim_id"


def test_a_schema_may_be_a_file_of_the_package(tmp_path):
    (tmp_path / "t.json").write_text(json.dumps(SCHEMA))
    assert broadsheet.schema("t", package(tmp_path, "t.json")).descriptor == SCHEMA


MISTAKES = [
    ("u", SCHEMA, UsageError, "there is no table 'u'"),
    ("t", {"fields": []}, SchemaError, "cannot be used"),
    ("t", 3, SchemaError, "cannot be used"),
    ("t", "../t.json", SchemaError, "leads out of the folder"),
    ("t", "https://example.org/t.json", SchemaError, "is a URL"),
]


@pytest.mark.parametrize(("table", "schema", "error", "said"), MISTAKES, ids=[said for *_, said in MISTAKES])
def test_what_is_no_schema_of_a_table_is_refused(tmp_path, table, schema, error, said):
    with pytest.raises(error, match=said):
        broadsheet.schema(table, package(tmp_path, schema))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"name": "a", "type": "geopoint"}, "type 'geopoint' is not one of string"),
        ({"name": "a", "type": "string", "constraints": {"pattern": "("}}, "field 'a': pattern"),
        ({"name": "a", "type": "string", "constraints": {"jsonSchema": {}}}, "'jsonSchema' is not one of required"),
        ({"name": "b", "type": "string"}, "a key has the field 'a', which does not exist"),
        ({"name": "a", "type": "string", "categories": [{"label": "x"}]}, "categories is no list of values"),
    ],
)
def test_what_pandera_cannot_check_is_said(tmp_path, field, said):
    with pytest.raises(SchemaError, match=said):
        broadsheet.schema("t", package(tmp_path, {"fields": [field], "primaryKey": "a"})).to_pandera()


def test_a_misspelt_table_is_told_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'claims'"):
        broadsheet.schema("claimz")


def test_a_schema_imports_nothing_heavy_until_it_goes_to_pandera():
    code = "import sys, broadsheet; broadsheet.schema('claims'); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'pandera'" not in loaded
    assert "'polars'" not in loaded
