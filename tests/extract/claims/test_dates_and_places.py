import datetime

import pytest

from broadsheet.extract.claims import extract
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Date, Found, Mention

DAY = datetime.date(2021, 8, 30)


def claim(text, dates=(), places=("Springfield", "Shelbyville")):
    """The one claim of a text in which these words are dates and these names places."""
    found = Found(
        dates=tuple(
            Date(text.index(word), text.index(word) + len(word), "DATE", "test", earliest=DAY, latest=DAY)
            for word in dates
        ),
        mentions=tuple(
            sorted(
                (
                    Mention(text.index(name), text.index(name) + len(name), "GPE", key=name)
                    for name in places
                    if name in text
                ),
                key=lambda mention: mention.start,
            )
        ),
    )
    (only,) = extract(Article(text=text, passages=tuple(split_passages(text))), found)
    return only


def words(text, span):
    return None if span is None else text[span.start : span.end]


DATES = [
    ("On Monday, the mayor said that the bridge fell.", ["Monday"], "Monday", None),
    ("The mayor said on Monday that the bridge fell.", ["Monday"], "Monday", None),
    ("The mayor said that the bridge fell on Sunday.", ["Sunday"], None, "Sunday"),
    ("The mayor said on Monday that the bridge fell on Sunday.", ["Monday", "Sunday"], "Monday", "Sunday"),
    ("A day earlier, the mayor had reported that 300 were killed.", ["A day earlier"], "A day earlier", None),
    ("The bridge fell on Sunday, the mayor said.", ["Sunday"], None, "Sunday"),
    ("The bridge fell on Sunday, the mayor said on Monday.", ["Sunday", "Monday"], "Monday", "Sunday"),
    ("The mayor said that the bridge fell.", [], None, None),
]


@pytest.mark.parametrize(("text", "dates", "said", "happened"), DATES)
def test_when_it_was_said_is_apart_from_when_it_happened(text, dates, said, happened):
    made = claim(text, dates)
    assert (words(text, made.said_date), words(text, made.event_date)) == (said, happened)


def test_a_duration_dates_nothing():
    text = "The mayor said that the bridge fell within two days."
    found = Found(dates=(Date(text.index("two days"), text.index("two days") + 8, "DURATION", "test", value="P2D"),))
    (only,) = extract(Article(text=text, passages=tuple(split_passages(text))), found)
    assert only.event_date is None


EVENTS = [
    ("The mayor said that 300 men were killed in Springfield.", "kill", "Springfield"),
    ("The mayor said that the bridge collapsed near Shelbyville.", "collapse", "Shelbyville"),
    ("The mayor said that men from Springfield met at Shelbyville.", "meet", "Shelbyville"),
    ("The mayor said that armed men attacked the port.", "attack", None),
    ("The mayor of Springfield said that the port was attacked.", "attack", None),
    ("The mayor said that it was late.", None, None),
]


@pytest.mark.parametrize(("text", "event", "place"), EVENTS)
def test_the_event_and_its_place_are_those_that_the_content_states(text, event, place):
    made = claim(text)
    assert (made.event_lemma, made.place_key) == (event, place)
