"""Each rule and scenario of the recipe on versions, and the step that the recipe itself names for it."""

import json

import pytest
from tests.diff.conftest import refers, schema

from broadsheet.diff import diff_packages
from broadsheet.diff.recipe import Step, is_enough, next_version

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


OTHER = (schema("id"), [["o1"]])

CASES = {
    "nothing changes": ("none", BASE, BASE, {}),
    "the package has another name": ("major", BASE, BASE, {"name": "other"}),
    "the package has another identifier": ("major", BASE, BASE, {"id": "https://example.org/other"}),
    "a resource has another name": ("major", BASE, {"towns": PLACES, "events": fields("id", "hurt")["events"]}, {}),
    "a resource is gone": ("major", BASE | {"other": OTHER}, BASE, {}),
    "a field has another name": ("major", BASE, fields("id", "place", "wounded"), {}),
    "a field is new at the end": ("major", BASE, fields("id", "place", "hurt", "note"), {}),
    "a field is gone": ("major", BASE, fields("id", "place"), {}),
    "fields have another order": ("major", BASE, fields("id", "hurt", "place"), {}),
    "a field has another type": ("major", BASE, with_field(type="number"), {}),
    "a field has another format": ("major", BASE, with_field(format="email", type="string"), {}),
    "a constraint is new": ("major", BASE, with_constraints(required=True), {}),
    "a maximum falls": ("major", with_constraints(maximum=99), with_constraints(maximum=50), {}),
    "a minimum rises": ("major", with_constraints(minimum=0), with_constraints(minimum=1), {}),
    "an enumeration loses a value": ("major", with_constraints(enum=[3, 12, 4]), with_constraints(enum=[3, 12]), {}),
    "a pattern is another": ("major", with_constraints(pattern="[0-9]+"), with_constraints(pattern=".+"), {}),
    "a constraint is gone": ("minor", with_constraints(required=True), BASE, {}),
    "a maximum rises": ("minor", with_constraints(maximum=50), with_constraints(maximum=99), {}),
    "a minimum falls": ("minor", with_constraints(minimum=1), with_constraints(minimum=0), {}),
    "an enumeration gains a value": ("minor", with_constraints(enum=[3, 12]), with_constraints(enum=[3, 12, 4]), {}),
    "a constraint says what held anyway": ("none", BASE, with_constraints(required=False), {}),
    "a resource is new": ("minor", BASE, BASE | {"other": OTHER}, {}),
    "rows are appended": ("minor", BASE, with_rows([*EVENTS[1], ["e3", "p1", "0"]]), {}),
    "a cell is corrected": ("patch", BASE, with_rows([["e1", "p1", "4"], EVENTS[1][1]]), {}),
    "a row that nobody refers to is taken out": ("patch", BASE, with_rows(EVENTS[1][:1]), {}),
    "a row that others refer to is split": (
        "major",
        BASE,
        with_rows([["e1", "p1", "3"], ["e2", "p4", "12"]], [PLACES[1][0], ["p3", "Bex"], ["p4", "Ford"]]),
        {},
    ),
    "rows that others refer to are combined": (
        "major",
        BASE,
        with_rows([["e1", "p1", "3"], ["e2", "p1", "12"]], PLACES[1][:1]),
        {},
    ),
    "cells refer to another row": ("minor", BASE, with_rows([["e1", "p2", "3"], EVENTS[1][1]]), {}),
    "a foreign key refers to another resource": (
        "minor",
        BASE | {"places-2": PLACES},
        BASE | {"places-2": PLACES, "events": ({**EVENTS[0], **refers("place", "places-2")}, EVENTS[1])},
        {},
    ),
    "a title is another": ("patch", BASE, BASE, {"title": "Made up"}),
    "a field's description is another": ("patch", BASE, with_field(description="People who were hurt."), {}),
    "a licence is another": ("patch", BASE, BASE, {"licenses": [{"name": "CC0-1.0"}]}),
    "only the version is another": ("none", BASE, BASE, {"version": "1.4.3"}),
}


@pytest.mark.parametrize("case", CASES)
def test_the_advice_is_the_step_that_the_recipe_names(made, case):
    step, old, new, stated = CASES[case]
    assert str(diff_packages(made("old", old), made("new", new, **stated)).step) == step


def test_data_that_are_moved_ask_for_no_new_version(made):
    old, new = made("old", BASE), made("new", BASE)
    (new / "tables").mkdir()
    (new / "data" / "places.csv").rename(new / "tables" / "towns.csv")
    content = json.loads((new / "datapackage.json").read_text())
    content["resources"][0]["path"] = "tables/towns.csv"
    (new / "datapackage.json").write_text(json.dumps(content))
    diff = diff_packages(old, new)
    assert diff.step is Step.NONE
    assert [change.rule.text for change in diff.changes] == [
        "You relocate the data to a new URL or path. No change in the version number"
    ]


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


@pytest.mark.parametrize(
    ("old", "step", "least"),
    [
        ("1.4.2", Step.NONE, "1.4.2"),
        ("1.4.2", Step.PATCH, "1.4.3"),
        ("1.4.2", Step.MINOR, "1.5.0"),
        ("1.4.2", Step.MAJOR, "2.0.0"),
        ("0.1.0", Step.MAJOR, "0.2.0"),
        ("0.1.0", Step.MINOR, "0.2.0"),
        ("0.1.0", Step.PATCH, "0.1.1"),
        ("2.0.0-rc.1", Step.MAJOR, "2.0.0"),
        ("1.2.0-rc.1", Step.MAJOR, "2.0.0"),
        ("1.2.1-rc.1", Step.PATCH, "1.2.1"),
        ("1.2.0+build.5", Step.PATCH, "1.2.1"),
        ("v1.2.0", Step.PATCH, None),
        ("1.02.0", Step.PATCH, None),
        ("", Step.MAJOR, None),
    ],
)
def test_the_least_next_version_follows_semantic_versioning(old, step, least):
    assert next_version(old, step) == least


@pytest.mark.parametrize(
    ("new", "step", "enough"),
    [
        ("1.4.2", Step.NONE, True),
        ("1.4.3", Step.PATCH, True),
        ("1.4.3", Step.MINOR, False),
        ("1.10.0", Step.MINOR, True),
        ("2.0.0", Step.PATCH, True),
        ("1.5.0-rc.1", Step.MINOR, True),
        ("soon", Step.PATCH, None),
    ],
)
def test_a_stated_version_is_enough_or_not(new, step, enough):
    assert is_enough("1.4.2", new, step) is enough
