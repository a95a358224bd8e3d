import json
import re
import sys

import pytest

from bench import build, corpus


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["bench.build", *map(str, arguments)])
    build.main()


def test_a_build_is_measured_stage_by_stage(tmp_path, monkeypatch, capsys):
    results = tmp_path / "results.json"
    run(monkeypatch, 3, "--words", 60, "--jobs", 1, "--work", tmp_path, "--json", results)
    (result,) = json.loads(results.read_text())
    assert (result["articles"], result["corpus"], result["jobs"]) == (3, "raw-3x60", 1)
    assert {stage["name"] for stage in result["stages"]} == {"starting", *build.STAGES}
    assert 20e6 < result["whole"]["memory"] < 4e9
    assert re.search(r"^\| validating \| \d+\.\d \| \d+\.\d \| \d+ \| \d+ \|$", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.slow
def test_second_builds_stand_beside_first_ones(tmp_path, monkeypatch, capsys):
    results = tmp_path / "results.json"
    run(monkeypatch, 300, "--second", 1, "--work", tmp_path, "--json", results)
    (result,) = json.loads(results.read_text())
    assert 0 < result["second"][0] < result["first"][0]
    assert "| median |" in capsys.readouterr().out


def test_an_article_is_changed_only_for_as_long_as_asked(tmp_path):
    corpus.make(tmp_path / "raw", 2)
    before = {path: path.read_bytes() for path in build.files(tmp_path / "raw")}
    with build.one_changed(tmp_path / "raw"):
        assert sum(path.read_bytes() != data for path, data in before.items()) == 1
    assert {path: path.read_bytes() for path in build.files(tmp_path / "raw")} == before


def test_a_build_that_fails_says_why(tmp_path):
    with pytest.raises(SystemExit, match="nothing"):
        build.built(tmp_path / "nothing", tmp_path, 1)
