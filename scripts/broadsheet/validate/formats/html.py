"""A report as one HTML page that loads nothing and runs nothing: every failing cell marked in its row."""

from collections.abc import Iterable, Iterator
from html import escape

from broadsheet import __version__
from broadsheet.validate.formats.grouped import (
    Group,
    counted,
    groups,
    line_of,
    message,
    resource_of,
    rooted,
    unmade,
    verdict,
)
from broadsheet.validate.formats.rules import meaning, section
from broadsheet.validate.html_page import html_page
from broadsheet.validate.report import CELLS, FAILED, NOT_APPLICABLE, PASSED, SKIPPED, Finding, Report
from broadsheet.validate.shown import shown

BESIDE = 2
"""So many columns are shown on each side of a failing cell."""

MARKS = {PASSED: "✓", FAILED: "✗", SKIPPED: "–", NOT_APPLICABLE: "·"}

STYLE = """
:root { color-scheme: light dark; --bad: #b3261e; --good: #14703a; --warn: #7a5200; --soft: #8882; --mark: #f6c6c2; }
@media (prefers-color-scheme: dark) {
  :root { --bad: #ff8a80; --good: #6fd49a; --warn: #f0bf5f; --mark: #7a231d; }
}
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0 .5rem; overflow-wrap: anywhere; }
code, td, li { overflow-wrap: anywhere; }
.verdict { font-weight: bold; font-size: 1.1rem; }
.failed, .bad { color: var(--bad); } .passed, .good { color: var(--good); } .skipped { color: var(--warn); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; }
.counts li { background: var(--soft); border-radius: .5rem; padding: .4rem .8rem; }
.counts b { font-size: 1.3rem; font-variant-numeric: tabular-nums; margin-right: .3rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .25rem 0 .75rem; }
th, td { border-bottom: 1px solid #8886; padding: .2rem .6rem; text-align: left; vertical-align: top; }
th, td { max-width: 24rem; }
th { font-weight: 600; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.cell { background: var(--mark); outline: 2px solid var(--bad); outline-offset: -2px; }
.missing { font-style: italic; white-space: nowrap; }
.rows td { min-width: 4rem; white-space: pre-wrap; }
.rows td.said { min-width: 14rem; white-space: normal; }
.rows td.where { min-width: 9rem; }
.note { opacity: .8; }
@media (max-width: 40rem) { body { padding: .6rem; } th, td { padding: .15rem .4rem; max-width: 14rem; } }
@media print {
  :root { color-scheme: light; --bad: #b3261e; --good: #14703a; --warn: #7a5200; --mark: #f6c6c2; }
  body { font-size: 10pt; max-width: none; } .wide { overflow: visible; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; } .cell { print-color-adjust: exact; }
}
"""


def as_html(report: Report) -> str:
    """The page; every word from a package is escaped."""
    name = _safe(report.root or "a data package", 200)
    kind = "good" if report.ok else "bad"
    body = "\n".join(_body(report))
    head = f'<p class="verdict {kind}">{escape(verdict(report))}</p>'
    foot = f'<p class="note">Made by broadsheet {escape(__version__)}.</p>'
    return html_page(f"Validation of {name}", STYLE, f"{head}\n{body}\n{foot}")


def _body(report: Report) -> Iterator[str]:
    items = ((outcome, count) for outcome, count in report.outcomes().items())
    chips = "".join(f'<li class="{_class(name)}"><b>{count:,}</b>{name}</li>' for name, count in items)
    yield f'<ul class="counts" aria-label="Checks by outcome">{chips}</ul>'
    found = groups(report)
    if found:
        yield f"<h2>Findings: {report.count:,} of {counted(len(found), 'rule')}</h2>"
    for group in found:
        yield from _group(report, group)
    if missed := unmade(report):
        rows = ([_td(check.label), _td(check.why)] for check in missed)
        yield f"<h2>Not made</h2>\n{_table(['check', 'why'], rows)}"
    if report.resources:
        yield f"<h2>Tables and files</h2>\n{_resources(report)}"
    yield f"<h2>Every check</h2>\n{_checks(report)}"


def _group(report: Report, group: Group) -> Iterator[str]:
    """One rule: what it means, how often it is broken, and the rows in which it is."""
    rule, more = group.rule, group.count - len(group.findings)
    place = ".".join(part for part in (rule.table, rule.field) if part)
    about = f" in {_safe(place, 120)}" if place else ""
    yield f'<h3><code class="bad">{_safe(rule.code)}</code>{about}: {counted(group.count)}</h3>'
    address = section(rule.code)
    link = f' <a href="{address}">The standard.</a>' if address else ""
    stated = f" Rule: <code>{_safe(rule.rule, 200)}</code>." if rule.rule not in ("", rule.code) else ""
    path = next((finding.path for finding in group.findings), "")
    file = f" File: <code>{_safe(rooted(report, path), 200)}</code>." if path else ""
    yield f"<p>{escape(meaning(rule.code))}{stated}{file} Check: {_safe(group.check, 120)}.{link}</p>"
    if group.findings:
        yield _findings(report, group.findings)
    if more:
        yield f'<p class="note">… and {more:,} more of this rule</p>'


def _findings(report: Report, findings: tuple[Finding, ...]) -> str:
    """The findings with the cells around, in the columns that they share."""
    one = resource_of(report, findings[0])
    fields = one.fields[:CELLS] if one and any(finding.cells for finding in findings) else ()
    around = _around(fields, findings[0].field.split(", "))
    heads = ["row", "what is wrong", *(fields[place] for place in around)]
    if all(finding.row is None for finding in findings):
        return "<ul>" + "".join(f"<li>{escape(message(finding))}</li>" for finding in findings) + "</ul>"
    rows = ([_where(finding), _td(message(finding), "said"), *_cells(finding, fields, around)] for finding in findings)
    return _table(heads, rows, "rows")


def _around(fields: tuple[str, ...], names: list[str]) -> list[int]:
    """The places of the first column, of the failing ones, and of some beside them.

    >>> _around(("a", "b", "c", "d", "e", "f", "g"), ["f"])
    [0, 3, 4, 5, 6]
    """
    bad = [fields.index(name) for name in names if name in fields] or [0]
    beside = {place for one in bad for place in range(one - BESIDE, one + BESIDE + 1)}
    return sorted(place for place in beside | {0} if 0 <= place < len(fields))


def _where(finding: Finding) -> str:
    line = line_of(finding)
    row = f"row {finding.row:,}" if finding.row is not None else ""
    aside = f"line {line:,}" if line and line != finding.row else ""
    parts = (row, aside, finding.key, f"raw/{finding.raw_path}" if finding.raw_path else "")
    return f'<td class="where">{"<br>".join(_safe(part, 40) for part in parts if part)}</td>'


def _cells(finding: Finding, fields: tuple[str, ...], around: list[int]) -> Iterator[str]:
    """The cells of the row; that of the finding as the file has it, which may be of no type."""
    names = finding.field.split(", ")
    for place in around:
        marked = fields[place] in names
        value = finding.cells[place] if place < len(finding.cells) else None
        if marked and len(names) == 1 and finding.value is not None:
            value = finding.value
        yield _td(value, "cell" if marked else "")


def _resources(report: Report) -> str:
    rows = (
        [_td(one.name), _td(", ".join(one.paths)), *map(_number, (one.rows, len(one.fields) or None, one.size))]
        for one in report.resources
    )
    return _table(["name", "files", "rows", "fields", "bytes"], rows)


def _number(count: int | None) -> str:
    return f'<td class="number">{"" if count is None else f"{count:,}"}</td>'


def _checks(report: Report) -> str:
    rows = (
        [
            f'<td class="{_class(check.outcome)}">{MARKS.get(check.outcome, "")} {escape(check.outcome)}</td>',
            _td(check.name),
            _td(check.table),
            _number(check.count or None),
            _td(check.why),
        ]
        for check in report.checks
    )
    return _table(["outcome", "check", "of", "findings", "why"], rows)


def _class(outcome: str) -> str:
    return outcome.replace(" ", "-")


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]], kind: str = "") -> str:
    head = "".join(f'<th scope="col">{_safe(text)}</th>' for text in heads)
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    rows_ = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    return f'<div class="wide"><table class="{kind}">\n{rows_}\n</table></div>'


def _td(value: str | None, kind: str = "") -> str:
    """A cell of the page; None is a missing value of the data."""
    if value is None:
        return f'<td class="{kind} missing">missing</td>'
    return f'<td class="{kind}">{_safe(value, 2000)}</td>' if kind else f"<td>{_safe(value, 2000)}</td>"


def _safe(text: str, longest: int = 120) -> str:
    """Text from a package, on one line, without anything that a page would obey."""
    return escape(shown(text, longest))
