"""Constraints that cannot be worked with are refused before any cell is read."""

import polars as pl
import pytest

from broadsheet.validate.tabular.rules import RuleError, rules


def field(kind, **constraints):
    return {"name": "x", "type": kind, "constraints": constraints}


def test_a_json_schema_asks_no_other_place():
    with pytest.raises(RuleError, match="is not followed"):
        list(rules(field("object", jsonSchema={"properties": {"a": {"$ref": "https://example.invalid/a.json"}}})))


ENDLESS = [
    {"$ref": "#/nowhere"},
    {"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}},
    {"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"items": {"$ref": "#/$defs/a"}}}},
    {"allOf": [{"$ref": "#/definitions/a"}] * 31, "definitions": {"a": {}}},
    {"pattern": "(a{1000}){1000}"},
    {"type": "wrong"},
]


@pytest.mark.parametrize("schema", ENDLESS, ids=[str(schema)[:30] for schema in ENDLESS])
def test_a_json_schema_that_may_take_for_ever_or_is_none_is_refused(schema):
    with pytest.raises(RuleError, match="jsonSchema cannot be used"):
        list(rules(field("object", jsonSchema=schema)))


def test_a_json_schema_may_refer_to_its_own_parts_and_to_itself_once():
    parts = {
        "$ref": "#/$defs/a",
        "$defs": {"a": {"required": ["x"], "properties": {"x": {"$ref": "#/$defs/b"}}}, "b": {"type": "integer"}},
    }
    (rule,) = rules(field("object", jsonSchema=parts))
    assert rule.holds(pl.Series(['{"x": 1}', '{"x": "1"}', "{}"])).to_list() == [True, False, False]
    (rule,) = rules(field("object", jsonSchema={"properties": {"next": {"$ref": "#"}}, "required": ["id"]}))
    assert rule.holds(pl.Series(['{"id": 1, "next": {"id": 2}}', '{"id": 1, "next": {}}'])).to_list() == [True, False]


@pytest.mark.parametrize("pattern", ["[a-z", "(?<=a)b", "a{100000}{100000}"])
def test_a_pattern_that_the_engine_does_not_read_is_refused(pattern):
    with pytest.raises(RuleError, match="pattern"):
        list(rules(field("string", pattern=pattern)))
