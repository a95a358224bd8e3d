"""What holds of every text: spans, order, bounds, and time that grows with the length."""

import datetime
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.dates.articles import WEDNESDAY, dates_of
from tests.extract.dates.case_files import bounds

from broadsheet.extract.dates import extract
from broadsheet.extract.dates.lexicon import CLASSES
from broadsheet.records import Article, Found, Passage

WORDS = sorted({word for words in CLASSES.values() for word in words})
SIGNS = [
    "-",
    "–",
    " – ",
    "/",
    ",",
    ". ",
    "“",
    "”",
    '"',
    "'s",
    "\n",
    "1",
    "5",
    "12",
    "31",
    "44",
    "1998",
    "3000",
    "10:30",
    "BC",
]
LINKS = [
    "the",
    "a",
    "of",
    "in",
    "from",
    "to",
    "between",
    "and",
    "last",
    "next",
    "ago",
    "later",
    "every",
    "early",
    "year",
]
pieces = st.sampled_from([*WORDS, *SIGNS, *LINKS])
texts = st.lists(pieces, max_size=25).map(" ".join) | st.text(max_size=80)
days = st.dates() | st.none()


@settings(max_examples=120, deadline=None)
@given(texts, days)
def test_rows_stand_in_the_text_in_order_and_none_twice(text, published):
    dates = dates_of(text, published)
    keys = [(date.start, date.end, date.type) for date in dates]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert all(0 <= date.start < date.end <= len(text) for date in dates)
    assert all(text[date.start : date.end].strip() == text[date.start : date.end] for date in dates)


@settings(max_examples=120, deadline=None)
@given(texts, days)
def test_only_an_interval_meets_another_row(text, published):
    plain = [date.span for date in dates_of(text, published) if date.type != "INTERVAL"]
    assert all(before.end <= after.start for before, after in itertools.pairwise(plain))


@settings(max_examples=120, deadline=None)
@given(texts, days)
def test_every_anchor_is_a_row_of_the_same_article(text, published):
    dates = dates_of(text, published)
    spans = {date.span for date in dates}
    assert all(date.anchored_to in spans for date in dates if date.anchored_to)
    assert all((date.anchor == "text") == (date.anchored_to is not None) for date in dates)


@settings(max_examples=120, deadline=None)
@given(texts, days)
def test_every_edtf_has_the_bounds_of_its_row(text, published):
    for date in dates_of(text, published):
        if date.edtf and (date.earliest or date.latest):
            assert bounds(date.edtf) == tuple(day and day.isoformat() for day in (date.earliest, date.latest))


@settings(max_examples=80, deadline=None)
@given(texts, texts)
def test_no_row_crosses_a_passage(first, second):
    text = f"{first}\n\n{second}"
    halves = (Passage("paragraph", 0, len(first)), Passage("paragraph", len(first) + 2, len(text)))
    dates = extract(Article(text, halves, WEDNESDAY), Found())
    assert all(any(half.span.holds(date.span) for half in halves) for date in dates)


@pytest.mark.parametrize("published", [datetime.date.min, datetime.date.max, datetime.date(1582, 10, 15)])
@pytest.mark.parametrize("words", ["last", "next", "this", "the previous", "the following"])
def test_the_ends_of_the_calendar_are_no_bug(published, words):
    units = ("day", "week", "weekend", "month", "quarter", "year", "decade", "century", "winter", "Monday", "May")
    text = " ".join(
        f"It rained {words} {unit}. It will rain on Friday, in May, at Easter, 900 years ago." for unit in units
    )
    dates_of(text, published)


MEGABYTE = 1_000_000
SECONDS = 200
"""Several times what the densest takes, in which every other word is a date; a pattern that goes back takes days."""
UNITS = (
    "1", "1-", "1/", "1,", "1.", "a ", "the ", "between 1 and ", "two and a half ", "twenty-", "hundred ", "more than ",
    "year-", "“wrote ", '"today" wrote ', "January 1 to ", "every other ", "$1 ", "www.", "a@", "1998-09-", "a\n", "é",
)  # fmt: skip


def seconds_for(text):
    before = time.process_time()
    dates_of(text)
    return time.process_time() - before


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_of_one_thing_takes_no_time(unit):
    assert seconds_for(unit * (10_000 // len(unit))) < 5


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_of_one_thing_takes_a_time_that_grows_with_its_length(unit):
    assert seconds_for(unit * (MEGABYTE // len(unit))) < SECONDS
