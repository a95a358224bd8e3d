import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.cli import COMMANDS, cli

TEXT = " date 2021-08-31 On Tuesday, 12 people were killed in Kabul, officials said."


def run(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "broadsheet", *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False
    )


@pytest.fixture
def raw(tmp_path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert f"broadsheet {name}" in result.output.split("Example", 1)[1]


def test_help_imports_nothing_heavy():
    code = (
        "import sys, broadsheet.cli as c\ntry: c.cli(['--help'])\nfinally: print(sorted(sys.modules), file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    for module in ("pyarrow", "polars", "pandas", "pandera", "duckdb", "frictionless", "rich", "numpy", "spacy"):
        assert f"'{module}'" not in loaded


def test_build_then_validate(raw, tmp_path):
    built = run("build", "--raw", raw, "--out", tmp_path / "out", "--jobs", 1)
    assert (built.returncode, built.stdout) == (0, "")
    assert "Raw records: 1 (1 read)" in built.stderr
    checked = run("validate", tmp_path / "out")
    assert checked.returncode == 0
    assert checked.stdout.endswith("Verdict: valid\n")


def test_build_summary_as_json(raw, tmp_path):
    summary = json.loads(run("build", "--raw", raw, "--out", tmp_path / "out", "--json").stdout)
    assert (summary["valid"], summary["records"], summary["rows"]["articles"]) == (True, {"read": 1}, 1)


def test_strict_makes_a_failed_record_exit_1_with_the_package_in_place(raw, tmp_path):
    (raw / "bad.txt").write_bytes(b"\0")
    assert run("build", "--raw", raw, "--out", tmp_path / "out", "--strict").returncode == 1
    assert (tmp_path / "out" / "datapackage.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["build", "--raw", "missing", "--out", "out"], 3, "no such folder"),
        (["build"], 2, "is no dataset project"),
        (["build", "--jobs", "0"], 2, "Invalid value"),
        (["validate", "missing"], 3, "no such folder"),
        (["nonsense"], 2, "No such command"),
        (["publsh"], 2, "No such command 'publsh'. Did you mean 'publish'?"),
    ],
)
def test_exit_codes_and_messages(tmp_path, arguments, code, said):
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_every_command_has_a_first_line_that_the_list_shows_whole():
    listed = CliRunner().invoke(cli, ["--help"], terminal_width=80).output.split("Commands:")[1]
    assert len(listed.splitlines()) == len(COMMANDS) + 1
    assert "..." not in listed


def test_a_folder_that_holds_packages_is_told_from_one(raw, tmp_path):
    assert "name the folder of one" in run("validate", raw).stderr
    (tmp_path / "deep" / "package").mkdir(parents=True)
    (tmp_path / "deep" / "package" / "datapackage.json").write_text("{}")
    result = run("validate", tmp_path / "deep")
    assert result.returncode == 1
    assert "name one of them, such as package" in result.stderr


def test_parse_prints_json_lines_when_piped(raw):
    lines = run("parse", raw / "one.txt", "--table", "dates").stdout.splitlines()
    (row,) = [json.loads(line) for line in lines]
    assert (row["surface"], row["value"], row["earliest"]) == ("Tuesday", "2021-08-31", "2021-08-31")


def test_parse_says_why_a_file_gives_no_article(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    result = run("parse", tmp_path / "empty.txt")
    assert (result.returncode, result.stdout, result.stderr) == (1, "", "empty.txt: skipped: empty file\n")


def test_init_then_build_and_validate_as_it_says(raw, tmp_path):
    made = run("init", "mine", "--from", raw, cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, "")
    assert "Article files copied from" in made.stderr
    assert "No licence is set for the data" in made.stderr
    steps = [line.split(". ", 1)[1].split() for line in made.stderr.splitlines() if ". broadsheet " in line]
    assert [step[:2] for step in steps] == [["broadsheet", "build"], ["broadsheet", "validate"]]
    for step in steps:
        assert run(*step[1:], cwd=tmp_path).returncode == 0
    assert run("init", "mine", cwd=tmp_path).returncode == 2
