"""Descriptors with anything in any place: compared, or refused by name."""

import contextlib
import copy
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.diff.conftest import refers, schema, write

from broadsheet.diff import diff_packages
from broadsheet.diff.formats import render
from broadsheet.errors import BroadsheetError

LIMITED = {
    "name": "hurt",
    "type": "integer",
    "constraints": {"minimum": 1, "maximum": 9, "enum": [1, 2], "pattern": "x", "required": True},
    "categories": [1, {"value": 2, "label": "two"}],
    "categoriesOrdered": True,
}
EVENTS = schema("id", "place", LIMITED, uniqueKeys=[["hurt"]], missingValues=["", "-"], **refers("place", "places"))
TABLES = {"places": schema("id", "name"), "events": EVENTS}
CONTENT = {
    "name": "made-up",
    "version": "1.0.0",
    "licenses": [{"name": "CC0-1.0"}],
    "broadsheet": {"public": True, "textPolicy": "none"},
    "resources": [
        {"name": name, "path": f"{name}.csv", "type": "table", "format": "csv", "dialect": {}, "schema": found}
        for name, found in TABLES.items()
    ],
}
"""Without $schema, so that it is not held to the profile."""


def places_in(value, here=()):
    """The keys that lead to each value within a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*here, key)
        yield from places_in(item, (*here, key))


def altered(place, value):
    """The descriptor with another value at the place; with none where it is `...`."""
    content = copy.deepcopy(CONTENT)
    *upper, last = place
    holder = content
    for key in upper:
        holder = holder[key]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return content


WORDS = st.sampled_from(["", "id", "events", "places.csv", "../x", "string", "10", "2026-01-02", "\x1b[2J"])
PLAIN = st.none() | st.booleans() | st.integers(-1, 3) | st.sampled_from([1e308, 0.5]) | WORDS
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS | st.just("name"), inner, max_size=2),
    max_leaves=3,
)


def written(folder, content):
    folder.mkdir()
    write(folder / "places.csv", ["id", "name"], [["p1", "Arlmouth"]])
    write(folder / "events.csv", ["id", "place", "hurt"], [["e1", "p1", "1"]])
    (folder / "datapackage.json").write_text(json.dumps(content))
    return folder


@settings(max_examples=100)
@given(st.sampled_from([*places_in(CONTENT)]), ANYTHING | st.just(...))
def test_a_descriptor_with_anything_in_it_is_compared_or_refused(place, value):
    with tempfile.TemporaryDirectory() as made:
        old, new = (
            written(Path(made, name), content) for name, content in (("o", CONTENT), ("n", altered(place, value)))
        )
        for sides in ((old, new), (new, old)):
            with contextlib.suppress(BroadsheetError):
                diff = diff_packages(*sides)
                assert all("\x1b" not in render(diff, form) for form in ("text", "json", "markdown", "html"))
