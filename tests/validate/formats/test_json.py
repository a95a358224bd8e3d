"""The report as JSON: frictionless reads it as its own, and finds what is wrong where it would find it itself."""

import json

import pytest
from frictionless import Report as FrictionlessReport
from frictionless import Resource, Schema
from hypothesis import given, settings
from tests.validate.formats.small import EVENTS, reports

from broadsheet.validate.formats import render
from broadsheet.validate.formats.json import as_object
from broadsheet.validate.formats.rules import NEAREST, SHARED
from broadsheet.validate.report import CODES, FAILED, PASSED, Check, Finding, Listed, Report, rule_of


@pytest.fixture(scope="session")
def ours(bad_report):
    return FrictionlessReport.from_descriptor(json.loads(render(bad_report, "json")))


def test_frictionless_reads_the_report_and_finds_its_counts_right(ours, bad_report):
    assert ours.valid is False
    assert ours.stats["errors"] == bad_report.count
    assert [task.name for task in ours.tasks] == ["events", "sources", "gone"]
    assert [task.place for task in ours.tasks] == ["data/events.csv", "data/sources.csv", "data/gone.csv"]
    assert ours.tasks[0].stats["rows"] == 3, "as counted, not as declared"
    assert "events.csv" in ours.to_summary()


def test_rows_and_fields_are_where_frictionless_finds_them(bad_package, ours):
    """Of the faults that frictionless looks for, in the table that it reads to its end."""
    names = ["type", "rowNumber", "fieldNumber", "fieldName"]
    schema = Schema.from_descriptor({"fields": EVENTS["fields"]})
    table = Resource(path="data/events.csv", basepath=str(bad_package), schema=schema)
    theirs = table.validate()
    wanted = {tuple(error) for error in theirs.flatten(names) if error[0] in ("type-error", "constraint-error")}
    found = {tuple(error) for error in ours.tasks[0].flatten(names)}
    assert len(wanted) == 4, theirs
    assert wanted <= found


def test_tasks_and_errors_have_every_key_that_those_of_frictionless_have(bad_package, bad_report):
    schema = Schema.from_descriptor({"fields": EVENTS["fields"]})
    table = Resource(path="data/events.csv", basepath=str(bad_package), schema=schema, hash=f"sha256:{'0' * 64}")
    theirs, own = table.validate().to_descriptor(), json.loads(render(bad_report, "json"))
    assert set(theirs) <= set(own)
    assert set(theirs["stats"]) <= set(own["stats"])
    (task,) = theirs["tasks"]
    assert set(task) - {"valid"} <= set(own["tasks"][0])
    assert set(task["stats"]) - {"md5", "sha256"} <= set(own["tasks"][0]["stats"])
    keys = {error["type"]: set(error) for error in own["tasks"][0]["errors"]}
    assert {error["type"] for error in task["errors"]} == {"hash-count", "type-error", "constraint-error"}
    assert all(set(error) <= keys[error["type"]] for error in task["errors"])


def test_errors_hold_the_cells_of_the_row_and_the_cell_of_the_field(ours):
    (error,) = [error for error in ours.tasks[0].errors if error.type == "type-error"]
    assert (error.cell, error.field_name, error.row_number) == ("2021-13-45", "day", 3)
    assert error.cells[error.field_number - 1] in ("", "2021-13-45")
    assert error.cells[0] == "e2"


def test_a_foreign_key_names_its_parts(ours):
    (error,) = [error for error in ours.tasks[0].errors if error.type == "foreign-key"]
    assert (error.field_names, error.field_cells) == (["source"], ["weekly"])
    assert (error.reference_name, error.reference_field_names) == ("sources", ["name"])


def test_what_is_wrong_with_the_descriptor_stands_outside_of_the_tasks(ours):
    assert "resource-error" in {error.type for error in ours.errors}


def test_checks_that_were_not_made_or_only_in_part_are_warnings(bad_report):
    content = as_object(bad_report)
    warnings = [*content["warnings"], *(text for task in content["tasks"] for text in task["warnings"])]
    assert content["stats"]["warnings"] == 1
    assert [text.split(":")[1] for text in warnings] == [" rows of Gone"]


def test_our_own_keys_hold_every_check_and_finding(bad_report):
    content = json.loads(render(bad_report, "json"))
    assert content["findings_count"] == bad_report.count
    assert len(content["checks"]) == len(bad_report.checks)
    assert set(content["checks"][0]) >= {"name", "table", "outcome", "why", "count", "label", "broken"}
    wanted = {"code", "message", "table", "row", "field", "value", "rule", "key", "raw_path", "path", "line", "cells"}
    assert all(wanted <= set(finding) for finding in content["findings"])
    assert sum(rule["count"] for check in content["checks"] for rule in check["broken"]) == bad_report.count


def test_codes_are_types_of_frictionless_where_it_has_one():
    import frictionless

    types = {error.type for error in frictionless.Error.list_children()}
    assert set(SHARED) | set(NEAREST.values()) <= types
    assert set(SHARED) <= set(CODES)
    assert {code for code in CODES if code in types} == set(SHARED)


PLACES = [{}, {"row": 3}, {"row": 3, "field": "b"}, {"field": "b"}, {"row": 3, "field": "a, b", "value": "1, 2"}]


@pytest.mark.parametrize("table", ["", "t"])
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_frictionless_reads_every_code_at_every_place(place, table):
    """It refuses a whole report for one error that lacks a part of its type."""
    findings = tuple(Finding(code, "so", table, check=code, cells=("1", None), **place) for code in CODES)
    checks = tuple(Check(one.code, "", FAILED, "", 1, broken=((rule_of(one), 1),)) for one in findings)
    report = Report(findings, (*checks, Check("x", "t", PASSED)), (Listed("t", ("t.csv",), ("a", "b"), 2, 3),))
    read = FrictionlessReport.from_descriptor(json.loads(render(report, "json")))
    assert len(read.flatten(["type", "note", "code"])) == len(CODES)
    assert {error[2] for error in read.flatten(["type", "note", "code"])} == set(CODES)


@settings(max_examples=30, deadline=None)
@given(reports())
def test_frictionless_reads_reports_of_hostile_names(report):
    content = json.loads(render(report, "json"))
    assert FrictionlessReport.from_descriptor(content).stats["errors"] == 3
