"""What a public projection holds, and above all what it does not."""

import json
import re
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.build import build
from broadsheet.cli import cli
from broadsheet.errors import PackageError, PolicyError
from broadsheet.package.public import write_public_package
from broadsheet.package.rights import MOST_WORDS, cut, is_short
from broadsheet.project import open_project
from broadsheet.validate import validate_package

RUN = 6
"""Words of a run that must not be found again."""

ARTICLES = {
    "a.txt": " date 2021-08-31 “We shall rebuild the bridge before the winter comes to the valley,” said Anna Example"
    " on Monday. The Special Office for the Reconstruction and Protection of Northern Arlmouth Harbour said on the"
    " first Monday after the second week of September 2021 that 12 people were hurt.\n\nA spokesman for the ministry"
    " of roads and bridges in the capital denied that the money had been spent.",
    "b.txt": " date 2021-08-30 Rain fell in Arlmouth for two days. " + "Nobody counted the drops that fell. " * 30
    + "“It is wet,” said Carl Sample. “It was wet for days,” said Carl Sample. “"
    + "It never stops, and " * 20 + "it is cold,” said Carl Sample.",
}  # fmt: skip
STATED = (
    'path,title,byline,license\na.txt,"What the bridge at Arlmouth was for, and who paid","By Nora Anybody and three'
    ' more people at our desk",CC-BY-4.0\nb.txt,Rain,,CC0-1.0\n'
)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    (folder / "raw").mkdir()
    for name, text in ARTICLES.items():
        (folder / "raw" / name).write_text(text, "utf-8")
    (folder / "raw" / "articles.csv").write_text(STATED, "utf-8")
    assert build(open_project(None, folder / "raw", folder / "package"), jobs=1).report.ok
    return folder / "package"


@pytest.fixture(scope="module", params=["facts", "quotes", "full"])
def public(request, full, tmp_path_factory):
    out = tmp_path_factory.mktemp("public") / "package"
    assert write_public_package(full, out, request.param).ok
    return request.param, out


def rows(package: Path, table: str) -> list[dict]:
    return parquet.read_table(package / "parquet" / f"{table}.parquet").to_pylist()


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))


def withheld_runs(full: Path, published: list[str]) -> set[tuple[str, ...]]:
    found = set()
    for row in rows(full, "articles"):
        for name in ("title", "byline", "text"):
            found |= runs(row[name] or "")
    return found - {run for quotation in published for run in runs(quotation)}


def leaks(package: Path, secret: set[tuple[str, ...]]) -> dict[str, set[tuple[str, ...]]]:
    """Runs of withheld words by file; compressed cells are looked at one by one."""
    found = {}
    for path in sorted(path for path in package.rglob("*") if path.is_file()):
        seen = runs(path.read_bytes().decode("utf-8", "replace")) | runs(path.read_bytes().decode("utf-16", "replace"))
        if path.suffix == ".parquet":
            for row in rows(package, path.stem):
                for cell in row.values():
                    seen |= runs(str(cell))
        if seen & secret:
            found[path.name] = seen & secret
    return found


def test_no_run_of_six_withheld_words_is_in_any_byte(public, full):
    policy, package = public
    published = [row["content"] for row in rows(package, "claims") if row["content"]]
    assert (policy == "facts") == (not published)
    secret = withheld_runs(full, published)
    assert policy == "full" or len(secret) > 100
    assert policy == "full" or leaks(package, secret) == {}


def test_the_search_for_leaks_finds_the_full_package(full):
    assert {"articles.csv", "articles.parquet", "claims.csv"} <= set(leaks(full, withheld_runs(full, [])))


def test_the_sample_leaks_nothing(sample_package, tmp_path):
    assert write_public_package(sample_package, tmp_path / "public", "facts").ok
    assert leaks(tmp_path / "public", withheld_runs(sample_package, [])) == {}


def test_every_row_and_every_number_stays(public, full):
    policy, package = public
    for path in (full / "parquet").glob("*.parquet"):
        before, after = rows(full, path.stem), rows(package, path.stem)
        assert len(before) == len(after)
        for old, new in zip(before, after, strict=True):
            changed = {name for name in old if old[name] != new[name]}
            assert not {name for name in changed if not isinstance(old[name], str)}
            assert not changed if policy == "full" else changed <= {
                "title", "byline", "text", "content", "source_text", "cue_text", "surface", "name", "source_name"
            }  # fmt: skip


def test_quotes_are_direct_short_and_a_tenth_of_an_article_at_most(full, tmp_path):
    package = tmp_path / "public"
    write_public_package(full, package, "quotes")
    quoted = {row["claim_id"]: row for row in rows(package, "claims") if row["content"]}
    contents = {row["content"] for row in quoted.values()}
    assert {"It is wet", "It was wet for days"} <= {content.rstrip(",.") for content in contents}
    assert {row["kind"] for row in quoted.values()} == {"direct"}
    for article in rows(package, "articles"):
        words = [len(row["content"].split()) for row in quoted.values() if row["article_id"] == article["article_id"]]
        assert all(count <= 50 for count in words)
        assert sum(words) <= article["word_count"] / 10
    spans = [row for row in rows(package, "claim_spans") if row["surface"]]
    assert spans
    assert all(row["claim_id"] in quoted and row["role"] == "content" for row in spans)


def test_short_names_and_expressions_stay_and_long_ones_do_not(full, tmp_path):
    write_public_package(full, tmp_path / "public", "facts")
    names = {row["name"] for row in rows(tmp_path / "public", "entities")}
    assert "Anna Example" in names
    surfaces = {row["surface"] for row in rows(tmp_path / "public", "dates")}
    assert "Monday" in surfaces
    assert all(len(surface.split()) <= MOST_WORDS for surface in surfaces if surface)


def test_a_public_package_says_what_was_not_checked(public):
    policy, package = public
    report = validate_package(package)
    assert report.ok
    skipped = {check.name for check in report.checks if check.outcome == "skipped"}
    assert skipped == (set() if policy == "full" else {"texts", "spans", "contents"})
    descriptor = json.loads((package / "datapackage.json").read_text())
    assert descriptor["broadsheet"]["textPolicy"] == policy


def test_full_without_a_licence_is_refused_and_names_the_articles(full, tmp_path):
    (tmp_path / "raw").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "raw" / name).write_text(text, "utf-8")
    (tmp_path / "raw" / "articles.csv").write_text("path,license\nb.txt,CC0-1.0\n", "utf-8")
    build(open_project(None, tmp_path / "raw", tmp_path / "package"), jobs=1)
    (without,) = (row["article_id"] for row in rows(tmp_path / "package", "articles") if row["license"] is None)
    with pytest.raises(PolicyError, match=without):
        write_public_package(tmp_path / "package", tmp_path / "public", "full")
    assert not (tmp_path / "public").exists()


def test_a_full_package_is_never_replaced_by_a_public_one(full, tmp_path, sample_package):
    with pytest.raises(PackageError, match="full package"):
        write_public_package(full, sample_package, "facts")
    with pytest.raises(PackageError):
        write_public_package(full, full, "facts")


def test_a_damaged_package_is_not_published(full, tmp_path):
    import shutil

    shutil.copytree(full, tmp_path / "damaged")
    with (tmp_path / "damaged" / "data" / "dates.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(PackageError, match="not valid"):
        write_public_package(tmp_path / "damaged", tmp_path / "public", "facts")


def test_a_projects_policy_is_the_one_that_it_states_now(full, tmp_path):
    project = tmp_path / "project"
    (project / "raw").mkdir(parents=True)
    for name, text in ARTICLES.items():
        (project / "raw" / name).write_text(text, "utf-8")
    (project / "raw" / "articles.csv").write_text(STATED, "utf-8")
    (project / "datapackage.json").write_text('{"name": "x", "resources": [], "broadsheet": {"textPolicy": "full"}}')
    run = CliRunner()
    assert run.invoke(cli, ["build", str(project)]).return_value is None
    assert run.invoke(cli, ["package", "--public", str(project)], standalone_mode=False).return_value == 0
    assert [row["text"] for row in rows(project / "build" / "public", "articles") if row["text"]]
    (project / "datapackage.json").write_text('{"name": "x", "resources": [], "broadsheet": {"textPolicy": "facts"}}')
    assert run.invoke(cli, ["package", "--public", str(project)], standalone_mode=False).return_value == 0
    assert not [row["text"] for row in rows(project / "build" / "public", "articles") if row["text"]]


words = st.lists(st.from_regex(r"\A\w{1,30}\Z"), max_size=9)


@given(words, st.sampled_from([" ", "-", ", ", "\n", " & "]))
def test_a_cut_name_has_five_words_at_most_and_a_short_one_is_kept(parts, between):
    import pyarrow as pa

    name = between.join(parts)
    column = pa.array([name], pa.string())
    short = cut(column)[0].as_py()
    assert len(re.findall(r"\w+", short)) <= MOST_WORDS
    assert len(short.removesuffix(" …").split()) <= MOST_WORDS
    assert (short == name) == is_short(column)[0].as_py()
