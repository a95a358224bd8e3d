"""Versions of datasets: Semantic Versioning 2.0.0, without build metadata (docs/decisions/0010-versions.md)."""

import re

from semver import Version

from broadsheet.errors import UsageError

LONGEST = 64
"""Characters of a version; it is the name of a folder and part of addresses."""

_PLAIN = re.compile(r"[0-9A-Za-z.-]+")

__all__ = ["LONGEST", "Version", "is_stable", "is_version", "parse_version"]


def parse_version(text: str) -> Version:
    """The version, which compares by the precedence of Semantic Versioning (section 11).

    >>> parse_version("1.0.0-rc.2") < parse_version("1.0.0-rc.10") < parse_version("1.0.0")
    True

    Raises `UsageError` for anything else, for build metadata (`1.0.0+x`: such versions have no order) as well.
    """
    try:
        if len(text) > LONGEST or not _PLAIN.fullmatch(text):
            raise ValueError  # noqa: TRY301 - the one message for all that is none
        return Version.parse(text)
    except ValueError:
        raise UsageError(
            f"{text[:LONGEST]!a} is no version",
            tip="write MAJOR.MINOR.PATCH such as 1.0.2, or with a pre-release 2.0.0-rc.1 (https://semver.org)",
        ) from None


def is_version(text: str) -> bool:
    """Whether the text is a version as `parse_version` takes it.

    >>> is_version("1.0.0"), is_version("1.0"), is_version("01.0.0"), is_version("1.0.0+x"), is_version("../1.0.0")
    (True, False, False, False, False)
    """
    try:
        parse_version(text)
    except UsageError:
        return False
    return True


def is_stable(version: Version) -> bool:
    """Whether the version is no pre-release."""
    return version.prerelease is None
