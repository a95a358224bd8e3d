"""A report as JSON: a report descriptor of frictionless 5, so that tools which read those keep working, and our own.

`valid`, `stats`, `warnings`, `errors` and `tasks` are frictionless's: a task for each resource, with the errors of its
files and rows; the errors of the descriptor and the package stand outside. An error's `type` is one of frictionless's,
which makes no others; `code` is our own. `outcomes`, `findings_count`, `checks` and `findings` are ours:
docs/validate.md describes them.
"""

import dataclasses
import json
import re
from typing import Any

from broadsheet.validate.formats.grouped import groups, resource_of, unmade
from broadsheet.validate.formats.rules import OF_LABELS, frictionless_type, meaning, title
from broadsheet.validate.report import Check, Finding, Listed, Report
from broadsheet.validate.shown import shown

TAGS = {"row": ["#table", "#row"], "table": ["#table"], "cell": ["#table", "#row", "#cell"], "": []}
_UNNAMED = re.compile(r"[^-a-z0-9._/]+")


def as_json(report: Report) -> str:
    """The report for machines."""
    text = json.dumps(as_object(report), indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # a lone surrogate, as JSON can have it


def as_object(report: Report) -> dict[str, Any]:
    """The report as JSON values."""
    tasks = {id(one): _task(one) for one in report.resources}
    errors: list[dict[str, Any]] = []
    for finding in report.findings:
        one = resource_of(report, finding)
        (tasks[id(one)]["errors"] if one else errors).append(error_of(finding, one))
    for group in groups(report):
        one = resource_of(report, group.findings[0]) if group.findings else None
        if one:
            tasks[id(one)]["stats"]["errors"] += group.count
            tasks[id(one)]["valid"] = False
    warnings = _warn(report, tasks)
    stats = {"tasks": len(tasks), "errors": report.count, "warnings": len(warnings), "seconds": report.seconds}
    stats["warnings"] += sum(task["stats"]["warnings"] for task in tasks.values())
    return {
        "valid": report.ok,
        "stats": stats,
        "warnings": warnings,
        "errors": errors,
        "tasks": list(tasks.values()),
        "findings_count": report.count,
        "outcomes": report.outcomes(),
        "checks": [_check(check) for check in report.checks],
        "findings": [dataclasses.asdict(finding) for finding in report.findings],
    }


def _task(one: Listed) -> dict[str, Any]:
    """What frictionless calls a task: the validation of one resource. Seconds are not taken one by one."""
    facts = {"fields": len(one.fields) or None, "rows": one.rows, "bytes": one.size}
    return {
        "name": _UNNAMED.sub("-", one.name.lower()) or "-",
        "type": "table" if one.fields else "file",
        "title": one.name,
        "valid": True,
        "place": one.paths[0] if one.paths else "",
        "labels": list(one.fields),
        "stats": {"errors": 0, "warnings": 0, "seconds": 0.0}
        | {name: value for name, value in facts.items() if value is not None},
        "warnings": [],
        "errors": [],
    }


def _warn(report: Report, tasks: dict[int, dict[str, Any]]) -> list[str]:
    """Put the checks that were not made into the warnings of their resource; those of the package are given back."""
    others = []
    for check in unmade(report):
        text = f"not made: {check.label}: {check.why}"
        one = resource_of(report, Finding("", "", check.table))
        if one:
            tasks[id(one)]["warnings"].append(text)
            tasks[id(one)]["stats"]["warnings"] += 1
        else:
            others.append(text)
    return others


def error_of(finding: Finding, one: Listed | None) -> dict[str, Any]:
    """The finding as an error of frictionless, with the parts that its type cannot be without."""
    number = _number(finding, one)
    row, cell = finding.row is not None, finding.row is not None and number is not None
    kind = frictionless_type(finding.code, row=row, table=one is not None, cell=cell)
    error: dict[str, Any] = {
        "type": kind,
        "code": finding.code,
        "title": title(finding.code),
        "description": meaning(finding.code),
        "message": finding.message,
        "tags": TAGS["cell" if cell else "row" if row else "table" if one else ""],
        "note": finding.message,
    }
    if row:
        error |= {"rowNumber": finding.row, "cells": ["" if text is None else text for text in finding.cells]}
    if number is not None:
        error |= {"fieldName": finding.field, "fieldNumber": number, "cell": _cell(finding, number)}
    if kind in OF_LABELS:
        error |= {"labels": list(one.fields) if one else [], "rowNumbers": [1], "label": finding.field}
        error |= {"fieldName": finding.field, "fieldNumber": number or 0}
    if kind == "foreign-key":
        error |= _reference(finding)
    return error


def _number(finding: Finding, one: Listed | None) -> int | None:
    """The number of the finding's field, from 1; a row with too many cells breaks behind the last field."""
    if one is None or not one.fields:
        return None
    if finding.code in ("extra-cell", "missing-cell"):
        return len(one.fields) + (finding.code == "extra-cell")
    return one.fields.index(finding.field) + 1 if finding.field in one.fields else None


def _cell(finding: Finding, number: int) -> str:
    if finding.value is not None:
        return finding.value
    kept = finding.cells[number - 1] if number <= len(finding.cells) else None
    return kept or ""


def _reference(finding: Finding) -> dict[str, Any]:
    """The parts of a foreign key, as far as the rule in words gives them."""
    table, _, names = finding.rule.removeprefix("in ").partition(".")
    return {
        "fieldNames": finding.field.split(", "),
        "fieldCells": [finding.value or ""],
        "referenceName": table,
        "referenceFieldNames": names.split(", "),
    }


def _check(check: Check) -> dict[str, Any]:
    broken = [{**rule._asdict(), "count": count} for rule, count in check.broken]
    return {**dataclasses.asdict(check), "broken": broken, "label": shown(check.label, 200)}
