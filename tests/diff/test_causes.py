"""Why rows differ: packages of articles and what was read from them, as a build writes them but for a few columns."""

import json

import pytest
from tests.diff.conftest import refers, schema

from broadsheet.diff import diff_packages

ARTICLES = schema("article_id", "outlet", "text_sha256", key="article_id")
NOTES = schema("id", "article_id", "about", "words", **refers("about", "people"))
PEOPLE = schema("id", "name")
RECORDS = schema(
    "path", {"name": "record", "type": "integer"}, "sha256", "reason", "article_id", key=["path", "record"]
)


def tables(articles, notes, people, records=()):
    return {
        "articles": (ARTICLES, articles),
        "notes": (NOTES, notes),
        "people": (PEOPLE, people),
        "raw_records": (RECORDS, list(records)),
    }


OLD = tables(
    [["a1", "", "11"], ["a2", "", "22"], ["a3", "", "33"]],
    [["n1", "a1", "p1", "x"], ["n2", "a2", "p2", "x"], ["n3", "a3", "p3", "x"]],
    [["p1", "Anna"], ["p2", "Bert"], ["p3", "Carl"]],
    [["1.txt", 0, "aa", "", "a1"], ["2.txt", 0, "bb", "", "a2"], ["3.txt", 0, "cc", "", "a3"]],
)
NEW = tables(
    [["a1", "The Herald", "11"], ["a2", "", "2b"], ["a4", "", "44"]],
    [["n1", "a1", "p1", "y"], ["n2", "a2", "p2", "y"], ["n4", "a4", "p4", "x"]],
    [["p1", "Ann"], ["p2", "Bertha"], ["p4", "Dora"]],
    [["1.txt", 0, "aa", "date unsure", "a1"], ["2.txt", 0, "b2", "", "a2"], ["4.txt", 0, "dd", "", "a4"]],
)


def crate(version):
    """A crate as packages have it, with no more than what tells of the build."""
    program = {"@id": "#p", "name": "broadsheet", "softwareVersion": version, "softwareRequirements": []}
    built = {"@id": "#build", "instrument": {"@id": "#p"}, "object": [], "endTime": "2026-01-01T00:00:00+00:00"}
    return json.dumps({"@graph": [built, program]})


def built_by(folder, version):
    (folder / "ro-crate-metadata.json").write_text(crate(version))
    return folder


def counts(diff):
    return {table.name: dict(table.counts) for table in diff.tables}


@pytest.mark.parametrize(("version", "cause"), [("1.0", "correction"), ("1.1", "program")])
def test_rows_differ_for_their_raw_files_or_the_program_or_neither(made, version, cause):
    old, new = built_by(made("old", OLD), "1.0"), built_by(made("new", NEW), version)
    each = {("added", "raw"): 1, ("removed", "raw"): 1, ("changed", "raw"): 1, ("changed", cause): 1}
    assert counts(diff_packages(old, new)) == dict.fromkeys(OLD, each)


def test_other_bytes_of_the_raw_file_are_the_cause_though_the_text_is_the_same(made):
    new = tables(
        OLD["articles"][1],
        [["n1", "a1", "p1", "y"], *OLD["notes"][1][1:]],
        OLD["people"][1],
        [["1.txt", 0, "a2", "", "a1"], *OLD["raw_records"][1][1:]],
    )
    found = counts(diff_packages(made("old", OLD), made("new", new)))
    assert found["notes"] == {("changed", "raw"): 1}


def test_without_provenance_no_change_is_put_down_to_the_program(made):
    diff = diff_packages(built_by(made("old", OLD), "1.0"), made("new", NEW))
    assert not diff.program
    assert diff.notes == ["NEW does not say what program built it, so no change is put down to the program"]


def test_the_program_that_differs_is_named(made):
    diff = diff_packages(built_by(made("old", OLD), "1.0"), built_by(made("new", NEW), "1.1"))
    assert diff.program == ["the program was broadsheet 1.0, and is broadsheet 1.1"]


def test_rows_that_follow_a_changed_article_ask_for_a_minor_version(made):
    notes = [["n1", "a1", "p1", "x"], ["n5", "a2", "p2", "x"], ["n3", "a3", "p3", "x"]]
    marks = schema("id", "article_id", "note", **refers("note", "notes"))
    old = OLD | {"marks": (marks, [["m", "a2", "n2"]])}
    articles = [["a1", "", "11"], ["a2", "", "2b"], ["a3", "", "33"]]
    new = tables(articles, notes, OLD["people"][1], OLD["raw_records"][1]) | {"marks": (marks, [["m", "a2", "n5"]])}
    assert str(diff_packages(made("old", old), made("new", new)).step) == "minor"


def test_an_article_that_is_gone_asks_for_a_major_version(made):
    to_articles = NOTES | refers("article_id", "articles", "article_id")
    old = OLD | {"notes": (to_articles, OLD["notes"][1])}
    new = old | {"articles": (ARTICLES, OLD["articles"][1][:2]), "notes": (to_articles, OLD["notes"][1][:2])}
    assert str(diff_packages(made("old", old), made("new", new)).step) == "major"


@pytest.mark.parametrize(("text", "step"), [("33", "major"), ("3b", "minor")])
def test_a_row_that_points_to_a_part_is_no_sign_of_a_split_where_its_article_changed(made, text, step):
    notes = [*OLD["notes"][1], ["n4", "a3", "p3", "x"]]
    articles = [*OLD["articles"][1][:2], ["a3", "", text]]
    people = [*OLD["people"][1][:2], ["p3", "Carla"], ["p4", "Carl"]]
    old = tables(OLD["articles"][1], notes, OLD["people"][1])
    new = tables(articles, [*notes[:3], ["n4", "a3", "p4", "x"]], people)
    assert str(diff_packages(made("old", old), made("new", new)).step) == step
