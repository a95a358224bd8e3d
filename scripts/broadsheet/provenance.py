"""What made a package: the program, the libraries and the options that can change its rows or bytes, and when.

How many processes worked, on what machine, for whom and in which folder is no part of it. The time is the only
thing here that two builds of the same raw files by the same program need not share.
"""

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from broadsheet import __version__
from broadsheet.errors import UsageError
from broadsheet.plugins import distributions
from broadsheet.schemas import built_in_folder

PROGRAM = "broadsheet"
EPOCH = "SOURCE_DATE_EPOCH"
"""Environment variable that stands in for the clock (https://reproducible-builds.org/specs/source-date-epoch/)."""

_LIBRARIES = ("chardet", "pyarrow")
"""Distributions of ours that decide how bytes are read as text and rows are written as bytes."""

_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program; `time` is in UTC, in whole seconds.

    `commit` is that of the program's own checkout, with `-dirty` where files of the program are not as committed;
    None where it is not known. `libraries` are versions by name. `options` hold only what can change rows.
    """

    program: str
    version: str
    commit: str | None
    libraries: Mapping[str, str]
    options: Mapping[str, str]
    time: datetime

    def ended(self) -> "Run":
        """The same run, with the time that it is now."""
        return replace(self, time=now())


def this_run(options: Mapping[str, str]) -> Run:
    """The run of this process; `UsageError` where `SOURCE_DATE_EPOCH` is set to something else than seconds."""
    return Run(PROGRAM, __version__, commit(), libraries(), dict(sorted(options.items())), now())


def now(environ: Mapping[str, str] = os.environ) -> datetime:
    """What `SOURCE_DATE_EPOCH` says, where it is set; else the clock.

    >>> now({"SOURCE_DATE_EPOCH": "86400"}).isoformat()
    '1970-01-02T00:00:00+00:00'
    """
    seconds = environ.get(EPOCH)
    if seconds is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"{EPOCH}: expected whole seconds since 1970-01-01 UTC, found {seconds[:80]!r}",
            tip=f"for the time of the last commit: export {EPOCH}=$(git log -1 --format=%ct); else unset {EPOCH}",
        ) from None


def differences(then: Run, now: Run) -> list[str]:
    """What of program, libraries and options is not the same in two runs, in words.

    >>> runs = [Run("broadsheet", "1.0", None, {"Python": version}, {}, now()) for version in ("3.12.1", "3.13.0")]
    >>> differences(*runs)
    ['the library Python was 3.12.1, and is 3.13.0']
    """
    found = []
    if (then.version, then.commit) != (now.version, now.commit):
        found.append(f"the program was {_named(then)}, and is {_named(now)}")
    for what, before, after in (("library", then.libraries, now.libraries), ("option", then.options, now.options)):
        changed = (name for name in sorted({*before, *after}) if before.get(name) != after.get(name))
        found += [f"the {what} {name} was {before.get(name)}, and is {after.get(name)}" for name in changed]
    return found


def _named(run: Run) -> str:
    return f"{run.program} {run.version}" + (f" ({run.commit[:12]})" if run.commit else "")


def libraries() -> dict[str, str]:
    """Versions of Python, of the libraries behind rows and bytes, and of others' readers and extractors."""
    ours = {name: metadata.version(name) for name in _LIBRARIES}
    others = {name: version for name, version in distributions().items() if name != PROGRAM}
    return {"Python": platform.python_version(), **dict(sorted((ours | others).items()))}


def commit() -> str | None:
    """The commit that the program is of: its checkout's, else the one that it was installed from, else None."""
    return checkout_commit(_FOLDER, built_in_folder()) or _installed_commit()


def checkout_commit(program: Path, *others: Path) -> str | None:
    """The commit that is checked out around a folder which git keeps, else None.

    `-dirty` follows where files in the folder, or in others of the same checkout, differ from the commit or are
    new. A folder that merely lies within somebody's checkout (a virtual environment) is not kept by it.
    """
    if not any((folder / ".git").exists() for folder in program.parents):
        return None
    head = _git(program, "rev-parse", "HEAD")
    if not head or _git(program, "ls-files", "--error-unmatch", "--", "__init__.py") is None:
        return None
    changed = _git(program, "status", "--porcelain", "--untracked-files=normal", "--", ".", *map(str, others))
    return head if changed == "" else f"{head}-dirty"


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says in the folder, None where it fails or is not there; a hook's own GIT_* are not passed on."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "--no-optional-locks", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _installed_commit() -> str | None:
    """The commit that pip installed from, if it did (direct_url.json of PEP 610), and if that copy is what runs."""
    try:
        installed = metadata.distribution(PROGRAM)
    except metadata.PackageNotFoundError:
        return None
    if Path(str(installed.locate_file(PROGRAM))).resolve() != _FOLDER:
        return None
    return commit_of_origin(installed.read_text("direct_url.json"))


def commit_of_origin(direct_url: str | None) -> str | None:
    """The commit in the text of a `direct_url.json`, None where it names none.

    >>> commit_of_origin('{"url": "https://example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "4f6b"}}')
    '4f6b'
    """
    try:
        return str(json.loads(direct_url or "")["vcs_info"]["commit_id"])
    except (ValueError, TypeError, KeyError):
        return None
