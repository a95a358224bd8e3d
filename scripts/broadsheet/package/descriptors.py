"""The descriptors of a package: `datapackage.json` for the CSV files and the one for the Parquet files."""

from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet import __version__
from broadsheet.package.files import Written
from broadsheet.project import AUTHORED_IN_RESOURCES, PROFILE, Project
from broadsheet.schemas import Schema

PARQUET_TYPE = "application/vnd.apache.parquet"


def resource_of(descriptor: Mapping[str, Any], table: str) -> dict[str, Any]:
    """The resource of a table in the descriptor of a package that is known to have it."""
    found: dict[str, Any] = next(item for item in descriptor["resources"] if item["name"] == table)
    return found


def descriptor(project: Project, schemas: Mapping[str, Schema], written: Sequence[Written]) -> dict[str, Any]:
    """The Data Package v2 descriptor of the CSV files: the package itself."""
    return _package(project, [_csv_resource(project, schemas[table.name], table) for table in written])


def parquet_descriptor(project: Project, schemas: Mapping[str, Schema], written: Sequence[Written]) -> dict[str, Any]:
    """The descriptor of the same tables as Parquet; it states no `bytes`, which frictionless cannot check there."""
    return _package(project, [_parquet_resource(project, schemas[table.name], table) for table in written])


def _package(project: Project, resources: list[dict[str, Any]]) -> dict[str, Any]:
    authored = {key: value for key, value in project.descriptor.items() if key not in ("resources", "broadsheet")}
    settings = {
        **project.settings,
        "language": project.language,
        "textPolicy": project.text_policy,
        "program": f"broadsheet {__version__}",
    }
    return {"$schema": PROFILE, **authored, "broadsheet": settings, "resources": resources}


def _csv_resource(project: Project, schema: Schema, table: Written) -> dict[str, Any]:
    return {
        **_shared(project, schema, table),
        "profile": "tabular-data-resource",  # version 1's word for `type`, without which R's frictionless reads nothing
        "path": f"data/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.csv_bytes,
        "hash": f"sha256:{table.csv_sha256}",
        "schema": schema,
    }


def _parquet_resource(project: Project, schema: Schema, table: Written) -> dict[str, Any]:
    return {
        **_shared(project, schema, table),
        "path": f"{table.name}.parquet",
        "format": "parquet",
        "mediatype": PARQUET_TYPE,
        "hash": f"sha256:{table.parquet_sha256}",
        "schema": schema,
    }


def _shared(project: Project, schema: Schema, table: Written) -> dict[str, Any]:
    """What is the same in both: name, type, what the author wrote of the resource, rows and content hash."""
    authored: dict[str, Any] = next(
        (r for r in project.descriptor.get("resources", []) if r.get("name") == table.name), {}
    )
    kept: dict[str, Any] = {key: authored[key] for key in AUTHORED_IN_RESOURCES if key in authored}
    return {
        "name": table.name,
        "type": "table",
        "title": schema["title"],
        "description": schema["description"],
        **({"licenses": project.descriptor["licenses"]} if project.descriptor.get("licenses") else {}),
        **kept,
        "rows": table.rows,
        "broadsheet:contentHash": table.content_hash,
    }
