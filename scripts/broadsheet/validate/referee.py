"""The referee: frictionless on the same package, and whether both come to the same verdict.

frictionless runs in a process of its own for a stated time, table by table, with a descriptor that holds nothing but
what was found safe to follow; whatever becomes of it is a line of the report. Verdicts are compared by table and kind
of fault (`referee_known`); what only one of the two finds is a finding, unless it is known why.
"""

import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet.project import PROFILE
from broadsheet.validate import referee_known
from broadsheet.validate.contents import Resource
from broadsheet.validate.paths import unsafe
from broadsheet.validate.profile import V2
from broadsheet.validate.referee_known import BLOCKING, FAMILY, KEYS, OURS, RAGGED, THEIRS, UNREAD, Fault
from broadsheet.validate.report import PASSED, Faults, Finding, Outcomes, Recorder, Report, Unmade
from broadsheet.validate.selection import Selection
from broadsheet.validate.shown import shown

SECONDS = 60
"""frictionless is stopped after so many, where nothing else is said."""

SPEED = 1_000_000
"""Bytes of CSV that frictionless reads in a second, about; a few times less of Parquet."""

START = "import sys; sys.path.append(sys.argv[1]); from broadsheet.validate.referee_run import main; main()"
"""What the process runs: with this program at hand, and nothing from the current folder, which may be a stranger's."""

PROPERTIES = (
    *("name", "type", "path", "data", "title", "description", "format", "mediatype", "encoding", "bytes", "hash"),
    *("rows", "dialect", "schema", "sources", "licenses", "compression", "innerpath"),
)
"""Properties of a resource that frictionless gets to see: none of them makes it ask the network."""

NOT_SHOWN = ("$schema", "profile", "profiles", "resources")
"""Properties of a package that it does not get: they may name profiles to be fetched."""


@dataclass(slots=True)
class Ruling:
    """What frictionless found, by resource (empty for the descriptor), and which resources it has read to the end.

    `raised` says of resources what it stumbled over, `why` why it did not come to an end.
    """

    faults: dict[str, list[Fault]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    raised: dict[str, str] = field(default_factory=dict)
    why: str = ""


def compared(
    folder: Path,
    stated: dict[str, Any],
    found: Sequence[Resource],
    ours: Report,
    seconds: float,
    chosen: Selection | None,
) -> Report:
    """The referee's checks of a package with the descriptor `stated`: of the descriptor, and of each resource."""
    recorder = Recorder(selection=chosen)
    contents = {resource.name: resource.content for resource in found}
    if reason := _unfit(folder, found, ours):
        recorder.run("referee", "", [Unmade(reason)])
        return recorder.report()
    ruling = ruled(folder, stated, contents, seconds)
    own = _own_faults(found, ours)
    for name in ("", *contents):
        reason = _not_compared(name, found, ours) or _not_ruled(name, ruling)
        recorder.run("referee", name, [Unmade(reason)] if reason else _differences(name, contents, own, ruling))
    return recorder.report()


def _unfit(folder: Path, found: Sequence[Resource], ours: Report) -> str:
    """Why frictionless is not to see a package; empty where it may."""
    if not found:
        return "there is no resource for frictionless to read"
    if any(finding.code == "resource-error" for finding in ours.findings):
        return "frictionless is not run on resources that must not be followed"
    if any(unsafe(folder, path) for resource in found for path in linked(resource.content)):
        return "frictionless is not run on files that must not be followed"
    return ""


def linked(content: Mapping[str, Any]) -> Iterator[str]:
    """All paths in a resource that frictionless may follow; an empty one for what is no path."""
    paths = content.get("path", [])
    yield from (path if isinstance(path, str) else "" for path in (paths if isinstance(paths, list) else [paths]))
    yield from (content[key] for key in ("schema", "dialect") if isinstance(content.get(key), str))


def ruled(
    folder: Path,
    stated: dict[str, Any],
    contents: Mapping[str, dict[str, Any]],
    seconds: float,
    asked: Collection[str] | None = None,
) -> Ruling:
    """What frictionless finds within so many seconds, in all resources or those asked for; never raises."""
    job = {"folder": str(folder.resolve()), "resources": list(contents if asked is None else asked)}
    try:
        said = json.dumps(job | {"descriptor": described(stated, contents)})
    except RecursionError:
        return Ruling(why="frictionless is not run on a descriptor that is nested so deeply")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-c", START, str(Path(__file__).parents[2])],
                input=said.encode("utf-8", "surrogatepass"),
                stdout=out,
                stderr=errors,
                timeout=seconds,
                check=False,
                env={**os.environ, "PYTHONWARNINGS": "ignore"},
            )
            why = f"frictionless broke off: {_last_line(errors)}" if done.returncode else ""
        except subprocess.TimeoutExpired:
            why = _too_slow(contents, folder, seconds)
        except OSError as error:
            why = f"frictionless cannot be run: {error}"
        out.seek(0)
        return _read(out.read().splitlines(), why)


def described(stated: dict[str, Any], contents: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The descriptor as frictionless gets it; the profile is that of Data Package 2 where the package has one."""
    kept = {key: value for key, value in stated.items() if key not in NOT_SHOWN}
    if str(stated.get("$schema", "")).startswith(V2):
        kept["$schema"] = PROFILE
    shown_of = [{key: content[key] for key in PROPERTIES if key in content} for content in contents.values()]
    return {**kept, "resources": shown_of}


def _too_slow(contents: Mapping[str, dict[str, Any]], folder: Path, seconds: float) -> str:
    """How long frictionless may need, going by the size of the files."""
    total = 0
    for content in contents.values():
        paths = content.get("path", [])
        for path in paths if isinstance(paths, list) else [paths]:
            with contextlib.suppress(OSError, ValueError):
                total += (folder / str(path)).stat().st_size
    need = math.ceil(max(2 * seconds, total / SPEED))
    return f"frictionless had not come to an end after {seconds:g} s; give it --referee-time {need} or more"


def _last_line(errors: Any) -> str:
    errors.seek(0)
    lines = errors.read()[-4096:].decode("utf-8", "replace").strip().splitlines()
    return shown(lines[-1], 200) if lines else "it was killed"


def _read(lines: Sequence[bytes], why: str) -> Ruling:
    """The lines of a process that may have been killed within one."""
    ruling = Ruling(why=why)
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            said = json.loads(line)
            if said.get("raised"):
                ruling.raised[said["name"]] = shown(said["raised"], 200)
                continue
            faults = [
                Fault(one["type"], one["row"], one["field"], one["note"], cell=one["cell"]) for one in said["errors"]
            ]
            ruling.faults[said["name"]] = faults
            if said["complete"]:
                ruling.complete.add(said["name"])
    return ruling


def _own_faults(found: Sequence[Resource], ours: Report) -> dict[str, list[Fault]]:
    """Our findings by resource, those of a file under the resource's name; empty for the descriptor."""
    names = {path: item.name for item in found for path in (item.shown_path, item.name) if path}
    faults: dict[str, list[Fault]] = {}
    for one in ours.findings:
        if one.code in FAMILY and (not one.table or one.table in names):
            fault = Fault(one.code, one.row, one.field, one.message, one.rule)
            faults.setdefault(names.get(one.table, ""), []).append(fault)
    return faults


def _not_compared(name: str, found: Sequence[Resource], ours: Report) -> str:
    """Why our verdict on a resource is not to be compared; empty where it is."""
    places = {name, *(item.shown_path for item in found if item.name == name and item.shown_path)}
    if any(check.left_out for check in ours.checks if check.table in places):
        return "not all checks were asked for"
    return ""


def _not_ruled(name: str, ruling: Ruling) -> str:
    if name in ruling.faults:
        return ""
    if name in ruling.raised:
        return f"frictionless broke off: {ruling.raised[name]}"
    return ruling.why or "frictionless does not read a package whose descriptor it finds fault with"


def _differences(
    name: str, contents: Mapping[str, dict[str, Any]], own: Mapping[str, list[Fault]], ruling: Ruling
) -> Outcomes:
    """What only one of the two finds of a resource, or of the descriptor; where it is known why, this is a note."""
    alone = (
        _alone(own.get(name, []), ruling.faults[name], name in ruling.complete) if name else _of_descriptor(own, ruling)
    )
    reasons = []
    for side, family, faults in alone:
        known = (
            referee_known.known(side, family, content, faults)
            for content in ([contents[name]] if name else contents.values())
        )
        if why := next(filter(None, known), ""):
            reasons.append(f"{side} alone finds {family} faults: {why}")
        else:
            yield _difference(side, family, faults)
    if reasons:
        yield Unmade("; ".join(reasons), PASSED)


def _of_descriptor(own: Mapping[str, list[Fault]], ruling: Ruling) -> Iterator[tuple[str, str, Sequence[Fault]]]:
    """Faults of the descriptor that one side alone finds; the other may find them where it reads the resources."""
    ours = [fault for faults in own.values() for fault in faults if FAMILY[fault.code] == "descriptor"]
    theirs = ruling.faults[""]
    if theirs and not ours:
        yield THEIRS, "descriptor", theirs
    elif ours and not any(ruling.faults.values()):
        yield OURS, "descriptor", ours


def _alone(
    ours: Sequence[Fault], theirs: Sequence[Fault], complete: bool
) -> Iterator[tuple[str, str, Sequence[Fault]]]:
    """The kinds of fault that one side alone has found, with its faults.

    After a blocking one the sides have not read the same, so that only these are compared.
    """
    unread = [one for one in (*ours, *theirs) if FAMILY.get(one.code) in UNREAD]
    by_us, by_them = _families(ours, unread), _families(theirs, unread)
    blocked = [any(family in BLOCKING for family in found) for found in (by_us, by_them)]
    if all(blocked):
        return
    for side, found, others in ((OURS, by_us, by_them), (THEIRS, by_them, by_us)):
        for family, faults in found.items():
            compared_at_all = family in BLOCKING or not any(blocked)
            read_by_other = complete or side == THEIRS
            if compared_at_all and read_by_other and family not in others:
                yield side, family, faults


def _families(faults: Sequence[Fault], unread: Sequence[Fault]) -> dict[str, list[Fault]]:
    """The faults by kind, without those that follow from what a side could not read."""
    rows: dict[int | None, set[str]] = {}
    for one in unread:
        rows.setdefault(one.row, set()).add("" if FAMILY[one.code] == RAGGED else one.field)
    found: dict[str, list[Fault]] = {}
    for one in faults:
        family = FAMILY.get(one.code, one.code)
        if family == RAGGED or not _follows(one, family, rows.get(one.row, set())):
            found.setdefault(family, []).append(one)
    return found


def _follows(fault: Fault, family: str, unread: set[str]) -> bool:
    """Whether a fault may be there because fields of its row (the empty name: all) could not be read by one side."""
    if fault.row is None or not unread:
        return False
    return (
        "" in unread
        or family in KEYS
        or (family != "type" and (not fault.field or bool(unread & {*fault.field.split(", ")})))
    )


def _difference(side: str, family: str, faults: Sequence[Fault]) -> Faults:
    first, other = faults[0], THEIRS if side == OURS else OURS
    place = ", ".join(
        part
        for part in (f"row {first.row}" if first.row else "", f"field {shown(first.field)}" if first.field else "")
        if part
    )
    text = f"{side} finds {family} faults and {other} does not, first {f'in {place}: ' if place else ''}"
    text += (
        f"{first.code}, {shown(first.text, 200)}; look there, and in docs/conformance.md for what is read differently"
    )
    finding = Finding("referee-difference", text, "", first.row, first.field, f"{family} by {side}", first.code)
    return Faults([finding], 1)
