import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers import base
from broadsheet.readers.plain_text import read_article, read_header, reader


def read(data: bytes):
    return next(iter(reader.read(io.BytesIO(data), {})))


def test_the_body_follows_the_date_on_the_same_line():
    article, reason = read_article(" date 2021-08-24 It rained. \n")
    assert (article.published, article.text, article.text_offset) == (
        datetime.date(2021, 8, 24),
        "It rained.",
        17,
    )
    assert reason is None


def test_the_body_may_follow_blank_lines():
    article, _ = read_article(" date 2021-08-24 \n\n  It rained.\n\n")
    assert article.text == "It rained."


def test_line_ends_inside_the_text_are_kept():
    assert read(b" date 2021-08-24 One.\r\n\r\nTwo.\r\n").article.text == "One.\r\n\r\nTwo."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It rained.", "no date line"),
        (" date 2021-02-30 It rained.", "2021-02-30 is no date"),
        (" date 2021-13-01 It rained.", "2021-13-01 is no date"),
        (" date 2021-08-24  date 2021-08-25 It rained.", "more than one date: 2021-08-24, 2021-08-25"),
    ],
)
def test_a_date_that_is_missing_or_wrong_is_left_out_and_said(text, reason):
    article, said = read_article(text)
    assert (article.published, article.text, said) == (None, "It rained.", reason)


def test_the_same_date_twice_is_that_date():
    assert read_header(" date 2021-08-24\n date 2021-08-24\nIt rained.").published == datetime.date(2021, 8, 24)


def test_a_sentence_about_a_date_is_no_date_line():
    assert read_header("The date 2021-08-24 was a Tuesday.").published is None


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"", "skipped", "empty file"),
        (b" \n\t\r\n", "skipped", "only white space"),
        (b" date 2021-08-24 \n", "skipped", "no text after the date line"),
        (b" date 2021-08-24 It\0rained.", "failed", "binary: holds NUL characters"),
        (bytes(range(128, 256)) * 40 + b"\0", "failed", "binary: holds NUL bytes"),
    ],
)
def test_a_file_without_an_article_says_why(data, status, reason):
    reading = read(data)
    assert (reading.article, reading.status, reading.reason) == (None, status, reason)
    assert (reading.bytes, reading.sha256) == (len(data), base.digest(data))


def test_a_file_over_the_limit_is_skipped_with_its_hash(monkeypatch):
    monkeypatch.setattr(base, "MAX_BYTES", 30)
    data = b" date 2021-08-24 " + b"It rained. " * 10
    reading = read(data)
    assert (reading.status, reading.bytes, reading.sha256) == ("skipped", len(data), base.digest(data))
    assert "larger than" in reading.reason


def test_a_byte_order_mark_counts_for_no_offset():
    reading = read(b"\xef\xbb\xbf date 2021-08-24 It rained.")
    assert (reading.encoding, reading.article.text_offset) == ("utf-8", 17)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_text_is_the_slice_of_the_file_at_its_offset(body):
    file = f" date 2021-08-24 {body}"
    article, _ = read_article(file)
    if article is None:
        assert not body.strip()
    else:
        assert file[article.text_offset :].startswith(article.text)
        assert article.text == article.text.strip()
