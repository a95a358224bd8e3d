"""Second builds: only what changed is made anew, and the bytes are those of a fresh build."""

import hashlib
import random

import pyarrow as pa
import pytest

from broadsheet import earlier, pipeline
from broadsheet.build import build
from broadsheet.project import open_project
from broadsheet.spill import Spill

PEOPLE = ["Anna Example", "Carl Sample", "Vera Specimen", "Boris Beispiel"]


def article(number: int) -> str:
    person = PEOPLE[number % len(PEOPLE)]
    day = f"2021-08-{1 + number % 28:02d}"
    hurt = f"On Monday {person} said that {number} people were hurt in Arlmouth."
    return f" date {day} {hurt}\n\n“It is wet,” {person} said."


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr("broadsheet.passes.ARTICLES_PER_SHARD", 4)
    (tmp_path / "raw").mkdir()
    for number in range(12):
        (tmp_path / "raw" / f"{number}.txt").write_text(article(number), "utf-8")
    return tmp_path


def built(place, out="out", **how):
    summary = build(open_project(None, place / "raw", place / out), jobs=1, **how)
    assert summary.report.ok
    return summary


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def same_as_fresh(place) -> bool:
    built(place, "fresh", reuse=False)
    return digests(place / "out") == digests(place / "fresh")


def test_only_changed_and_new_articles_are_made_and_the_bytes_are_those_of_a_fresh_build(place):
    assert built(place).reused == 0
    assert built(place).reused == 12
    draw = random.Random(7)
    for _ in range(3):
        for number in draw.sample(range(12), 2):
            (place / "raw" / f"{number}.txt").write_text(article(draw.randrange(100)), "utf-8")
        (place / "raw" / f"{draw.randrange(12)}.txt").unlink(missing_ok=True)
        (place / "raw" / f"new{draw.randrange(10**6)}.txt").write_text(article(draw.randrange(100)), "utf-8")
        assert 0 < built(place).reused < 12
    assert same_as_fresh(place)


def test_a_fact_in_the_sidecar_makes_only_its_article_anew(place):
    built(place)
    (place / "raw" / "articles.csv").write_text("path,outlet\n3.txt,Herald\n", "utf-8")
    assert built(place).reused == 11
    assert same_as_fresh(place)


def test_another_program_version_makes_everything_anew(place, monkeypatch):
    built(place)
    monkeypatch.setattr(earlier, "__version__", "9.9.9")
    assert built(place).reused == 0


def test_an_option_that_changes_rows_makes_everything_anew(place):
    contexts = [
        pipeline.Context(),
        pipeline.Context(language="en"),
        pipeline.Context(fields={"text": "story"}),
    ]
    assert len({earlier.fingerprint_of(context) for context in contexts}) == len(contexts)


@pytest.mark.parametrize("damage", [b"", b"garbage" * 100, None])
def test_a_damaged_cache_costs_time_and_never_rows(place, damage):
    built(place)
    folder = earlier.folder_of(open_project(None, place / "raw", place / "out"))
    for path in sorted(folder.iterdir()):
        if path.suffix == ".arrows":
            path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
            assert built(place).reused in (0, 12)
            assert same_as_fresh(place)
            break


def test_rows_of_a_package_that_is_gone_are_forgotten(place):
    import shutil

    built(place)
    folder = earlier.folder_of(open_project(None, place / "raw", place / "out"))
    assert folder.is_dir()
    shutil.rmtree(place / "out")
    built(place, "other")
    assert not folder.exists()


COLUMNS = pa.schema([("article_id", pa.string()), ("n", pa.int64())])
SHARDS = [["a1", "a2"], ["a3"], [], ["a5", "a6"]]


@pytest.fixture
def rows_folder(tmp_path):
    with Spill(tmp_path / "rows", {"mentions": COLUMNS}) as spill:
        for ids in SHARDS:
            rows = [{"article_id": article, "n": n} for article in ids for n in range(2)]
            keys = [(article, article.encode()) for article in ids]
            spill.add(keys, {"mentions": pa.RecordBatch.from_pylist(rows, schema=COLUMNS)})
    return tmp_path / "rows"


@pytest.mark.parametrize(
    "asked",
    [["a2"], ["a1", "a3", "a6"], ["a2", "a4", "a5"], ["a1", "a2", "a3", "a5", "a6"], ["a0", "a7"], []],
)
def test_the_rows_of_articles_that_were_taken_come_back(rows_folder, asked):
    before = earlier.Earlier(rows_folder)
    taken = [article for article in asked if before.has(article, article.encode())]
    found = [value for batch in before.batches("mentions") for value in batch["article_id"].to_pylist()]
    assert found == [article for article in taken for _ in range(2)]
    assert taken == [article for ids in SHARDS for article in ids if article in asked]


def test_an_article_under_another_key_is_not_taken(rows_folder):
    before = earlier.Earlier(rows_folder)
    assert not before.has("a2", b"other")
    assert list(before.batches("mentions")) == []
