"""A report as JUnit XML, in the form of Jenkins's and Surefire's schema, which GitLab reads too."""

from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree

from broadsheet.validate.formats.grouped import Group, counted, groups, said
from broadsheet.validate.report import FAILED, NOT_APPLICABLE, PASSED, SKIPPED, Check, Report
from broadsheet.validate.shown import shown


def as_junit(report: Report) -> str:
    """A test suite in which every check is a test case, with its own findings."""
    outcomes = report.outcomes()
    suite = ElementTree.Element(
        "testsuite",
        name="broadsheet validate",
        tests=str(len(report.checks)),
        failures=str(outcomes[FAILED]),
        errors="0",
        skipped=str(outcomes[SKIPPED] + outcomes[NOT_APPLICABLE]),
        time=f"{report.seconds:.3f}",
    )
    by_check: dict[str, list[Group]] = defaultdict(list)
    for group in groups(report):
        by_check[group.check].append(group)
    for check in report.checks:
        _add(suite, check, by_check[check.label])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode")


def _add(suite: ElementTree.Element, check: Check, found: Sequence[Group]) -> None:
    name = {"classname": shown(check.table or "package"), "name": shown(check.name)}
    case = ElementTree.SubElement(suite, "testcase", name)
    if check.outcome == FAILED:
        failure = ElementTree.SubElement(case, "failure", message=counted(check.count), type=_codes(check))
        failure.text = "\n".join(_lines(found))
    elif check.outcome != PASSED:
        ElementTree.SubElement(case, "skipped", message=f"{check.outcome}: {shown(check.why, 2000)}")


def _codes(check: Check) -> str:
    return ", ".join(dict.fromkeys(shown(rule.code) for rule, _ in check.broken))


def _lines(found: Sequence[Group]) -> list[str]:
    """The findings of a check, and how many more there are of each rule."""
    lines = []
    for group in found:
        lines += [said(finding) for finding in group.findings]
        more = group.count - len(group.findings)
        lines += [f"{group.rule.code}: {more:,} more"] if more else []
    return lines
