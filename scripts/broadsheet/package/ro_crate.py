"""`ro-crate-metadata.json`: where a package comes from, as an RO-Crate 1.3 with the terms of Process Run Crate.

    raw_records ─object→ build ─result→ the other tables
        build ─instrument→ broadsheet ─softwareRequirements→ libraries

The raw files are not cited one by one: the table raw_records holds the hash of each, and the crate holds the
hash of that table. A public projection is a second action, from the tables of the full build to those published.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from broadsheet.package.credits import NO_LICENCE, Entity, contributors, is_url, licences, sources
from broadsheet.package.descriptors import PARQUET_TYPE, resource_of
from broadsheet.package.files import Written
from broadsheet.provenance import Run
from broadsheet.validate.json_limits import LARGEST
from broadsheet.validate.paths import unsafe

RO_CRATE = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.3"
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
INPUT = "raw_records"
"""The table that says what went into a build."""


@dataclass(frozen=True, slots=True)
class Projection:
    """The making of a public package out of a full one.

    `policy` is the text policy that it followed, `sources` are the content hashes of the full tables by name.
    """

    run: Run
    policy: str
    sources: Mapping[str, str]


def ro_crate(
    descriptor: Mapping[str, Any], written: Sequence[Written], run: Run, projection: Projection | None = None
) -> dict[str, Any]:
    """The crate as JSON-LD; `run` is the build, also where what was written is a projection of its tables."""
    files = {table.name: _files(resource_of(descriptor, table.name), table) for table in written}
    details = [entity for table in written for entity in _details(resource_of(descriptor, table.name), table)]
    made = _projected(run, projection, files) if projection else _built(run, files)
    root = _root(descriptor, run if projection is None else projection.run)
    root["hasPart"] = _references([_DATA_PACKAGE, *_flat(files.values())])
    root["mentions"] = _one_or_all(_references(entity for entity in made if entity["@type"] == "CreateAction"))
    credit = [
        *(licences(descriptor) or [NO_LICENCE]),
        *sources(descriptor),
        *(agent for _, agent in contributors(descriptor)),
    ]
    graph = [_METADATA, root, _DATA_PACKAGE, *_flat(files.values()), *made, *details, *credit, *_STANDARDS]
    return {"@context": f"{SPECIFICATION}/context", "@graph": _distinct(graph)}


def read_run(package: Path) -> Run | None:
    """The build that a package, which may be a stranger's, tells of; None where it tells of none that can be read."""
    path = package / RO_CRATE
    try:
        if unsafe(package, RO_CRATE) or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return run_of(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def run_of(crate: Mapping[str, Any]) -> Run:
    """The build that a crate of ours tells of; `KeyError` or `ValueError` where it tells of none."""
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    build = entities["#build"]
    program = entities[build["instrument"]["@id"]]
    commit = program.get("additionalProperty")
    needed = [entities[reference["@id"]] for reference in program["softwareRequirements"]]
    inputs = [entities[reference["@id"]] for reference in build["object"]]
    return Run(
        program=program["name"],
        version=program["softwareVersion"],
        commit=entities[commit["@id"]]["value"] if commit else None,
        libraries={library["name"]: library["softwareVersion"] for library in needed},
        options={option["name"]: option["value"] for option in inputs if option["@type"] == "PropertyValue"},
        time=datetime.fromisoformat(build["endTime"]),
    )


def _root(descriptor: Mapping[str, Any], run: Run) -> Entity:
    """The dataset itself; its date is that of the run, since a package is written before it is published."""
    title = str(descriptor.get("title") or descriptor["name"])
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": str(descriptor.get("description") or f"{title}: tables compiled from news articles."),
        "datePublished": run.time.date().isoformat(),
        "license": _one_or_all(_references(licences(descriptor) or [NO_LICENCE])),
    }
    root |= {"version": str(descriptor["version"])} if "version" in descriptor else {}
    root |= {"keywords": ", ".join(map(str, descriptor["keywords"]))} if descriptor.get("keywords") else {}
    root |= {"url": descriptor["homepage"]} if is_url(str(descriptor.get("homepage", ""))) else {}
    root |= {"isBasedOn": _references(sources(descriptor))} if descriptor.get("sources") else {}
    for name, agent in contributors(descriptor):
        root.setdefault(name, []).append({"@id": agent["@id"]})
    return root


def _built(run: Run, files: Mapping[str, Sequence[Entity]]) -> list[Entity]:
    """The build, from raw_records to every other table, with its program and options."""
    results = _flat(entities for name, entities in files.items() if name != INPUT)
    return _action("build", "Build", "read the raw files and wrote the tables", run, files[INPUT], run.options, results)


def _projected(run: Run, projection: Projection, files: Mapping[str, Sequence[Entity]]) -> list[Entity]:
    """The build, whose tables are not in this package, and the projection that wrote those that are."""
    full = {name: _full(name, value) for name, value in projection.sources.items()}
    built = _built(run, {name: [table] for name, (table, _) in full.items()})
    does = "wrote of the full tables what may be published"
    tables = [table for table, _ in full.values()]
    chosen = {"textPolicy": projection.policy}
    shown = _action("projection", "Public projection", does, projection.run, tables, chosen, _flat(files.values()))
    return [*built, *shown, *_flat(full.values())]


def _full(name: str, content_hash: str) -> tuple[Entity, Entity]:
    """A table of the full build, known by its content hash."""
    value = _content_hash(f"#full-{name}-content", content_hash)
    table = {"@id": f"#full-{name}", "@type": "CreativeWork", "name": f"{name}, as built"}
    return table | {"identifier": {"@id": value["@id"]}}, value


def _action(
    key: str,
    name: str,
    does: str,
    run: Run,
    inputs: Iterable[Entity],
    options: Mapping[str, str],
    results: Iterable[Entity],
) -> list[Entity]:
    """A CreateAction with its program and options; the ids of all begin with the key."""
    chosen = [_property(f"#{key}-option-{quote(option)}", option, value) for option, value in options.items()]
    program = _program(key, run)
    action = {
        "@id": f"#{key}",
        "@type": "CreateAction",
        "name": name,
        "description": f"{run.program} {run.version} {does}.",
        "instrument": {"@id": program[0]["@id"]},
        "object": _references([*inputs, *chosen]),
        "result": _references(results),
        "endTime": run.time.isoformat(),
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
    }
    return [action, *program, *chosen]


def _program(key: str, run: Run) -> list[Entity]:
    """The program of a run, with its commit and the libraries that it worked with."""
    needed = [
        _software(f"#{key}-{name}", name, version, "generic" if name == "Python" else "pypi")
        for name, version in run.libraries.items()
    ]
    program = _software(f"#{key}-program", run.program, run.version) | {"softwareRequirements": _references(needed)}
    if run.commit is None:
        return [program, *needed]
    commit = _property(f"#{key}-commit", "commit", run.commit)
    return [program | {"additionalProperty": {"@id": commit["@id"]}}, commit, *needed]


def _files(resource: Mapping[str, Any], table: Written) -> list[Entity]:
    """The CSV and the Parquet file of a table."""
    shared = {
        "description": resource["description"],
        "conformsTo": {"@id": f"#{table.name}-schema"},
        "identifier": {"@id": f"#{table.name}-content"},
    }
    csv = _file(f"data/{table.name}.csv", f"{resource['title']} (CSV)", "text/csv", table.csv_sha256)
    parquet = _file(
        f"parquet/{table.name}.parquet", f"{resource['title']} (Parquet)", PARQUET_TYPE, table.parquet_sha256
    )
    return [csv | {"contentSize": str(table.csv_bytes)} | shared, parquet | shared]


def _details(resource: Mapping[str, Any], table: Written) -> list[Entity]:
    """What both files of a table share: its Table Schema, which stands in datapackage.json, and its content hash."""
    schema = {
        "@id": f"#{table.name}-schema",
        "@type": "CreativeWork",
        "name": f"Table Schema of {resource['title']}",
        "description": f"The schema of the resource {table.name} in datapackage.json.",
        "conformsTo": {"@id": TABLE_SCHEMA},
        "isPartOf": {"@id": _DATA_PACKAGE["@id"]},
    }
    return [schema, _content_hash(f"#{table.name}-content", table.content_hash)]


def _file(path: str, name: str, media_type: str, sha256: str) -> Entity:
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": media_type, "sha256": sha256}


def _software(key: str, name: str, version: str, kind: str = "generic") -> Entity:
    """A program or library; its url is a package URL (ECMA-427), of Python packages of the type `pypi`."""
    url = f"pkg:{kind}/{quote(name.lower())}@{quote(version)}"
    return {
        "@id": key,
        "@type": "SoftwareApplication",
        "name": name,
        "version": version,
        "softwareVersion": version,
        "url": url,
    }


def _property(key: str, name: str, value: str) -> Entity:
    return {"@id": key, "@type": "PropertyValue", "name": name, "value": value}


def _content_hash(key: str, value: str) -> Entity:
    return _property(key, "content hash of the rows", value)


def _references(entities: Iterable[Entity]) -> list[Entity]:
    return _distinct({"@id": entity["@id"]} for entity in entities)


def _distinct(entities: Iterable[Entity]) -> list[Entity]:
    """The entities in their order, of those with the same id the first."""
    found: dict[str, Entity] = {}
    for entity in entities:
        found.setdefault(entity["@id"], entity)
    return list(found.values())


def _flat(groups: Iterable[Iterable[Entity]]) -> list[Entity]:
    return [entity for group in groups for entity in group]


def _one_or_all(entities: list[Entity]) -> Entity | list[Entity]:
    return entities[0] if len(entities) == 1 else entities


_METADATA: Entity = {
    "@id": RO_CRATE,
    "@type": "CreativeWork",
    "conformsTo": {"@id": SPECIFICATION},
    "about": {"@id": "./"},
}

_DATA_PACKAGE: Entity = {
    "@id": "datapackage.json",
    "@type": "File",
    "name": "Data Package descriptor",
    "description": "The tables of the dataset, their files and schemas.",
    "encodingFormat": "application/json",
}

_STANDARDS: list[Entity] = [{"@id": TABLE_SCHEMA, "@type": "CreativeWork", "name": "Table Schema 2.0"}]
