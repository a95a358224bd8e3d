"""Real processes of a build, killed for good: a worker, or the one that leads the build."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.place import ENVIRONMENT, digests

from broadsheet.build import build
from broadsheet.project import open_project

SEED = os.environ.get("BROADSHEET_TEST_SEED", "20260801")
SCRIPTS = Path(__file__).parents[1] / "scripts"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def write_raw(folder: Path, articles: int) -> Path:
    folder.mkdir()
    for number in range(articles):
        text = f" date 2021-08-31 Anna Example said on Monday that {number} people were hurt in Kabul."
        (folder / f"{number:04}.txt").write_text(text)
    return folder


class Killer:
    """Kills one worker when a stage has first told its progress, and collects the workers that there were."""

    def __init__(self, stage: str) -> None:
        self.stage = stage
        self.killed = 0
        self.seen: set[int] = set()

    def __call__(self, stage: str, _done: int, _total: int) -> None:
        workers = sorted(process.pid for process in multiprocessing.active_children() if process.pid)
        self.seen.update(workers)
        if stage == self.stage and not self.killed:
            self.killed = workers[0]
            os.kill(self.killed, signal.SIGKILL)


@pytest.mark.parametrize("stage", ["reading", "extracting"])
def test_a_killed_worker_does_not_end_the_build(tmp_path, monkeypatch, stage):
    monkeypatch.setattr("broadsheet.passes.ARTICLES_PER_SHARD", 1)
    monkeypatch.setattr("broadsheet.passes.FILES_PER_TASK", 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", ENVIRONMENT["SOURCE_DATE_EPOCH"])
    raw = write_raw(tmp_path / "raw", 12)
    build(open_project(None, raw, tmp_path / "one"), jobs=1)
    killer = Killer(stage)
    summary = build(open_project(None, raw, tmp_path / "two"), jobs=2, progress=killer)
    assert summary.report.ok
    assert digests(tmp_path / "two") == digests(tmp_path / "one")
    assert killer.killed in killer.seen
    assert len(killer.seen) > 2, "no worker came in the place of the killed one"


def command(raw: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "broadsheet", "build", "--raw", str(raw), "--out", str(out), "--jobs", "2"]


def environment(cache: Path) -> dict[str, str]:
    return os.environ | ENVIRONMENT | {"PYTHONPATH": str(SCRIPTS), "BROADSHEET_CACHE": str(cache)}


def session(leader: int) -> list[int]:
    """The processes of a session that are still running."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, number, *_ = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(number) == leader and state != "Z":
            found.append(int(status.parent.name))
    return found


def wait_until_gone(leader: int) -> None:
    end = time.monotonic() + 30
    while left := session(leader):
        assert time.monotonic() < end, f"processes {left} outlive the build"
        time.sleep(0.05)


@pytest.mark.slow
def test_when_the_leading_process_is_killed_its_workers_end_too(tmp_path):
    chance = random.Random(SEED)
    raw, out = write_raw(tmp_path / "raw", 600), tmp_path / "beside" / "out"
    subprocess.run(command(raw, out), check=True, capture_output=True, env=environment(tmp_path / "cache"))
    old = digests(out)
    (raw / "0300.txt").write_text(" date 2021-08-30 It snowed.")
    subprocess.run(command(raw, tmp_path / "new"), check=True, capture_output=True, env=environment(tmp_path / "other"))
    new = digests(tmp_path / "new")
    for _ in range(20):
        with subprocess.Popen(
            [*command(raw, out), "--fresh"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environment(tmp_path / "cache"),
        ) as process:
            time.sleep(chance.uniform(0.3, 4))
            process.kill()
        wait_until_gone(process.pid)
        assert digests(out) in (old, new)
    subprocess.run(command(raw, out), check=True, capture_output=True, env=environment(tmp_path / "cache"))
    assert digests(out) == new
    assert [path.name for path in out.parent.iterdir()] == ["out"]
