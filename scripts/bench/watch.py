"""Runs a command that names its stages on standard error, and measures all its processes stage by stage. Linux only.

Memory is sampled: a peak shorter than `INTERVAL` may be missed, but never in `Watched.largest`, which the system keeps.
"""

import os
import select
import subprocess
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.1
"""Seconds between two samples."""

START = "starting"
"""What comes before the first stage."""

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Stage:
    """What one stage took: seconds by the clock, CPU seconds, and peaks of memory in bytes.

    `memory` is the sum over all processes, in which pages that several share count once (PSS); `main` is the
    resident memory of the main process.
    """

    name: str
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    main: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """The stages in the order in which they began, and the whole; `largest` is the resident peak of any process."""

    stages: list[Stage]
    whole: Stage
    largest: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the processes, at a time of the monotonic clock."""

    at: float
    cpu: float
    memory: int
    main: int


def watch(command: Sequence[str], stages: Collection[str], environment: Mapping[str, str] | None = None) -> Watched:
    """Run the command; a line of its standard error that is one of `stages` begins that stage.

    Raises `CalledProcessError` with what else stood there where the command fails.
    """
    begun = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **(environment or {})}
    )
    assert process.stderr is not None
    found, said = {START: Stage(START)}, []
    stage, before = found[START], Sample(begun, 0.0, 0, 0)
    for line in _lines(process.stderr.fileno()):
        now = sample(process.pid, before)
        _add(stage, before, now)
        before = now
        if line in stages:
            stage = found.setdefault(line, Stage(line))
        else:
            said.append(line)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr="\n".join(filter(None, said)))
    cpu = usage.ru_utime + usage.ru_stime
    _add(stage, before, Sample(time.monotonic(), cpu, 0, 0))
    memory, main = (max(getattr(one, name) for one in found.values()) for name in ("memory", "main"))
    whole = Stage("whole", time.monotonic() - begun, cpu, memory, main)
    return Watched(list(found.values()), whole, usage.ru_maxrss * 1024)


def _add(stage: Stage, before: Sample, now: Sample) -> None:
    stage.seconds += now.at - before.at
    stage.cpu += now.cpu - before.cpu
    stage.memory = max(stage.memory, now.memory)
    stage.main = max(stage.main, now.main)


def _lines(stream: int) -> Iterator[str]:
    """Lines of the stream until its end; an empty one whenever there was none for `INTERVAL`."""
    rest = ""
    while True:
        if not select.select([stream], [], [], INTERVAL)[0]:
            yield ""
        elif data := os.read(stream, 65_536):
            *lines, rest = (rest + data.decode("utf-8", "replace")).split("\n")
            yield from lines
        else:
            return


def sample(root: int, before: Sample) -> Sample:
    """CPU seconds and memory of a process and all below it; CPU seconds never fall below those before."""
    cpu, memory, main = 0.0, 0, 0
    for pid, ticks in _tree(root).items():
        cpu += ticks / _TICKS
        resident, proportional = _memory(pid)
        memory += proportional
        main = resident if pid == root else main
    return Sample(time.monotonic(), max(cpu, before.cpu), memory, main)


def _tree(root: int) -> dict[int, int]:
    """The process and all below it, each with its clock ticks and those of the children that have ended."""
    parents, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()  # the name before it may hold anything
        except (FileNotFoundError, ProcessLookupError):
            continue
        pid = int(path.parent.name)
        parents[pid], ticks[pid] = int(fields[1]), sum(map(int, fields[11:15]))
    found = {root} & ticks.keys()
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return {pid: ticks[pid] for pid in found}


def _memory(pid: int) -> tuple[int, int]:
    """Resident and proportional bytes of a process; nothing of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0, 0
    sizes = {line.partition(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.endswith(" kB")}
    return sizes.get("Rss", 0), sizes.get("Pss", 0)
