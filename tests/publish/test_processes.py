"""Ten publishers at once, as real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.publish.registries import leftovers, versions, wrong

from broadsheet.registry import read_index

SEED = os.environ.get("BROADSHEET_TEST_SEED", "20260801")
SCRIPTS = Path(__file__).parents[2] / "scripts"


PUBLISHER = """
import sys
import broadsheet.package.public as public
from broadsheet.validate import Report
import broadsheet.diff.packages
public.validate_package = lambda _: Report((), ())
broadsheet.diff.packages.fits_profile = lambda *_: ()
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
