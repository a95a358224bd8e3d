"""A package that was opened: attributes, the words around a row, and the way back to the raw file."""

import copy
import pickle
import shutil

import pyarrow.parquet as parquet
import pytest

import broadsheet
from broadsheet.errors import IntegrityError, ReadError, UsageError


@pytest.fixture(scope="module")
def dataset(sample_package):
    return broadsheet.load(sample_package)


@pytest.fixture(scope="module")
def public(sample_package, tmp_path_factory):
    from broadsheet.package.public import write_public_package

    out = tmp_path_factory.mktemp("public") / "public"
    assert write_public_package(sample_package, out, "facts").ok
    return broadsheet.load(out)


def texts(package):
    rows = parquet.read_table(package / "parquet" / "articles.parquet").to_pylist()
    return {row["article_id"]: row["text"] for row in rows}


def test_a_table_is_an_attribute_that_is_read_once(dataset):
    assert dataset.claims is dataset.claims
    assert list(dataset.claims.columns) == [field["name"] for field in dataset.schema("claims")["fields"]]
    assert "claims" in dir(dataset)


def test_attributes_are_of_the_engine_that_was_asked_for(sample_package):
    import polars as pl

    assert isinstance(broadsheet.load(sample_package, engine="polars").dates, pl.DataFrame)


def test_an_unknown_table_is_no_attribute(dataset):
    assert not hasattr(dataset, "nothing")
    with pytest.raises(AttributeError, match="did you mean 'claims'"):
        _ = dataset.clams
    with pytest.raises(UsageError, match="did you mean 'claims'"):
        dataset.schema("clams")


def test_a_dataset_can_be_copied_and_pickled(dataset):
    for other in (copy.copy(dataset), pickle.loads(pickle.dumps(dataset))):
        assert other.tables == dataset.tables


@pytest.mark.parametrize("ignored", ["parquet", "nothing"])
def test_batches_hold_the_columns_that_are_named_in_their_order(sample_package, tmp_path, ignored):
    package = shutil.copytree(sample_package, tmp_path / "package", ignore=shutil.ignore_patterns(ignored))
    found = broadsheet.load(package, engine="pyarrow")
    (batch,) = found.batches("dates", ["value", "date_id"])
    assert batch.to_pylist() == found.table("dates", columns=["value", "date_id"]).to_pylist()
    with pytest.raises(UsageError, match="did you mean 'value'"):
        list(found.batches("dates", ["valu"]))


def test_the_file_of_a_table_is_there_for_lazy_readers(dataset, sample_package):
    assert dataset.file("claims") == sample_package / "parquet" / "claims.parquet"


@pytest.mark.parametrize("table", ["mentions", "dates", "figures"])
def test_the_words_of_every_row_are_its_surface_with_what_stands_around(dataset, sample_package, table):
    whole = texts(sample_package)
    for row in dataset.table(table, engine="pyarrow").to_pylist():
        found = dataset.context(row, width=20)
        text = whole[row["article_id"]]
        assert found.words == row["surface"]
        assert found.before == text[: row["start_char"]][-20:]
        assert found.after == text[row["end_char"] :][:20]


def test_rows_of_every_kind_have_the_same_context(dataset):
    pandas, polars = dataset.mentions, dataset.table("mentions", engine="polars")
    rows = [
        pandas.iloc[7],
        pandas.iloc[7:8],
        pandas.iloc[7].to_dict(),
        next(pandas.iloc[7:8].itertuples()),
        polars.row(7, named=True),
        polars[7],
    ]
    assert {dataset.context(row) for row in rows} == {dataset.context(polars.row(7, named=True), width=80)}


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"article_id": "a"}, UsageError),
        (("a", 1, 2), UsageError),
        ({"article_id": "a", "start_char": None, "end_char": 2}, UsageError),
        ({"article_id": "a", "start_char": 1.5, "end_char": 2}, UsageError),
        ({"article_id": "a", "start_char": float("nan"), "end_char": 2}, UsageError),
        ({"article_id": "a0000000000000000", "start_char": 1, "end_char": 2}, ReadError),
    ],
)
def test_rows_that_point_at_nothing_are_refused(dataset, row, error):
    with pytest.raises(error):
        dataset.context(row)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 2), (0, 10**9)])
def test_spans_outside_the_text_are_refused(dataset, start, end):
    row = {"article_id": dataset.articles["article_id"][0], "start_char": start, "end_char": end}
    with pytest.raises(IntegrityError, match=f"characters {start} to {end}"):
        dataset.context(row)


def test_a_negative_width_is_refused(dataset):
    with pytest.raises(UsageError, match="width"):
        dataset.context(dataset.claims.iloc[0], width=-1)


def test_a_public_package_says_that_the_text_is_withheld(public):
    with pytest.raises(ReadError, match=r"withheld in this public package \(text policy facts\)"):
        public.context(public.claims.iloc[0])


def test_a_row_leads_to_the_raw_files_of_its_article(dataset):
    records = dataset.table("raw_records", engine="pyarrow").to_pylist()
    repeated = next(record for record in records if record["status"] == "duplicate")
    expected = [item["path"] for item in records if item["article_id"] == repeated["article_id"]]
    assert dataset.raw({"article_id": repeated["article_id"]}) == expected
    assert len(expected) == 2
    assert dataset.raw({"article_id": "a0000000000000000"}) == []
