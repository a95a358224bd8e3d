"""Whatever goes wrong in a pull, and whenever: the cache holds no wrong byte, and the same command then succeeds."""

import dataclasses
import errno
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.forks import KILL, SHORT, Forks
from tests.pull.pulls import files, wrong
from tests.pull.registries import Registry, noise, package
from tests.pull.servers import Handler, Server, serving

SEED = os.environ.get("BROADSHEET_TEST_SEED", "20260801")
SCRIPTS = Path(__file__).parents[2] / "scripts"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc and LD_PRELOAD")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A server with two versions, and a folder with a cache and a lock in which the first was pulled."""

    base: Path
    server: Server
    forks: Forks
    versions: dict[str, dict[str, bytes]]

    @property
    def work(self) -> Path:
        return self.base / "work"

    @property
    def cache(self) -> Path:
        return self.work / "cache"

    @property
    def arguments(self) -> tuple[object, ...]:
        lock = self.work / "broadsheet.lock"
        return ("pull", "floods", "--from", self.server.url, "--lock", lock, "--update", "--out", self.work / "out")

    def reset(self) -> None:
        shutil.rmtree(self.work)
        shutil.copytree(self.base / "kept", self.work)

    def calls(self) -> list[str]:
        """The counted calls of a pull in which nothing fails."""
        self.reset()
        code, said = self.forks.run(*self.arguments, fault=(str(self.work), 0, 0, False))
        assert code == 0, said
        return self.forks.calls()

    def wrong(self) -> list[str]:
        """What is wrong with what is visible."""
        found = wrong(self.cache)
        packages = [files(package) for package in (self.cache / "packages").iterdir()]
        if self.versions["1.0.0"] not in packages:
            found.append("the first version is no longer whole")
        opened = [package for package in packages if "datapackage.json" in package]
        if any(package not in self.versions.values() for package in opened):
            found.append("a package opens that is not whole")
        if files(self.work / "out") not in self.versions.values():
            found.append("the copy is not whole")
        return found

    def wrong_after_next_pull(self) -> list[str]:
        code, said = self.forks.run(*self.arguments)
        found = self.wrong() + ([] if code == 0 else [f"next pull: exit {code}: {said}"])
        if self.versions["1.1.0"] != files(self.work / "out"):
            found.append("next pull: another copy")
        if '"1.1.0"' not in (self.work / "broadsheet.lock").read_text():
            found.append("next pull: another lock")
        partial = [path for path in (self.cache / "partial").iterdir() if path.is_dir()]
        return found + [f"next pull: left {path}" for path in partial]

    def wrong_after(self, call: int, kind: str, fate: int, lasts: bool = False) -> list[str]:
        """What is wrong after a pull in which the call had this fate."""
        self.reset()
        code, said = self.forks.run(*self.arguments, fault=(str(self.work), call, fate, lasts))
        expected = (-signal.SIGKILL,) if fate == KILL else (0, 3)
        found = [] if code in expected else [f"exit {code}"]
        found += [word for word in ("Traceback", "Exception", "None") if word in said]
        found += self.wrong() + self.wrong_after_next_pull()
        return [f"call {call} ({kind}), fate {fate}: {found}, said: {said}"] if found else []


@pytest.fixture(scope="module")
def place(tmp_path_factory, library) -> Iterator[Place]:
    base = tmp_path_factory.mktemp("pulls")
    registry = Registry(base / "registry")
    versions = {"1.0.0": registry.publish("1.0.0")}
    (base / "a.txt").write_text(" date 2021-08-31 It rained in Kabul.")
    environment = {"BROADSHEET_CACHE": str(base / "work" / "cache")}
    with serving(registry.folder) as server, Forks(library, base, environment) as forks:
        made = Place(base, server, forks, versions)
        assert forks.learn(base / "a.txt", *made.arguments) == 0, forks.said.read_text()
        extra = {"data/claims.csv": noise(2_000_000)}
        versions["1.1.0"] = registry.publish("1.1.0", package("1.1.0", extra=extra))
        shutil.copytree(made.work, base / "kept")
        yield made


def test_the_calls_that_can_fail_are_counted(place):
    calls = {call[:2].strip() + call[call.index(" ") :].split("/packages/")[0][:20] for call in place.calls()}
    assert {call[0] for call in calls} >= set("wosrm")
    assert any("broadsheet.lock" in call for call in place.calls())
    assert any("/indexes/" in call for call in place.calls())


def test_a_call_that_fails_leaves_no_wrong_byte(place):
    calls = list(enumerate(place.calls(), 1))
    chosen = calls[:: len(calls) // 12]
    fates = (errno.ENOSPC, KILL, errno.EIO)
    assert [
        wrong for at, (call, kind) in enumerate(chosen) for wrong in place.wrong_after(call, kind, fates[at % 3])
    ] == []


def test_a_full_disk_is_told_and_what_was_fetched_is_kept(place):
    calls = place.calls()
    last = max(number for number, call in enumerate(calls, 1) if call.startswith("w /cache/partial"))
    place.reset()
    code, said = place.forks.run(*place.arguments, fault=(str(place.work), last, errno.ENOSPC, False))
    assert code == 3
    assert "No space left on device" in said
    assert "the same command goes on from there" in said
    before = place.server.served
    assert place.wrong_after_next_pull() == []
    assert place.server.served - before < 1_500_000


def killed_at(place: Place, moment: float, number: int = signal.SIGKILL) -> tuple[int, str]:
    place.reset()
    process = place.forks.start(*place.arguments)
    time.sleep(moment)
    os.kill(process, number)
    return place.forks.wait(process)


def duration(place: Place) -> float:
    return statistics.median(timed(place) for _ in range(5))


def timed(place: Place) -> float:
    place.reset()
    start = time.monotonic()
    assert place.forks.run(*place.arguments)[0] == 0
    return time.monotonic() - start


def command(url: str, cache: Path, *more: object) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-m", "broadsheet", "pull", "floods", "--from", url, "--no-lock", *map(str, more)]
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "BROADSHEET_CACHE": str(cache)}
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_of_several_processes_one_downloads_and_all_end_well(tmp_path):
    registry = Registry(tmp_path / "registry")
    made = registry.publish("1.0.0", package("1.0.0", extra={"data/claims.csv": noise(8_000_000)}))
    with serving(registry.folder) as server:
        processes = [command(server.url, tmp_path / "cache") for _ in range(5)]
        ended = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * 5, ended
    assert len({folder for folder, _ in ended}) == 1
    assert files(Path(ended[0][0].strip())) == made
    assert len(server.asked("data/claims.csv")) == 1
    assert wrong(tmp_path / "cache") == []


def test_ctrl_c_stops_at_once_while_a_server_stalls(tmp_path):
    registry = Registry(tmp_path / "registry")
    made = registry.publish("1.0.0", package("1.0.0", extra={"data/claims.csv": noise(4_000_000)}))
    reached = 2_000_000

    def stall(handler: Handler, data: bytes) -> None:
        handler.start(200, len(data), handler.tags(data))
        handler.body(data[:reached])
        handler.wfile.flush()
        handler.server.ended.wait(30)

    with serving(registry.folder) as server:
        server.faults = {"data/claims.csv": [stall]}
        process = command(server.url, tmp_path / "cache")
        while server.served < reached:
            time.sleep(0.02)
        time.sleep(0.3)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        assert (process.returncode, time.monotonic() - begin < 8) == (130, True), said
        assert "Interrupted; what was fetched so far is kept" in said
        again = command(server.url, tmp_path / "cache")
        assert files(Path(again.communicate()[0].strip())) == made
    first, second = server.asked("data/claims.csv")
    kept = int(second.removeprefix("bytes=").removesuffix("-"))
    assert first == ""
    assert reached - 65_536 <= kept <= reached, "on a busy machine the last bytes may not have come"


# The longer checks


@pytest.mark.slow
@pytest.mark.parametrize("fate", [KILL, errno.ENOSPC, errno.EIO, SHORT])
def test_each_call_may_fail(place, fate):
    calls = [(call, kind) for call, kind in enumerate(place.calls(), 1) if fate != SHORT or kind[0] == "w"]
    print(f"{len(calls)} calls with fate {fate}")
    assert [wrong for call, kind in calls for wrong in place.wrong_after(call, kind, fate)] == []


@pytest.mark.slow
def test_a_disk_may_be_full_from_any_call_on(place):
    calls = list(enumerate(place.calls(), 1))
    print(f"{len(calls)} calls from which on the disk is full")
    assert [wrong for call, kind in calls for wrong in place.wrong_after(call, kind, errno.ENOSPC, lasts=True)] == []


@pytest.mark.slow
def test_300_kills_leave_the_cache_whole(place):
    chance = random.Random(SEED)
    whole = duration(place)
    found, killed = [], 0
    for moment in (chance.uniform(0, 1.1 * whole) for _ in range(300)):
        code, _ = killed_at(place, moment)
        killed += code == -signal.SIGKILL
        found += [f"killed after {moment}: {one}" for one in place.wrong() + place.wrong_after_next_pull()]
    print(f"{killed} of 300 pulls were killed before their end, seed {SEED}")
    assert found == []
    assert killed > 100, "the moments are not those of a pull"


@pytest.mark.slow
def test_100_times_ctrl_c_stops_cleanly(place):
    chance = random.Random(SEED)
    whole = duration(place)
    found, stopped = [], 0
    for moment in (chance.uniform(0.01, whole) for _ in range(100)):
        code, said = killed_at(place, moment, signal.SIGINT)
        stopped += code == 130
        faults = [] if code in (0, 130) and "Traceback" not in said else [f"exit {code}: {said}"]
        found += [f"after {moment}: {one}" for one in faults + place.wrong() + place.wrong_after_next_pull()]
    print(f"{stopped} of 100 pulls were stopped before their end, seed {SEED}")
    assert found == []
    assert stopped > 20, "the moments are not those of a pull"


HALF_A_GIGABYTE = 500_000_000


@pytest.mark.slow
def test_an_interrupted_pull_of_500_mb_fetches_only_what_is_missing(tmp_path):
    registry = Registry(tmp_path / "registry")
    made = registry.publish("1.0.0", package("1.0.0", extra={"data/claims.csv": noise(HALF_A_GIGABYTE)}))
    with serving(registry.folder) as server:
        for number, (reached, how) in enumerate([(150, signal.SIGKILL), (300, signal.SIGINT), (400, signal.SIGKILL)]):
            process = command(server.url, tmp_path / "cache")
            while server.served < reached * 1_000_000 and process.poll() is None:
                time.sleep(0.005)
            process.send_signal(how)
            said = process.communicate()
            assert process.returncode in (-signal.SIGKILL, 130), said
            assert len(server.asked("data/claims.csv")) == number + 1
            assert wrong(tmp_path / "cache") == []
        process = command(server.url, tmp_path / "cache")
        folder, said = process.communicate()
    assert process.returncode == 0, said
    assert files(Path(folder.strip())) == made
    begins = [int(part.strip("bytes=-") or 0) for part in server.asked("data/claims.csv")]
    print(
        f"{server.served:,} bytes served for a package of {sum(map(len, made.values())):,}; begun at {begins}; {said}"
    )
    assert begins == sorted(begins)
    assert begins[1] > 100_000_000
    assert server.served < HALF_A_GIGABYTE + 4 * (8 << 20)  # what was on its way when the process ended
