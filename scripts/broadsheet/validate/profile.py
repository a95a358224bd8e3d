"""Whether a descriptor fits the JSON Schema of its version of Data Package, which it names itself.

Version 2 is named by `$schema`. A descriptor without it is of version 1, as the standard says, where `profile` names
one of a few profiles. Profiles of others stand on one of these and are not fetched: what they add is not checked.
"""

import functools
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from broadsheet.validate.profile_words import (
    adapted,
    as_version_1,
    is_email,
    is_moment,
    is_uri,
    unprofiled,
    unprofiled_v1,
)
from broadsheet.validate.report import Faults, Outcomes, Unmade, fault
from broadsheet.validate.shown import quoted, shown, shown_json
from broadsheet.validate.tabular.logical import TYPES

FOLDER = Path(__file__).parent / "profiles"
V1, V2 = "https://datapackage.org/profiles/1.", "https://datapackage.org/profiles/2."

V1_PROFILES = {"data-package": "data-package-1", "tabular-data-package": "tabular-data-package-1"}
V1_PROFILES |= {"fiscal-data-package": "tabular-data-package-1"}
"""The profile to check by for each name in version 1; a fiscal package is tabular, and more."""

REGISTERED = re.compile(r"https?://(?:specs\.)?frictionlessdata\.io/schemas/([a-z-]+)\.json#?")
"""Addresses that the registry of version 1 had for the profiles that it names."""

TABULAR_RESOURCE, TABLE_SCHEMA = "tabular-data-resource-1", "table-schema-1"

FORMATS = {"email": is_email, "uri": is_uri, "date-time": is_moment}
"""What the profiles call formats, as the specifications' texts have them."""

MOST = 1000
"""So many places are found at most."""

LONGEST = 1000
"""Characters of a text that an error is told of: each alternative of the profile repeats it."""


def fits_profile(descriptor: dict[str, Any], name: str) -> Outcomes:
    """Whether the descriptor fits the profile of its version; `name` is how messages call it."""
    declared, profile = descriptor.get("$schema"), v1_profile(descriptor) or "data-package"
    first = is_version_1(descriptor)
    page = "https://specs.frictionlessdata.io/" if first else "https://datapackage.org/standard/data-package/"
    for pointer, message in (v1_errors if first else profile_errors)(descriptor):
        place = "/" + "/".join(shown(key) for key in pointer)
        text = f"{name} {shown(place, 200)}: {message}; see {page}"
        yield fault("package-error", text, table=_resource_at(descriptor, pointer), rule=shown(place, 200))
    if isinstance(declared, str) and not declared.startswith((V1, V2)) and not REGISTERED.fullmatch(declared):
        yield from _of_others(declared)
    elif first and (unknown := [*_unknown_profile(profile), *_other_profiles(descriptor)]):
        yield Unmade("; ".join(unknown))


def _unknown_profile(profile: Any) -> Iterator[str]:
    """Why a package of version 1 is not checked by the profile that it states."""
    if profile == "fiscal-data-package":
        yield "checked as a tabular-data-package; what a fiscal-data-package asks for more is not known here"
    elif profile not in list(V1_PROFILES):  # it may be of any type
        yield f"profile {shown_json(profile)} is not known here; checked as {_v1_name(profile)} only"


def _other_profiles(descriptor: dict[str, Any]) -> Iterator[str]:
    """Which profiles of resources are none of version 1."""
    stated = [resource.get("profile") for resource in _list(descriptor, "resources") if isinstance(resource, dict)]
    known = (None, "data-resource", "tabular-data-resource")
    if others := sorted({shown_json(name) for name in stated if name not in known}):
        yield f"profiles of resources that are not known here: {', '.join(others)}"


def v1_profile(descriptor: dict[str, Any]) -> Any:
    """The profile that a descriptor of version 1 states: by name, or by the address that the registry has for it.

    >>> v1_profile({"profile": "https://specs.frictionlessdata.io/schemas/tabular-data-package.json"})
    'tabular-data-package'
    """
    stated = descriptor.get("profile", descriptor.get("$schema"))
    registered = REGISTERED.fullmatch(stated) if isinstance(stated, str) else None
    name = registered[1] if registered and registered[1] in V1_PROFILES else stated
    return None if isinstance(name, str) and name.startswith(V1) else name


def is_version_1(descriptor: dict[str, Any]) -> bool:
    """Whether a descriptor is of version 1: it says so, or names no version.

    >>> is_version_1({}), is_version_1({"$schema": "https://example.org/profile.json"})
    (True, False)
    """
    declared = descriptor.get("$schema")
    return declared is None or (
        isinstance(declared, str) and (declared.startswith(V1) or bool(REGISTERED.fullmatch(declared)))
    )


def _of_others(declared: str) -> Iterator[Faults | Unmade]:
    if not declared.startswith(("https://", "http://")):
        text = f"$schema {quoted(declared)} is no URL of a profile; for version 2 it is {V2}0/datapackage.json"
        yield fault("package-error", text, rule="/$schema")
    yield Unmade(f"the profile {quoted(declared)} is not fetched; checked as Data Package 2 only")


def _list(content: Any, name: str) -> list[Any]:
    value = content.get(name) if isinstance(content, dict) else None
    return value if isinstance(value, list) else []


def profile_errors(descriptor: dict[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Where a descriptor does not fit version 2 (as the keys that lead there) and what is wrong, by place.

    >>> list(profile_errors({"resources": [{"name": "a", "path": "a.csv"}], "version": 1}))
    [(['version'], '1 is not of type "string"')]
    """
    return itertools.chain(_errors("datapackage-2.0", adapted(descriptor)), unprofiled(descriptor))


def v1_errors(descriptor: dict[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Where a descriptor does not fit version 1: the package, and then its tables where these are not looked at yet.

    >>> list(v1_errors({"resources": [{"name": "A b", "path": "a.csv"}]}))
    [(['resources', '0', 'name'], '"A b" does not match "^([-a-z0-9._/])+$"')]
    """
    profile = _v1_name(v1_profile(descriptor))
    descriptor = as_version_1(descriptor)
    if profile != "data-package":
        descriptor = {**descriptor, "profile": "tabular-data-package"}
    yield from _errors(V1_PROFILES[profile], descriptor)
    yield from unprofiled(descriptor)
    yield from unprofiled_v1(descriptor)
    if profile != "data-package":
        return
    for number, resource in enumerate(_list(descriptor, "resources")):
        content = resource if isinstance(resource, dict) else {}
        place = ["resources", str(number)]
        if content.get("profile") == "tabular-data-resource":
            yield from _errors(TABULAR_RESOURCE, content, place)
        elif isinstance(content.get("schema"), dict):
            yield from _errors(TABLE_SCHEMA, content["schema"], [*place, "schema"])


def _v1_name(profile: Any) -> str:
    return profile if isinstance(profile, str) and profile in V1_PROFILES else "data-package"


def _errors(profile: str, content: Any, within: list[str] | None = None) -> Iterator[tuple[list[str], str]]:
    """Places and messages; the resources of a package one by one, since all errors of a call come at once."""
    if _validator(profile).is_valid(content):
        return
    found = list(itertools.islice(_piecewise(_validator(profile), _shortened(content)), MOST))
    for pointer, message in sorted(found or [([], "does not fit the profile")], key=lambda error: error[0]):
        yield [*(within or []), *pointer], message


def _piecewise(validator: Any, content: Any) -> Iterator[tuple[list[str], str]]:
    resources = _list(content, "resources")
    for error in validator.iter_errors({**content, "resources": resources[:1]} if resources else content):
        yield _told(error)
    for number, resource in enumerate(resources[1:], 1):
        for error in validator.iter_errors({"resources": [resource]}):
            pointer, message = _told(error)
            if pointer[:2] == ["resources", "0"]:
                yield ["resources", str(number), *pointer[2:]], message


def _shortened(value: Any) -> Any:
    """The value with the beginnings of its texts only."""
    if isinstance(value, dict):
        return {key[:LONGEST]: _shortened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(map(_shortened, value))
    return value[:LONGEST] if isinstance(value, str) else value


@functools.cache
def _validator(profile: str) -> Any:
    import jsonschema_rs

    content = json.loads((FOLDER / f"{profile}.json").read_text("utf-8"))
    return jsonschema_rs.validator_for(content, formats=FORMATS, validate_formats=True)


def _told(error: Any) -> tuple[list[str], str]:
    cause = _cause(error)
    pointer = [str(part) for part in cause.instance_path]
    if cause.kind.name == "enum" and pointer[-3:-2] == ["fields"] and pointer[-1] == "type":
        return pointer, f"{shown_json(cause.instance)} is none of the types {', '.join(TYPES)}"
    if cause.message == '"data" is a required property' and len(pointer) == 2:
        return pointer, "has neither path nor data; give one of them"
    if hasattr(cause.kind, "OneOfMultipleValid") and isinstance(cause.kind, cause.kind.OneOfMultipleValid):
        return pointer, "has both path and data; keep one of them"
    return pointer, shown(cause.message, 160)


def _cause(error: Any) -> Any:
    """The error within the alternative that was meant: that with the stated type, else the one with fewest errors."""
    while context := [branch for branch in getattr(error.kind, "context", ()) if branch]:
        meant = [branch for branch in context if not any(_is_other_type(inner, error) for inner in branch)]
        if not meant:
            return context[0][0]
        error = min(meant, key=len)[0]
    return error


def _is_other_type(error: Any, outer: Any) -> bool:
    at, above = list(error.instance_path), list(outer.instance_path)
    return (error.kind.name == "type" and at == above) or (error.kind.name == "enum" and at[len(above) :] == ["type"])


def _resource_at(descriptor: dict[str, Any], pointer: list[str]) -> str:
    """Name of the resource in which a profile error lies."""
    if pointer[:1] != ["resources"] or len(pointer) < 2:
        return ""
    resource = descriptor["resources"][int(pointer[1])]
    return str(resource.get("name", "")) if isinstance(resource, dict) else ""
