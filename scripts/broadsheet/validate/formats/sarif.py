"""A report as SARIF 2.1.0 (OASIS), for code scanning: a result for each finding, at the line of its row."""

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from broadsheet import __version__
from broadsheet.validate.formats.grouped import groups, line_of, message, rooted, unmade, verdict
from broadsheet.validate.formats.rules import meaning, section, title
from broadsheet.validate.report import CODES, Finding, Report
from broadsheet.validate.shown import shown

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "broadsheet/v1"


def as_sarif(report: Report) -> str:
    """The report as one run of one tool."""
    codes = [*CODES, *sorted({finding.code for finding in report.findings} - set(CODES))]
    driver = {
        "name": "broadsheet",
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": _results(report, codes),
        "properties": {"verdict": verdict(report), "outcomes": report.outcomes(), "findings": report.count},
    }
    text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _rule(code: str) -> dict[str, Any]:
    """What a reader of one result sees of its code."""
    address = section(code)
    help_text = f"{meaning(code)} Each result says what was expected and the next step."
    rule = {
        "id": code,
        "name": "".join(part.capitalize() for part in code.split("-")),
        "shortDescription": {"text": title(code)},
        "fullDescription": {"text": meaning(code)},
        "help": {"text": help_text + (f" The standard: {address}" if address else "")},
        "defaultConfiguration": {"level": "error"},
    }
    return rule | ({"helpUri": address} if address else {})


def _invocation(report: Report) -> dict[str, Any]:
    """That the program ran, and which checks it did not make."""
    notes = [
        {"level": "warning", "message": {"text": shown(f"not made: {check.label}: {check.why}", 2000)}}
        for check in unmade(report)
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _results(report: Report, codes: list[str]) -> list[dict[str, Any]]:
    """The findings, the last of each rule saying how many more there are."""
    seen: Counter[str] = Counter()
    results = []
    for group in groups(report):
        more = group.count - len(group.findings)
        for number, finding in enumerate(group.findings, 1):
            print_ = _fingerprint(finding)
            seen[print_] += 1
            text = message(finding)
            if more and number == len(group.findings):
                text += f" ({more:,} more of this rule are not listed)"
            results.append(
                {
                    "ruleId": finding.code,
                    "ruleIndex": codes.index(finding.code),
                    "level": "error",
                    "message": {"text": text},
                    "locations": [_location(report, finding)],
                    "partialFingerprints": {FINGERPRINT: f"{print_}:{seen[print_]}"},
                    "properties": _facts(finding),
                }
            )
    return results


def _fingerprint(finding: Finding) -> str:
    """The same for the same fault in another version of the data, wherever its row has moved to."""
    where = finding.key or finding.value or finding.message
    parts = (finding.code, finding.table, finding.field, finding.rule, where)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _location(report: Report, finding: Finding) -> dict[str, Any]:
    path = rooted(report, finding.path or "datapackage.json")
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    line = line_of(finding)
    if line:
        place["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": place}
    if name := ".".join(part for part in (finding.table, finding.field) if part):
        kind = "member" if finding.field else "resource"
        location["logicalLocations"] = [{"fullyQualifiedName": shown(name, 300), "kind": kind}]
    return location


def _uri(path: str) -> str:
    """A relative path as the relative reference of RFC 3986; bytes that are no UTF-8 stay what they are.

    >>> _uri("data/a b.csv"), _uri("a:b")
    ('data/a%20b.csv', 'a%3Ab')
    """
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(shown(path))


def _facts(finding: Finding) -> dict[str, Any]:
    names = ("check", "table", "row", "key", "field", "rule", "value", "raw_path")
    facts = {name: getattr(finding, name) for name in names}
    return {name: shown(value, 300) if isinstance(value, str) else value for name, value in facts.items() if value}
