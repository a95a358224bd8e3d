"""What the page on exports shows is what happens, and it leaves no option out."""

import doctest
from pathlib import Path

from click.testing import CliRunner

from broadsheet.cli import cli
from broadsheet.commands.export import command

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"


def test_the_examples_of_the_page_run_as_written(sample_package, tmp_path, monkeypatch):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "package").symlink_to(sample_package)
    monkeypatch.chdir(tmp_path)
    written = CliRunner().invoke(cli, ["export", "claims", "--format", "webannotation", "-o", "annotations.jsonl"])
    assert written.exit_code == 0
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 5) == (0, True)


def test_the_page_names_every_option_of_claims():
    of_others = {"--xlsx", "--table", "--force", "--no-verify"}
    options = {name for item in command.params for name in item.opts if name.startswith("--")} - of_others
    text = PAGE.read_text("utf-8").replace("-o FILE", "--output")
    assert options
    assert {name for name in options if name not in text} == set()
