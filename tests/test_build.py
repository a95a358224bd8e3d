import hashlib
import json
import shutil
from pathlib import Path

import pytest

from broadsheet.build import build
from broadsheet.errors import PackageError, ReadError, UsageError
from broadsheet.project import open_project

ARTICLES = {
    "b.txt": " date 2021-08-31 On Tuesday, Anna Example told reporters that 12 people were killed in Kabul.",
    "a/c.txt": " date 2021-08-30 Rain over Kabul\n\nIt rained in Kabul on Monday. “It is wet,” said Anna Example.",
    "copy.txt": " date 2021-08-31 On Tuesday, Anna Example told reporters that 12 people were killed in Kabul.",
    "none.txt": "It rained in Windhoek.",
    "x.pdf": "%PDF",
    "nul.txt": " date 2021-08-31 It\0rained.",
}


def write_raw(folder: Path, names) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARTICLES[name])
    return folder


def digests(package: Path) -> dict[str, str]:
    files = (path for path in sorted(package.rglob("*")) if path.is_file())
    return {str(path.relative_to(package)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def raw(tmp_path):
    return write_raw(tmp_path / "raw", ARTICLES)


def rows(package, table):
    import pyarrow.parquet as parquet

    return parquet.read_table(package / "parquet" / f"{table}.parquet").to_pylist()


def test_every_raw_file_is_a_row_with_its_fate(raw, tmp_path):
    summary = build(open_project(None, raw, tmp_path / "out"), jobs=1)
    found = {row["path"]: (row["status"], row["reason"]) for row in rows(tmp_path / "out", "raw_records")}
    assert found == {
        "a/c.txt": ("read", None),
        "b.txt": ("read", None),
        "copy.txt": ("duplicate", "the same article as b.txt"),
        "none.txt": ("read", "no date line"),
        "nul.txt": ("failed", "binary: holds NUL characters"),
        "x.pdf": ("skipped", "no reader for .pdf files"),
    }
    assert summary.records == {"duplicate": 1, "failed": 1, "read": 3, "skipped": 1}


def test_the_bytes_depend_neither_on_jobs_nor_on_the_order_of_files(tmp_path, monkeypatch):
    monkeypatch.setattr("broadsheet.passes.ARTICLES_PER_SHARD", 1)
    monkeypatch.setattr("broadsheet.passes.FILES_PER_TASK", 1)
    write_raw(tmp_path / "raw1", ARTICLES)
    write_raw(tmp_path / "raw2", reversed(ARTICLES))
    build(open_project(None, tmp_path / "raw1", tmp_path / "one"), jobs=1)
    build(open_project(None, tmp_path / "raw2", tmp_path / "two"), jobs=2)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_a_package_is_replaced_and_nothing_is_left_beside_it(raw, tmp_path):
    project = open_project(None, raw, tmp_path / "out")
    build(project, jobs=1)
    before = digests(project.out)
    (raw / "b.txt").write_text(" date 2021-09-01 It snowed in Kabul.")
    build(project, jobs=1)
    assert digests(project.out) != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]


def test_a_folder_that_is_no_package_is_refused_and_left_alone(raw, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.doc").write_text("x")
    with pytest.raises(PackageError, match="left alone"):
        build(open_project(None, raw, out), jobs=1)
    assert (out / "thesis.doc").read_text() == "x"


def test_an_empty_raw_folder_gives_empty_tables_that_are_valid(tmp_path):
    (tmp_path / "raw").mkdir()
    summary = build(open_project(None, tmp_path / "raw", tmp_path / "out"), jobs=1)
    assert summary.report.ok
    assert set(summary.rows.values()) == {0}


def test_a_missing_raw_folder_cannot_be_read(tmp_path):
    with pytest.raises(ReadError, match="no such folder"):
        open_project(None, tmp_path / "raw", tmp_path / "out")


def test_the_descriptor_of_a_project_must_be_json(tmp_path):
    (tmp_path / "datapackage.json").write_text('{"name": }')
    with pytest.raises(UsageError, match=r"datapackage.json:1:10: is not JSON"):
        open_project(tmp_path)


def test_a_package_that_is_not_valid_is_not_put_in_place(raw, tmp_path, monkeypatch):
    from broadsheet.extract.dates import extract
    from broadsheet.records import Date, Span

    def broken(article, found):
        return (*extract(article, found), Date(*Span(0, 2), "NONSENSE", "broken"))

    monkeypatch.setattr("broadsheet.plugins.extractor", lambda kind, *_: broken if kind == "dates" else lambda *_: ())
    summary = build(open_project(None, raw, tmp_path / "out"), jobs=1)
    assert not summary.report.ok
    assert not (tmp_path / "out").exists()


def test_the_same_article_has_the_same_id_wherever_raw_is(raw, tmp_path):
    shutil.copytree(raw, tmp_path / "elsewhere")
    for source, out in ((raw, "one"), (tmp_path / "elsewhere", "two")):
        build(open_project(None, source, tmp_path / out), jobs=1)
    ids = [[row["article_id"] for row in rows(tmp_path / out, "articles")] for out in ("one", "two")]
    assert ids[0] == ids[1]


def test_the_descriptor_states_rows_sizes_and_hashes(raw, tmp_path):
    summary = build(open_project(None, raw, tmp_path / "out"), jobs=1)
    content = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    for resource in content["resources"]:
        data = (tmp_path / "out" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["rows"] == summary.rows[resource["name"]]
