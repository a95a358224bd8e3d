"""Ctrl-C, as the signal that it is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from broadsheet import earlier
from broadsheet.build import build
from broadsheet.interrupts import Interrupted, ending_cleanly, uninterrupted
from broadsheet.project import open_project

SCRIPTS = Path(__file__).parents[1] / "scripts"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard():
    """A shell that starts the tests in the background has them ignore SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press_ctrl_c(*_: object) -> None:
    signal.raise_signal(signal.SIGINT)


def write_raw(folder: Path, articles: int) -> Path:
    folder.mkdir()
    for number in range(articles):
        (folder / f"{number:04}.txt").write_text(f" date 2021-08-31 It rained in Kabul on Monday, {number}.")
    return folder


def test_ctrl_c_becomes_a_line_and_an_exit_code(capsys):
    with pytest.raises(SystemExit) as end, ending_cleanly():
        press_ctrl_c()
    assert end.value.code == 130
    assert capsys.readouterr().err == "Interrupted; nothing further was changed.\n"


def test_ctrl_c_waits_until_the_end_of_the_block():
    done = []

    def work():
        with uninterrupted():
            press_ctrl_c()
            done.append("the rest of the block")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["the rest of the block"]


def test_a_process_started_uninterrupted_never_hears_ctrl_c():
    with uninterrupted():
        code = "import signal; signal.raise_signal(signal.SIGINT); print('unharmed')"
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "unharmed\n"


def test_ctrl_c_in_code_compiled_on_the_fly_still_gives_the_exit_code():
    code = (
        "import signal; from broadsheet.interrupts import ending_cleanly\n"
        "with ending_cleanly():\n    eval('signal.raise_signal(signal.SIGINT)')"
    )
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS)}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert (ended.returncode, ended.stderr) == (130, "Interrupted; nothing further was changed.\n")


def test_ctrl_c_while_the_program_is_loaded_shows_no_traceback(tmp_path):
    (tmp_path / "click.py").write_text("import signal; signal.raise_signal(signal.SIGINT)")
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{SCRIPTS}"}
    command = [sys.executable, "-m", "broadsheet", "--help"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (ended.returncode, ended.stderr) == (130, "Interrupted; nothing further was changed.\n")


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("broadsheet.build", "swap_in", "is as it was before"),
        ("broadsheet.earlier", "swap_in", "is the new one, whole"),
    ],
)
def test_an_interrupted_build_says_what_stands(tmp_path, monkeypatch, module, name, words):
    project = open_project(None, write_raw(tmp_path / "raw", 1), tmp_path / "out")
    build(project, jobs=1)
    monkeypatch.setattr(f"{module}.{name}", press_ctrl_c)
    with pytest.raises(Interrupted, match=f"^{project.out} {words}$"):
        build(project, jobs=1, reuse=module == earlier.__name__)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]


@pytest.mark.parametrize("wait", [0, 0.4, 0.8])
def test_ctrl_c_stops_all_processes_of_a_build(tmp_path, wait):
    raw, out = write_raw(tmp_path / "raw", 600), tmp_path / "beside" / "out"
    command = [sys.executable, "-m", "broadsheet", "build", "--raw", raw, "--out", out, "--jobs", "2"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(SCRIPTS)},
    ) as process:
        wait_for(out.parent / ".out.staging")
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert (process.returncode, said.lstrip()) == (130, f"Interrupted; {out} is as it was before.\n")
    assert list(out.parent.iterdir()) == []


def wait_for(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
