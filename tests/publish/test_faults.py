"""Whatever goes wrong in publish and withdraw, and whenever: the registry is whole, and the next try succeeds.

Every call that changes a file below the registry is counted while the command runs, and then each has its fate in
turn; see `tests/faults`.
"""

import dataclasses
import errno
import os
import random
import shutil
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.forks import INTERRUPT, KILL, SHORT, Forks
from tests.faults.place import ENVIRONMENT
from tests.publish.registries import leftovers, versions, wrong

SEED = os.environ.get("BROADSHEET_TEST_SEED", "20260801")
FATES = (errno.ENOSPC, errno.EIO, KILL, INTERRUPT)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc and LD_PRELOAD")


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """A command, the versions of which it starts, and what there is to be when it succeeded."""

    forks: Forks
    base: Path
    begin: str
    words: tuple[object, ...]
    before: list[str]
    after: list[str]
    gone: str = ""

    @property
    def registry(self) -> Path:
        return self.base / "work" / "registry"

    def reset(self) -> None:
        shutil.rmtree(self.base / "work", ignore_errors=True)
        (self.base / "work").mkdir()
        if self.begin:
            shutil.copytree(self.base / self.begin, self.registry)

    def calls(self) -> list[str]:
        """The counted calls of the command."""
        self.reset()
        code, said = self.forks.run(*self.words, fault=(str(self.base / "work"), 0, 0, False))
        assert (code, versions(self.registry)) == (0, self.after), said
        return self.forks.calls()

    def wrong_after(self, call: int, fate: int, lasts: bool = False) -> list[str]:
        """What is wrong after the command in which the call had this fate, and after it was run again."""
        self.reset()
        code, said = self.forks.run(*self.words, fault=(str(self.base / "work"), call, fate, lasts))
        allowed = {KILL: (-signal.SIGKILL,), INTERRUPT: (130, 0), SHORT: (0,)}.get(fate, (0, 3))
        found = [] if code in allowed else [f"exit {code}"]
        found += self.wrong_now(said, killed=fate == KILL) + self.wrong_again()
        return [f"{one}; it said {said}" for one in found]

    def wrong_now(self, said: str, killed: bool) -> list[str]:
        now = versions(self.registry)
        found = wrong(self.registry) + ([] if now in (self.before, self.after) else [f"{now} are there"])
        if not killed:
            found += [word for word in ("Traceback", "Exception ignored", "None") if word in said]
            told = {"is not published": self.before, "is published all the same": self.after}
            found += [f"it said: {words}" for words, there in told.items() if words in said and now != there]
        return found

    def wrong_again(self) -> list[str]:
        """What is wrong after the command was run again."""
        done = self.is_done()
        code, said = self.forks.run(*self.words)
        found = wrong(self.registry) + (leftovers(self.registry) if code == 0 else [])
        if code != 0 and not (done and code == 3 and "already" in said):
            found.append(f"run again: exit {code}, {said}")
        if versions(self.registry) != self.after or not self.is_done() or not (self.registry / "index.json").exists():
            found.append(f"run again: {versions(self.registry)}, {self.registry}")
        return found

    def is_done(self) -> bool:
        if self.gone:
            return not (self.registry / "floods" / self.gone).exists()
        return versions(self.registry) == self.after


@pytest.fixture(scope="module")
def cases(tmp_path_factory, library, project, grown) -> Iterator[dict[str, Case]]:
    """Commands, started in forks of one process that has imported everything."""
    base = tmp_path_factory.mktemp("faults")
    registry = base / "work" / "registry"
    publishing = ("publish", grown, "--to", registry, "--version", "1.1.0")
    purging = ("withdraw", "floods@1.0.0", "--from", registry, "--why", "wrong figures", "--purge")
    with Forks(library, base, ENVIRONMENT) as forks:
        assert forks.run("publish", project, "--to", base / "one")[0] == 0, forks.said.read_text()
        shutil.copytree(base / "one", registry)
        assert forks.learn(project / "raw" / "a.txt", *publishing) == 0, forks.said.read_text()
        yield {
            "first": Case(forks, base, "", ("publish", project, "--to", registry), [], ["1.0.0"]),
            "second": Case(forks, base, "one", publishing, ["1.0.0"], ["1.1.0", "1.0.0"]),
            "purge": Case(forks, base, "one", purging, ["1.0.0"], ["1.0.0"], gone="1.0.0"),
        }


def decisive(calls: list[str]) -> list[int]:
    """The calls, by number, after which something else stands: renames, new folders, what is done to an index."""
    return [at for at, line in enumerate(calls, 1) if line[0] in "rm" or "index.json" in line]


def thinned(numbers: list[int], count: int) -> list[int]:
    return numbers[:: max(1, len(numbers) // count)]


@pytest.mark.parametrize("name", ["first", "second", "purge"])
def test_a_call_that_fails_leaves_the_registry_whole(cases, name):
    case = cases[name]
    calls = case.calls()
    assert {"w /registry/floods/.index.json.new", "r /registry/floods/index.json"} <= {*calls}
    chosen = thinned(decisive(calls), 4) + thinned(list(range(1, len(calls) + 1)), 2)
    found = [(calls[call - 1], case.wrong_after(call, FATES[at % 4])) for at, call in enumerate(chosen)]
    assert [one for one in found if one[1]] == []


# The longer checks


@pytest.mark.slow
@pytest.mark.parametrize("fate", [*FATES, SHORT])
@pytest.mark.parametrize("name", ["first", "second", "purge"])
def test_each_call_may_fail(cases, name, fate):
    case = cases[name]
    calls = case.calls()
    chosen = [call for call, line in enumerate(calls, 1) if fate != SHORT or line[0] == "w"]
    print(f"{name}: {len(chosen)} calls with fate {fate}")
    found = [(calls[call - 1], case.wrong_after(call, fate)) for call in chosen]
    assert [one for one in found if one[1]] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["first", "second", "purge"])
def test_a_disk_may_be_full_from_any_call_on(cases, name):
    case = cases[name]
    calls = case.calls()
    chosen = thinned(list(range(1, len(calls) + 1)), 100)
    print(f"{name}: {len(chosen)} calls from which on the disk is full")
    found = [(calls[call - 1], case.wrong_after(call, errno.ENOSPC, lasts=True)) for call in chosen]
    assert [one for one in found if one[1]] == []


def killed(case: Case, number: int) -> tuple[int, list[str]]:
    """How many of so many commands were killed before their end, and what was wrong then and after the next try."""
    chance, found, count = random.Random(f"{SEED} {case.words[0]}"), [], 0
    whole = statistics.median(seconds(case) for _ in range(3))
    for _ in range(number):
        moment = chance.uniform(0, 1.05 * whole)
        case.reset()
        process = case.forks.start(*case.words)
        time.sleep(moment)
        os.kill(process, signal.SIGKILL)
        code, said = case.forks.wait(process)
        count += code == -signal.SIGKILL
        found += [f"killed after {moment}: {one}" for one in case.wrong_now(said, killed=True) + case.wrong_again()]
    return count, found


def seconds(case: Case) -> float:
    case.reset()
    begin = time.monotonic()
    case.forks.run(*case.words)
    return time.monotonic() - begin


def test_ten_kills_leave_the_registry_whole(cases):
    counts = {name: killed(cases[name], 5) for name in ("first", "second")}
    assert [one for _, found in counts.values() for one in found] == []
    assert any(count for count, _ in counts.values())


@pytest.mark.slow
def test_300_kills_leave_the_registry_whole(cases):
    counts = {name: killed(cases[name], 100) for name in cases}
    print({name: f"{count} of 100 were killed before their end" for name, (count, _) in counts.items()}, f"seed {SEED}")
    assert [one for _, found in counts.values() for one in found] == []
    assert all(count > 30 for count, _ in counts.values()), "the moments are not those of the commands"
