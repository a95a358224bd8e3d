import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extract.dates import extract
from broadsheet.records import Article, Found, Passage

TUESDAY = datetime.date(2021, 8, 31)


def dates_of(text, published=TUESDAY):
    article = Article(text, (Passage("paragraph", 0, len(text)),), published)
    return extract(article, Found())


def shown(text, published=TUESDAY):
    return [(text[d.start : d.end], d.type, d.value) for d in dates_of(text, published)]


def test_tuesday_in_a_tuesday_article_is_that_day():
    assert shown("On Tuesday it rained.") == [("Tuesday", "DATE", "2021-08-31")]


def test_a_week_spans_monday_to_sunday():
    (date,) = dates_of("It rained last week.")
    assert (date.earliest, date.latest) == (datetime.date(2021, 8, 23), datetime.date(2021, 8, 29))
    assert date.edtf == "2021-08-23/2021-08-29"


def test_a_range_of_years_is_two_dates_and_an_interval():
    text = "It held from 1980 to 1985."
    assert shown(text) == [
        ("from 1980 to 1985", "INTERVAL", "1980/1985"),
        ("1980", "DATE", "1980"),
        ("1985", "DATE", "1985"),
    ]
    interval = dates_of(text)[0]
    assert (interval.edtf, interval.earliest, interval.latest) == (
        "1980/1985",
        datetime.date(1980, 1, 1),
        datetime.date(1985, 12, 31),
    )


def test_without_a_publication_date_relative_days_have_no_value():
    assert shown("It rained on Monday, as in 1998.", None) == [
        ("Monday", "DATE", None),
        ("1998", "DATE", "1998"),
    ]


def test_today_in_a_quotation_is_not_the_publication_date():
    assert shown("“I write today,” he wrote.") == [("today", "DATE", None)]


def test_days_before_a_day_lie_between_the_two():
    length, day = dates_of("He died two days before 9/11.")
    assert (length.value, length.earliest, length.latest) == (
        "P2D",
        datetime.date(2001, 9, 9),
        datetime.date(2001, 9, 11),
    )
    assert (length.anchor, length.anchored_to) == ("text", day.span)


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.",
        "They march on.",
        "A 32-year-old man.",
        "He scored 9/11/3.",
        "See example.org/2021-08-30 for more.",
        "Write to @monday.",
        "31 February is no day.",
        "The second man spoke.",
    ],
)
def test_what_is_no_date_is_left_alone(text):
    assert shown(text) == []


@given(st.text(alphabet='on Monday 1980-5/thle.,“”"\n'))
def test_spans_lie_in_the_text_in_order(text):
    spans = [date.span for date in dates_of(text)]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
