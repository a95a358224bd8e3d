"""All conformance cases as a table in Markdown: what is expected, and what this validator and frictionless say."""

import json
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from tests.validate.conformance.case_files import Case, cases
from tests.validate.conformance.verdicts import (
    Verdict,
    difference,
    frictionless_verdict,
    our_difference,
    our_verdict,
)

SHOWN = 160
HEAD = "| case | package | the specification | expected | broadsheet | frictionless |\n|---|---|---|---|---|---|\n"
TEXT = """# Conformance of `broadsheet validate`

{count} cases from the text of Data Package v1 and v2, Data Resource, Table Schema and Table Dialect, each a tiny
package.
The cases are in `tests/validate/conformance/cases`; this table is made by
`python -m tests.validate.conformance.case_files --table docs/conformance.md` (frictionless {version},
with its extra `json`).

A fault is written family@row.field, the header being row 1. *As expected* means the same verdict and the same kind of
fault at the same place. *skipped* means that something was not checked, and that the report says so. The third column
gives the rule in our own words and links to its section: where a validator differs from it, this is the reason why
the expectation stands.

| | as expected | another verdict | other faults |
|---|---|---|---|
{summary}
"""


def table() -> str:
    """The whole document."""
    rows = [(case, _ours(case), _frictionless(case)) for case in cases()]
    summary = "\n".join(
        f"| {name} | {' | '.join(map(str, _counts([row[at] for row in rows])))} |"
        for at, name in ((1, "broadsheet"), (2, "frictionless"))
    )
    head = TEXT.format(count=len(rows), version=version("frictionless"), summary=summary)
    parts = (
        f"\n## {file}\n\n{HEAD}" + "".join(_row(*row) for row in group)
        for file, group in groupby(rows, key=lambda row: row[0].file)
    )
    links = sorted({f"[{row[0].content['section']}]: {row[0].link}\n" for row in rows})
    return "".join([head, *parts, "\n", *links])


def known() -> str:
    """The list of the cases that this validator does not judge as expected, by file."""
    failing = [case for case in cases() if _ours(case)]
    head = "# Cases that are not yet judged as the specifications say; each must leave the list when it is.\n"
    return head + "".join(
        f"\n# {file}\n" + "".join(f"{case.id}\n" for case in group)
        for file, group in groupby(failing, key=lambda case: case.file)
    )


def _ours(case: Case) -> str:
    return our_difference(case, _in_a_folder(our_verdict, case))


def _frictionless(case: Case) -> str:
    verdict = _in_a_folder(frictionless_verdict, case)
    if verdict.word == "skipped":
        return verdict.why
    return f"raises {verdict.why}" if verdict.word == "raised" else difference(case.expect, case.faults, verdict)


def _in_a_folder(judge: Callable[[Case, Path], Verdict], case: Case) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        return judge(case, Path(folder))


def _counts(differences: list[str]) -> Iterator[int]:
    """Cases without difference, with another verdict, and with the right verdict but other faults."""
    other = sum(text.startswith(("says", "raises", "not run")) for text in differences)
    same = differences.count("")
    yield from (same, other, len(differences) - same - other)


def _row(case: Case, ours: str, frictionless: str) -> str:
    """One line of the table."""
    says = f"{case.content['says']} [{case.content['section']}]"
    notes = [case.content.get("note", ""), case.content.get("deliberate", {}).get("why", "")]
    expected = case.expect + (f": {', '.join(case.faults)}" if case.faults else "")
    if "deliberate" in case.content:
        ours = ours or "means to differ: reports " + ", ".join(case.content["deliberate"]["faults"])
    cells = [
        case.id,
        f"`{package(case)}`",
        " ".join(filter(None, [says, *notes])),
        expected,
        ours or "as expected",
        frictionless or "as expected",
    ]
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def package(case: Case) -> str:
    """What is particular in a case's package, in short.

    >>> package(Case("", {"id": "a", "says": "", "field": {"type": "year"}, "cells": ["24"]}))
    '{"type": "year"} ["24"]'
    """
    parts = ("package", "field", "schema", "dialect", "descriptor", "text", "cells", "csv", "resources", "files")
    found = [json.dumps(case.content[part], ensure_ascii=False) for part in parts if part in case.content]
    text = " ".join(found)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("``", "` `")
