import json

import pytest

from broadsheet.validate.profile import MOST, fits_profile, profile_errors
from broadsheet.validate.report import Faults, Unmade

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
V1 = "https://datapackage.org/profiles/1.0/datapackage.json"
GOOD = {"name": "a", "path": "a.csv"}


def places(descriptor):
    found = list(fits_profile(descriptor, "datapackage.json"))
    return [item.findings[0].rule for item in found if isinstance(item, Faults)]


def unmade(descriptor):
    return [item.why for item in fits_profile(descriptor, "datapackage.json") if isinstance(item, Unmade)]


def resource(**more):
    return {"resources": [GOOD | more]}


CASES = [
    # version 2: names are free, sources need no title, missing values may have labels
    ({"$schema": V2, **resource(name="A b")}, []),
    ({"$schema": V2, **resource(), "sources": [{"path": "x.csv"}]}, []),
    ({"$schema": V2, **resource(), "version": 1}, ["/version"]),
    ({"$schema": V2, "resources": []}, ["/resources"]),
    ({"$schema": 2, **resource()}, ["/$schema"]),
    ({"$schema": "zzz", **resource()}, ["/$schema"]),
    # version 1, by default or by $schema
    (resource(), []),
    (resource(name="A b"), ["/resources/0/name"]),
    ({"$schema": V1, **resource(name="A b")}, ["/resources/0/name"]),
    ({}, ["/"]),
    (resource(path="../a.csv"), ["/resources/0/path"]),
    (resource() | {"sources": [{"path": "x.csv"}]}, ["/sources/0"]),
    (resource(schema={"fields": [{"name": "x", "type": "wrong"}]}), ["/resources/0/schema/fields/0/type"]),
    (resource(schema={"fields": [{"name": "x"}], "missingValues": "-"}), ["/resources/0/schema/missingValues"]),
    (resource(schema="schema.json"), []),
    # tabular packages and resources of version 1
    ({"profile": "tabular-data-package", **resource()}, ["/resources/0"]),
    (
        {
            "profile": "tabular-data-package",
            **resource(profile="tabular-data-resource", schema={"fields": [{"name": "x", "type": "integer"}]}),
        },
        [],
    ),
    (
        resource(
            profile="tabular-data-resource",
            schema={"fields": [{"name": "x"}]},
            dialect={"delimiter": 3, "doubleQuote": True},
        ),
        ["/resources/0/dialect/delimiter"],
    ),
]


@pytest.mark.parametrize(("descriptor", "expected"), CASES, ids=[json.dumps(case)[:70] for case, _ in CASES])
def test_a_descriptor_is_held_against_the_profile_of_its_version(descriptor, expected):
    assert places(descriptor) == expected


def test_a_profile_of_somebody_else_is_not_fetched_and_that_is_said():
    (why,) = unmade({"$schema": "https://example.org/profile.json", **resource()})
    assert "is not fetched" in why
    assert places({"$schema": "https://example.org/profile.json", **resource(), "version": 1}) == ["/version"]


def test_a_profile_of_version_1_that_is_not_known_is_said():
    assert 'profile "cameras" is not known here' in unmade({"profile": "cameras", **resource()})[0]
    assert 'profile ["a"] is not known here' in unmade({"profile": ["a"], **resource()})[-1]
    assert "fiscal-data-package asks for more" in unmade({"profile": "fiscal-data-package", **resource()})[0]
    assert 'not known here: "rows"' in unmade({"resources": [{**GOOD, "profile": "rows"}]})[0]
    assert not unmade({"profile": "data-package", **resource()})


def test_every_resource_is_looked_at_and_named():
    descriptor = {"$schema": V2, "resources": [GOOD, {"name": "b", "path": 3}, {"name": "c", "path": "c.csv"}]}
    (found,) = fits_profile(descriptor, "x.json")
    assert found.findings[0].table == "b"
    assert found.findings[0].rule == "/resources/1/path"


def test_errors_without_end_are_cut_short():
    assert len(list(profile_errors({"resources": [{"name": 1, "path": 2}] * 5000}))) <= 2 * MOST


def test_a_wrong_text_of_megabytes_is_told_of_in_short():
    (found,) = profile_errors({"resources": [{"name": "a", "path": "a.csv"}], "version": ["x" * 10_000_000]})
    assert found[0] == ["version"]
    assert len(found[1]) < 500
