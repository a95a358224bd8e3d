"""No text keeps an extractor busy for ever, whatever is repeated in it."""

import io
import signal

import pytest

from broadsheet import pipeline
from broadsheet.readers.plain_text import reader

LENGTH = 20_000
SECONDS = 20
"""Ten times what the slowest takes, and far less than the hours of a pattern that goes back and back."""

WORDS = ("12 ", "U.S. ", "Ab, ", "said ", "Monday ", "of the ", "“x” said A. ", "www.")
SIGNS = ("A", "a", "1", "aa.", "A.", "a@", "(", "“", "’", "A-", "1,", "$1", "[", "a\n\n", "-1", "x'")


@pytest.mark.parametrize("unit", [*WORDS, *SIGNS])
def test_a_text_of_one_thing_over_and_over_comes_to_an_end(unit):
    text = f" date 2021-08-31 {unit * (LENGTH // len(unit))}"
    (reading,) = reader.read(io.BytesIO(text.encode()), {})
    article = pipeline._identified(reading, "a.txt", {}, pipeline.Context())

    def stop(*_):
        pytest.fail(f"{unit!r} repeated takes more than {SECONDS} seconds of CPU")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        found = pipeline.extract(article)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert all(0 <= date.span.start < date.span.end <= len(article.text) for date in found.dates)
