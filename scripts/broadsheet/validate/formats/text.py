"""A report for a terminal, on one screen: the counts, a line a table, the rules that are broken, the verdict."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from broadsheet.validate.formats.grouped import (
    Group,
    counted,
    groups,
    line_of,
    message,
    outcomes,
    rooted,
    unmade,
    verdict,
)
from broadsheet.validate.report import FAILED, PASSED, SKIPPED, Finding, Report
from broadsheet.validate.shown import shortened, shown

TABLES, RULES, REASONS = 10, 8, 5
"""Tables, rules and reasons that are shown at most."""

ENDS = (PASSED, FAILED, SKIPPED)

FINDINGS = 12
"""Findings that are shown at most where nobody has said how many of a rule."""

CODES = {"bad": "31;1", "good": "32;1", "dim": "2", "head": "1", "warn": "33"}
"""What a terminal is told, by the meaning of a colour."""

Paint = Callable[[str, str], str]


def as_text(report: Report, *, limit: int | None = None, color: bool = False) -> str:
    """The report; `limit` is the number of findings of each rule, by default as many as one screen holds."""
    paint: Paint = partial(_painted, color=color)
    end = paint(verdict(report), "good" if report.ok else "bad")
    lines = [f"{paint('Checks:', 'head')} {outcomes(report)}"]
    lines += _parted(_tables(report, paint))
    lines += _parted(_findings(report, limit, paint))
    lines += _parted(_unmade(report, paint))
    lines += _parted([f"{paint('Verdict:', 'head')} {end}", *_next(report)]) if len(lines) > 1 else [f"Verdict: {end}"]
    return "\n".join(lines)


def _painted(text: str, meaning: str, *, color: bool) -> str:
    return f"\x1b[{CODES[meaning]}m{text}\x1b[0m" if color else text


def _parted(lines: Iterable[str]) -> list[str]:
    """The lines with an empty one before them, if there are any."""
    some = list(lines)
    return ["", *some] if some else []


def _tables(report: Report, paint: Paint) -> Iterator[str]:
    """A line for each table, those first in which not every check passed."""
    counts = {
        one.name: {outcome: _count(report, (one.name, *one.paths), outcome) for outcome in ENDS}
        for one in report.resources
        if one.fields
    }
    names = sorted(counts, key=lambda name: (not counts[name][FAILED], not counts[name][SKIPPED]))
    names = names if len(names) <= TABLES else names[:TABLES]
    rows = {one.name: one.rows for one in report.resources}
    cells = [["table", "rows", PASSED, FAILED, SKIPPED]]
    for name in names:
        number = rows[name]
        numbers = (f"{counts[name][outcome]:,}" for outcome in (PASSED, FAILED, SKIPPED))
        cells.append([shown(name, 40), "?" if number is None else f"{number:,}", *numbers])
    if names:
        yield from _columns(cells, paint)
    if rest := len(counts) - len(names):
        yield f"  … and {counted(rest, 'table')} more"


def _count(report: Report, names: tuple[str, ...], outcome: str) -> int:
    return sum(check.table in names and check.outcome == outcome for check in report.checks)


def _columns(rows: list[list[str]], paint: Paint) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for number, (name, *rest) in enumerate(rows):
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        if not number:
            yield paint(f"  {name:<{widths[0]}}  {'  '.join(cells)}", "dim")
            continue
        cells[2] = cells[2] if rest[2] == "0" else paint(cells[2], "bad")
        cells[3] = cells[3] if rest[3] == "0" else paint(cells[3], "warn")
        yield f"  {name:<{widths[0]}}  {'  '.join(cells)}"


def _findings(report: Report, limit: int | None, paint: Paint) -> Iterator[str]:
    """The rules that are broken, each with how often and its first findings."""
    found = groups(report)
    each = limit if limit is not None else max(1, min(3, FINDINGS // max(1, len(found))))
    for group in found[:RULES]:
        yield f"{paint(shown(group.rule.code), 'bad')}{_of(group)}: {counted(group.count)}"
        yield from (f"  {_line(report, finding)}" for finding in group.findings[:each])
    if rest := found[RULES:]:
        total = sum(group.count for group in rest)
        yield f"… and {counted(len(rest), 'rule')} more, with {counted(total)}"


def _of(group: Group) -> str:
    """What the rule is about: the table and field, and the rule itself."""
    place = ".".join(part for part in (group.rule.table, group.rule.field) if part)
    rule = "" if group.rule.rule in ("", group.rule.code) else f" ({shown(group.rule.rule, 60)})"
    return (f" in {shown(place, 80)}" if place else "") + rule


def _line(report: Report, finding: Finding) -> str:
    """A finding on one line: the file and line, the row where it has another number, its key, and what is wrong."""
    line = line_of(finding)
    file = shown(f"{rooted(report, finding.path)}{f':{line}' if line else ''}" if finding.path else "", 120)
    row = f"row {finding.row}" if finding.row is not None and (finding.row != line or not file) else ""
    where = ", ".join(part for part in (file, row) if part)
    key = f" ({shown(finding.key, 60)})" if finding.key else ""
    raw = f", {shown(f'raw/{finding.raw_path}', 80)}" if finding.raw_path else ""
    if not where or (finding.row is None and finding.path and finding.message.startswith(finding.path)):
        return message(finding)
    return f"{where}{key}{raw}: {message(finding)}"


def _unmade(report: Report, paint: Paint) -> Iterator[str]:
    """Why checks were not made, and which."""
    reasons: dict[str, list[str]] = {}
    for check in unmade(report):
        reasons.setdefault(check.why, []).append(check.label)
    for why, labels in list(reasons.items())[:REASONS]:
        names = shortened(", ".join(labels), 160)
        yield f"{paint('not made', 'warn')}: {shown(names, 200)}: {shown(why, 300)}"
    if rest := sum(map(len, list(reasons.values())[REASONS:])):
        yield f"… and {counted(rest, 'check')} more that were not made"


def _next(report: Report) -> list[str]:
    if report.ok or report.root is None:
        return []
    place = shown(report.root or ".", 200)
    step = f"broadsheet validate {place} --save html report.html"
    return [f"Next: correct these; every failing cell in its row: {step}"]
