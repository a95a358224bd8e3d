"""Constraints that cannot be worked with are refused before any cell is read."""

import polars as pl
import pytest

from broadsheet.validate.tabular.rules import RuleError, rules


def field(kind, **constraints):
    return {"name": "x", "type": kind, "constraints": constraints}


def test_a_json_schema_asks_no_other_place():
    with pytest.raises(RuleError, match="is not followed"):
        list(rules(field("object", jsonSchema={"properties": {"a": {"$ref": "https://example.invalid/a.json"}}})))


def test_a_reference_to_nothing_makes_no_cell_right():
    (rule,) = rules(field("object", jsonSchema={"$ref": "#/nowhere"}))
    assert rule.holds(pl.Series(["{}"])).to_list() == [False]


@pytest.mark.parametrize("pattern", ["[a-z", "(?<=a)b", "a{100000}{100000}"])
def test_a_pattern_that_the_engine_does_not_read_is_refused(pattern):
    with pytest.raises(RuleError, match="pattern"):
        list(rules(field("string", pattern=pattern)))
