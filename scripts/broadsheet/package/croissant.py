"""`croissant.json`: the dataset as Croissant 1.0 has it, for machine-learning tools and dataset search.

The files are the Parquet ones: Croissant has no word for what a missing value is, and readers of CSV take names
such as `NA` for one. Nothing here depends on the clock.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.package.citation import cited
from broadsheet.package.credits import Entity, contributors, is_url, licences
from broadsheet.package.files import Written
from broadsheet.schemas import Schema, primary_key

CROISSANT = "croissant.json"

TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
"""Croissant's data type of each Table Schema type that tables are written in."""

PARQUET_TYPE = "application/x-parquet"
"""The one name of Parquet that readers of Croissant know."""

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification prints; readers warn of any other."""


def croissant(
    descriptor: Mapping[str, Any], schemas: Mapping[str, Schema], written: Sequence[Written]
) -> dict[str, Any]:
    """The dataset as JSON-LD: a FileObject and a RecordSet for each table that was written."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_about(descriptor),
        "distribution": [_file(table) for table in written],
        "recordSet": [_record_set(table.name, schemas[table.name]) for table in written],
    }


def _about(descriptor: Mapping[str, Any]) -> Entity:
    """What the descriptor states of the dataset; what it does not state is left out."""
    title = str(descriptor.get("title") or descriptor["name"])
    about: Entity = {
        "name": title,
        "description": str(descriptor.get("description") or f"{title}: tables compiled from news articles."),
        "citeAs": cited(descriptor),
    }
    homepage = str(descriptor.get("homepage", ""))
    stated = {
        "version": str(descriptor.get("version", "")),
        "url": homepage if is_url(homepage) else "",
        "keywords": list(map(str, descriptor.get("keywords", []))),
        "license": [entity["@id"] if is_url(entity["@id"]) else entity["name"] for entity in licences(descriptor)],
        "creator": _agents(descriptor, ("author", "creator")),
        "publisher": _agents(descriptor, ("publisher",)),
    }
    return about | {key: value for key, value in stated.items() if value}


def _agents(descriptor: Mapping[str, Any], properties: Sequence[str]) -> list[Entity]:
    """Persons and organizations, each once, without identifiers that hold only within another file."""
    found = {agent["@id"]: agent for name, agent in contributors(descriptor) if name in properties}
    return [
        {key: value for key, value in agent.items() if key in ("@type", "name", "url", "email")}
        for agent in found.values()
    ]


def _file(table: Written) -> Entity:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.parquet",
        "name": f"{table.name}.parquet",
        "contentUrl": f"parquet/{table.name}.parquet",
        "encodingFormat": PARQUET_TYPE,
        "sha256": table.parquet_sha256,
    }


def _record_set(name: str, schema: Schema) -> Entity:
    key = [{"@id": f"{name}/{field}"} for field in primary_key(schema)]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": schema["description"],
        **({"key": key[0] if len(key) == 1 else key} if key else {}),
        "field": [_field(name, field) for field in schema["fields"]],
    }


def _field(table: str, field: Mapping[str, Any]) -> Entity:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": TYPES[field["type"]],
        "source": {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": field["name"]}},
    }
