"""Order of versions as Semantic Versioning 2.0.0 states it, and what ranges hold."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import UsageError
from broadsheet.registry.ranges import parse_range, parse_reference
from broadsheet.registry.versions import is_version, parse_version

SECTION_11 = (
    ("1.0.0", "2.0.0", "2.1.0", "2.1.1"),
    ("1.0.0-alpha", "1.0.0"),
    (
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
    ),
)
"""The examples of the specification, each in order."""

THE_SPECS_PATTERN = re.compile(
    r"^(?P<major>0|[1-9]\d*)\.(?P<minor>0|[1-9]\d*)\.(?P<patch>0|[1-9]\d*)"
    r"(?:-(?P<prerelease>(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+(?P<buildmetadata>[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?\Z",
    re.ASCII,
)
"""The pattern that the specification suggests, with its end made strict."""


def precedence(text: str) -> tuple:
    """A key by section 11, written down anew: numbers before words, fewer fields before more."""
    core, dash, pre = text.partition("-")
    fields = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in pre.split(".")] if dash else []
    return (*map(int, core.split(".")), not dash, fields)


number = st.integers(0, 12).map(str)
identifier = number | st.from_regex(r"\A[0-9]{0,2}[A-Za-z-][0-9A-Za-z-]{0,2}\Z")
prerelease = st.lists(identifier, min_size=1, max_size=3).map(lambda parts: "-" + ".".join(parts))
version = st.builds("{}.{}.{}{}".format, number, number, number, st.just("") | prerelease)


@pytest.mark.parametrize("ordered", SECTION_11)
def test_the_examples_of_the_specification_are_in_its_order(ordered):
    for left, right in itertools.combinations(ordered, 2):
        assert parse_version(left) < parse_version(right)
        assert not parse_version(right) <= parse_version(left)


@given(version, version)
def test_any_two_versions_are_ordered_as_the_specification_says(left, right):
    assert (parse_version(left) < parse_version(right)) == (precedence(left) < precedence(right))
    assert (parse_version(left) == parse_version(right)) == (left == right)


@given(version | st.text("0123456789.-+aZ\n٣ /", max_size=12))
def test_versions_are_those_of_the_specifications_pattern_without_build_metadata(text):
    found = THE_SPECS_PATTERN.match(text)
    assert is_version(text) == bool(found and found["buildmetadata"] is None)


@pytest.mark.parametrize("text", ["1." + "0" * 70, f"{'9' * 5000}.0.0", "1.0.0-" + "a" * 60, "1.0.0\n", "1.0.0+x"])
def test_what_is_too_long_or_has_no_order_is_no_version(text):
    with pytest.raises(UsageError, match="is no version"):
        parse_version(text)


VERSIONS = ["0.9.0", "1.0.0", "1.1.0", "1.1.9", "1.2.0-rc.1", "1.2.0", "1.10.0", "2.0.0-rc.1", "2.0.0", "10.0.0"]


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ("", ["0.9.0", "1.0.0", "1.1.0", "1.1.9", "1.2.0", "1.10.0", "2.0.0", "10.0.0"]),
        ("*", ["0.9.0", "1.0.0", "1.1.0", "1.1.9", "1.2.0", "1.10.0", "2.0.0", "10.0.0"]),
        ("1", ["1.0.0", "1.1.0", "1.1.9", "1.2.0", "1.10.0"]),
        ("1.1", ["1.1.0", "1.1.9"]),
        ("1.1.9", ["1.1.9"]),
        ("1.2.0-rc.1", ["1.2.0-rc.1"]),
        (">=1.1,<2", ["1.1.0", "1.1.9", "1.2.0", "1.10.0"]),
        (">= 1.1 , < 2", ["1.1.0", "1.1.9", "1.2.0", "1.10.0"]),
        (">1.1", ["1.2.0", "1.10.0", "2.0.0", "10.0.0"]),
        ("<=1.1", ["0.9.0", "1.0.0", "1.1.0", "1.1.9"]),
        (">1.1.0,<=1.2.0", ["1.1.9", "1.2.0"]),
        ("<1", ["0.9.0"]),
        ("1,>=1.2", ["1.2.0", "1.10.0"]),
        (">2,<1", []),
        ("3", []),
    ],
)
def test_what_a_range_holds(wanted, held):
    assert [text for text in VERSIONS if parse_version(text) in parse_range(wanted)] == held


@pytest.mark.parametrize(
    "text", ["1.x", "^1", "~1.2", "01", "1.2.3.4", ">=", "1 2", ",", "latest", "v1", "1,", "=1", "٣"]
)
def test_what_is_no_range_is_refused_with_the_forms_there_are(text):
    with pytest.raises(UsageError, match="no range") as error:
        parse_range(text)
    assert ">=1.1,<2" in error.value.tip


@given(version, version)
def test_a_bound_of_two_versions_holds_what_lies_between(low, high):
    wanted = parse_range(f">={low},<{high}")
    for text in VERSIONS:
        stable = "-" not in text
        assert (parse_version(text) in wanted) == (stable and precedence(low) <= precedence(text) < precedence(high))


@pytest.mark.parametrize("text", ["Name@1", "../x@1", "a/b", "", "@1", "x@", "x y"])
def test_what_names_no_dataset_is_refused(text):
    with pytest.raises(UsageError):
        parse_reference(text)
