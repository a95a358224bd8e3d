"""Constraints that cannot be worked with are refused before any cell is read."""

import polars as pl
import pytest

from broadsheet.validate.tabular import json_schemas
from broadsheet.validate.tabular.rules import RuleError, rules, unknown


def field(kind, **constraints):
    return {"name": "x", "type": kind, "constraints": constraints}


def refusal(one):
    """The one error in place of a rule."""
    (error,) = rules(one)
    assert isinstance(error, RuleError)
    return str(error)


def test_a_json_schema_asks_no_other_place():
    assert "is not followed" in refusal(
        field("object", jsonSchema={"properties": {"a": {"$ref": "https://example.invalid/a.json"}}})
    )


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
    assert "jsonSchema cannot be used" in refusal(field("object", jsonSchema=schema))


def test_a_json_schema_may_refer_to_its_own_parts_and_to_itself_once():
    parts = {
        "$ref": "#/$defs/a",
        "$defs": {"a": {"required": ["x"], "properties": {"x": {"$ref": "#/$defs/b"}}}, "b": {"type": "integer"}},
    }
    (rule,) = rules(field("object", jsonSchema=parts))
    assert rule.holds(pl.Series(['{"x": 1}', '{"x": "1"}', "{}"])).to_list() == [True, False, False]
    (rule,) = rules(field("object", jsonSchema={"properties": {"next": {"$ref": "#"}}, "required": ["id"]}))
    assert rule.holds(pl.Series(['{"id": 1, "next": {"id": 2}}', '{"id": 1, "next": {}}'])).to_list() == [True, False]


@pytest.mark.parametrize("pattern", ["[a-z", "(?<=a", "a{100000}{100000}", "(?=a)(b"])
def test_a_pattern_that_the_engine_does_not_read_is_refused(pattern):
    assert f"pattern '{pattern}' cannot be read" in refusal(field("string", pattern=pattern))


LOOKING = [
    ("(?!ab).*", ["ac", "ab", ""], [True, False, True]),
    ("(?<=a)b|c", ["b", "c"], [False, True]),
    (r"(.)\1", ["aa", "ab"], [True, False]),
]


@pytest.mark.parametrize(("pattern", "texts", "fitting"), LOOKING)
def test_a_pattern_that_looks_around_or_back_is_followed(pattern, texts, fitting):
    (rule,) = rules(field("string", pattern=pattern))
    assert rule.holds(pl.Series(texts)).to_list() == fitting


LONG = [(r"(a|aa)+\1(?!b)c", "a" * 900), ("(?:(?!<script).)*b", "b" * 5_000)]


@pytest.mark.parametrize(("pattern", "text"), LONG)
def test_a_pattern_that_would_take_too_long_is_left_undecided(pattern, text, monkeypatch):
    (rule,) = rules(field("string", pattern=pattern))
    assert rule.holds(pl.Series([text])).to_list() == [None]
    monkeypatch.setattr(json_schemas, "SECONDS", -1.0)
    (rule,) = rules(field("string", pattern=pattern))
    assert rule.holds(pl.Series(["c"])).to_list() == [None]


def test_one_constraint_that_makes_no_sense_leaves_the_others():
    found = list(rules(field("string", pattern="[a-z", minLength=2, minimum=1)))
    assert [type(one).__name__ for one in found] == ["RuleError", "Rule", "RuleError"]


def test_what_is_not_a_number_is_within_no_bound():
    cells = pl.Series([float("nan"), 1.0])
    for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        (rule,) = rules(field("number", **{name: 1}))
        assert rule.holds(cells).to_list() == [False, not name.startswith("exclusive")]


def test_a_constraint_of_no_name_in_the_standard_is_told_with_the_nearest():
    assert list(unknown(field("string", maximun=1, required=True))) == [
        "constraint 'maximun' of field 'x' is none of Table Schema's, did you mean maximum?"
    ]
    assert list(unknown(field("string") | {"required": True})) == [
        "required of field 'x' stands outside of its constraints"
    ]
