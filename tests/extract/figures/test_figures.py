import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extract.figures import extract
from broadsheet.records import Article, Date, Found, Mention, Passage


def figures(text, found=None):
    passages = (Passage("paragraph", 0, len(text)),) if text else ()
    return extract(Article(text=text, passages=passages), found or Found())


def only(text):
    (figure,) = figures(text)
    return text[figure.start : figure.end], figure


VALUES = [
    ("300 men", 300),
    ("1,200 men", 1200),
    ("1,250.5 acres", 1250.5),
    ("20k soldiers", 20_000),
    ("2m people", 2_000_000),
    ("3.5 million people", 3_500_000),
    ("two million people", 2_000_000),
    ("a million people", 1_000_000),
    ("a dozen men", 12),
    ("two dozen men", 24),
    ("twenty-one men", 21),
    ("two hundred and fifty men", 250),
    ("three thousand men", 3_000),
    ("a hundred men", 100),
    ("One soldier died", 1),
    ("10,00,000 people", 1_000_000),
    ("12 crore people", 120_000_000),
    ("one-third of voters", 0.3333),
    ("half of the town", 0.5),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_digits_and_words_have_their_value(text, value):
    _, figure = only(text)
    assert (figure.modifier, figure.value_min, figure.value_max) == ("exact", value, value)


BOUNDS = [
    ("more than 350 men", "more than 350", "at_least", 350, None),
    ("at least 12 men", "at least 12", "at_least", 12, None),
    ("over 100 men", "over 100", "at_least", 100, None),
    ("100+ men", "100+", "at_least", 100, None),
    ("10 or more men", "10 or more", "at_least", 10, None),
    ("no fewer than ten men", "no fewer than ten", "at_least", 10, None),
    ("up to 40 men", "up to 40", "at_most", None, 40),
    ("fewer than 40 men", "fewer than 40", "at_most", None, 40),
    ("as many as 40 men", "as many as 40", "at_most", None, 40),
    ("about 40 men", "about 40", "about", 40, 40),
    ("some 40 men", "some 40", "about", 40, 40),
    ("nearly 40 men", "nearly 40", "about", 40, 40),
    ("an estimated 40 men", "an estimated 40", "about", 40, 40),
    ("between 20 and 30 men", "between 20 and 30", "range", 20, 30),
    ("20 to 30 men", "20 to 30", "range", 20, 30),
    ("20-30 men", "20-30", "range", 20, 30),
    ("20–30 men", "20–30", "range", 20, 30),
    ("3 to 5 million people", "3 to 5 million", "range", 3_000_000, 5_000_000),
    ("three or four men", "three or four", "range", 3, 4),
    ("thousands of people", "thousands", "at_least", 2_000, None),
    ("tens of thousands of people", "tens of thousands", "at_least", 20_000, None),
    ("dozens of people", "dozens", "at_least", 24, None),
    ("several hundred people", "several hundred", "at_least", 200, None),
]


@pytest.mark.parametrize(("text", "surface", "modifier", "low", "high"), BOUNDS)
def test_words_round_a_number_bound_it(text, surface, modifier, low, high):
    found, figure = only(text)
    assert (found, figure.modifier, figure.value_min, figure.value_max) == (surface, modifier, low, high)


UNITS = [
    ("$5 million", "$5 million", "USD", 5_000_000),
    ("US$20bn", "US$20bn", "USD", 20_000_000_000),
    ("£5m", "£5m", "GBP", 5_000_000),
    ("€1.5 billion", "€1.5 billion", "EUR", 1_500_000_000),
    ("two million dollars", "two million dollars", "USD", 2_000_000),
    ("500 Indian rupees", "500 Indian rupees", "INR", 500),
    ("EUR 40", "EUR 40", "EUR", 40),
    ("20%", "20%", "%", 20),
    ("20 percent of voters", "20 percent", "%", 20),
    ("20 per cent of voters", "20 per cent", "%", 20),
    ("1.5 percentage points", "1.5 percentage points", "percentage point", 1.5),
    ("125km", "125km", "km", 125),
    ("125 km", "125 km", "km", 125),
    ("40 miles", "40 miles", "[mi_i]", 40),
    ("12,500 tonnes of wheat", "12,500 tonnes", "t", 12_500),
    ("80 km/h", "80 km/h", "km/h", 80),
    ("30 square kilometres", "30 square kilometres", "km2", 30),
    ("300 MW", "300 MW", "MW", 300),
    ("125km (78 miles)", "125km (78 miles)", "km", 125),
]


@pytest.mark.parametrize(("text", "surface", "unit", "value"), UNITS)
def test_a_quantity_has_its_unit_and_is_one_figure(text, surface, unit, value):
    found, figure = only(text)
    assert (found, figure.unit, figure.value_min) == (surface, unit, value)


COUNTED = [
    ("300 rebel fighters were killed", "rebel fighters"),
    ("thousands of people in the valley", "people"),
    ("12,500 tonnes of wheat", "wheat"),
    ("a two-page letter", "page"),
    ("300 were killed", None),
    ("killing 12 and hurting five", None),
    ("20 men fled", "men"),
    ("tens of thousands marched", None),
    ("40 percent", None),
]


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_the_noun_after_a_number_is_what_it_counts(text, counted):
    assert figures(text)[0].counted == counted


NO_FIGURE = [
    "Flight 370",
    "Article 5",
    "Boeing 737",
    "No. 12",
    "a two-year plan",
    "for three hours",
    "ten days later",
    "a 24-hour siege",
    "the one who left",
    "one of them",
    "they won 3-1",
    "the F-16",
    "COVID-19",
    "9/11",
    "in several towns",
    "the second man",
    "in 1999",
    "@ann99",
    "the G7",
]


@pytest.mark.parametrize("text", NO_FIGURE)
def test_labels_scores_durations_and_pronouns_are_no_figures(text):
    assert figures(text) == ()


def test_a_number_in_a_date_is_no_figure():
    text = "On 12 May, 40 men left."
    day = datetime.date(2021, 5, 12)
    found = Found(dates=(Date(3, 9, "DATE", "test", earliest=day, latest=day),))
    assert [text[figure.start : figure.end] for figure in figures(text, found)] == ["40"]


def test_a_number_in_a_name_is_no_figure():
    text = "Area 51 has 40 guards."
    found = Found(mentions=(Mention(0, 7, "LOC"),))
    assert [text[figure.start : figure.end] for figure in figures(text, found)] == ["40"]


def test_more_than_belongs_to_the_figure_behind_it():
    text = "They paid $40 million or more than $42 million."
    assert [text[figure.start : figure.end] for figure in figures(text)] == ["$40 million", "more than $42 million"]


def test_several_figures_stand_in_order():
    text = "They killed 350 men, took 130 others and lost two."
    assert [figure.value_min for figure in figures(text)] == [350, 130, 2]


VOCABULARY = (
    "more than about 350 1,200 two million dozen $ € km % ( ) - – to between and or . , people page thousands of a "
    "half 3.2.1 k bn 9/11 one several US$ hundred"
)
PIECES = st.sampled_from(VOCABULARY.split(" "))


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=80))
def test_figures_are_ordered_trimmed_and_apart(text):
    position = 0
    for figure in figures(text):
        words = text[figure.start : figure.end]
        assert figure.start >= position
        assert words
        assert words == words.strip()
        if figure.value_min is not None and figure.value_max is not None:
            assert figure.value_min <= figure.value_max
        position = figure.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["1", "1,", "1.", "two hundred ", "more than ", "1 (", "tens of ", "$", "1-", "a few "]
)
def test_time_grows_no_faster_than_the_text(unit):
    def seconds(size):
        start = time.process_time()
        figures(unit * size)
        return time.process_time() - start

    seconds(100)
    assert seconds(8_000) < 60 * max(seconds(1_000), 0.005)
