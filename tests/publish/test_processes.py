"""Publishers as real processes: ten at once, and killed at random moments."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.publish.registries import leftovers, versions, wrong

from broadsheet.errors import PackageError
from broadsheet.publish import publish
from broadsheet.registry import read_index

SEED = os.environ.get("BROADSHEET_TEST_SEED", "20260801")
SCRIPTS = Path(__file__).parents[2] / "scripts"


PUBLISHER = """
import sys
import broadsheet.package.public as public
from broadsheet.validate import Report
public.validate_package = lambda _: Report((), ())
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


def kill_and_look(project: Path, registry: Path, moment: float, number: int) -> tuple[bool, list[str]]:
    """Whether a publisher was killed before its end, and what is wrong with the registry then and after a next try."""
    version = f"1.0.{number}"
    before = versions(registry)
    process = start("publish", project, "--to", registry, "--version", version)
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(moment)
    process.kill()
    process.communicate()
    found = wrong(registry)
    after = versions(registry)
    if after not in (before, [version, *before]):
        found.append(f"{before} became {after}")
    if after == before:
        publish(project, registry, version)
    else:
        with pytest.raises(PackageError, match="already"):
            publish(project, registry, version)
    listed = json.loads((registry / "index.json").read_text())["datasets"]["floods"]["latest"]
    if versions(registry) != [version, *before] or listed != version:
        found.append(f"after another try: {versions(registry)}, listed {listed}")
    return process.returncode < 0, found + wrong(registry) + leftovers(registry)


def kills(project: Path, registry: Path, number: int) -> int:
    """How many of so many publishers were killed before their end; nothing may ever be wrong."""
    chance = random.Random(SEED)
    publish(project, registry, "1.0.0")
    begin = time.monotonic()
    at_once([start("publish", project, "--to", registry, "--version", "0.1.0")])
    whole = time.monotonic() - begin
    killed = 0
    for at in range(1, number + 1):
        moment = chance.uniform(0, 0.6 * whole)
        was_killed, found = kill_and_look(project, registry, moment, at)
        assert found == [], f"killed after {moment} s, seed {SEED}"
        killed += was_killed
        if at % 20 == 0:  # what there is to be looked at would grow and grow
            shutil.rmtree(registry)
            publish(project, registry, "1.0.0")
    return killed


def test_ten_kills_leave_the_registry_whole(project, tmp_path, unchecked):
    assert kills(project, tmp_path, 10) > 0


@pytest.mark.slow
def test_300_kills_leave_the_registry_whole(project, tmp_path, unchecked):
    killed = kills(project, tmp_path, 300)
    print(f"{killed} of 300 publishers were killed before their end, seed {SEED}")
    assert killed > 60, "the moments are not those of publishing"
