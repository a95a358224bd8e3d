"""Checks of a descriptor itself: JSON, the Data Package profile, and what its schemas refer to."""

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from broadsheet.schemas import Schema, as_names, field_names, foreign_keys, primary_key, unique_keys
from broadsheet.validate.profile_words import adapted, is_email, is_moment, is_uri
from broadsheet.validate.report import Faults, Finding, Outcomes, Unmade, fault
from broadsheet.validate.shown import shown

PROFILE = Path(__file__).parent / "profiles" / "datapackage-2.0.json"
VERSION = "https://datapackage.org/profiles/2."
LARGEST = 64 << 20
"""Descriptors larger than this are not read."""


def read_object(path: Path, name: str) -> dict[str, Any] | Faults:
    """The JSON object in a descriptor or schema file, or what is wrong with it; `name` is how messages call it."""
    try:
        if path.exists() and not path.is_file():
            return fault("package-error", f"{name} is no file; a data package is described by a {name}")
        if path.stat().st_size > LARGEST:
            return fault("package-error", f"{name} is larger than {LARGEST >> 20} MB and was not read")
        value = json.loads(path.read_bytes().decode("utf-8"), parse_constant=_refuse)
    except FileNotFoundError:
        return fault("package-error", f"{name} does not exist; a data package is described by a {name}")
    except OSError as error:
        return fault("package-error", f"{name} cannot be read: {error.strerror}")
    except (ValueError, RecursionError) as error:
        return fault("package-error", f"{name} is not JSON in UTF-8: {_reason(error)}")
    if not isinstance(value, dict):
        return fault("package-error", f"{name} holds a JSON {type(value).__name__}, expected an object")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def fits_profile(descriptor: dict[str, Any], name: str) -> Outcomes:
    """Whether the descriptor fits the JSON Schema of Data Package 2.0."""
    declared = str(descriptor.get("$schema", ""))
    if not declared.startswith(VERSION):
        yield Unmade(f"{name} does not declare Data Package 2 in its $schema")
        return
    for pointer, message in profile_errors(descriptor):
        place = "/" + "/".join(pointer)
        text = f"{name} {place}: {message}; see https://datapackage.org/standard/data-package/"
        yield fault("package-error", text, table=_resource_at(descriptor, pointer), rule=place)


def profile_errors(descriptor: dict[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Where a descriptor does not fit the profile (as the keys that lead there) and what is wrong, by place.

    >>> list(profile_errors({"resources": [{"name": "a", "path": "a.csv"}], "version": 1}))
    [(['version'], "1 is not of type 'string'")]
    """
    try:
        errors = sorted(
            _profile().iter_errors(adapted(descriptor)), key=lambda error: list(map(str, error.absolute_path))
        )
    except RecursionError:
        yield [], "is nested too deeply to be checked"
        return
    for error in errors:
        cause = _cause(error)
        yield [str(part) for part in cause.absolute_path], shown(cause.message, 160)


@functools.cache
def _profile() -> Any:
    import jsonschema

    formats = jsonschema.FormatChecker(formats=())
    for name, is_right in (("email", is_email), ("uri", is_uri), ("date-time", is_moment)):
        formats.checks(name)(is_right)
    return jsonschema.Draft7Validator(json.loads(PROFILE.read_text("utf-8")), format_checker=formats)


def _cause(error: Any) -> Any:
    """The error within the alternative that was meant: that with the stated type, else the one with fewest errors."""
    while error.context:
        branches: dict[Any, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        meant = [branch for branch in branches.values() if not any(_is_other_type(inner) for inner in branch)]
        if not meant:
            return error.context[0]
        error = min(meant, key=len)[0]
    return error


def _is_other_type(error: Any) -> bool:
    return (error.validator == "type" and not error.path) or (
        error.validator == "enum" and list(error.path)[-1:] == ["type"]
    )


def _resource_at(descriptor: dict[str, Any], pointer: list[str]) -> str:
    """Name of the resource in which a profile error lies."""
    if pointer[:1] != ["resources"] or len(pointer) < 2:
        return ""
    resource = descriptor["resources"][int(pointer[1])]
    return str(resource.get("name", "")) if isinstance(resource, dict) else ""


def refers_rightly(table: str, schema: Schema, schemas: dict[str, Schema]) -> Iterator[Faults]:
    """Whether the keys of a well-formed schema name fields and resources that exist."""
    names = set(field_names(schema))
    for kind, key in [
        ("primaryKey", primary_key(schema)),
        *(("uniqueKeys", key) for key in unique_keys(schema)),
    ]:
        for field in key:
            if field not in names:
                yield _missing(table, kind, f"field {field!r}", "correct the name, or add the field")
    for foreign in foreign_keys(table, schema):
        known = set(field_names(schemas[foreign.table])) if foreign.table in schemas else None
        if known is None:
            yield _missing(table, "foreignKeys", f"resource {foreign.table!r}", "correct the name")
        if len(foreign.fields) != len(foreign.reference):
            yield _missing(table, "foreignKeys", "as many fields as it refers to", "list them pairwise")
        for field in [
            *set(foreign.fields) - names,
            *set(foreign.reference) - (known or set(foreign.reference)),
        ]:
            yield _missing(table, "foreignKeys", f"field {field!r}", "correct the name, or add the field")


def _missing(table: str, kind: str, what: str, step: str) -> Faults:
    text = f"{kind} needs {what}, which does not exist; {step}"
    return Faults([Finding("schema-error", text, table=table, rule=kind)], 1)


def malformed(schema: Any) -> str:
    """Why a Table Schema cannot be worked with; empty where it can.

    >>> malformed({"fields": [{"name": "id"}, {"name": "id"}]})
    'two fields have one name'
    >>> malformed({"fields": [{"name": "id", "type": "string"}], "primaryKey": "id"})
    ''
    """
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields or not all(_is_field(field) for field in fields):
        return "it is no object with a list of fields that have names"
    if len({field["name"] for field in fields}) != len(fields):
        return "two fields have one name"
    keys = [schema.get("primaryKey", []), *_as_list(schema.get("uniqueKeys", []))]
    if not all(_is_names(key) for key in keys):
        return "a key is neither a name nor a list of names"
    if not all(_is_foreign_key(key) for key in _as_list(schema.get("foreignKeys", []))):
        return "a foreign key does not have fields and a reference with fields"
    return ""


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [None]


def _is_field(field: Any) -> bool:
    return (
        isinstance(field, dict)
        and isinstance(field.get("name"), str)
        and isinstance(field.get("type", ""), str)
        and isinstance(field.get("constraints", {}), dict)
    )


def _is_names(key: Any) -> bool:
    return isinstance(key, str) or (isinstance(key, list) and all(isinstance(name, str) for name in key))


def _is_foreign_key(key: Any) -> bool:
    reference = key.get("reference") if isinstance(key, dict) else None
    return (
        isinstance(reference, dict)
        and _is_names(key.get("fields"))
        and _is_names(reference.get("fields"))
        and isinstance(reference.get("resource", ""), str)
        and bool(as_names(key["fields"]))
    )
