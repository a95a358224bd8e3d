"""Whatever goes wrong in a build, and whenever: the package is the old one or the new one, whole."""

import errno
import os
import random
import shutil
import signal
import statistics
import sys
import time
from collections.abc import Iterator

import pytest
from tests.faults.forks import KILL, SHORT, Forks
from tests.faults.place import ARTICLES, CHANGED, Place, cache_environment, sample, write_raw

SEED = os.environ.get("BROADSHEET_TEST_SEED", "20260801")
ERRORS = (errno.ENOSPC, errno.EIO)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc and LD_PRELOAD")


@pytest.fixture(scope="module")
def place(tmp_path_factory, library) -> Iterator[Place]:
    """Both versions were built and validated before any fault."""
    base = tmp_path_factory.mktemp("crashes")
    write_raw(base / "one", ARTICLES)
    write_raw(base / "two", ARTICLES | CHANGED)
    with Forks(library, base, cache_environment(base)) as forks:
        place = Place(base, forks)
        for version in ("one", "two"):
            place.first_build(version)
        yield place


def test_the_calls_that_can_fail_are_counted(place):
    calls = set(place.calls())
    cache = f"/cache/builds/{place.cache.name}"
    assert {"r /beside/out", "s /beside", f"r {cache}", "o /beside/.out.staging/inventory.sqlite"} <= calls
    written = {path.relative_to(place.out).as_posix() for path in place.out.rglob("*") if path.is_file()}
    assert {f"{kind} /beside/.out.staging/package/{path}" for kind in "ows" for path in written} <= calls
    kept = {path.name for path in place.cache.iterdir()}
    assert {f"s {cache.replace('/builds/', '/builds/.')}.staging/rows/{name}" for name in kept} <= calls


def test_a_call_that_fails_leaves_a_whole_package(place):
    chosen = sample(place.calls(), 14)
    assert [
        wrong for at, (call, kind) in enumerate(chosen) for wrong in place.wrong_after(call, kind, ERRORS[at % 2])
    ] == []


@pytest.mark.parametrize("size", [1_000, 3_000, 10_000])
def test_a_limit_of_file_sizes_leaves_the_old_package(place, size):
    place.reset("one")
    code, said = place.forks.run(*place.arguments("two"), size=size)
    assert (code, place.stands(), place.beside()) == (3, "one", ["out"])
    assert "File too large" in said or "disk" in said
    assert place.wrong_words(code, said) + place.wrong_after_next_build() == []


DAMAGES = {
    "cut": lambda data, chance: data[: int(chance * len(data))],
    "a bit": lambda data, chance: flipped(data, int(chance * len(data))),
    "nonsense": lambda data, chance: random.Random(chance).randbytes(len(data)),
    "longer": lambda data, _: data + b"\0",
}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def wrong_after_damage(place: Place, name: str, damage: str, chance: float) -> list[str]:
    place.reset("one")
    path = place.cache / name
    path.write_bytes(DAMAGES[damage](path.read_bytes(), chance))
    return [f"{damage} {chance} {name}: {wrong}" for wrong in place.wrong_after_next_build()]


def test_a_damaged_cache_changes_no_byte(place):
    names = sorted(path.name for path in place.cache.iterdir())
    cases = [(name, list(DAMAGES)[at % 4]) for at, name in enumerate(names)]
    assert [wrong for name, damage in cases for wrong in wrong_after_damage(place, name, damage, 0.5)] == []


@pytest.mark.parametrize("lost", ["manifest.json", "claims.arrows", ""])
def test_a_cache_of_which_something_is_missing_changes_no_byte(place, lost):
    place.reset("one")
    path = place.cache / lost
    path.unlink() if lost else shutil.rmtree(path)
    assert place.wrong_after_next_build() == []


def killed_at(place: Place, moment: float, number: int = signal.SIGKILL) -> tuple[int, str]:
    """Exit code and words of a build of version two to which a signal is sent after so many seconds."""
    place.reset("one")
    process = place.forks.start(*place.arguments("two"))
    time.sleep(moment)
    os.kill(process, number)
    return place.forks.wait(process)


def duration(place: Place) -> float:
    """Seconds of an undisturbed build, the median of five."""
    return statistics.median(timed(place) for _ in range(5))


def timed(place: Place) -> float:
    place.reset("one")
    start = time.monotonic()
    place.forks.run(*place.arguments("two"))
    return time.monotonic() - start


# The longer checks


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("fate", [KILL, errno.ENOSPC, errno.EIO, SHORT])
def test_each_call_may_fail(place, fate, half):
    counted = list(enumerate(place.calls(), 1))[half::2]
    calls = [(call, kind) for call, kind in counted if fate != SHORT or kind[0] == "w"]
    print(f"{len(calls)} calls with fate {fate}")
    assert [wrong for call, kind in calls for wrong in place.wrong_after(call, kind, fate)] == []


@pytest.mark.slow
def test_a_disk_may_be_full_from_any_file_on(place):
    chosen = sample(place.calls(), 1_000)
    print(f"{len(chosen)} calls from which on the disk is full")
    assert [w for call, kind in chosen for w in place.wrong_after(call, kind, errno.ENOSPC, lasts=True)] == []


@pytest.mark.slow
@pytest.mark.parametrize("fate", [errno.EIO, KILL])
def test_each_call_may_fail_where_folders_cannot_be_exchanged(place, fate):
    calls = list(enumerate(place.calls(exchange=False), 1))
    first = next(call for call, kind in calls if kind[0] == "r")
    print(f"{len(calls) - first + 2} calls with fate {fate}")
    chosen = [(call, kind) for call, kind in calls if call >= first - 1]
    assert [w for call, kind in chosen for w in place.wrong_after(call, kind, fate, exchange=False)] == []


@pytest.mark.slow
def test_500_kills_leave_a_whole_package(place):
    chance = random.Random(SEED)
    whole = duration(place)
    wrong, killed = [], 0
    for moment in (chance.uniform(0, 1.1 * whole) for _ in range(500)):
        code, said = killed_at(place, moment)
        killed += code == -signal.SIGKILL
        found = place.wrong_words(code, said) + place.wrong_after_next_build()
        wrong += [f"killed after {moment}: {one}" for one in found]
    print(f"{killed} of 500 builds were killed before their end, seed {SEED}")
    assert wrong == []
    assert killed > 100, "the moments are not those of a build"


@pytest.mark.slow
def test_200_times_ctrl_c_stops_cleanly(place):
    chance = random.Random(SEED)
    whole = duration(place)
    wrong, stopped = [], 0
    for moment in (chance.uniform(0.01, whole) for _ in range(200)):
        code, said = killed_at(place, moment, signal.SIGINT)
        stopped += code == 130
        found = place.wrong_words(code, said) + place.wrong_after_next_build()
        found += [] if code in (0, 130) and ("Interrupted; " in said) == (code == 130) else [f"exit {code}: {said}"]
        wrong += [f"stopped after {moment}: {one}" for one in found]
    print(f"{stopped} of 200 builds were stopped before their end, seed {SEED}")
    assert wrong == []
    assert stopped > 40, "the moments are not those of a build"


@pytest.mark.slow
def test_200_damages_of_the_cache_change_no_byte(place):
    chance = random.Random(SEED)
    names = sorted(path.name for path in place.cache.iterdir())
    cases = [(chance.choice(names), chance.choice(list(DAMAGES)), chance.random()) for _ in range(200)]
    assert [wrong for case in cases for wrong in wrong_after_damage(place, *case)] == []
