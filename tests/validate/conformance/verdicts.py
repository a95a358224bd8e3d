"""What this validator and frictionless make of a case, and whether that is what the case expects."""

import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from tests.validate.conformance.case_files import Case, write_case

FAMILIES = {
    "descriptor": (
        *("package-error", "resource-error", "schema-error", "dialect-error", "field-error", "metadata-error"),
        *("control-error", "catalog-error", "dataset-error", "error"),
    ),
    "header": (
        *("missing-label", "extra-label", "incorrect-label", "blank-label", "duplicate-label", "blank-header"),
        *("header-error", "label-error", "field-count", "unmatched-header"),
    ),
    "type": ("type-error",),
    "range": ("integer-range",),
    "constraint": ("constraint-error", "category-error"),
    "unique": ("unique-error", "unique-key"),
    "primary-key": ("primary-key",),
    "foreign-key": ("foreign-key",),
    "cells": ("extra-cell", "missing-cell", "blank-row"),
    "file": ("scheme-error", "source-error", "format-error", "file-error"),
    "encoding": ("encoding-error",),
    "size": ("byte-count",),
    "hash": ("hash-count",),
}
"""The codes of findings, here and in frictionless, that name one kind of fault."""

FAMILY = {code: family for family, codes in FAMILIES.items() for code in codes}
ON_THE_NETWORK = ("resource-path-url", "resource-path-urls", "resource-path-s3-url", "resource-parts-mixed")
STRUCTURE = ("descriptor", "header", "file", "encoding")
FAULT = re.compile(r"(?P<families>[a-z|-]+)(@(?P<row>\d+))?(\.(?P<field>.+))?")


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: its code, and the row and field where it names them."""

    code: str
    row: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """valid, invalid, skipped (not all was checked), or raised; and what was found."""

    word: str
    found: list[Found] = field(default_factory=list)
    why: str = ""


def our_verdict(case: Case, folder: Path) -> Verdict:
    """What this validator makes of a case that is written into the folder."""
    from broadsheet.validate import validate_path
    from broadsheet.validate.report import SKIPPED

    write_case(case, folder)
    try:
        report = validate_path(folder)
    except Exception as error:  # a validator that raises has judged the case wrongly; others go on
        return Verdict("raised", why=type(error).__name__)
    found = [Found(item.code, item.row, item.field) for item in report.findings]
    skipped = [check.why for check in report.checks if check.outcome == SKIPPED]
    return Verdict("invalid" if not report.ok else "skipped" if skipped else "valid", found, "; ".join(skipped))


def frictionless_verdict(case: Case, folder: Path) -> Verdict:
    """What frictionless makes of a case that is written into the folder; it is kept from the network."""
    import frictionless

    descriptor = write_case(case, folder)
    if case.id in ON_THE_NETWORK:
        return Verdict("skipped", why="not run: it would ask the network")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            report = frictionless.validate(str(descriptor), type="package")
    except Exception as error:  # whatever a validator raises is its answer to the case
        return Verdict("raised", why=type(error).__name__)
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    return Verdict("valid" if report.valid else "invalid", [_found(error) for error in errors])


def _found(error: object) -> Found:
    return Found(getattr(error, "type", ""), getattr(error, "row_number", None), getattr(error, "field_name", "") or "")


def our_difference(case: Case, verdict: Verdict) -> str:
    """How our verdict differs from what the case expects, or from what we mean to differ in."""
    meant = case.content.get("deliberate")
    return difference("invalid", meant["faults"], verdict) if meant else difference(case.expect, case.faults, verdict)


def difference(expect: str, faults: list[str], verdict: Verdict) -> str:
    """How a verdict differs from what is expected; empty where it does not.

    Beside a fault of the descriptor, of a file or of the header, its consequences may be reported.

    >>> difference("invalid", ["type@2.value"], Verdict("invalid", [Found("type-error", 2, "value")]))
    ''
    >>> difference("invalid", ["type@2.value"], Verdict("invalid", [Found("type-error", 3, "value")]))
    'does not report type@2.value; reports type-error@3.value'
    """
    if verdict.word != expect:
        return f"says {verdict.word}, not {expect}" + (f" ({shown(verdict)})" if verdict.found else "")
    missed = [fault for fault in faults if not any(_is(fault, found) for found in verdict.found)]
    named = [] if any(fault.startswith(STRUCTURE) for fault in faults) else faults
    more = [found for found in verdict.found if named and not any(_is(fault, found) for fault in named)]
    parts = [f"does not report {', '.join(missed)}"] if missed else []
    return "; ".join([*parts, *([f"reports {shown(Verdict('', more))}"] if more else [])])


def _is(fault: str, found: Found) -> bool:
    """Whether a finding is the fault that is meant; a finding without a row may be about a whole column."""
    match = FAULT.fullmatch(fault)
    assert match, f"{fault} is not written as family@row.field"
    row, name = match["row"], match["field"]
    return (
        FAMILY.get(found.code, found.code) in match["families"].split("|")
        and (not row or found.row == int(row))
        and (not name or not found.field or found.field == name)
    )


def shown(verdict: Verdict) -> str:
    """The findings of a verdict in the way of the cases, each once."""
    texts = [
        found.code + (f"@{found.row}" if found.row else "") + (f".{found.field}" if found.field else "")
        for found in verdict.found
    ]
    return ", ".join(dict.fromkeys(texts))
