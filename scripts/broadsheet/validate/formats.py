"""A report as text, JSON, JUnit XML, or annotations for GitHub Actions."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from broadsheet.errors import PackageError
from broadsheet.validate.report import FAILED, NOT_APPLICABLE, PASSED, SKIPPED, Check, Finding, Report
from broadsheet.validate.shown import shown

LINES = 40
"""Findings that the text shows at most."""

LONGEST = 2000
"""Characters of a line at most."""


def render(report: Report, form: str) -> str:
    """The report in one of `FORMATS`, ending in a newline."""
    return FORMATS[form](report).rstrip("\n") + "\n"


def save(report: Report, form: str, file: Path) -> None:
    """Write the report to a file in one of `FORMATS`; `PackageError` where it cannot be written."""
    try:
        file.write_text(render(report, form), "utf-8", newline="\n")
    except OSError as error:
        raise PackageError(
            f"{file}: the report cannot be written: {error.strerror or error}", tip="choose another file for --save"
        ) from error


def as_text(report: Report) -> str:
    """For a terminal: findings, what was skipped and why, and the counts."""
    lines = [_line(finding) for finding in report.findings[:LINES]]
    hidden = report.count - len(lines)
    lines += [f"… and {hidden:,} more"] if hidden > 0 else []
    lines += _skipped(report.checks)
    counts = ", ".join(f"{count} {outcome}" for outcome, count in report.outcomes().items() if count)
    verdict = "valid" if report.ok else f"NOT valid: {counted(report.count)}"
    return "\n".join([*lines, f"Checks: {counts}", f"Verdict: {verdict}"])


def counted(findings: int) -> str:
    """So many findings, in words.

    >>> counted(1), counted(1200)
    ('1 finding', '1,200 findings')
    """
    return f"{findings:,} finding{'' if findings == 1 else 's'}"


def _line(finding: Finding) -> str:
    """A finding on one line, without anything that a terminal, a log or a file of XML would take for more than text."""
    where = shown(finding.where, 200)
    return shown(f"{finding.code}: {where + ': ' if where else ''}{finding.message}", LONGEST)


def _skipped(checks: tuple[Check, ...]) -> list[str]:
    return [
        shown(f"skipped: {check.name}{f' of {check.table}' if check.table else ''}: {check.why}", LONGEST)
        for check in checks
        if check.outcome == SKIPPED
    ]


def as_json(report: Report) -> str:
    """For machines: the verdict, the counts, every check and the findings that were kept."""
    content = {
        "valid": report.ok,
        "findings_count": report.count,
        "outcomes": report.outcomes(),
        "checks": [dataclasses.asdict(check) for check in report.checks],
        "findings": [dataclasses.asdict(finding) for finding in report.findings],
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # a lone surrogate, as JSON can have it


def as_junit(report: Report) -> str:
    """A JUnit test suite in which every check is a test case."""
    outcomes = report.outcomes()
    suite = ElementTree.Element(
        "testsuite",
        name="broadsheet validate",
        tests=str(len(report.checks)),
        failures=str(outcomes[FAILED]),
        skipped=str(outcomes[SKIPPED] + outcomes[NOT_APPLICABLE]),
    )
    for check in report.checks:
        classname, why = shown(check.table or "package"), shown(check.why, LONGEST)
        case = ElementTree.SubElement(suite, "testcase", classname=classname, name=check.name)
        if check.outcome == FAILED:
            ElementTree.SubElement(case, "failure", message=counted(check.count)).text = _of(check, report)
        elif check.outcome != PASSED:
            ElementTree.SubElement(case, "skipped", message=f"{check.outcome}: {why}")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode")


def _of(check: Check, report: Report) -> str:
    """The findings of the check's table, in lines."""
    return "\n".join(_line(finding) for finding in report.findings if finding.table == check.table)


def as_github(report: Report) -> str:
    """Workflow commands that GitHub Actions shows as annotations, and the verdict."""
    lines = [f"::error title={_escaped(f.code, ':,')}::{_escaped(_line(f))}" for f in report.findings]
    return "\n".join([*lines, as_text(report).splitlines()[-1]])


def _escaped(text: str, also: str = "") -> str:
    """Text as a workflow command's message; `also` are signs that end a property.

    >>> _escaped("50%: a", ":,")
    '50%25%3A a'
    """
    for sign in "%\r\n" + also:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "github": as_github,
}
