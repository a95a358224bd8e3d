import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import PluginError
from broadsheet.records import Article, Claim, Date, Figure, Found, Mention, Passage, Span
from broadsheet.tables.ids import distinct_ids
from broadsheet.tables.places import Part, holding_parts
from broadsheet.tables.rows import rows_of

TEXT = "On Tuesday, Anna said that 12 men had left Kabul."
ARTICLE = Article(TEXT, (Passage("paragraph", 0, len(TEXT)),), datetime.date(2021, 8, 31), article_id="a0")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


FOUND = Found(
    dates=(Date(*at("Tuesday"), "DATE", "weekday", "2021-08-31"),),
    mentions=(Mention(*at("Anna"), "PERSON", key="anna"), Mention(*at("Kabul"), "GPE", key="kabul")),
    figures=(Figure(*at("12"), "exact", 12.0, 12.0),),
    claims=(Claim("indirect", (at("12 men had left Kabul"),), "said", source=(at("Anna"),), cue=(at("said"),)),),
)


def test_mentions_know_their_claim_and_their_role_in_it():
    rows = rows_of(ARTICLE, FOUND)["mentions"]
    assert [(row["surface"], row["claim_id"], row["claim_role"]) for row in rows] == [
        ("Anna", "a0.27-48", "source"),
        ("Kabul", "a0.27-48", "content"),
    ]


def test_a_figure_belongs_to_the_claim_whose_content_holds_it():
    rows = rows_of(ARTICLE, FOUND)
    assert [(row["figure_id"], row["surface"]) for row in rows["figures"]] == [("a0.27-48.27-29", "12")]
    assert rows["claims"][0]["figure_count"] == 1


def test_parts_of_a_claim_have_ids_of_role_and_number():
    rows = rows_of(ARTICLE, FOUND)["claim_spans"]
    assert [row["span_id"] for row in rows] == ["a0.27-48.source0", "a0.27-48.cue0", "a0.27-48.content0"]


def test_a_span_outside_every_passage_is_the_extractors_fault():
    article = Article(TEXT, (Passage("paragraph", 0, 20),), article_id="a0")
    with pytest.raises(PluginError, match="within no passage"):
        rows_of(article, FOUND)


spans = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(st.tuples(spans, st.sampled_from(["DATE", "SET"]))))
def test_ids_are_never_repeated(items):
    assert len(set(distinct_ids("a0", items))) == len(items)


@given(st.lists(spans), st.lists(spans))
def test_the_sweep_finds_the_parts_that_hold_a_span(inner, outer):
    inner.sort()
    parts = [Part(span, number, "content") for number, span in enumerate(outer)]
    expected = [{part.claim for part in parts if part.span.holds(span)} for span in inner]
    assert [{part.claim for part in found} for found in holding_parts(inner, parts)] == expected
