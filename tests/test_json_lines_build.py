"""Whole builds of folders with JSON Lines."""

import json
from pathlib import Path

import pytest

from broadsheet.build import build
from broadsheet.commands.fields import read_map
from broadsheet.commands.summary import reason_lines
from broadsheet.project import open_project

RECORDS = [
    {"id": 1, "date": "2021-08-31", "text": "On Tuesday, Anna Example said that it rained in Kabul."},
    {"id": 2, "date": "2021-09-01", "story": "It snowed in Kandahar on Wednesday."},
    {"id": 3, "date": "2021-09-02", "text": "<p>It blew.</p>"},
    {"id": 4, "date": "2021-09-03", "text": "It was dry in Herat on Friday."},
]


@pytest.fixture
def raw(tmp_path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "feed.jsonl").write_text("\n".join(map(json.dumps, RECORDS)) + "\n")
    (folder / "one.txt").write_text(" date 2021-08-30 It rained in Kabul on Monday.")
    return folder


def rows(package, table):
    import pyarrow.parquet as parquet

    return parquet.read_table(package / "parquet" / f"{table}.parquet").to_pylist()


def fates(package):
    return [(row["path"], row["record"], row["reader"], row["status"]) for row in rows(package, "raw_records")]


def test_every_line_is_a_row_of_raw_records_with_its_bytes(raw, tmp_path):
    summary = build(open_project(None, raw, tmp_path / "out"), jobs=1)
    assert summary.report.ok
    assert fates(tmp_path / "out") == [
        ("feed.jsonl", 0, "jsonl", "read"),
        ("feed.jsonl", 1, "jsonl", "failed"),
        ("feed.jsonl", 2, "jsonl", "failed"),
        ("feed.jsonl", 3, "jsonl", "read"),
        ("one.txt", 0, "text", "read"),
    ]
    sizes = [row["bytes"] for row in rows(tmp_path / "out", "raw_records")]
    assert sizes[:4] == [len(json.dumps(record)) for record in RECORDS]


def test_a_mapped_field_gives_the_articles_that_lack_the_usual_one(raw, tmp_path):
    fields = read_map(None, None, ["text=story"])
    build(open_project(None, raw, tmp_path / "out", fields), jobs=1)
    assert [fate[3] for fate in fates(tmp_path / "out")] == ["read", "read", "failed", "read", "read"]
    texts = {row["text"] for row in rows(tmp_path / "out", "articles")}
    assert {RECORDS[0]["text"], RECORDS[1]["story"]} < texts


def test_the_sidecar_states_a_file_and_a_record_of_it(raw, tmp_path):
    (raw / "articles.csv").write_text("path,outlet,title\nfeed.jsonl,Example Herald,\nfeed.jsonl#3,,Dry in Herat\n")
    summary = build(open_project(None, raw, tmp_path / "out"), jobs=1)
    assert summary.warnings == []
    stated = {(row["text"].split()[0], row["outlet"], row["title"]) for row in rows(tmp_path / "out", "articles")}
    assert stated == {("On", "Example Herald", None), ("It", "Example Herald", "Dry in Herat"), ("It", None, None)}


def test_a_suppressed_line_is_kept_out_and_the_others_are_not(raw, tmp_path):
    (raw / "suppress.csv").write_text("path,name,why\nfeed.jsonl#3,,asked for\n")
    build(open_project(None, raw, tmp_path / "out"), jobs=1)
    assert [fate[3] for fate in fates(tmp_path / "out")] == ["read", "failed", "failed", "skipped", "read"]
    assert not any("Herat" in row["text"] for row in rows(tmp_path / "out", "articles"))


def test_the_bytes_do_not_depend_on_the_number_of_jobs(raw, tmp_path, monkeypatch):
    monkeypatch.setattr("broadsheet.passes.ARTICLES_PER_SHARD", 1)
    for jobs in (1, 2):
        build(open_project(None, raw, tmp_path / f"out{jobs}"), jobs=jobs, reuse=False)
    assert (tmp_path / "out1" / "SHA256SUMS").read_text() == (tmp_path / "out2" / "SHA256SUMS").read_text()


def test_a_duplicate_names_the_record_that_it_repeats(raw, tmp_path):
    twice = [*RECORDS, {**RECORDS[3], "id": 5}, {**RECORDS[3], "text": "It rained in Herat."}]
    (raw / "feed.jsonl").write_text("\n".join(map(json.dumps, twice)))
    build(open_project(None, raw, tmp_path / "out"), jobs=1)
    reasons = [row["reason"] for row in rows(tmp_path / "out", "raw_records")]
    assert reasons[4:6] == [
        "the same article as feed.jsonl#3",
        "has the id or URL of feed.jsonl#3, with other words",
    ]


def test_a_thousand_bad_lines_are_a_few_lines_of_the_summary(raw, tmp_path):
    lines = ['{"text": ' + "1" * (number + 1) for number in range(50)] + ["[]"] * 50
    (raw / "feed.jsonl").write_text("\n".join(lines))
    summary = build(open_project(None, raw, tmp_path / "out"), jobs=1)
    shown = reason_lines(summary.reasons)
    assert shown[0] == "  50 failed: an array, expected an object with named fields"
    assert len(shown) == 21
    assert shown[-1] == "  and 31 other reasons: see raw_records"
