"""The report as SARIF, against OASIS's schema and against what code scanning shows of it."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from tests.validate.formats.small import ROWS, reports

from broadsheet.validate import validate_package
from broadsheet.validate.formats import render
from broadsheet.validate.report import CODES, Report

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def run(bad_report):
    content = json.loads(render(bad_report, "sarif"))
    VALIDATOR.validate(content)
    return content["runs"][0]


def test_a_report_without_findings_is_sarif_too():
    VALIDATOR.validate(json.loads(render(Report((), ()), "sarif")))


@settings(max_examples=25, deadline=None)
@given(reports())
def test_whatever_the_data_say_it_fits_the_schema(report):
    VALIDATOR.validate(json.loads(render(report, "sarif")))


def test_every_code_is_a_rule_with_help(run):
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(rules) == list(CODES)
    assert all(len(rule["help"]["text"]) > 40 for rule in rules.values())
    assert rules["foreign-key"]["helpUri"] == "https://datapackage.org/standard/table-schema/#foreignKeys"


def test_results_point_to_their_rule_and_to_the_line_in_the_file(run, bad_package):
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    (result,) = [result for result in run["results"] if result["ruleId"] == "type-error"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/events.csv"
    lines = (bad_package / "data" / "events.csv").read_text().splitlines()
    assert "2021-13-45" in lines[place["region"]["startLine"] - 1]
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "events.day"


def test_a_fault_keeps_its_fingerprint_when_its_row_moves(bad_package, tmp_path):
    def prints(text):
        (tmp_path / "data").mkdir(exist_ok=True)
        for name in ("datapackage.json", "data/sources.csv"):
            (tmp_path / name).write_bytes((bad_package / name).read_bytes())
        (tmp_path / "data" / "events.csv").write_text(text)
        results = json.loads(render(validate_package(tmp_path), "sarif"))["runs"][0]["results"]
        return {
            result["partialFingerprints"]["broadsheet/v1"]: result["properties"]["row"]
            for result in results
            if result["properties"].get("table") == "events" and "row" in result["properties"]
        }

    head, rest = ROWS.split("\n", 1)
    then, now = prints(ROWS), prints(f"{head}\ne0,2021-08-30,Herat,,3,flood,daily\n{rest}")
    assert set(then) == set(now)
    assert len(then) == 6
    assert {now[key] - then[key] for key in then} == {1}


def test_checks_that_were_not_made_are_notifications(run):
    (invocation,) = run["invocations"]
    texts = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert any(text.startswith("not made: rows of Gone") for text in texts)
