import pytest

from broadsheet.extract.claims import extract
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Figure, Found, Mention


def statements(text, named=("Freedonia", "Ann Lee", "Springfield"), figures=("300", "12")):
    """(content, rule, event) of every statement."""
    mentions = tuple(
        Mention(text.index(name), text.index(name) + len(name), "PERSON" if " " in name else "GPE", key=name)
        for name in sorted(named, key=lambda name: text.find(name))
        if name in text
    )
    found = Found(
        mentions=mentions,
        figures=tuple(
            Figure(text.index(number), text.index(number) + len(number), "exact", float(number), float(number))
            for number in figures
            if number in text
        ),
    )
    claims = extract(Article(text=text, passages=tuple(split_passages(text))), found)
    return [
        (text[claim.span.start : claim.span.end], claim.rule, claim.event_lemma)
        for claim in claims
        if claim.kind == "statement"
    ]


EVENTS = [
    ("Freedonia captured the town.", "capture"),
    ("The army of Freedonia seized the port.", "seize"),
    ("Ann Lee was killed by robbers.", "kill"),
    ("The town has been taken by Freedonia.", "take"),
    ("Ann Lee met the engineers.", "meet"),
    ("Freedonia withdrew its soldiers.", "withdraw"),
    ("The men of Freedonia have fled.", "flee"),
    ("Ann Lee had fought the flood.", "fight"),
    ("Freedonia has sharply raised its taxes.", "raise"),
    ("Freedonia was not defeated.", "defeat"),
]


@pytest.mark.parametrize(("text", "event"), EVENTS)
def test_a_past_event_with_a_named_actor_is_a_statement(text, event):
    assert statements(text) == [(text[:-1], "statement-event", event)]


def test_a_sentence_with_a_figure_is_a_statement():
    assert statements("Some 300 people live beside the bridge.") == [
        ("Some 300 people live beside the bridge", "statement-figure", None)
    ]
    assert statements("Some 300 people have lived beside the bridge.") == [
        ("Some 300 people have lived beside the bridge", "statement-figure", "live")
    ]


NO_STATEMENT = [
    "Freedonia is a small country.",
    "Freedonia should leave the union.",
    "Freedonia may leave the union.",
    "Freedonia will leave the union.",
    "I met Ann Lee.",
    "Did Freedonia leave the union?",
    "People like Ann Lee.",
    "They left the town.",
    "Freedonia has many bridges.",
    "A day in Freedonia",
]


@pytest.mark.parametrize("text", NO_STATEMENT)
def test_background_opinion_forecast_and_questions_are_no_statements(text):
    assert statements(text) == []


def test_a_sentence_that_attributes_its_content_states_nothing_of_its_own():
    assert statements("Ann Lee said that Freedonia captured the town.") == []


def test_an_opening_adverb_does_not_belong_to_a_statement():
    assert statements("However, Freedonia captured the town.")[0][0] == "Freedonia captured the town"


def test_an_although_clause_and_its_main_clause_are_two_statements():
    text = "Although Freedonia captured the town, Ann Lee had escaped from the siege."
    assert [content for content, _, _ in statements(text)] == [
        "Freedonia captured the town",
        "Ann Lee had escaped from the siege",
    ]


def test_headings_and_captions_state_nothing():
    text = "Freedonia captured the town\n\n[Ann Lee was seen at the port.]"
    assert statements(text) == []
