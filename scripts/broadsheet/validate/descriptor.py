"""Checks of a descriptor itself: that it is JSON within limits, and what its schemas refer to."""

import itertools
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from broadsheet.project import DESCRIPTOR
from broadsheet.schemas import Schema, as_names, field_names, foreign_keys, primary_key, unique_keys
from broadsheet.validate import json_limits
from broadsheet.validate.paths import unsafe
from broadsheet.validate.report import Faults, Finding, fault
from broadsheet.validate.shown import quoted, shown, shown_json

RESOURCES = 10_000
"""Resources of a package at most."""

MOST = {"fields": 20_000, "uniqueKeys": 1_000, "foreignKeys": 1_000}
"""Fields and keys of a table at most."""


def read_within(folder: Path, name: str) -> dict[str, Any] | Faults:
    """The JSON object in a file of the folder, or what is wrong with it; links out of the folder are not followed."""
    if reason := unsafe(folder, name):
        return fault("package-error", f"{shown(name)} {reason}, so it is not read; put the file itself there")
    return read_object(folder / name, name)


def read_object(path: Path, name: str) -> dict[str, Any] | Faults:
    """The JSON object in a descriptor or schema file, or what is wrong with it; `name` is how messages call it."""
    is_package, name = name.endswith(DESCRIPTOR), shown(name)
    needed = f"; a data package is described by a {name}" if is_package else ""
    try:
        if path.exists() and not path.is_file():
            return fault("package-error", f"{name} is no file{needed}")
        with path.open("rb") as file:
            value = json_limits.parsed(file.read(json_limits.LARGEST + 1))
    except FileNotFoundError:
        return fault("package-error", f"{name} does not exist{needed}")
    except OSError as error:
        return fault("package-error", f"{name} cannot be read: {error.strerror}")
    except ValueError as error:
        return fault("package-error", f"{name} is not JSON in UTF-8: {shown(error, 160)}; correct it")
    if not isinstance(value, dict):
        return fault("package-error", f"{name} holds a JSON {type(value).__name__}, expected an object")
    return value


def too_many(descriptor: dict[str, Any]) -> list[Faults]:
    """What a descriptor has more of than is looked at: resources, or fields of a table."""
    resources = _counted(descriptor, "resources")
    if len(resources) > RESOURCES:
        text = f"/resources: holds {len(resources):,} resources, more than {RESOURCES:,}; split the package"
        return [fault("package-error", text, rule="/resources")]
    schemas = [resource.get("schema") if isinstance(resource, dict) else None for resource in resources]
    found = [too_many_fields(schema, f"/resources/{number}/schema") for number, schema in enumerate(schemas)]
    return [faults for faults in found if faults]


def too_many_fields(schema: Any, where: str) -> Faults | None:
    """What is wrong with a schema of more fields or keys than are looked at."""
    for name, most in MOST.items():
        count = len(_counted(schema, name))
        if count > most:
            text = f"{where}/{name}: holds {count:,} items, more than {most:,}; split the table"
            return fault("package-error", text, rule=f"{where}/{name}")
    return None


def _counted(content: Any, name: str) -> list[Any]:
    value = content.get(name) if isinstance(content, dict) else None
    return value if isinstance(value, list) else []


def refers_rightly(
    table: str, schema: Schema, schemas: dict[str, Schema], resources: Collection[str] = ()
) -> Iterator[Faults]:
    """Whether the keys of a well-formed schema name fields and resources that exist, some of them without a schema."""
    names = set(field_names(schema))
    for kind, key in [
        ("primaryKey", primary_key(schema)),
        *(("uniqueKeys", key) for key in unique_keys(schema)),
    ]:
        for field in key:
            if field not in names:
                yield _missing(table, kind, f"field {quoted(field)}", "correct the name, or add the field")
    for foreign in foreign_keys(table, schema):
        known = set(field_names(schemas[foreign.table])) if foreign.table in schemas else None
        if known is None and foreign.table not in resources:
            yield _missing(table, "foreignKeys", f"resource {quoted(foreign.table)}", "correct the name")
        if len(foreign.fields) != len(foreign.reference):
            text = f"foreignKeys has {len(foreign.fields)} fields that refer to {len(foreign.reference)}; pair them"
            yield Faults([Finding("schema-error", text, table=table, rule="foreignKeys")], 1)
        for field in [
            *set(foreign.fields) - names,
            *set(foreign.reference) - (known or set(foreign.reference)),
        ]:
            yield _missing(table, "foreignKeys", f"field {quoted(field)}", "correct the name, or add the field")


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
    if not isinstance(fields, list) or not fields:
        return "it is no object with a list of fields"
    if wrong := next(filter(None, map(_field_fault, fields, itertools.count(1))), ""):
        return wrong
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


def _field_fault(field: Any, number: int) -> str:
    """What is wrong with the shape of a field, one of `number`."""
    if not isinstance(field, dict):
        return f"its field {number} is no object"
    if not isinstance(field.get("name"), str):
        return f"its field {number} has no name"
    if not isinstance(field.get("type", ""), str):
        return f"type {shown_json(field['type'])} of field {quoted(field['name'])} is no text"
    if not isinstance(field.get("constraints", {}), dict):
        return f"constraints of field {quoted(field['name'])} are no object"
    return ""


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
        and bool(as_names(reference["fields"]))
    )
