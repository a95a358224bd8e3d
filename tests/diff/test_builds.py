"""Why rows of real builds differ: each kind of change that a maintainer makes, and the cause that it counts as."""

import shutil
from dataclasses import replace

import pytest

from broadsheet import provenance
from broadsheet.build import build
from broadsheet.diff import diff_packages
from broadsheet.project import open_project

ARTICLES = {
    "a.txt": " date 2021-08-31 On Tuesday, Anna Example told reporters in Arlmouth that 12 people were hurt.",
    "b.txt": " date 2021-08-30 It rained in Bexford on Monday. “It is wet,” said Carl Sample.",
    "c.txt": " date 2021-09-01 Dora Model said that 30 people met in Cley on Wednesday.",
}
LATER = {
    "a.txt": ARTICLES["a.txt"],
    "b.txt": ARTICLES["b.txt"].replace("rained", "poured down"),
    "d.txt": " date 2021-09-02 Emil Pattern said that 40 people left Dunby on Thursday.",
}


def built(folder, articles, version="1.0.0", language="und", sidecar=""):
    (folder / "raw").mkdir(parents=True)
    for name, text in articles.items():
        (folder / "raw" / name).write_text(text, "utf-8")
    if sidecar:
        (folder / "raw" / "articles.csv").write_text(sidecar, "utf-8")
    project = open_project(None, folder / "raw", folder / "package")
    project = replace(project, descriptor=project.descriptor | {"broadsheet": {"language": language}})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provenance, "__version__", version)
        assert build(project, jobs=1).report.ok
    return folder / "package"


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    return built(tmp_path_factory.mktemp("old") / "project", ARTICLES)


@pytest.fixture(scope="module")
def by_another_version(tmp_path_factory):
    return built(tmp_path_factory.mktemp("version") / "project", ARTICLES, version="9.9.9")


def edited(package, folder):
    """A copy of the package in which somebody has written another name of a place into the text of an article."""
    shutil.copytree(package, folder, ignore=shutil.ignore_patterns("parquet"))
    path = folder / "data" / "articles.csv"
    path.write_text(path.read_text("utf-8").replace("Bexford", "Bexfort", 1), "utf-8")
    return folder


def causes(diff):
    """The causes of the rows that differ, by table."""
    found = {table.name: {cause for (_, cause), count in table.counts.items() if count} for table in diff.tables}
    return {name: some for name, some in found.items() if some}


def test_articles_that_are_changed_new_and_gone_are_raw(old, tmp_path):
    diff = diff_packages(old, built(tmp_path / "new", LATER))
    found = causes(diff)
    assert {"articles", "passages", "raw_records"} <= {*found}
    assert set.union(*found.values()) == {"raw"}


def test_another_language_is_the_program(old, tmp_path):
    diff = diff_packages(old, built(tmp_path / "new", ARTICLES, language="en"))
    assert causes(diff)["articles"] == {"program"}
    assert any("language" in line for line in diff.program)


def test_another_version_of_the_program_that_makes_the_same_rows_changes_none(old, by_another_version):
    diff = diff_packages(old, by_another_version)
    assert causes(diff) == {}
    assert any("9.9.9" in line for line in diff.program)


def test_what_another_version_of_the_program_makes_otherwise_is_the_program(old, by_another_version, tmp_path):
    assert causes(diff_packages(old, edited(by_another_version, tmp_path / "new"))) == {"articles": {"program"}}


def test_what_the_sidecar_states_is_a_correction(old, tmp_path):
    diff = diff_packages(old, built(tmp_path / "new", ARTICLES, sidecar="path,outlet\nb.txt,Herald\n"))
    assert causes(diff)["articles"] == {"correction"}
    assert diff.program == []
    assert any("raw/articles.csv" in note for note in diff.notes)


def test_a_row_that_somebody_edited_is_a_correction(old, tmp_path):
    assert causes(diff_packages(old, edited(old, tmp_path / "new"))) == {"articles": {"correction"}}
