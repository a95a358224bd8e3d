"""Checks of a dataset's index: it comes from a stranger, and is used only where all of it is as it must be."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NoReturn

from broadsheet.errors import RegistryError
from broadsheet.project import is_name
from broadsheet.registry.versions import is_version
from broadsheet.validate.shown import quoted, shown

FORMAT = 1
LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON reads rightly."""

LONGEST_WHY = 2_000
"""Characters of the reason for a withdrawal."""

TIME = "%Y-%m-%dT%H:%M:%SZ"

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_MANIFEST = re.compile(r"sha256:[0-9a-f]{64}")
_CONTENT_HASH = re.compile(r"[A-Za-z0-9]{1,20}(:[A-Za-z0-9+/=]{1,200}){1,4}")
_MAJOR = re.compile(r"0|[1-9][0-9]{0,15}")

Test = Callable[[Any], bool]


def check_index(content: Mapping[str, Any], where: str, name: str) -> None:
    """Raise `RegistryError` with the place of the first fault, unless this is an index of the dataset in format 1.

    Members that format 1 does not know are passed over, so that more may be added to it.
    """
    form = content.get("format")
    if isinstance(form, int) and form > FORMAT:
        raise RegistryError(f"{where}: /format is {form}, and this program knows {FORMAT}", tip="update broadsheet")
    _expect(form == FORMAT and _is_count(form), where, "/format", form, f"the number {FORMAT}")
    _expect(content.get("name") == name, where, "/name", content.get("name"), f"{name!r}, as the folder is named")
    _member(content, "counter", where, "", lambda value: _is_count(value) and value > 0, "a whole number from 1 on")
    _member(content, "versions", where, "", _is_object, "an object")
    for version, release in content["versions"].items():
        _expect(is_version(version), where, "/versions", version, "versions such as 1.0.2 as names")
        _expect(_is_object(release), where, f"/versions/{version}", release, "an object")
        _check_release(release, where, f"/versions/{version}")
    _member(content, "latest", where, "", _is_object, "an object")
    for major, version in content["latest"].items():
        at = f"/latest/{shown(major)}"
        _expect(_MAJOR.fullmatch(major) is not None, where, "/latest", major, "major numbers such as 1 as names")
        known = isinstance(version, str) and version in content["versions"] and version.startswith(f"{major}.")
        _expect(known, where, at, version, f"one of the versions {major}.x")


def why_fault(why: object) -> str | None:
    r"""What is wrong with the reason for a withdrawal, if anything.

    >>> why_fault("wrong figures"), why_fault(" "), why_fault("\x1b[2J")
    (None, 'is empty', 'holds characters that cannot be printed')
    """
    if not isinstance(why, str) or not why.strip():
        return "is empty"
    if len(why) > LONGEST_WHY:
        return f"is longer than {LONGEST_WHY} characters"
    return None if why.isprintable() else "holds characters that cannot be printed"


def _check_release(release: Mapping[str, Any], where: str, at: str) -> None:
    _member(release, "published", where, at, _is_time, "a time such as 2026-11-21T10:00:00Z")
    _member(release, "manifest", where, at, _is(_MANIFEST), "sha256: and 64 hexadecimal digits")
    _member(release, "tables", where, at, _is_object, "an object")
    for table, facts in release["tables"].items():
        _expect(is_name(table), where, f"{at}/tables", table, "names of tables as names")
        _expect(_is_object(facts), where, f"{at}/tables/{table}", facts, "an object")
        _member(facts, "contentHash", where, f"{at}/tables/{table}", _is(_CONTENT_HASH), "a content hash")
        _member(facts, "rows", where, f"{at}/tables/{table}", _is_count, "a whole number")
    withdrawn = release.get("withdrawn", "missing")
    if withdrawn is not None:
        _expect(_is_object(withdrawn), where, f"{at}/withdrawn", withdrawn, "null or an object")
        _member(withdrawn, "at", where, f"{at}/withdrawn", _is_time, "a time such as 2026-11-21T10:00:00Z")
        _member(withdrawn, "why", where, f"{at}/withdrawn", lambda why: why_fault(why) is None, "one line of text")
        _member(withdrawn, "purged", where, f"{at}/withdrawn", lambda value: isinstance(value, bool), "true or false")


def _member(content: Mapping[str, Any], name: str, where: str, at: str, test: Test, expected: str) -> None:
    _expect(test(content.get(name)), where, f"{at}/{name}", content.get(name), expected)


def _expect(holds: bool, where: str, at: str, found: object, expected: str) -> None:
    if not holds:
        _refuse(where, at, found, expected)


def _refuse(where: str, at: str, found: object, expected: str) -> NoReturn:
    raise RegistryError(
        f"{where}: {at}: expected {expected}, found {quoted(found)}",
        tip="nothing of this index is used; tell those who keep the registry",
    )


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def is_manifest(value: object) -> bool:
    """Whether this is the hash of a SHA256SUMS, as indexes state it."""
    return isinstance(value, str) and _MANIFEST.fullmatch(value) is not None


def _is(pattern: re.Pattern[str]) -> Test:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        datetime.strptime(value, TIME)
    except ValueError:
        return False
    return True
