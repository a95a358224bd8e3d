"""Checks of what the maintainer of a project wrote, made before anything is built from it: descriptor and schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.errors import SchemaError, UsageError
from broadsheet.project import DESCRIPTOR, PROFILE, Project
from broadsheet.schemas import TABLES, Schema, built_in_schemas, load_schemas
from broadsheet.validate import constraints
from broadsheet.validate.descriptor import malformed, refers_rightly
from broadsheet.validate.profile import profile_errors
from broadsheet.validate.report import Outcomes, Recorder, fault

SHOWN = 5
"""So many findings are told of."""

_ANY = {"name": "any", "path": "any.csv"}
_RESOURCE = ("resources", "0", "schema")


def check_project(project: Project) -> dict[str, Schema]:
    """The schemas of the project; raises `UsageError` or `SchemaError` where its descriptor or a schema is wrong."""
    if project.root is None:
        return load_schemas(project.schema)
    path = project.root / DESCRIPTOR
    if found := told(descriptor_is_right(project.descriptor), str(path)):
        raise UsageError(found, tip="https://datapackage.org/standard/data-package/ says what may stand there")
    schemas = load_schemas(project.schema)
    if project.schema is not None:
        for name, schema in schemas.items():
            if found := told(schema_is_right(name, schema, schemas), str(project.schema / f"{name}.json")):
                raise SchemaError(found, tip="https://datapackage.org/standard/table-schema/ says what may stand there")
    return schemas


def told(outcomes: Outcomes, where: str) -> str:
    """The first findings of a check in lines; empty where it found nothing."""
    recorder = Recorder()
    recorder.run("project", "", outcomes)
    return "\n".join(f"{where}: {finding.message}" for finding in recorder.findings[:SHOWN])


def descriptor_is_right(descriptor: Mapping[str, Any]) -> Outcomes:
    """Whether an authored descriptor fits Data Package 2 and its resources are tables that a build makes.

    Resources may be left out: a build adds them.
    """
    errors = list(profile_errors({"resources": [_ANY], **_filled(descriptor), "$schema": PROFILE}))
    for pointer, message in errors:
        yield fault("package-error", f"/{'/'.join(pointer)}: {message}", rule="/".join(pointer))
    if not errors:
        yield from _resources_are_right(descriptor.get("resources", []))


def _filled(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in descriptor.items() if (key, value) != ("resources", [])}


def _resources_are_right(resources: list[dict[str, Any]]) -> Outcomes:
    names: set[str] = set()
    tables = set(TABLES)
    for number, resource in enumerate(resources):
        name, schema = resource["name"], resource.get("schema")
        if name in names:
            yield fault(
                "resource-error", f"/resources/{number}/name: a second resource {name!r}; remove one", rule=name
            )
        names.add(name)
        if name in tables and schema not in (None, f"schema/{name}.json"):
            text = f"/resources/{number}/schema: expected 'schema/{name}.json', where a build looks for it"
            yield fault("resource-error", text, rule=name)


def schema_is_right(name: str, schema: Schema, schemas: Mapping[str, Schema]) -> Outcomes:
    """Whether a project's schema is a Table Schema with the columns that a build writes, and can be worked with."""
    for check in (_fits(schema), _is_whole(schema), _has_columns(name, schema), _can_be_used(schema)):
        if found := list(check):
            yield from found
            return
    others = {table: other for table, other in schemas.items() if not malformed(other)}
    for faults in refers_rightly(name, schema, others):
        yield fault("schema-error", f"/{faults.findings[0].rule}: {faults.findings[0].message}", rule=name)


def _fits(schema: Schema) -> Outcomes:
    """Whether the schema fits the Table Schema profile; pointers begin in the schema."""
    for pointer, message in profile_errors({"$schema": PROFILE, "resources": [{**_ANY, "schema": schema}]}):
        within = pointer[len(_RESOURCE) :] if tuple(pointer[: len(_RESOURCE)]) == _RESOURCE else []
        yield fault("schema-error", f"/{'/'.join(within)}: {message}", rule="/".join(within))


def _is_whole(schema: Schema) -> Outcomes:
    """Whether the schema can be read at all, and says of itself and its fields what the package's pages tell."""
    names = [field.get("name") for field in schema["fields"]]
    for number, column in enumerate(names):
        if column in names[:number]:
            yield fault("schema-error", f"/fields/{number}/name: a second field {column!r}; remove one", rule="fields")
            return
    if reason := malformed(schema):
        yield fault("schema-error", reason)
        return
    for key in ("title", "description"):
        if not isinstance(schema.get(key), str):
            yield fault("schema-error", f"/{key}: is missing; say in words what the table holds", rule=key)
    for number, field in enumerate(schema["fields"]):
        for key in ("type", "title", "description", "example"):
            if key not in field:
                yield fault("schema-error", f"/fields/{number}/{key}: field {field['name']!r} has none", rule=key)


def _has_columns(name: str, schema: Schema) -> Outcomes:
    """Whether the columns are those that a build writes, with their types."""
    expected = {field["name"]: field["type"] for field in built_in_schemas()[name]["fields"]}
    for number, field in enumerate(schema["fields"]):
        column, type_of = field["name"], field["type"]
        if column not in expected:
            yield fault("schema-error", f"/fields/{number}: nothing fills a column {column!r}; remove it", rule=column)
        elif type_of != expected[column]:
            text = f"/fields/{number}/type: {column!r} is written as {expected[column]}, not as {type_of}"
            yield fault("schema-error", text, rule=column)
    for column in expected.keys() - {field["name"] for field in schema["fields"]}:
        yield fault("schema-error", f"/fields: lacks the column {column!r}, which a build writes; add it", rule=column)


def _can_be_used(schema: Schema) -> Iterator[Any]:
    """Whether every constraint can be worked with."""
    for number, field in enumerate(schema["fields"]):
        for name, value in field.get("constraints", {}).items():
            pointer = f"/fields/{number}/constraints/{name}"
            if name not in constraints.KNOWN:
                yield fault("schema-error", f"{pointer}: no such constraint; expected {', '.join(constraints.KNOWN)}")
                continue
            try:
                constraints.usable({"fields": [{**field, "constraints": {name: value}}]})
            except ValueError as error:
                yield fault("schema-error", f"{pointer}: {error}; correct the constraint", rule=pointer)
