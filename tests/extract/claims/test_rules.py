import re

import pytest

from broadsheet.extract.claims import extract
from broadsheet.extract.claims.rules import RULES
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Figure, Found, Mention


def example(marked):
    """The text of an example without its brackets, and the words that stood in them."""
    return re.sub(r"[\[\]]", "", marked), re.findall(r"\[(.*?)\]", marked)


def found(text):
    """The army is named and 300 is a figure."""
    mentions = tuple(Mention(m.start(), m.end(), "ORG", key="army") for m in re.finditer("The army", text))
    figures = tuple(Figure(m.start(), m.end(), "about", 300, 300) for m in re.finditer("300", text))
    return Found(mentions=mentions, figures=figures)


@pytest.mark.parametrize(("rule", "marked"), RULES.items())
def test_the_example_of_a_rule_is_found_by_that_rule(rule, marked):
    text, content = example(marked)
    claims = extract(Article(text=text, passages=tuple(split_passages(text))), found(text))
    parts = [re.sub(r"\.$", "", part) for part in content]
    assert rule in [claim.rule for claim in claims]
    (claim,) = [claim for claim in claims if claim.rule == rule]
    assert [re.sub(r"\.$", "", text[part.start : part.end]) for part in claim.content] == parts
