"""The rules of the Data Package recipe on versions, in its own words, and the version that each asks for.

https://datapackage.org/recipes/data-package-version/
"""

import enum
import re
from dataclasses import dataclass

RECIPE = "https://datapackage.org/recipes/data-package-version/"


class Step(enum.IntEnum):
    """The number of a version that a change asks to be raised."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the recipe; `text` is quoted from it."""

    step: Step
    text: str


INCOMPATIBLE = Rule(Step.MAJOR, "MAJOR version when you make incompatible changes")
NAME = Rule(Step.MAJOR, "Change the data package, resource or field name or identifier")
FIELDS = Rule(Step.MAJOR, "Add, remove or re-order fields")
TYPE = Rule(Step.MAJOR, "Change a field type or format")
STRICTER = Rule(Step.MAJOR, "Change a field constraint to be more restrictive")
REFERENCED = Rule(
    Step.MAJOR, "Combine, split, delete or change the meaning of data that is referenced by another data resource"
)
NEW_RESOURCE = Rule(Step.MINOR, "Add a new data resource to a data package")
NEW_DATA = Rule(Step.MINOR, "Add new data to an existing data resource")
LOOSER = Rule(Step.MINOR, "Change a field constraint to be less restrictive")
REFERENCE = Rule(Step.MINOR, "Update a reference to another data resource")
FOLLOWS = Rule(Step.MINOR, "Change data to reflect changes in referenced data")
CORRECTED = Rule(Step.PATCH, "Correct errors in existing data")
DESCRIPTIVE = Rule(Step.PATCH, "Change descriptive metadata properties")
FIRST = Rule(Step.NONE, "You release your data for the first time. Use version 1.0.0")
MOVED = Rule(Step.NONE, "You relocate the data to a new URL or path. No change in the version number")

_NUMBER = r"(0|[1-9][0-9]{0,17})"
_PART = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(-{_PART})?(?:\+{_PART})?")


def next_version(old: str, step: Step) -> str | None:
    """The least version after `old` that the step asks for; None where `old` is no semantic version.

    Below 1.0.0 anything may change (Semantic Versioning 2.0.0, 4), so there a major change raises the minor number.
    A pre-release is followed by its release where that is a step as large.

    >>> [next_version("1.4.2", step) for step in Step]
    ['1.4.2', '1.4.3', '1.5.0', '2.0.0']
    >>> next_version("0.3.1", Step.MAJOR), next_version("2.0.0-rc.1", Step.MAJOR), next_version("1.0", Step.PATCH)
    ('0.4.0', '2.0.0', None)
    """
    numbers = _numbers(old)
    if numbers is None or step is Step.NONE:
        return old if numbers else None
    *core, before = numbers
    return ".".join(map(str, core if before and _is_step(core, step) else _raised(core, step)))


def is_enough(old: str, new: str, step: Step) -> bool | None:
    """Whether the version `new` is one that the step from `old` allows; None where one is no semantic version.

    >>> is_enough("1.0.0", "1.1.0", Step.PATCH), is_enough("1.0.0", "1.1.0", Step.MAJOR)
    (True, False)
    """
    least, stated = next_version(old, step), _numbers(new)
    needed = _numbers(least) if least else None
    if needed is None or stated is None:
        return None
    # A pre-release comes before its release, and is allowed as what leads up to it.
    return stated[:3] >= needed[:3]


def _numbers(version: str) -> tuple[int, int, int, bool] | None:
    """Major, minor and patch number, and whether it is a pre-release."""
    found = _VERSION.fullmatch(version)
    return (int(found[1]), int(found[2]), int(found[3]), found[4] is not None) if found else None


def _is_step(core: list[int], step: Step) -> bool:
    """Whether a release that ends a pre-release is itself as large a step: 2.0.0 is a major one, 1.2.0 a minor one."""
    lower = core[{Step.MAJOR: 1, Step.MINOR: 2, Step.PATCH: 3}[step] :]
    return not any(lower)


def _raised(core: list[int], step: Step) -> list[int]:
    major, minor, patch = core
    if step is Step.MAJOR and major:
        return [major + 1, 0, 0]
    return [major, minor, patch + 1] if step is Step.PATCH else [major, minor + 1, 0]
