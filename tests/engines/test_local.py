import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.engines.local import LocalEngine
from broadsheet.errors import PackageError


def square(number: int) -> int:
    return number * number


def die_once(marker: str) -> str:
    """Kill this worker at the first call with a marker."""
    path = Path(marker)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def die(_task: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs):
    with LocalEngine(jobs) as engine:
        assert list(engine.map(square, range(20))) == [n * n for n in range(20)]


def test_a_killed_worker_does_not_end_the_job(tmp_path):
    with LocalEngine(2) as engine:
        assert list(engine.map(die_once, [str(tmp_path / name) for name in "abc"])) == ["a", "b", "c"]


def test_work_that_always_kills_its_worker_is_given_up():
    with LocalEngine(2) as engine, pytest.raises(PackageError, match=r"died \d times over the same work"):
        list(engine.map(die, range(3)))


def blocked(_task: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="blocks a signal")
def test_workers_do_not_hear_ctrl_c_from_their_first_moment_on():
    code = (
        "from tests.engines.test_local import LocalEngine, blocked\n"
        "if __name__ == '__main__':\n"
        "    with LocalEngine(2) as engine:\n        print(set(engine.map(blocked, range(8))))"
    )
    root = Path(__file__).parents[2]
    surroundings = os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'scripts'}"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings)
    assert done.stdout == "{True}\n"
