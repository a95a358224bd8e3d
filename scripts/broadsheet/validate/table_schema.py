"""`broadsheet.schema`: the Table Schema of a table, for programs that check frames of their own."""

import copy
import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.errors import SchemaError, UsageError
from broadsheet.project import DESCRIPTOR, read_descriptor
from broadsheet.schemas import (
    TABLES,
    Schema,
    arrow_types,
    built_in_schemas,
    field_names,
    primary_key,
    read_json,
    unique_keys,
)
from broadsheet.validate.contents import resources_of
from broadsheet.validate.descriptor import malformed
from broadsheet.validate.paths import unsafe
from broadsheet.validate.shown import quoted

if TYPE_CHECKING:
    import pandera.polars as pandera


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A Table Schema with the name of its table; `descriptor` is the schema as JSON."""

    name: str
    descriptor: Schema

    def to_pandera(self) -> "pandera.DataFrameSchema":
        """A schema of pandera.polars: the columns in their order, types, constraints, and keys; not foreign keys.

        It is for DataFrames: of a LazyFrame pandera checks the types alone, unless it is told otherwise. Raises
        `SchemaError` where a type or constraint has no counterpart.
        """
        from broadsheet.validate.constraints import usable
        from broadsheet.validate.pandera_schemas import pandera_schema

        tip = "broadsheet validate makes all checks"
        if reason := next(_without_counterpart(self.descriptor), ""):
            raise SchemaError(f"{self.name}: {reason}", tip=tip)
        try:
            usable(self.descriptor)
            return pandera_schema(self.descriptor)
        except ValueError as error:
            raise SchemaError(f"{self.name}: {error}", tip=tip) from error


def _without_counterpart(schema: Schema) -> Iterator[str]:
    """What of a schema has none in pandera."""
    from broadsheet.validate.constraints import KNOWN

    for field in schema["fields"]:
        if field.get("type") not in arrow_types():
            kind, known = quoted(field.get("type")), ", ".join(arrow_types())
            yield f"field {quoted(field['name'])}: type {kind} is not one of {known}"
        for name in sorted({*field.get("constraints", {})} - {*KNOWN}):
            yield f"field {quoted(field['name'])}: constraint {quoted(name)} is not one of {', '.join(KNOWN)}"
    for name in sorted({name for key in (primary_key(schema), *unique_keys(schema)) for name in key}):
        if name not in field_names(schema):
            yield f"a key has the field {quoted(name)}, which does not exist"


def schema(table: str, package: "str | os.PathLike[str] | None" = None) -> TableSchema:
    """The schema of a table of a package or project, or without one of a table that broadsheet makes.

    Raises `UsageError` where there is no such table, `SchemaError` where its schema cannot be worked with.

    >>> schema("claims").descriptor["primaryKey"]
    ['claim_id']
    """
    found = _of_package(Path(package)) if package is not None else built_in_schemas()
    if table not in found:
        near = difflib.get_close_matches(table, found, 1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"there is no table {quoted(table)}{meant}", tip=f"there are: {', '.join(found or TABLES)}")
    content = copy.deepcopy(found[table])
    if reason := malformed(content):
        raise SchemaError(f"the schema of {table} cannot be used: {reason}")
    return TableSchema(table, content)


def _of_package(path: Path) -> dict[str, Schema]:
    """The schemas of a descriptor's resources, also those in files of their own within the folder."""
    folder = path.parent if path.name == DESCRIPTOR else path
    found = {}
    for resource in resources_of(read_descriptor(folder / DESCRIPTOR)):
        if isinstance(resource, dict) and isinstance(resource.get("name"), str) and "schema" in resource:
            found[resource["name"]] = _schema_of(folder, resource["schema"])
    return found


def _schema_of(folder: Path, stated: object) -> Schema:
    if isinstance(stated, str):
        if reason := unsafe(folder, stated):
            raise SchemaError(
                f"schema {quoted(stated)} {reason}, so it is not followed", tip="name a file of the package"
            )
        return read_json(folder / stated)
    return stated if isinstance(stated, dict) else {}
