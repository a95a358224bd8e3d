"""The Table Schemas: the only place where columns are written down, and what follows from them.

Schemas are read from the project's `schema/` folder or, without a project, from the copies that ship with the
program. Types are Table Schema's; `arrow_schema` gives the Arrow types that CSV and Parquet are written from.
"""

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from broadsheet.errors import SchemaError
from broadsheet.json_objects import read_object

if TYPE_CHECKING:
    import pyarrow as pa

Schema = dict[str, Any]

TABLES = (
    "articles",
    "entities",
    "claims",
    "dates",
    "mentions",
    "passages",
    "claim_spans",
    "figures",
    "raw_records",
)

SIDECARS = ("articles", "authority", "suppress")
"""The CSV files at the top of raw/ that have a schema of their own, in `schema/raw/`."""


class ForeignKey(NamedTuple):
    """A foreign key: the fields here, the table it points to (its own, where a schema names none), the fields there."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


def built_in_folder() -> Path:
    """The schemas that ship with the program: in an installed package beside it, in a checkout at its root."""
    installed = Path(__file__).parent / "schema"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "schema"


def load_schemas(folder: Path | None = None) -> dict[str, Schema]:
    """All table schemas by name, in the order of `TABLES`.

    Raises `SchemaError` naming file, line and column where one is missing or no JSON.

    >>> list(load_schemas())[:4]
    ['articles', 'entities', 'claims', 'dates']
    """
    return {name: read_json((folder or built_in_folder()) / f"{name}.json") for name in TABLES}


@functools.cache
def built_in_schemas() -> dict[str, Schema]:
    """The schemas that ship with the program, read once; not to be changed."""
    return load_schemas()


def load_sidecar_schema(name: str) -> Schema:
    """The Table Schema of a sidecar; it belongs to the program, not to a project.

    >>> field_names(load_sidecar_schema("suppress"))
    ['path', 'name', 'why']
    """
    return read_json(built_in_folder() / "raw" / f"{name}.json")


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in the file; `SchemaError` says line and column of what is wrong."""
    return read_object(path, wrong=SchemaError, missing=SchemaError)


def field_names(schema: Schema) -> list[str]:
    """Names of the columns in their order."""
    return [field["name"] for field in schema["fields"]]


def primary_key(schema: Schema) -> tuple[str, ...]:
    """Fields of the primary key; empty where there is none."""
    return as_names(schema.get("primaryKey", []))


def unique_keys(schema: Schema) -> list[tuple[str, ...]]:
    """Field tuples whose values must be unique: unique keys, and fields with the constraint `unique`."""
    keys = [as_names(key) for key in schema.get("uniqueKeys", [])]
    keys += [(field["name"],) for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    return [key for key in keys if key != primary_key(schema)]


def foreign_keys(name: str, schema: Schema) -> list[ForeignKey]:
    """The foreign keys of a table, with the table's own name where the schema leaves it out."""
    return [
        ForeignKey(
            as_names(key["fields"]),
            key["reference"].get("resource") or name,
            as_names(key["reference"]["fields"]),
        )
        for key in schema.get("foreignKeys", [])
    ]


def as_names(names: str | list[str]) -> tuple[str, ...]:
    """A name or a list of names as a tuple: Table Schema allows both.

    >>> as_names("path"), as_names(["path", "record"])
    (('path',), ('path', 'record'))
    """
    return (names,) if isinstance(names, str) else tuple(names)


@functools.cache
def arrow_types() -> dict[str, "pa.DataType"]:
    """Arrow type of each Table Schema type that broadsheet's own tables use."""
    import pyarrow as pa

    return {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }


def arrow_schema(schema: Schema) -> "pa.Schema":
    """The Arrow schema of a table: its fields in order, all nullable, without metadata."""
    import pyarrow as pa

    return pa.schema([(field["name"], arrow_type(field)) for field in schema["fields"]])


def arrow_type(field: dict[str, Any]) -> "pa.DataType":
    """Arrow type of a field; `SchemaError` where the type is none that tables are written in."""
    try:
        return arrow_types()[field["type"]]
    except KeyError:
        expected = ", ".join(arrow_types())
        raise SchemaError(f"field {field['name']!r}: type {field.get('type')!r} is not one of {expected}") from None
