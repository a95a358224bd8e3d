"""`broadsheet validate` as it is typed: forms, files, limits and colours."""

import json
import os
import pty
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.cli import cli
from broadsheet.commands.validate import named


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A working folder that holds a package in which three cells are wrong."""
    (tmp_path / "package").mkdir()
    schema = {"fields": [{"name": "day", "type": "date"}]}
    content = {"name": "days", "resources": [{"name": "days", "path": "days.csv", "schema": schema}]}
    (tmp_path / "package" / "datapackage.json").write_text(json.dumps(content))
    (tmp_path / "package" / "days.csv").write_text("day\nMonday\nTuesday\n2021-08-31\nFriday\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    return CliRunner().invoke(cli, ["validate", *words], standalone_mode=False)


def test_any_number_of_forms_comes_from_one_run(folder):
    forms = ("text", "json", "junit", "sarif", "github", "html")
    saved = [word for form in forms for word in ("--save", form, f"report.{form}")]
    result = run("package", *saved)
    assert result.return_value == 1
    assert all("Monday" in (folder / f"report.{form}").read_text() for form in forms)
    assert (folder / "report.text").read_text() == result.stdout


@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github", "html"])
def test_a_limit_holds_for_every_form_and_all_stay_counted(folder, form):
    text = run("package", "--format", form, "--limit", "1").stdout
    assert "Monday" in text
    assert "Tuesday" not in text
    assert "3" in text


@pytest.mark.parametrize("limit", ["-1", "21", "many"])
def test_more_findings_than_are_kept_cannot_be_asked_for(folder, limit):
    result = CliRunner().invoke(cli, ["validate", "package", "--limit", limit])
    assert result.exit_code == 2


def test_files_are_named_as_from_the_working_folder(folder):
    assert "::error file=package/days.csv,line=2,title=type-error::" in run("package", "--format", "github").stdout
    assert "  package/days.csv:2: 'Monday'" in run("package/datapackage.json").stdout
    os.chdir("package")
    assert "  days.csv:2: 'Monday'" in run().stdout


def test_a_package_elsewhere_is_named_as_it_was_given(folder):
    os.chdir("package")
    assert named(Path("../package")) == ""
    assert named(Path("../other")) == "../other"
    assert named(folder / "other") == f"{folder}/other"


@pytest.mark.parametrize(
    ("surroundings", "colored"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
    ids=str,
)
def test_a_terminal_gets_colours_unless_nobody_wants_them(folder, monkeypatch, surroundings, colored):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    seen = []

    def read(descriptor):
        seen.append(os.read(descriptor, 4096))
        return seen[-1]

    saved = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        pty.spawn([sys.executable, "-m", "broadsheet", "validate", "package"], read)
    finally:
        os.dup2(saved, 1)
    text = b"".join(seen)
    assert b"NOT valid: 3 findings" in text
    assert (b"\x1b[" in text) == colored


def test_what_is_piped_has_no_colours(folder, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b" not in run("package").stdout
