"""The version that a step asks for, by Semantic Versioning 2.0.0."""

import pytest

from broadsheet.diff.recipe import Step, is_enough, next_version


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
