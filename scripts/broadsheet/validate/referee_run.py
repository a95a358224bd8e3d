"""frictionless in a process of its own, for `referee`: reads a job from standard input, says what it finds.

The job is a JSON object: `folder`; `descriptor`, which holds nothing that leads out of the folder; `resources`, the
names of those that are to be validated. For each of them a line of JSON is written as soon as it is done; the first
line is about the descriptor. The network cannot be reached, whatever a schema refers to.
"""

import contextlib
import json
import socket
import sys
from typing import Any, TextIO

MEMORY, FILE = 6 << 30, 2 << 30
"""Bytes of address space, and of a file that it may write: a packed one is unpacked to a temporary file."""

ERRORS = 1000
"""frictionless stops reading a table at so many."""


def main() -> None:
    """Do the job."""
    _confine()
    with contextlib.redirect_stdout(sys.stderr) as _:
        run(json.load(sys.stdin), sys.__stdout__ or sys.stdout)


def _confine() -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("the network is not asked")

    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, refuse)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, FILE)):
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))


def run(job: dict[str, Any], out: TextIO) -> None:
    """Validate the descriptor and then each of its resources."""
    import frictionless

    def say(name: str, errors: list[Any], *, complete: bool) -> None:
        found = [_error(error.to_descriptor()) for error in errors]
        print(json.dumps({"name": name, "errors": found, "complete": complete}), file=out, flush=True)

    try:
        package = frictionless.Package.from_descriptor(job["descriptor"], basepath=job["folder"])
        package.to_descriptor(validate=True)
    except frictionless.FrictionlessException as exception:
        say("", exception.to_errors(), complete=False)
        return
    say("", [], complete=True)
    for resource in (one for one in package.resources if one.name in job["resources"]):
        try:
            report = resource.validate(limit_errors=ERRORS)
        except Exception as error:  # whatever it raises is its answer, and other tables wait
            raised = f"{type(error).__name__}: {error}"[:500]
            print(json.dumps({"name": resource.name, "raised": raised}), file=out, flush=True)
            continue
        errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        say(resource.name, errors, complete=len(errors) < ERRORS)


def _error(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": str(found.get("type", "")),
        "row": found.get("rowNumber"),
        "field": str(found.get("fieldName") or found.get("label") or ""),
        "cell": None if (cell := found.get("cell")) is None else str(cell)[:500],
        "note": str(found.get("note") or found.get("message") or "")[:500],
    }
