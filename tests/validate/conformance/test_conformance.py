"""Every case of the specifications is judged as they say, but for those that are known to differ."""

from pathlib import Path

import pytest
from tests.validate.conformance.case_files import Case, cases, known_differences
from tests.validate.conformance.verdicts import (
    FAMILIES,
    FAULT,
    difference,
    frictionless_verdict,
    our_difference,
    our_verdict,
)

TABLE = Path(__file__).parents[3] / "docs" / "conformance.md"
ALL = list(cases())
KNOWN = known_differences()


def ids(case: Case) -> str:
    return case.id


@pytest.mark.parametrize("case", [case for case in ALL if case.id not in KNOWN], ids=ids)
def test_a_case_is_judged_as_the_specification_says(case, tmp_path):
    assert our_difference(case, our_verdict(case, tmp_path)) == ""


@pytest.mark.parametrize("case", [case for case in ALL if case.id in KNOWN], ids=ids)
def test_a_known_difference_is_still_one(case, tmp_path):
    assert our_difference(case, our_verdict(case, tmp_path)), f"take {case.id} off known_differences.txt"


def test_there_are_no_known_differences_without_a_case():
    assert {case.id for case in ALL} >= KNOWN


def test_there_are_enough_cases():
    assert len(ALL) >= 320
    assert sum(case.content["section"].startswith("table-schema/") for case in ALL) >= 200
    assert len({case.id for case in ALL}) == len(ALL)


@pytest.mark.parametrize("case", ALL, ids=ids)
def test_a_case_is_well_formed(case):
    assert case.expect in {"valid", "invalid", "skipped"}
    assert bool(case.faults) == (case.expect == "invalid")
    assert case.content["says"].endswith(".")
    for fault in case.faults + case.content.get("deliberate", {}).get("faults", []):
        match = FAULT.fullmatch(fault)
        assert match, fault
        assert set(match["families"].split("|")) <= set(FAMILIES)


def test_the_table_in_the_docs_counts_the_cases_that_are_judged_as_expected():
    """Where this fails, make the table anew; its head says how."""
    assert f"| broadsheet | {len(ALL) - len(KNOWN)} |" in TABLE.read_text("utf-8")


SAMPLE = (
    *("string-email", "string-email-no-at", "number-examples", "integer-fraction", "date-slashes", "boolean-yes"),
    *("required-empty", "unique-strings-twice", "pattern-example-broken", "minimum-integer-broken"),
    *("missing-dash", "primary-key-twice", "foreign-key-dangling", "fields-match-subset-more", "cells-too-many"),
    *("dialect-delimiter-semicolon", "hash-prefix-sha256-wrong", "bytes-wrong", "resource-path-parent"),
)


@pytest.mark.parametrize("case", [case for case in ALL if case.id in SAMPLE], ids=ids)
def test_frictionless_says_so_too(case, tmp_path):
    assert difference(case.expect, case.faults, frictionless_verdict(case, tmp_path)) == ""
