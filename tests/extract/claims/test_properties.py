import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extract.claims import cues, extract, rules
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found, Mention

VOCABULARY = (
    "She said told that the mayor according to , . : ; “ ” \" ' ’ ( ) — ? and who Ann Lee , adding called on Monday , "
    "which asked whether if \n\n 300 not may report claims says ; to ‘ ’ '' `` ... Mr. U.S. — was closed"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200)


def article(text):
    return Article(text=text, passages=tuple(split_passages(text)))


def check(made, found):
    passages = [passage.span for passage in made.passages]
    claims = extract(made, found)
    assert list(claims) == sorted(claims, key=lambda claim: claim.span)
    for claim in claims:
        assert claim.content
        assert list(claim.content) == sorted(claim.content)
        for span in (*claim.content, *claim.source, *claim.cue, *claim.hedge):
            words = made.text[span.start : span.end]
            assert words
            assert words == words.strip()
        for part in claim.content:
            assert any(passage.holds(part) for passage in passages)


@given(TEXTS)
def test_every_span_is_trimmed_and_lies_in_one_passage(text):
    check(article(text), Found())


def test_a_conjunction_with_nothing_but_commas_after_it_is_no_clause():
    check(article("which She She She , , She said"), Found())


@given(TEXTS, st.data())
def test_no_mention_can_break_a_claim(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, max(0, len(text))), max_size=8)))
    found = Found(
        mentions=tuple(
            Mention(start, end, "PERSON", key=str(start)) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        )
    )
    check(article(text), found)


@given(TEXTS)
def test_the_same_article_gives_the_same_claims(text):
    assert extract(article(text), Found()) == extract(article(text), Found())


@given(TEXTS)
def test_every_claim_names_a_rule_of_the_table(text):
    assert all(claim.rule in rules.RULES for claim in extract(article(text), Found()))


def test_an_empty_article_claims_nothing():
    assert extract(article(""), Found()) == ()


def test_every_cue_form_has_a_lemma_and_frames():
    assert all(cue.lemma and cue.frames for cue in cues.forms().values())


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["said that ", '"', "( ", "He said, ", "according to ", "a, ", "“x,” he said. ", "1 "])
def test_time_grows_no_faster_than_the_text(unit):
    def seconds(size):
        made = article(unit * size)
        start = time.process_time()
        extract(made, Found())
        return time.process_time() - start

    seconds(200)
    assert seconds(8_000) < 60 * max(seconds(1_000), 0.005)
