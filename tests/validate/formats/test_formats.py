"""Every form of a report, of whatever a stranger's data say: each stays what it is."""

import json
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.validate.formats.small import reports

from broadsheet.commands.validate import FORMATS as OFFERED
from broadsheet.errors import PackageError
from broadsheet.validate.formats import FORMATS, render, save
from broadsheet.validate.report import Report


def test_the_command_offers_every_form():
    assert set(OFFERED) == set(FORMATS)


@given(reports(), st.sampled_from(sorted(FORMATS)))
def test_every_report_can_be_written_as_utf_8_and_ends_in_one_newline(report, form):
    text = render(report, form)
    assert text.encode("utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@given(reports())
def test_no_value_ends_a_line_or_commands_a_terminal_or_a_runner(report):
    lines = render(report, "text").split("\n")
    assert "".join(lines).isprintable()
    assert lines[0] == "Checks: 1 failed, 1 skipped"
    assert "Verdict: NOT valid: 3 findings" in lines[-3:]
    annotation, notice, verdict, end = render(report, "github").split("\n")
    assert annotation.startswith("::error ")
    assert notice.startswith("::notice title=checks not made::")
    assert (verdict, end) == ("Verdict: NOT valid: 3 findings", "")


@given(reports())
def test_junit_is_xml_and_json_and_sarif_are_json(report):
    root = ElementTree.fromstring(render(report, "junit"))
    assert [case.get("name") for case in root] == ["types", "texts"]
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("2", "1", "1")
    assert json.loads(render(report, "json"))["findings_count"] == 3
    assert len(json.loads(render(report, "sarif"))["runs"][0]["results"]) == 1


class Tags(HTMLParser):
    """The tags and attributes of a page, and whether they are closed in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(reports())
def test_a_page_holds_no_tag_or_attribute_that_the_program_did_not_write(report):
    tags = Tags()
    tags.feed(render(report, "html"))
    assert not tags.open
    assert not tags.seen & {"script", "img", "iframe", "object", "link", "form", "input", "svg"}
    assert tags.attributes <= {
        "lang",
        "charset",
        "name",
        "content",
        "http-equiv",
        "class",
        "aria-label",
        "scope",
        "href",
    }


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_form_needs_the_package_again(bad_report, form, monkeypatch):
    def gone(*_args, **_options):
        raise AssertionError

    monkeypatch.setattr(Path, "open", gone)
    monkeypatch.setattr(Path, "stat", gone)
    monkeypatch.setattr("builtins.open", gone)
    assert len(render(bad_report, form)) > 500


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_with_a_limit_fewer_findings_are_shown_and_all_counted(bad_report, form):
    whole, short = render(bad_report, form), render(bad_report, form, limit=0)
    assert "2021-13-45" in whole
    assert "2021-13-45' is no date" not in short
    assert str(bad_report.count) in short


def test_a_report_that_cannot_be_written_is_said_to_be_so(tmp_path):
    with pytest.raises(PackageError, match="cannot be written: No such file"):
        save(Report((), ()), "json", tmp_path / "absent" / "report.json")
