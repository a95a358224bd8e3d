"""Reports of whatever a stranger's data say: each form stays what it is."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import PackageError
from broadsheet.validate.formats import render, save
from broadsheet.validate.report import FAILED, SKIPPED, Check, Finding, Report

TEXT = st.text(max_size=12) | st.sampled_from(
    ["\n::error::x", "\0", "\x1b[2J", "\ud800", "]]>", "\ufffe", "\u2028x", "\r"]
)


@st.composite
def reports(draw):
    finding = Finding("type-error", draw(TEXT), draw(TEXT), 5, draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT))
    checks = (Check("types", draw(TEXT), FAILED, draw(TEXT), 1), Check("texts", draw(TEXT), SKIPPED, draw(TEXT)))
    return Report((finding,), checks)


@given(reports())
def test_no_value_ends_a_line_or_commands_a_terminal_or_a_runner(report):
    lines = render(report, "text").split("\n")
    assert len(lines) == 5
    assert "".join(lines).isprintable()
    annotation, verdict, end = render(report, "github").split("\n")
    assert annotation.startswith("::error title=type-error::type-error: ")
    assert (verdict, end) == ("Verdict: NOT valid: 1 finding", "")


@given(reports())
def test_junit_is_xml_and_json_is_json(report):
    root = ElementTree.fromstring(render(report, "junit"))
    assert [case.get("name") for case in root] == ["types", "texts"]
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("2", "1", "1")
    assert json.loads(render(report, "json"))["findings_count"] == 1


@given(reports(), st.sampled_from(["text", "json", "junit", "github"]))
def test_every_report_can_be_written_as_utf_8(report, form):
    assert render(report, form).encode("utf-8")


def test_a_report_that_cannot_be_written_is_said_to_be_so(tmp_path):
    with pytest.raises(PackageError, match="cannot be written: No such file"):
        save(Report((), ()), "json", tmp_path / "absent" / "report.json")
