"""Each line and each scenario of the recipe on versions, and the step that the recipe itself names for it.

https://datapackage.org/recipes/data-package-version/
"""

import itertools
import json

import pytest
from tests.diff.conftest import refers, schema

from broadsheet.diff import diff_packages, recipe
from broadsheet.diff.formats import render
from broadsheet.diff.recipe import Rule, Step, is_enough

NAMES = "Change the data package, resource or field name or identifier"
FIELDS = "Add, remove or re-order fields"
TYPES = "Change a field type or format"
STRICTER = "Change a field constraint to be more restrictive"
MEANING = "Combine, split, delete or change the meaning of data that is referenced by another data resource"
RESOURCES = "Add a new data resource to a data package"
NEW_DATA = "Add new data to an existing data resource"
LOOSER = "Change a field constraint to be less restrictive"
REFERENCE = "Update a reference to another data resource"
FOLLOWS = "Change data to reflect changes in referenced data"
ERRORS = "Correct errors in existing data"
METADATA = "Change descriptive metadata properties"
MOVED = "You relocate the data to a new URL or path. No change in the version number"
FIRST = "You release your data for the first time. Use version 1.0.0"
MAJOR = "MAJOR version when you make incompatible changes"

STEPS = (
    dict.fromkeys([MAJOR, NAMES, FIELDS, TYPES, STRICTER, MEANING], Step.MAJOR)
    | dict.fromkeys([RESOURCES, NEW_DATA, LOOSER, REFERENCE, FOLLOWS], Step.MINOR)
    | dict.fromkeys([ERRORS, METADATA], Step.PATCH)
    | dict.fromkeys([MOVED, FIRST], Step.NONE)
)
"""The lines of the recipe that are quoted, with the number that each raises."""

PLACES = (schema("id", "name"), [["p1", "Arlmouth"], ["p2", "Bexford"]])
EVENTS = (
    schema("id", "place", {"name": "hurt", "type": "integer"}, **refers("place", "places")),
    [["e1", "p1", "3"], ["e2", "p2", "12"]],
)
BASE = {"places": PLACES, "events": EVENTS}


def with_field(**changes):
    """The events with other properties of the field hurt."""
    fields = [dict(field) for field in EVENTS[0]["fields"]]
    fields[2] |= changes
    return BASE | {"events": ({**EVENTS[0], "fields": fields}, EVENTS[1])}


def with_constraints(**constraints):
    return with_field(constraints=constraints)


def with_rows(events=EVENTS[1], places=PLACES[1]):
    return {"places": (PLACES[0], places), "events": (EVENTS[0], events)}


def fields(*names):
    order = {"id": 0, "place": 1, "hurt": 2}
    known = {field["name"]: field for field in EVENTS[0]["fields"]}
    whole = [known.get(name, {"name": name, "type": "string"}) for name in names]
    rows = [[row[order[name]] if name in order else "x" for name in names] for row in EVENTS[1]]
    keys = {key: value for key, value in EVENTS[0].items() if key != "foreignKeys" or "place" in names}
    return BASE | {"events": ({**keys, "fields": whole}, rows)}


def with_keys(**keys):
    return BASE | {"events": ({**EVENTS[0], **keys}, EVENTS[1])}


OTHER = (schema("id"), [["o1"]])
RENAMED = {"towns": PLACES, "events": (EVENTS[0] | refers("place", "towns"), EVENTS[1])}
SPLIT = with_rows([["e1", "p1", "3"], ["e2", "p4", "12"]], [PLACES[1][0], ["p3", "Bex"], ["p4", "Ford"]])
COMBINED = with_rows([["e1", "p1", "3"], ["e2", "p1", "12"]], PLACES[1][:1])
CROWD = [*EVENTS[1], ["e3", "p2", "1"]]
MOVED_EVENTS = [*EVENTS[1], ["e3", "p3", "1"]]
PART = [PLACES[1][0], ["p2", "Bex"], ["p3", "Ford"]]
NEWER_PLACES = {"places-2": (PLACES[0], [["q1", "Arlmouth"], ["q2", "Bex"], ["q3", "Ford"]])}
NEWER_EVENTS = {"events": (EVENTS[0] | refers("place", "places-2"), [["e1", "q1", "3"], ["e2", "q3", "12"]])}

CASES = {
    "the package has another name": (NAMES, BASE, BASE, {"name": "other"}),
    "the package has another identifier": (NAMES, BASE, BASE, {"id": "https://example.org/other"}),
    "a resource has another name": (NAMES, BASE, RENAMED, {}),
    "a resource is gone": (NAMES, BASE | {"other": OTHER}, BASE, {}),
    "a field has another name": (NAMES, BASE, with_field(name="wounded"), {}),
    "another column is the key": (NAMES, BASE, with_keys(primaryKey="place"), {}),
    "a field is new at the end": (FIELDS, BASE, fields("id", "place", "hurt", "note"), {}),
    "a field is gone": (FIELDS, BASE, fields("id", "place"), {}),
    "fields have another order": (FIELDS, BASE, fields("id", "hurt", "place"), {}),
    "a field has another type": (TYPES, BASE, with_field(type="number"), {}),
    "a field has another format": (TYPES, with_field(type="string"), with_field(type="string", format="email"), {}),
    "other words stand for missing cells": (TYPES, BASE, with_keys(missingValues=["", "-"]), {}),
    "ordered categories have another order": (
        TYPES,
        with_field(categories=[3, 12], categoriesOrdered=True),
        with_field(categories=[12, 3], categoriesOrdered=True),
        {},
    ),
    "a constraint is new": (STRICTER, BASE, with_constraints(required=True), {}),
    "a maximum falls": (STRICTER, with_constraints(maximum=99), with_constraints(maximum=50), {}),
    "a minimum rises": (STRICTER, with_constraints(minimum=0), with_constraints(minimum=1), {}),
    "a minimum in quotes rises": (STRICTER, with_constraints(minimum="9"), with_constraints(minimum="10"), {}),
    "an earliest date rises": (
        STRICTER,
        with_constraints(minimum="1999-12-31"),
        with_constraints(minimum="2000-01-01"),
        {},
    ),
    "a shortest time is another, in words": (
        STRICTER,
        with_constraints(minimum="P9M"),
        with_constraints(minimum="P1Y"),
        {},
    ),
    "an enumeration loses a value": (STRICTER, with_constraints(enum=[3, 12, 4]), with_constraints(enum=[3, 12]), {}),
    "a category is gone": (STRICTER, with_field(categories=[3, 12, 4]), with_field(categories=[3, 12]), {}),
    "a pattern is another": (STRICTER, with_constraints(pattern="[0-9]+"), with_constraints(pattern=".+"), {}),
    "rows must be unique": (STRICTER, BASE, with_keys(uniqueKeys=[["place", "hurt"]]), {}),
    "a row that others refer to is split": (MEANING, BASE, SPLIT, {}),
    "a row that others refer to is split, and one part keeps its key": (
        MEANING,
        with_rows(CROWD),
        with_rows(MOVED_EVENTS, PART),
        {},
    ),
    "rows that others refer to are combined": (MEANING, BASE, COMBINED, {}),
    "a row that others refer to is deleted": (MEANING, BASE, with_rows(EVENTS[1][:1], PLACES[1][:1]), {}),
    "a resource is new": (RESOURCES, BASE, BASE | {"other": OTHER}, {}),
    "rows are appended": (NEW_DATA, BASE, with_rows([*EVENTS[1], ["e3", "p1", "0"]]), {}),
    "a constraint is gone": (LOOSER, with_constraints(required=True), BASE, {}),
    "a maximum rises": (LOOSER, with_constraints(maximum=50), with_constraints(maximum=99), {}),
    "a maximum in quotes rises": (LOOSER, with_constraints(maximum="9"), with_constraints(maximum="10"), {}),
    "a minimum falls": (LOOSER, with_constraints(minimum=1), with_constraints(minimum=0), {}),
    "an enumeration gains a value": (LOOSER, with_constraints(enum=[3, 12]), with_constraints(enum=[3, 12, 4]), {}),
    "a foreign key refers to another resource": (
        REFERENCE,
        BASE | {"places-2": PLACES},
        BASE | {"places-2": PLACES} | with_keys(**refers("place", "places-2")),
        {},
    ),
    "a new row refers to another new one": (NEW_DATA, BASE, with_rows(MOVED_EVENTS, PART), {}),
    "cells refer to another row": (FOLLOWS, BASE, with_rows([["e1", "p2", "3"], EVENTS[1][1]]), {}),
    "a cell is corrected": (ERRORS, BASE, with_rows([["e1", "p1", "4"], EVENTS[1][1]]), {}),
    "a row that nobody refers to is taken out": (ERRORS, BASE, with_rows(EVENTS[1][:1]), {}),
    "a title is another": (METADATA, BASE, BASE, {"title": "Made up"}),
    "a field's description is another": (METADATA, BASE, with_field(description="People who were hurt."), {}),
    "a licence is another": (METADATA, BASE, BASE, {"licenses": [{"name": "CC0-1.0"}]}),
}

NO_CHANGES = {
    "nothing": (BASE, BASE, {}),
    "only the version": (BASE, BASE, {"version": "1.4.3"}),
    "a constraint that says what held anyway": (BASE, with_constraints(required=False), {}),
    "the order of an enumeration": (with_constraints(enum=[3, 12]), with_constraints(enum=[12, 3]), {}),
    "a key written as a list": (BASE, with_keys(primaryKey=["id"]), {}),
    "a foreign key written as names": (
        BASE,
        with_keys(foreignKeys=[{"fields": "place", "reference": {"resource": "places", "fields": "id"}}]),
        {},
    ),
}


def lines(diff):
    """The lines of the recipe that the comparison quotes, with the steps that it takes them for."""
    rules = [*(change.rule for change in diff.changes), *(rule for table in diff.tables for rule in table.rules)]
    return {rule.text: rule.step for rule in rules}


@pytest.mark.parametrize("case", CASES)
def test_the_advice_is_the_step_that_the_recipe_names_and_quotes_its_line(made, case):
    line, old, new, stated = CASES[case]
    diff = diff_packages(made("old", old), made("new", new, **stated))
    found = lines(diff)
    assert diff.step is STEPS[line]
    assert {text for text, step in found.items() if step is diff.step} == {line}
    assert found.items() <= STEPS.items()
    assert line in render(diff, "text")


@pytest.mark.parametrize("case", NO_CHANGES)
def test_what_means_the_same_is_no_change(made, case):
    old, new, stated = NO_CHANGES[case]
    diff = diff_packages(made("old", old), made("new", new, **stated))
    assert not diff.differs
    assert diff.step is Step.NONE


def test_every_line_of_the_recipe_is_quoted_and_has_a_case():
    rules = [rule for rule in vars(recipe).values() if isinstance(rule, Rule)]
    assert {rule.text: rule.step for rule in rules} == STEPS
    assert {line for line, *_ in CASES.values()} == {*STEPS} - {MAJOR, MOVED, FIRST}


def test_a_reference_that_moves_from_a_row_that_is_the_same_to_a_new_one_is_no_split(made):
    old, new = with_rows(CROWD), with_rows(MOVED_EVENTS, [*PLACES[1], ["p3", "Cley"]])
    assert lines(diff_packages(made("old", old), made("new", new))).keys() == {NEW_DATA, FOLLOWS}


SCENARIOS = {
    "You append last months data to an existing release": ("1.5.0", BASE, CASES["rows are appended"][2], {}),
    "You append a column to the data": ("2.0.0", BASE, fields("id", "place", "hurt", "note"), {}),
    "You change a title, description, or other descriptive metadata": ("1.4.3", BASE, BASE, {"title": "Made up"}),
    "You fix a data entry error by modifying a value": ("1.4.3", BASE, CASES["a cell is corrected"][2], {}),
    "You split a row of data in a foreign key reference table": ("2.0.0", BASE, SPLIT, {}),
    "You update the data and schema to refer to a new version of a foreign key reference table": (
        "1.5.0",
        BASE,
        BASE | NEWER_PLACES | NEWER_EVENTS,
        {},
    ),
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_next_version_is_that_of_the_scenario(made, scenario):
    least, old, new, stated = SCENARIOS[scenario]
    assert diff_packages(made("old", old), made("new", new, **stated)).next_version == least


def test_a_first_release_is_1_0_0_and_may_follow_drafts_from_0_1_0(made):
    diff = diff_packages(made("old", BASE, version=""), made("new", CASES["a cell is corrected"][2], version="1.0.0"))
    assert (diff.next_version, diff.enough) == (None, None)
    assert FIRST in render(diff, "text")
    assert all(is_enough("0.1.0", "1.0.0", step) for step in Step)


def test_data_that_are_moved_ask_for_no_new_version(made):
    old, new = made("old", BASE), made("new", BASE)
    (new / "tables").mkdir()
    (new / "data" / "places.csv").rename(new / "tables" / "towns.csv")
    content = json.loads((new / "datapackage.json").read_text())
    content["resources"][0]["path"] = "tables/towns.csv"
    (new / "datapackage.json").write_text(json.dumps(content))
    diff = diff_packages(old, new)
    assert (diff.step, diff.next_version, lines(diff)) == (Step.NONE, "1.4.2", {MOVED: Step.NONE})


TOGETHER = {
    METADATA: {"title": "Made up"},
    ERRORS: {"events": [["e1", "p1", "4"], EVENTS[1][1]]},
    NEW_DATA: {"places": [*PLACES[1], ["p9", "Cley"]]},
    NAMES: {"name": "other"},
}


@pytest.mark.parametrize("some", [some for size in (2, 3, 4) for some in itertools.combinations(TOGETHER, size)])
def test_of_several_lines_the_largest_step_is_the_advice(made, some):
    stated = {key: value for line in some for key, value in TOGETHER[line].items()}
    rows = {name: stated.pop(name) for name in BASE if name in stated}
    diff = diff_packages(made("old", BASE), made("new", with_rows(**rows), **stated))
    assert lines(diff) == {line: STEPS[line] for line in some}
    assert diff.step is max(STEPS[line] for line in some)


@pytest.mark.parametrize("profile", ["tabular-data-resource", "data-resource"])
def test_a_profile_of_version_1_beside_the_type_changes_nothing(made, profile):
    old, new = made("old", BASE), made("new", BASE)
    content = json.loads((new / "datapackage.json").read_text())
    content["resources"][0]["profile"] = profile
    (new / "datapackage.json").write_text(json.dumps(content))
    assert diff_packages(old, new).changes == []
    if profile == "tabular-data-resource":
        del content["resources"][0]["type"]
        (new / "datapackage.json").write_text(json.dumps(content))
        assert diff_packages(old, new).changes == []
