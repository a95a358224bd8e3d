"""A package that is built again and again under faults, from one of two folders of articles."""

import dataclasses
import hashlib
import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.faults.forks import KILL, SHORT, Forks

ARTICLES = {
    "a.txt": " date 2021-08-31 On Tuesday, Anna Example told reporters that 12 people were hurt in Kabul.",
    "b.txt": " date 2021-08-30 Rain over Kabul\n\nIt rained in Kabul on Monday. “It is wet,” said Anna Example.",
    "c.txt": " date 2021-08-29 Carl Sample said on Sunday that the road to Windhoek was closed.",
}
CHANGED = {
    "b.txt": " date 2021-08-30 It snowed in Kabul on Monday. “It is cold,” said Anna Example.",
    "d.txt": "No date.",
}
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1600000000"}


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where the package and the cache of its rows are.

    `packages` are the digests of the two versions, `kept` says where each state is kept that a build of the version
    leaves, and `known` are states from which an undisturbed build is known to succeed.
    """

    base: Path
    forks: Forks
    packages: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    known: set[str] = dataclasses.field(default_factory=set)

    @property
    def folder(self) -> Path:
        """What the faults are below of: the package with what is beside it, and the cache."""
        return self.base / "work"

    @property
    def out(self) -> Path:
        return self.folder / "beside" / "out"

    @property
    def cache(self) -> Path:
        """The kept rows; there is one such folder."""
        (folder,) = (self.folder / "cache" / "builds").glob("[!.]*")
        return folder

    def arguments(self, version: str, jobs: int = 1) -> tuple[object, ...]:
        return ("build", "--raw", self.base / version, "--out", self.out, "--jobs", jobs)

    def first_build(self, version: str) -> None:
        """Build and validate a version, and keep the state after it."""
        assert self.forks.learn(self.base / version / "a.txt", *self.arguments(version)) == 0, (
            self.forks.said.read_text()
        )
        assert differing_sums(self.out) == []
        self.packages[version] = digests(self.out)
        shutil.copytree(self.folder, self.base / f"kept-{version}")

    def reset(self, version: str) -> None:
        """Make everything as it was after the first build of the version."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.base / f"kept-{version}", self.folder)

    def stands(self) -> str:
        """The version that stands there, byte for byte: of the two, or another name for what is neither."""
        moved = self.out.parent / ".out.old"  # between two renames the old package stands there
        found = digests(self.out if self.out.exists() else moved)
        return next((version for version, package in self.packages.items() if package == found), f"broken: {found}")

    def beside(self) -> list[str]:
        """What there is where the package is."""
        return sorted(path.name for path in self.out.parent.iterdir())

    def calls(self, **how: Any) -> list[str]:
        """The counted calls of a build of version two where one stands."""
        self.reset("one")
        assert self.forks.run(*self.arguments("two"), fault=(str(self.folder), 0, 0, False), **how)[0] == 0
        return self.forks.calls()

    def wrong_after_next_build(self) -> list[str]:
        """What is wrong after an undisturbed build of version two."""
        state = str(digests(self.folder))
        if state in self.known:
            return []
        code, said = self.forks.run(*self.arguments("two"))
        if (code, self.stands(), self.beside()) != (0, "two", ["out"]):
            return [f"next build: exit {code}, {self.stands()}, beside it {self.beside()}: {said}"]
        self.known.add(state)
        return []

    def wrong_after(self, call: int, kind: str, fate: int, lasts: bool = False, **how: Any) -> list[str]:
        """What is wrong after a build in which the call (its line in the log is `kind`) had this fate."""
        self.reset("one")
        code, said = self.forks.run(*self.arguments("two"), fault=(str(self.folder), call, fate, lasts), **how)
        wrong = [] if code in ((0, 3) if lasts else expected_codes(kind, fate)) else [f"exit {code}"]
        wrong += self.wrong_words(code, said)
        if fate != KILL and kind[0] != "u" and not lasts and self.beside() != ["out"]:
            wrong.append(f"left {self.beside()}")
        wrong += self.wrong_after_next_build()
        return [f"call {call} ({kind}), fate {fate}, lasts {lasts}, {how}: {wrong}, said: {said}"] if wrong else []

    def wrong_words(self, code: int, said: str) -> list[str]:
        """What is wrong with what stands there, and with what is said of it."""
        stands = self.stands()
        wrong = [] if stands in (("two",) if code == 0 else ("one", "two")) else [f"{stands} stands"]
        wrong += [word for word in ("Traceback", "Exception ignored", "None") if word in said]
        told = {"is as it was before": "one", "is the new one, whole": "two"}
        return wrong + [words for words, version in told.items() if words in said and version != stands]


def expected_codes(kind: str, fate: int) -> tuple[int, ...]:
    """Exit codes of a build in which such a call had the fate: what concerns the cache alone is no fault."""
    if fate == KILL:
        return (-signal.SIGKILL,)
    if fate == SHORT or kind[2:].startswith("/cache"):
        return (0,)
    return (3,) if kind[0] in "wsr" else (0, 3)


def digests(folder: Path) -> dict[str, str]:
    """Each file and folder below the folder: a file with its SHA-256, a folder with nothing."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }


def differing_sums(package: Path) -> list[str]:
    """The files of a package that its SHA256SUMS does not have so."""
    lines = (package / "SHA256SUMS").read_text().splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    found = {path: digest for path, digest in digests(package).items() if digest and path != "SHA256SUMS"}
    return sorted(path for path, _ in listed.items() ^ found.items())


def write_raw(folder: Path, articles: dict[str, str]) -> None:
    folder.mkdir()
    for name, text in articles.items():
        (folder / name).write_text(text)


def sample(calls: Sequence[str], number: int) -> list[tuple[int, str]]:
    """Calls with their numbers, spread over what is done to which file, the decisive ones near the end among them."""
    first: dict[str, int] = {}
    for position, line in enumerate(calls, 1):
        first.setdefault(line, position)
    decisive = {"o /beside/.out.lock", "r /beside/out", "s /beside", "u /beside/.out.lock"}
    spread = list(first)[:: max(1, len(first) // (number - len(decisive)))]
    return sorted((first[line], line) for line in decisive.union(spread))


def cache_environment(base: Path) -> dict[str, str]:
    """Environment variables of builds whose cache lies below the place's folder."""
    return ENVIRONMENT | {"BROADSHEET_CACHE": os.fspath(base / "work" / "cache")}
