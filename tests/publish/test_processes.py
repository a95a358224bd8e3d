"""Ten publishers at once, as real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.publish.registries import leftovers, versions, wrong

from broadsheet.registry import read_index

SCRIPTS = Path(__file__).parents[2] / "scripts"


PUBLISHER = """
import sys
import broadsheet.package.public as public
from broadsheet.validate import Report
import broadsheet.diff.packages
from broadsheet.registry import claims
public.validate_package = lambda _: Report((), ())
broadsheet.diff.packages.fits_profile = lambda *_: ()
claims.POLL, claims.BEAT = 0.2, 1
from broadsheet.cli import main
import pyarrow.csv, pyarrow.parquet, broadsheet.publish
print("ready", flush=True)
sys.stdin.read(1)
main()
"""
"""The program without validation, which only reads and takes most of the time; it begins when it is told to."""


def start(*arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PUBLISHER, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment)


def at_once(processes: "list[subprocess.Popen[str]]") -> list[tuple[int, str]]:
    """Exit codes and words of processes that began together."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[1] for process in processes]
    return [(process.returncode, words) for process, words in zip(processes, said, strict=True)]


def test_ten_publishers_at_once_lose_no_version(project, tmp_path):
    wanted = [f"1.{number}.0" for number in range(8)] + ["1.0.0", "1.7.0"]
    ended = at_once([start("publish", project, "--to", tmp_path, "--version", version) for version in wanted])
    assert sorted(code for code, _ in ended) == [0] * 8 + [3] * 2, ended
    for code, said in ended:
        assert code == 0 or "published on" in said or "another process is writing it" in said
    assert versions(tmp_path) == [f"1.{number}.0" for number in range(7, -1, -1)]
    assert read_index(tmp_path, "floods").counter == 9
    assert json.loads((tmp_path / "index.json").read_text())["datasets"]["floods"]["counter"] == 9
    assert wrong(tmp_path) == []
    assert leftovers(tmp_path) == []


def test_ten_publishers_of_one_version_at_once_are_one(project, tmp_path):
    ended = at_once([start("publish", project, "--to", tmp_path) for _ in range(10)])
    assert sorted(code for code, _ in ended) == [0] + [3] * 9, ended
    assert (versions(tmp_path), wrong(tmp_path), leftovers(tmp_path)) == (["1.0.0"], [], [])


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 10])
def test_ten_publishers_into_a_bucket_at_once(project, tmp_path, s3, count):
    wanted = [f"1.{at % count}.0" for at in range(10)]
    ended = at_once([start("publish", project, "--to", s3.address, "--version", version) for version in wanted])
    assert sorted(code for code, _ in ended) == [0] * count + [3] * (10 - count), ended
    for code, said in ended:
        assert code == 0 or "published on" in said or "another process is publishing it" in said
    copy = s3.copied(tmp_path)
    assert (sorted(versions(copy)), wrong(copy)) == (sorted({*wanted}), [])
    counter = read_index(copy, "floods").counter
    assert counter > count
    assert leftovers(copy) == []
    listed = json.loads((copy / "index.json").read_text())["datasets"]["floods"]
    assert (listed["latest"], listed["counter"]) == (versions(copy)[0], counter)
