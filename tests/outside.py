"""The program as its users meet it: as a command in a process of its own, or its entry point called in this one."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

WORDS = " date 2021-08-31 On Tuesday, Anna Example told reporters that {} houses fell in Kabul."
"""An article of one line, with a number or name to be put in."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str

    def refused(self, code: int, *said: str) -> None:
        """Assert that it ended with `code` and a message that says all of `said` and what to do next."""
        assert self.code == code, self.err
        assert "Traceback" not in self.err
        assert self.err.count("Error:") == 1, self.err
        for words in said:
            assert words in self.err, f"{words!r} is not in {self.err!r}"
        assert "\nTip: " in self.err, f"no next step in {self.err!r}"


def run(*arguments: str | Path, before: tuple[str | Path, ...] = (), **options) -> Ran:
    """Run the command in a process of its own, behind the words `before` (setpriv, unshare …)."""
    words = [*before, sys.executable, "-m", "broadsheet", *arguments]
    done = subprocess.run(list(map(os.fspath, words)), capture_output=True, check=False, timeout=300, **options)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode(errors="backslashreplace"))


def run_here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """A function that runs the entry point in this process, which is much faster and else the same."""
    from broadsheet.cli import main

    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["broadsheet", *map(os.fspath, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return Ran(ended.value.code or 0, *capfd.readouterr())

    return run
