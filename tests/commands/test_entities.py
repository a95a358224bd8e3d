"""`broadsheet entities`: the table, and the review that becomes lines of the authority file."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from broadsheet.build import build
from broadsheet.cli import cli
from broadsheet.dataset.entities import write_review
from broadsheet.dataset.spreadsheets import FORMULA_SIGNS
from broadsheet.project import open_project
from broadsheet.resolve import Authority
from broadsheet.resolve.review import MERGED, Doubt, Side
from broadsheet.schemas import field_names, load_sidecar_schema

COLUMNS = field_names(load_sidecar_schema("authority"))


@pytest.fixture
def project(tmp_path):
    """A project of two articles; the second knows a person by surname only."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"name": "x", "$schema": "https://datapackage.org/profiles/2.0/datapackage.json"})
    )
    (tmp_path / "raw" / "a.txt").write_text(" date 2021-08-31 Mr Luis Velaya spoke in Kabul. Kabul was calm.")
    (tmp_path / "raw" / "b.txt").write_text(" date 2021-09-01 Mr Velaya spoke again.")
    build(open_project(tmp_path), jobs=1)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["entities", *map(str, arguments)])


def reviewed(project):
    return list(csv.DictReader(io.StringIO(run(project, "--review").stdout)))


def named(project):
    return {json.loads(line)["entity_id"] for line in run(project, "--json").stdout.splitlines()}


def test_the_most_mentioned_come_first(project):
    rows = [json.loads(line) for line in run(project, "--json", "--limit", 1).stdout.splitlines()]
    assert [(row["entity_id"], row["mention_count"]) for row in rows] == [("e-kabul", 2)]


def test_a_line_of_the_review_confirms_what_is_done_now(project):
    (row,) = reviewed(project)
    assert (row["entity_id"], row["aliases"], row["now"]) == ("e-luis-velaya", "Velaya", "one entity")
    assert row["example"] != row["other_example"]
    copied(project, row)
    assert named(project) == {"e-kabul", "e-luis-velaya"}
    assert reviewed(project) == []


def test_a_line_with_the_name_in_the_other_column_changes_it(project):
    (row,) = reviewed(project)
    copied(project, row | {"aliases": "", "not_same_as": row["aliases"]})
    assert named(project) == {"e-kabul", "e-luis-velaya", "e-velaya"}
    assert reviewed(project) == []


def copied(project, row):
    """The authority file with the line, and the dataset built again."""
    with (project / "raw" / "authority.csv").open("w", encoding="utf-8", newline="") as stream:
        lines = csv.DictWriter(stream, COLUMNS, extrasaction="ignore")
        lines.writeheader()
        lines.writerow(row)
    build(open_project(project), jobs=1)


def test_a_file_is_written_once_and_never_over_another(project, tmp_path):
    out = tmp_path / "review.csv"
    assert run(project, "--review", "-o", out).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfentity_id,name,type,")
    assert "exists already" in str(run(project, "--review", "-o", out).exception)


def test_a_project_that_was_not_built_is_told_so(tmp_path):
    assert "build it first" in run(tmp_path).exception.tip


def test_no_cell_of_the_review_is_a_formula():
    side = Side("e-x", '=HYPERLINK("x")', "ORG", 1, "a1")
    lines = io.StringIO()
    write_review([Doubt(MERGED, side, Side("e-x", "@x", "ORG", 1, "a2"), "+why")], Authority(), lines)
    cells = [cell for row in csv.reader(io.StringIO(lines.getvalue())) for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA_SIGNS)]
