"""Findings put together by the rule that they break, and other things that several forms of a report say."""

import dataclasses
from dataclasses import dataclass

from broadsheet.validate.remote import is_address
from broadsheet.validate.report import FAILED, SKIPPED, Check, Finding, Listed, Report, Rule, rule_of
from broadsheet.validate.shown import shown

LONGEST = 2000
"""Characters of a message at most."""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule that were kept, and how many there are in all; `check` is the label of its check."""

    check: str
    rule: Rule
    count: int
    findings: tuple[Finding, ...]


def groups(report: Report) -> list[Group]:
    """The rules that are broken, in the order in which the checks were made."""
    counts = {(check.label, rule): count for check in report.checks for rule, count in check.broken}
    found: dict[tuple[str, Rule], list[Finding]] = {key: [] for key in counts}
    for finding in report.findings:
        found.setdefault((finding.check, rule_of(finding)), []).append(finding)
    return [
        Group(check, rule, counts.get((check, rule), len(some)), tuple(some)) for (check, rule), some in found.items()
    ]


def limited(report: Report, limit: int | None) -> Report:
    """The report with so many findings of each rule at most; all stay counted."""
    if limit is None:
        return report
    kept = {id(finding) for group in groups(report) for finding in group.findings[:limit]}
    return dataclasses.replace(report, findings=tuple(finding for finding in report.findings if id(finding) in kept))


def counted(count: int, word: str = "finding") -> str:
    """So many of something, in words.

    >>> counted(1), counted(1200)
    ('1 finding', '1,200 findings')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def verdict(report: Report) -> str:
    """The end of the matter in a few words; valid is not said without the checks that were not made.

    >>> verdict(Report((), ())), verdict(Report((), (Check("rows", "x", "skipped"),)))
    ('valid', 'valid as far as it was checked: 1 check was not made')
    """
    if not report.ok:
        return f"NOT valid: {counted(report.count)}"
    missed = sum(check.outcome == SKIPPED for check in report.checks)
    if not missed:
        return "valid"
    return f"valid as far as it was checked: {counted(missed, 'check')} {'was' if missed == 1 else 'were'} not made"


def outcomes(report: Report) -> str:
    """The number of checks by how they ended, in words."""
    return ", ".join(f"{count:,} {outcome}" for outcome, count in report.outcomes().items() if count) or "none"


def unmade(report: Report) -> list[Check]:
    """The checks that were not made, or not for everything, each with why."""
    return [check for check in report.checks if check.outcome == SKIPPED or (check.outcome == FAILED and check.why)]


def message(finding: Finding) -> str:
    """What a finding says, on one line, without anything that a terminal, a log or a page would take for more."""
    return shown(finding.message, LONGEST)


def said(finding: Finding) -> str:
    """A whole finding on one line: its code, where it is, and what it says."""
    where = shown(finding.where, 300)
    return f"{finding.code}: {where + ': ' if where else ''}{message(finding)}"


def line_of(finding: Finding) -> int | None:
    """The line that a finding is at in a file of text, as far as it is known."""
    if finding.line is not None:
        return finding.line
    return finding.row if finding.path.lower().endswith((".csv", ".tsv")) else None


def rooted(report: Report, path: str) -> str:
    """A file's path as the reader of the report names it."""
    return f"{report.root}/{path}" if report.root and not is_address(path) else path


def resource_of(report: Report, finding: Finding) -> Listed | None:
    """The resource that a finding is of."""
    return next(
        (
            one
            for one in report.resources
            if finding.table == one.name or finding.table in one.paths or (finding.path and finding.path in one.paths)
        ),
        None,
    )
