"""A report as workflow commands, which GitHub Actions shows as annotations at the lines of files."""

from collections.abc import Iterator
from itertools import chain, zip_longest

from broadsheet.validate.formats.grouped import counted, groups, line_of, rooted, said, unmade, verdict
from broadsheet.validate.report import Finding, Report
from broadsheet.validate.shown import shown


def as_github(report: Report) -> str:
    """The annotations, and the verdict; the first of each rule come first, since GitHub shows ten of a step."""
    rounds = zip_longest(*(group.findings for group in groups(report)))
    found = (finding for finding in chain.from_iterable(rounds) if finding is not None)
    return "\n".join([*(_annotation(report, one) for one in found), *_unmade(report), f"Verdict: {verdict(report)}"])


def _annotation(report: Report, finding: Finding) -> str:
    place = {"file": rooted(report, finding.path) if finding.path else "", "line": line_of(finding)}
    facts = {**place, "title": finding.code}
    properties = ",".join(f"{name}={_escaped(shown(value, 500), ':,')}" for name, value in facts.items() if value)
    return f"::error {properties}::{_escaped(said(finding))}"


def _unmade(report: Report) -> Iterator[str]:
    """One annotation for all checks that were not made."""
    if missed := unmade(report):
        why = "; ".join(dict.fromkeys(f"{check.label}: {check.why}" for check in missed[:10]))
        text = f"{counted(len(missed), 'check')} not made, or not for everything: {shown(why, 1000)}"
        yield f"::notice title=checks not made::{_escaped(text)}"


def _escaped(text: str, also: str = "") -> str:
    """Text as a workflow command's message; `also` are signs that end a property.

    >>> _escaped("50%: a", ":,")
    '50%25%3A a'
    """
    for sign in "%\r\n" + also:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
