"""docs/validate.md: what it says is what the program does."""

import re

import pytest
from click.testing import CliRunner
from tests.validate.formats.page import PAGE, write_package, written

from broadsheet.cli import cli
from broadsheet.validate.formats import FORMATS

TEXT = PAGE.read_text("utf-8")


def test_the_example_and_the_table_of_codes_are_what_the_program_says():
    assert "$ broadsheet validate floods" in TEXT
    assert "| `type-error` | " in TEXT
    assert written(TEXT) == TEXT, "run: python -m tests.validate.formats.page"


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
def package(tmp_path, monkeypatch):
    write_package(tmp_path / "package")
    monkeypatch.chdir(tmp_path)


def test_examples_are_commands_that_work(package, tmp_path):
    examples = re.findall(r"^    broadsheet validate (package/ .*)$", TEXT, re.MULTILINE)
    assert len(examples) >= 2
    for words in examples:
        assert CliRunner().invoke(cli, ["validate", *words.split()], standalone_mode=False).return_value == 1
    assert (tmp_path / "report.sarif").exists()
