"""What stands beside the raw files: facts of articles, and what is kept out of the dataset."""

import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.build import build
from broadsheet.errors import UsageError
from broadsheet.project import open_project
from broadsheet.records import Span
from broadsheet.sidecars import MASK, blotted

ARTICLES = {
    "a.txt": " date 2021-08-31 On Tuesday, Anna Example told reporters in Arlmouth that 12 people were hurt. Example, a"
    " doctor, has worked there since 1999.",
    "b.txt": " date 2021-08-30 It rained in Arlmouth on Monday. “It is wet,” said Carl Sample.",
    "copies/b2.txt": " date 2021-08-30 It rained in Arlmouth on Monday. “It is wet,” said Carl Sample.",
}


@pytest.fixture
def raw(tmp_path):
    for name, text in ARTICLES.items():
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / name).write_text(text, "utf-8")
    return tmp_path / "raw"


def built(raw, **sidecars):
    for name, text in sidecars.items():
        (raw / f"{name}.csv").write_text(text, "utf-8")
    summary = build(open_project(None, raw, raw.parent / "out"), jobs=1)
    assert summary.report.ok, summary.report.as_text()
    return summary


def rows(raw, table):
    return parquet.read_table(raw.parent / "out" / "parquet" / f"{table}.parquet").to_pylist()


def every_byte(raw):
    """All that stands in the package's CSV files and pages; the Parquet files hold the same cells."""
    files = (path for path in (raw.parent / "out").rglob("*") if path.is_file() and path.suffix != ".parquet")
    return b"\n".join(path.read_bytes() for path in files)


def test_the_sidecar_states_what_the_files_do_not(raw):
    built(
        raw,
        articles='path,outlet,title,url,license,retrieved_at\nb.txt,Herald,"Rain, again",https://x.org/1,MIT,2021-09-01\n',
    )
    (article,) = (row for row in rows(raw, "articles") if row["url"])
    assert (article["outlet"], article["title"], article["license"]) == ("Herald", "Rain, again", "MIT")
    (record,) = (row for row in rows(raw, "raw_records") if row["path"] == "b.txt")
    assert (record["article_id"], record["retrieved_at"]) == (article["article_id"], "2021-09-01")


def test_a_sidecar_row_without_a_file_is_warned_of(raw):
    summary = built(raw, articles="path,outlet\nz.txt,Herald\n", suppress="path,name,why\ny.txt,,asked\n")
    assert any("z.txt" in warning for warning in summary.warnings)
    assert any("y.txt" in warning for warning in summary.warnings)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("articles", "path,outlett\nb.txt,Herald\n", "outlett"),
        ("articles", "outlet\nHerald\n", "path"),
        ("articles", "path,url\nb.txt,not a url\n", "row 2"),
        ("articles", "path,outlet\nb.txt,A\nb.txt,B\n", "row 3"),
        ("suppress", "path,name,why\nb.txt,Carl Sample,both\n", "row 2"),
        ("suppress", "path,name,why\n,,neither\n", "row 2"),
    ],
)
def test_a_wrong_sidecar_is_refused_with_its_place(raw, name, text, message):
    with pytest.raises(UsageError, match=message):
        built(raw, **{name: text})
    assert not (raw.parent / "out").exists()


def test_a_suppressed_article_leaves_a_trace_without_words_or_hash(raw):
    built(raw, suppress="path,name,why\nb.txt,,the family asked us\n")
    fates = {row["path"]: row for row in rows(raw, "raw_records")}
    for path in ("b.txt", "copies/b2.txt"):
        trace = {name: value for name, value in fates[path].items() if value is not None}
        assert trace == {"path": path, "record": 0, "status": "skipped", "reason": "suppressed"}
    assert fates["a.txt"]["status"] == "read"
    assert b"wet" not in every_byte(raw)
    assert b"the family asked us" not in every_byte(raw)


def test_a_suppressed_person_is_named_nowhere_and_the_rest_stays_in_its_place(raw):
    built(raw)
    before = {row["article_id"]: row for row in rows(raw, "articles")}
    dates = rows(raw, "dates")
    built(
        raw,
        suppress="path,name,why\n,anna  EXAMPLE,asked\n",
        articles="path,title,byline\na.txt,Anna Example speaks,By Anna Example\n",
    )
    for article in rows(raw, "articles"):
        text, old = article["text"], before[article["article_id"]]["text"]
        assert len(text) == len(old)
        assert all(new in (char, MASK) for char, new in zip(old, text, strict=True))
    assert b"Example" not in every_byte(raw)
    assert [row["date_id"] for row in rows(raw, "dates")] == [row["date_id"] for row in dates]
    (record,) = (row for row in rows(raw, "raw_records") if row["path"] == "a.txt")
    assert record["reason"] == "suppressed names are masked"


def test_what_is_suppressed_is_not_taken_from_the_build_before(raw):
    assert built(raw).reused == 0
    summary = built(raw, suppress="path,name,why\n,Carl Sample,asked\n")
    assert summary.reused == 0
    assert b"Sample" not in every_byte(raw)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=5))
def test_blotting_changes_no_length_and_nothing_outside_the_spans(text, places):
    spans = [Span(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    masked = blotted(text, spans)
    hidden = {place for span in spans for place in range(span.start, span.end)}
    assert len(masked) == len(text)
    for place, (old, new) in enumerate(zip(text, masked, strict=True)):
        assert new == (MASK if place in hidden and not old.isspace() else old)
