"""The report as JUnit XML, against the schema that Jenkins holds reports to."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree
from tests.validate.formats.small import reports

from broadsheet.validate.formats import render
from broadsheet.validate.report import Report

HERE = Path(__file__).parent
SCHEMA = etree.XMLSchema(file=str(HERE / "schemas" / "junit-10.xsd"))


def parsed(report):
    root = etree.fromstring(render(report, "junit").encode())
    SCHEMA.assertValid(root)
    return root


def test_a_report_without_checks_is_a_suite_without_cases():
    assert parsed(Report((), ())).get("tests") == "0"


@settings(max_examples=50, deadline=None)
@given(reports())
def test_whatever_the_data_say_it_fits_the_schema(report):
    parsed(report)


def test_every_check_is_a_case_and_every_finding_stands_under_its_own(bad_report):
    root = parsed(bad_report)
    cases = {(case.get("classname"), case.get("name")): case for case in root}
    assert len(cases) == len(bad_report.checks) == int(root.get("tests"))
    text = cases["events", "foreign keys"].findtext("failure")
    assert "'weekly' is not in sources.name" in text
    assert "type-error" not in text
    assert cases["events", "cells"].find("failure").get("type") == "type-error, constraint-error"


@pytest.mark.parametrize(("outcome", "tag"), [("failed", "failure"), ("passed", None), ("skipped", "skipped")])
def test_cases_end_as_their_checks(bad_report, outcome, tag):
    ended = {(check.table or "package", check.name) for check in bad_report.checks if check.outcome == outcome}
    for case in parsed(bad_report):
        if (case.get("classname"), case.get("name")) in ended:
            assert [child.tag for child in case] == ([tag] if tag else [])
