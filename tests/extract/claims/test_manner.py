import pytest

from broadsheet.extract.claims import extract, qualities
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found


def manner(text):
    return qualities.of(text, 0, len(text))


NEGATED = [
    "the bridge was not closed",
    "that the bridge has not fallen",
    "the bridge isn't closed",
    "they will not surrender",
    "they never crossed the river",
    "nobody crossed the river",
    "no one was hurt",
    "neither side won",
    "there were no deaths",
    "he has no money",
    "they failed to take the town",
    "not to open the bridge",
    "the town, which is old, was not taken",
    "they cannot win",
]


@pytest.mark.parametrize("text", NEGATED)
def test_a_negated_main_clause_is_negated(text):
    assert manner(text).negated


NOT_NEGATED = [
    "the bridge was closed",
    "the town is unconquered",
    "the bridge was closed because it was not safe",
    "he said what they did not know",
    "they left, but did not return",
]


@pytest.mark.parametrize("text", NOT_NEGATED)
def test_a_negation_elsewhere_does_not_negate_the_content(text):
    assert not manner(text).negated


CERTAINTY = [
    ("the bridge was closed", "asserted"),
    ("the bridge may be closed", "hedged"),
    ("the bridge might fall", "hedged"),
    ("the bridge was reportedly closed", "hedged"),
    ("the bridge is said to be old", "hedged"),
    ("the army has allegedly fled", "hedged"),
    ("the bridge appears to be old", "hedged"),
    ("perhaps the bridge is closed", "hedged"),
    ("the bridge will be closed", "future"),
    ("the bridge would be closed in May", "future"),
    ("they're going to close the bridge", "future"),
    ("if it rains, the bridge will be closed", "conditional"),
    ("the bridge will be closed unless it is repaired", "conditional"),
    ("is the bridge closed?", "question"),
    ("it looked as if the bridge was closed", "asserted"),
]


@pytest.mark.parametrize(("text", "certainty"), CERTAINTY)
def test_certainty_is_that_of_the_main_clause(text, certainty):
    assert manner(text).certainty == certainty


def test_a_hedge_has_its_place():
    text = "the bridge was reportedly closed"
    assert [text[span.start : span.end] for span in manner(text).hedge] == ["reportedly"]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("She asked whether the bridge was closed.", "question"),
        ("She promised to open the bridge.", "future"),
        ("She said it might rain.", "hedged"),
        ("She said that if it rained they would wait.", "conditional"),
        ("She said it rained.", "asserted"),
    ],
)
def test_a_claim_takes_its_certainty_from_content_and_cue(text, certainty):
    (claim,) = extract(Article(text=text, passages=tuple(split_passages(text))), Found())
    assert claim.certainty == certainty
