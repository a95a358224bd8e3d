"""The report on a terminal: one screen, with nothing hidden."""

import dataclasses

import pytest

from broadsheet.validate.formats import render
from broadsheet.validate.report import FAILED, PASSED, SKIPPED, Check, Faults, Finding, Listed, Recorder, Report


def many(rules, each):
    """A report in which so many rules are broken so often."""
    recorder = Recorder()
    for number in range(rules):
        found = [
            Finding("type-error", "no date", row=row, field=f"f{number}", rule="date") for row in range(2, 2 + each)
        ]
        recorder.run(f"check {number}", f"t{number}", [Faults(found, each)])
    return recorder.report()


def test_a_package_without_faults_is_a_few_lines_that_end_in_valid():
    checks = (Check("cells", "dates", PASSED), Check("file", "data/dates.csv", PASSED))
    report = Report((), checks, (Listed("dates", ("data/dates.csv",), ("a",), 3),))
    assert render(report, "text").splitlines() == [
        "Checks: 2 passed",
        "",
        "  table  rows  passed  failed  skipped",
        "  dates     3       2       0        0",
        "",
        "Verdict: valid",
    ]


def test_the_counts_come_first_and_the_verdict_with_the_next_step_last(bad_report):
    lines = render(dataclasses.replace(bad_report, root=""), "text").splitlines()
    assert lines[0].startswith("Checks: ")
    assert lines[-2] == f"Verdict: NOT valid: {bad_report.count} findings"
    assert lines[-1].endswith("broadsheet validate . --save html report.html")


def test_a_package_that_is_nowhere_yet_is_not_named_in_a_next_step(bad_report):
    assert "Next:" not in bad_report.as_text()


def test_valid_is_not_said_without_the_checks_that_were_not_made():
    report = Report((), (Check("spans", "dates", SKIPPED, "text withheld"), Check("cells", "dates", PASSED)))
    lines = render(report, "text").splitlines()
    assert "not made: spans of dates: text withheld" in lines
    assert lines[-1] == "Verdict: valid as far as it was checked: 1 check was not made"


def test_a_failed_check_that_was_made_in_part_says_so():
    report = Report((), (Check("cells", "dates", FAILED, "stopped at row 7", 1),))
    assert "not made: cells of dates: stopped at row 7" in render(report, "text")


@pytest.mark.parametrize(("rules", "each"), [(1, 500), (4, 20), (8, 3), (200, 20)])
def test_however_much_is_wrong_it_fits_one_screen_and_is_counted(rules, each):
    text = render(many(rules, each), "text")
    assert len(text.splitlines()) <= 24
    assert f"Verdict: NOT valid: {rules * each:,} findings" in text


def test_findings_of_a_rule_stand_below_it_and_no_more_than_asked_for():
    report = many(2, 20)
    lines = render(report, "text", limit=5).splitlines()
    head = lines.index("type-error in t0.f0 (date): 20 findings")
    assert [line.strip() for line in lines[head + 1 : head + 6]] == [f"row {row}: no date" for row in range(2, 7)]
    assert lines[head + 6].startswith("type-error in t1.f1")
    assert "row 2" not in render(report, "text", limit=0)


def test_rules_that_are_not_shown_are_counted():
    assert "… and 192 rules more, with 3,840 findings" in render(many(200, 20), "text")


def test_a_place_is_a_file_with_a_line_as_editors_and_terminals_open_it(bad_report):
    lines = render(dataclasses.replace(bad_report, root="my/package"), "text").splitlines()
    assert any(line.startswith("  my/package/data/events.csv:4, row 3 (e2): '2021-13-45' is no date") for line in lines)


def test_colours_are_only_there_where_they_are_asked_for(bad_report):
    assert "\x1b" not in render(bad_report, "text")
    colored = render(bad_report, "text", color=True)
    assert "\x1b[31;1mNOT valid: " in colored
    assert "\x1b" not in render(bad_report, "github", color=True)
