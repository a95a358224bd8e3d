"""Columns of Parquet, as its many writers store them, read as the types of Table Schema."""

import datetime
import json
import uuid
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from broadsheet.validate import validate_path

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
DAY, TIME = datetime.date(2021, 8, 31), datetime.datetime(2021, 8, 31, 15)


def found_in(folder, column, **field):
    parquet.write_table(pa.table({"x": column}), folder / "t.parquet")
    resource = {"name": "t", "path": "t.parquet", "schema": {"fields": [{"name": "x", **field}]}}
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": [resource]}))
    return [(one.code, one.row, one.value, one.message) for one in validate_path(folder).findings]


RIGHT = {
    "whole decimals": (pa.array([Decimal(5), None], pa.decimal128(38, 0)), "integer"),
    "whole decimals with a scale": (pa.array([Decimal("5.00")], pa.decimal128(10, 2)), "integer"),
    "wide decimals": (pa.array([Decimal("5.5")], pa.decimal256(50, 2)), "number"),
    "categories": (pa.array(["a", "b", "a"]).dictionary_encode(), "string"),
    "large texts": (pa.array(["a"], pa.large_string()), "string"),
    "JSON": (pa.array(['{"a":1}'], pa.json_()), "object"),
    "lists": (pa.array([["a", "b"], None]), "list"),
    "lists as arrays": (pa.array([[1, 2], []]), "array"),
    "lists of days": (pa.array([[DAY]]), "array"),
    "structs of times": (pa.array([{"a": TIME, "b": b"x", "c": Decimal("1.5")}]), "object"),
    "bytes of any type": (pa.array([b"\xff\x00"]), "any"),
    "zoned times": (pa.array([TIME], pa.timestamp("us", "Europe/Oslo")), "datetime"),
    "UUIDs": (pa.array([uuid.UUID(int=5).bytes, None], pa.uuid()), "string"),
    "small integers": (pa.array([1], pa.int8()), "integer"),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_a_column_that_is_of_the_fields_type_is_right(tmp_path, kind):
    column, type_of = RIGHT[kind]
    form = "uuid" if kind == "UUIDs" else "default"
    assert found_in(tmp_path, column, type=type_of, format=form) == []


WRONG = {
    "decimals with a fraction": (pa.array([Decimal("5.5")]), "integer", "'5.5' is no integer; expected a whole number"),
    "texts of times": (
        pa.array(["10:00:00"]),
        "time",
        "'10:00:00' is stored as String; expected time; cast the column",
    ),
    "numbers of truths": (pa.array([1]), "boolean", "'1' is stored as Int64; expected boolean; cast the column"),
    "lists of other items": (pa.array([["a"]]), "list", """'["a"]' is no list; expected items with a delimiter"""),
    "numbers that are lists": (
        pa.array([[1.5, 2.0]]),
        "number",
        "'[1.5,2.0]' is stored as List(Float64); expected number",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_column_that_is_not_says_as_what_it_is_stored(tmp_path, kind):
    column, type_of, text = WRONG[kind]
    items = {"itemType": "integer"} if type_of == "list" else {}
    ((code, row, _, message),) = found_in(tmp_path, column, type=type_of, **items)
    assert (code, row) == ("type-error", 2)
    assert message.startswith(text)


def test_integers_that_64_bits_do_not_hold_are_told_as_such(tmp_path):
    ((code, _, value, _),) = found_in(tmp_path, pa.array([2**64 - 1], pa.uint64()), type="integer")
    assert (code, value) == ("integer-range", str(2**64 - 1))


def test_keys_of_decimals_have_all_of_their_digits(tmp_path):
    column = pa.array([Decimal("9007199254740992.1"), Decimal("9007199254740992.2")])
    assert found_in(tmp_path, column, type="number", constraints={"unique": True}) == []


@pytest.mark.parametrize("type_of", ["date", "array", "string", "any"])
@pytest.mark.parametrize("is_nested", [True, False])
def test_a_day_that_nobody_has_ends_as_a_finding_or_not_at_all(tmp_path, type_of, is_nested):
    far = pa.array([2**31 - 1], pa.int32()).cast(pa.date32())
    column = pa.ListArray.from_arrays([0, 1], far) if is_nested else far
    found = found_in(tmp_path, column, type=type_of, constraints={"required": True, "unique": True})
    assert {code for code, *_ in found} <= {"type-error", "source-error"}
