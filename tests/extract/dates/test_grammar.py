"""Every rule finds its examples, as its table in the grammar states them."""

import re

import pytest
from tests.extract.dates.articles import dates_of

from broadsheet.extract.dates.grammar import MACROS, RULES
from broadsheet.extract.dates.lexicon import CLASSES

BRACKETS = re.compile(r"\[([^]]*)\]")


def read_example(example):
    """The text without its brackets, and the rows that it states: surface, type, value and mod."""
    marked, stated = example.split(" => ")
    surfaces = BRACKETS.findall(marked)
    rows = [(surface, *row.split()) for surface, row in zip(surfaces, filter(None, stated.split("; ")), strict=True)]
    return marked.replace("[", "").replace("]", ""), [(*row, *("-" * (4 - len(row)))) for row in rows]


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.examples],
    ids=lambda part: getattr(part, "id", part),
)
def test_every_rule_finds_its_example(rule, example):
    text, stated = read_example(example)
    found = [
        (text[d.start : d.end], d.type, d.value or "-", d.mod or "-") for d in dates_of(text) if d.type != "INTERVAL"
    ]
    if stated:
        assert rule.id in {date.rule for date in dates_of(text)}
    assert [row for row in found if row in stated or not stated] == stated


def test_every_rule_has_an_example_and_an_id_of_its_own():
    assert all(rule.examples for rule in RULES)
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_macro_is_used():
    used = " ".join((*(rule.pattern for rule in RULES), *MACROS.values()))
    assert [name for name in MACROS if not re.search(rf"\b{name}\b", used)] == []


def test_every_class_of_the_lexicon_is_used():
    used = " ".join((*(rule.pattern for rule in RULES), *MACROS.values()))
    assert [name for name in CLASSES if not re.search(rf"\b{name}\b", used)] == []
