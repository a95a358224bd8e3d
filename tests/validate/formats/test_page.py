"""docs/validate.md: what it says is what the program does."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from tests.validate.formats.codes_page import BLOCK, PAGE, table
from tests.validate.formats.small import PROFILE

from broadsheet.cli import cli
from broadsheet.validate.formats import FORMATS

TEXT = PAGE.read_text("utf-8")

SCHEMA = {
    "primaryKey": ["id"],
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "day", "type": "date"},
        {"name": "note", "type": "string"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["flood", "fire"]}},
    ],
}
ROWS = """id,day,note,kind
e1,2021-08-31,"two
lines",fire
e2,2021-13-45,,flood
e3,2021-08-31,,flod
e4,2021-08-31,,flod
"""


def test_the_table_of_codes_is_that_of_the_program():
    assert BLOCK.search(TEXT)[2] == table(), "run: python -m tests.validate.formats.codes_page"


def test_every_form_is_described():
    (table,) = re.findall(r"^\| form \| for \|\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    assert set(re.findall(r"^\| `([a-z]+)` \|", table, re.MULTILINE)) == set(FORMATS)


def test_every_key_of_the_json_report_that_is_our_own_is_described(bad_report):
    from broadsheet.validate.formats.json import as_object

    content = as_object(bad_report)
    theirs = {"valid", "stats", "warnings", "errors", "tasks"}
    keys = set(content) | set(content["checks"][0]) | set(content["findings"][0])
    assert {key for key in keys if f"`{key}`" not in TEXT} == set()
    assert set(content) - theirs == {"findings_count", "outcomes", "checks", "findings"}


@pytest.fixture
def floods(tmp_path, monkeypatch):
    folder = tmp_path / "floods"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "events.csv").write_text(ROWS)
    resource = {"name": "events", "path": "data/events.csv", "schema": SCHEMA, "rows": 4}
    (folder / "datapackage.json").write_text(
        json.dumps({"$schema": PROFILE, "name": "floods", "resources": [resource]})
    )
    monkeypatch.chdir(tmp_path)


def test_the_example_is_what_is_printed(floods):
    printed = CliRunner().invoke(cli, ["validate", "floods"]).stdout
    shown = "".join(f"    {line}".rstrip() + "\n" for line in printed.splitlines())
    assert shown in TEXT, printed


def test_examples_are_commands_that_work(floods, tmp_path):
    shutil.move("floods", "package")
    examples = re.findall(r"^    broadsheet validate (package/ .*)$", TEXT, re.MULTILINE)
    assert len(examples) >= 2
    for words in examples:
        assert CliRunner().invoke(cli, ["validate", *words.split()], standalone_mode=False).return_value == 1
    assert (tmp_path / "report.sarif").exists()
