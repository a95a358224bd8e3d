import datetime
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers import base
from broadsheet.readers.field_names import NAMES
from broadsheet.readers.json_lines import MAX_DEPTH, reader

DAY = datetime.date(2021, 8, 31)
GOOD = {"text": "It rained.", "date": "2021-08-31"}


def read(data: bytes, fields=()):
    return list(reader.read(io.BytesIO(data), dict(fields)))


def read_one(record, fields=()):
    (reading,) = read(json.dumps(record).encode(), fields)
    return reading


def test_a_line_is_an_article_with_its_fields():
    reading = read_one(
        {
            "id": 1142,
            "url": "https://example.org/rain",
            "title": "Rain  over\nthe valley",
            "text": " It rained.\n\nIt snowed. ",
            "published_at": "2021-08-31T08:00:00Z",
            "authors": ["Anna Example", "Ben Example"],
            "source": {"id": None, "name": "Example Herald"},
            "lang": "en_us",
            "licence": "CC0-1.0",
        }
    )
    article = reading.article
    assert (reading.status, reading.reason, reading.encoding) == ("read", None, "utf-8")
    assert (article.text, article.text_offset, len(article.passages)) == ("It rained.\n\nIt snowed.", None, 2)
    assert (article.publisher_id, article.url) == ("1142", "https://example.org/rain")
    assert (article.title, article.byline) == ("Rain over the valley", "Anna Example, Ben Example")
    assert (article.outlet, article.language, article.license) == ("Example Herald", "en-US", "CC0-1.0")
    assert article.published == DAY


ATTRIBUTES = {"id": "publisher_id"}
SAMPLES = {"url": "https://example.org/1", "language": "fr", "published": "2021-08-31"}


@pytest.mark.parametrize(("field", "name"), [(field, name) for field, names in NAMES.items() for name in names])
def test_every_usual_name_gives_its_field(field, name):
    sample = SAMPLES.get(field, "Sample")
    article = read_one({"text": "It rained.", name: sample} if field != "text" else {name: sample}).article
    expected = DAY if field == "published" else sample
    assert getattr(article, ATTRIBUTES.get(field, field)) == expected


def test_the_names_that_are_promised_are_known():
    promised = {
        "id": "id",
        "url": "url",
        "title": "title headline",
        "text": "text body content article_body articleBody",
        "published": "date published published_at publication_date datePublished publishedAt",
        "byline": "author authors byline",
        "outlet": "source outlet publisher",
        "language": "language lang",
        "license": "license licence",
    }
    assert {field: set(names.split()) - set(NAMES[field]) for field, names in promised.items()} == {
        field: set() for field in promised
    }


def test_no_name_stands_for_two_fields():
    names = [name for some in NAMES.values() for name in some]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("empty", [None, "", "  \n", [], {}])
def test_the_first_name_with_a_value_wins(empty):
    assert read_one({"text": empty, "content": "It rained.", "body": empty}).article.text == "It rained."


def test_a_mapped_name_goes_before_the_usual_ones():
    record = {"text": "A summary.", "story": "It rained."}
    assert read_one(record, {"text": "story"}).article.text == "It rained."
    assert read_one({"text": "A summary."}, {"text": "story"}).article.text == "A summary."


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("url", "example.org/rain", "url: 'example.org/rain' left out, expected an address"),
        ("title", 7, "title: 7 left out, expected a string"),
        ("id", {"$oid": "1"}, "id: an object left out, expected a string or a whole number"),
        ("language", "English", "language: 'English' left out, expected a BCP 47 tag"),
        ("source", "https://example.org", "source: 'https://example.org' left out, expected a name"),
        ("author", [{"email": "x"}], "author: an array left out, expected a name or an array of names"),
        ("date", "31/08/2021", "date: '31/08/2021' is no date in a form that is known"),
        ("date", True, "date: True is no date in a form that is known"),
    ],
)
def test_a_value_that_cannot_be_used_is_left_out_and_said(name, value, said):
    reading = read_one({**GOOD, name: value})
    assert reading.status == "read"
    assert reading.reason.startswith(said)


def test_a_record_without_a_date_says_so():
    assert read_one({"text": "It rained."}).reason == "no date"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "It rained."', "not JSON: "),
        (b"It rained.", "not JSON: Expecting value (column 1)"),
        (b'{"text": "a"} {"text": "b"}', "not JSON: Extra data (column 15)"),
        (b'["It rained."]', "an array, expected an object"),
        (b'"It rained."', "a string, expected an object"),
        (b"null", "null, expected an object"),
        (b"{}", "no text in text, body, content, article_body or alike; it has no fields"),
        (b'{"story": "It rained."}', "no text in text, body, content, article_body or alike; it has 'story'; --map"),
        (b'{"text": " "}', "no text"),
        (b'{"text": {"rendered": "It rained."}}', "text is an object, expected a string"),
        (b'{"text": 0}', "text is a number, expected a string"),
        (b'{"text": "caf\xe9"}', "not UTF-8 at byte 14 of the line"),
        (b'{"text": "a", "text": "b"}', "the field 'text' stands twice"),
        (b'{"text": "a", "x": {"y": 1, "y": 2}}', "the field 'y' stands twice"),
        (b'{"text": "a", "x": NaN}', "not JSON: NaN is no number"),
        (b'{"text": "a", "x": -Infinity}', "not JSON: -Infinity is no number"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "more than 100 arrays and objects"),
        (b'{"text": "It \\ud800 rained."}', "text holds half of a surrogate pair, '\\ud800'"),
        (b'{"text": "It rained.", "title": "\\udc00"}', "title holds half of a surrogate pair"),
        (b'{"text": "It\\u0000rained."}', "text holds NUL characters"),
        (b'{"text": "It\0rained."}', "holds NUL bytes"),
        (b'{"text": "\\u0001\\u0002 rain"}', "text holds many control characters"),
        (b'{"text": "<p>It rained.</p>"}', "text is HTML ('<p>'): extract the text first, e.g. with trafilatura"),
    ],
)
def test_a_bad_line_is_a_failed_record_that_names_it_and_the_others_are_read(line, reason):
    good = json.dumps(GOOD).encode()
    first, bad, last = read(good + b"\n\n" + line + b"\r\n" + good)
    assert (first.status, bad.status, last.status, last.record) == ("read", "failed", "read", 2)
    assert bad.reason.startswith(f"line 3: {reason}")
    assert (bad.article, bad.bytes, bad.sha256) == (None, len(line), base.digest(line))


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "a<b and b>a",
        "<3",
        "He wrote <sic> and <laughs>.",
        "3 <b and c> 2",
        "https://x.org/<id>",
        "R&D; <p",
        "<",
    ],
)
def test_angle_brackets_in_prose_are_no_html(text):
    assert read_one({**GOOD, "text": text}).article.text == text


@pytest.mark.parametrize(
    "text",
    ["<p>Rain", "Rain</div>", "Rain<br/>Snow", "<BR />", '<a href="x">y</a>', "&lt;p&gt;Rain&lt;/p&gt;", "<!-- x -->"],
)
def test_tags_in_the_text_are_refused_with_a_hint(text):
    reading = read_one({**GOOD, "text": text})
    assert reading.status == "failed"
    assert "trafilatura" in reading.reason
    assert "--map text=NAME" in reading.reason


def test_character_references_alone_are_read_and_said():
    assert "such as &amp;" in read_one({**GOOD, "text": "Salt &amp; Sons"}).reason


def test_a_text_that_its_source_cut_off_is_read_and_said():
    assert read_one({**GOOD, "text": "It rained… [+120 chars]"}).reason == "text is cut off by its source: [+120 chars]"


def test_a_huge_number_in_a_field_that_is_not_used_does_no_harm():
    assert read(b'{"text": "It rained.", "n": ' + b"9" * 10_000 + b"}")[0].status == "read"


def test_brackets_in_a_text_are_no_depth():
    assert read_one({"text": "[" * 10_000 + '"' + "{" * 10_000}).status == "read"


def test_depth_up_to_the_limit_is_read():
    deepest = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert read(f'{{"text": "It rained.", "x": {deepest}}}'.encode())[0].status == "read"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_blank_lines_and_a_byte_order_mark_are_no_records(end):
    good = json.dumps(GOOD).encode()
    readings = read(b"\xef\xbb\xbf" + good + end + b" \t" + end + b"  " + good + end + end)
    assert [(one.record, one.offset, one.bytes, one.status) for one in readings] == [
        (0, 3, len(good), "read"),
        (1, 3 + len(good) + len(end) + 2 + len(end) + 2, len(good), "read"),
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_a_file_of_blank_lines_has_no_records(data):
    assert read(data) == []


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_a_file_in_a_wide_encoding_is_one_failed_record_with_a_hint(codec):
    data = "\n".join([json.dumps(GOOD)] * 3).encode(codec)
    (reading,) = read(data)
    assert (reading.status, reading.offset, reading.bytes, reading.sha256) == (
        "failed",
        0,
        len(data),
        base.digest(data),
    )
    assert "iconv" in reading.reason


def test_a_line_over_the_limit_is_skipped_without_being_held(monkeypatch):
    monkeypatch.setattr(base, "MAX_BYTES", 60)
    good, long = json.dumps(GOOD).encode(), json.dumps({"text": "It rained. " * 400_000}).encode()
    stream = Watched(good + b"\n" + long + b"\n" + good)
    first, skipped, last = reader.read(stream, {})
    assert (first.status, skipped.status, last.status) == ("read", "skipped", "read")
    assert (skipped.offset, skipped.bytes, skipped.sha256) == (len(good) + 1, len(long), base.digest(long))
    assert skipped.reason.startswith("line 2: larger than")
    assert stream.largest <= 1 << 20


class Watched(io.BytesIO):
    """Bytes that remember the largest piece that was asked of them."""

    largest = 0

    def readline(self, size=-1, /):
        data = super().readline(size)
        self.largest = max(self.largest, len(data) if size >= 0 else 1 << 60)
        return data


@pytest.mark.parametrize("extra", range(-2, 4))
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"  \n"])
def test_the_limit_is_that_of_the_record_to_the_byte(monkeypatch, extra, end):
    monkeypatch.setattr(base, "MAX_BYTES", 60)
    line = json.dumps({"text": "x" * (60 + extra - len(json.dumps({"text": ""})))}).encode()
    after = json.dumps(GOOD).encode()
    reading, *rest = read(line + end + (after if end else b""))
    is_long = extra > 0 or (end == b"  \n" and extra == 0)
    assert reading.status == ("skipped" if is_long else "read")
    assert [one.status for one in rest] == (["read"] if end else [])


SOME = st.one_of(
    st.dictionaries(
        st.sampled_from(["text", "body", "title", "date", "id", "author"]),
        st.one_of(st.text(), st.integers(), st.none(), st.sampled_from(["2021-08-31", "<p>", "\ud800", "\0"])),
    ).map(lambda record: json.dumps(record).encode()),
    st.dictionaries(st.just("text"), st.text(st.characters(codec="utf-8"))).map(
        lambda record: json.dumps(record, ensure_ascii=False).encode()
    ),
    st.binary(max_size=12).map(lambda data: data.replace(b"\n", b"")),
    st.sampled_from([b"", b" ", b"{}", b"[", b"\xef\xbb\xbf", b"\xef\xbb\xbf{}", b"x" * 70, b" " * 70, b"\xff\xfe"]),
)


@given(st.lists(SOME), st.sampled_from([b"\n", b"\r\n"]), st.booleans())
def test_the_bytes_of_a_record_alone_give_the_same_record(some, end, is_ended):
    data = b'{"text": "It rained."}\n' + end.join(some) + (end if is_ended else b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "MAX_BYTES", 60)
        readings = read(data)
        last = 0
        for number, reading in enumerate(readings):
            alone = data[reading.offset : reading.offset + reading.bytes]
            assert (reading.record, reading.sha256) == (number, base.digest(alone))
            assert reading.offset >= last
            last = reading.offset + reading.bytes
            (again,) = read(alone)
            where = {"record": 0, "offset": 0, "reason": None}
            assert replace(again, **where) == replace(reading, **where)
            if reading.status == "read":
                assert again.reason == reading.reason


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<&\0"), min_size=1)))
def test_texts_come_back_as_they_were_written(texts):
    readings = read("\n".join(json.dumps({"text": text}) for text in texts).encode())
    for text, reading in zip(texts, readings, strict=True):
        if reading.status == "read":
            assert reading.article.text == text.strip()
        else:
            assert not text.strip() or "control characters" in reading.reason
