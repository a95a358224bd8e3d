"""What a package holds, as far as its descriptors can be trusted: resources, and tables with their files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.project import DESCRIPTOR
from broadsheet.schemas import Schema, arrow_types
from broadsheet.validate.descriptor import malformed, read_object, too_many_fields
from broadsheet.validate.paths import unsafe
from broadsheet.validate.profile import is_version_1
from broadsheet.validate.remote import Remote, is_address, path_of, without_password
from broadsheet.validate.report import Faults, fault
from broadsheet.validate.shown import quoted

PARQUET_FOLDER = "parquet"
UTF_8 = ("utf-8", "utf8", "UTF-8", "UTF8")

EXPECTATIONS = "broadsheet:expectations"
"""The property of a resource that says what is expected of its rows."""

NOT_READ_YET: dict[str, Any] = {
    "format": "default",
    "trueValues": ["true"],
    "falseValues": ["false"],
    "missingValues": None,
}
NOT_READ_YET |= {"decimalChar": ".", "groupChar": "", "bareNumber": True}
"""Properties of a field that change how its cells are read, with the only value that is read so far."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a descriptor; `base` is the descriptor's folder below the package, `file` None where unsafe.

    `default_type` is the type of fields that name none.
    """

    name: str
    content: dict[str, Any]
    base: str
    path: str
    file: Path | None
    default_type: str = "any"

    @property
    def shown_path(self) -> str:
        """The path relative to the package."""
        return f"{self.base}/{self.path}" if self.base else self.path

    @property
    def is_parquet(self) -> bool:
        """Whether it is a Parquet file; otherwise it is taken for CSV if it has a schema."""
        return self.content.get("format") == "parquet" or path_of(self.path).endswith(".parquet")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its schema and its files, None where there is none that can be read.

    `limit` says why its rows cannot be read, `is_elsewhere` that frictionless may read them; `missing` are the values
    that stand for a missing cell in CSV. `logical`, where it is given, reads the rows in place of the files: a
    `tabular.LogicalTable`.
    """

    name: str
    schema: Schema
    csv: Path | None = None
    parquet: Path | None = None
    limit: str = ""
    is_elsewhere: bool = False
    missing: tuple[str, ...] = ("",)
    logical: Any = None

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """The fields by name."""
        return {field["name"]: field for field in self.schema["fields"]}


def resources_of(descriptor: Any) -> list[Any]:
    """The resources of a descriptor, however broken; empty where there are none."""
    listed = descriptor.get("resources") if isinstance(descriptor, dict) else None
    return listed if isinstance(listed, list) else []


def stated_paths(descriptor: Any) -> Iterator[str]:
    """The paths that the resources of a descriptor state, however broken: of data, schemas and dialects."""
    for content in (content for content in resources_of(descriptor) if isinstance(content, dict)):
        paths = content.get("path", content.get("url"))
        stated = [*(paths if isinstance(paths, list) else [paths]), content.get("schema"), content.get("dialect")]
        yield from (path for path in stated if isinstance(path, str))


def by_name(resources: Iterable[Resource]) -> dict[str, list[Resource]]:
    """The resources of each name, in their order: those of several files are there once for each."""
    found: dict[str, list[Resource]] = {}
    for resource in resources:
        found.setdefault(resource.name, []).append(resource)
    return found


def resources(
    folder: Path, descriptor: dict[str, Any], base: str = "", remote: Remote | None = None
) -> Iterator[Resource | Faults]:
    """The resources of a descriptor that have a name and a path, and what is wrong with the others.

    Files at URLs are fetched through `remote`; without it they must not be followed.
    """
    items = descriptor.get("resources")
    names: set[str] = set()
    for number, content in enumerate(items if isinstance(items, list) else []):
        if not isinstance(content, dict) or not isinstance(content.get("name"), str):
            text = f"{Path(base, DESCRIPTOR)} /resources/{number}: has no name, so its data are not read; name it"
            yield fault("resource-error", text)
        elif content["name"] in names:
            yield fault("resource-error", "is described twice; names must be unique", table=content["name"])
        else:
            names.add(content["name"])
            whole = dict(content)
            yield from _followed(folder, whole, base, remote)
            yield from _resource(folder, whole, base, _default_type(descriptor), remote)


def _followed(folder: Path, content: dict[str, Any], base: str, remote: Remote | None) -> Iterator[Faults]:
    """Put schema and dialect into the resource where it names their files; what is wrong with these."""
    for key, code in (("schema", "schema-error"), ("dialect", "dialect-error")):
        path = content.get(key)
        if isinstance(path, str):
            file = _file(folder / base, path, remote, unsafe)
            found = fault(code, file) if isinstance(file, str) else read_object(file, path)
            found = too_many_fields(found, path) or found
            if isinstance(found, Faults):
                text = f"{key} {quoted(path)}: {found.findings[0].message}; correct the path, or the file"
                yield fault(code, text, table=content["name"], rule=key)
            else:
                content[key] = found


def _file(folder: Path, path: str, remote: Remote | None, refused: Callable[[Path, str], str]) -> Path | str:
    """The file at a path below the folder, or at a URL, or why it is not followed."""
    if remote and is_address(path):
        return remote.file(path)
    if reason := refused(folder, path):
        return f"{reason}, so it is not followed{' without --allow-urls' if is_address(path) else ''}"
    return folder / path


def inline_resources(descriptor: dict[str, Any], base: str) -> Iterator[Resource]:
    """The resources that have their data in the descriptor itself."""
    items = descriptor.get("resources")
    for content in items if isinstance(items, list) else []:
        named = isinstance(content, dict) and isinstance(content.get("name"), str)
        if named and "data" in content and not {"path", "url"} & set(content):
            yield Resource(content["name"], content, base, "", None, _default_type(descriptor))


def _default_type(descriptor: dict[str, Any]) -> str:
    """The type of fields that name none: any since version 2, string before."""
    return "string" if is_version_1(descriptor) else "any"


def _resource(
    folder: Path, content: dict[str, Any], base: str, default_type: str, remote: Remote | None
) -> Iterator[Resource | Faults]:
    """The resource once for each of its paths; a path that must not be followed is a fault."""
    paths = content.get("path", content.get("url", []))  # url is what path was called in version 0
    for path in paths if isinstance(paths, list) else [paths]:
        file = _file(folder / base, path, remote, _refused) if isinstance(path, str) else "is no text"
        if isinstance(file, Path):
            yield Resource(content["name"], content, base, path, file, default_type)
        else:
            text = f"path {quoted(without_password(path))} {file}; give a path inside the package"
            yield fault("resource-error", text, table=content["name"], rule="safe path")


def _refused(folder: Path, path: str) -> str:
    hidden = any(part.startswith(".") and part != "." for part in path.split("/")[:-1])
    return unsafe(folder, path) or ("leads into a hidden folder" if hidden else "")


def tables(main: list[Resource], twins: list[Resource]) -> dict[str, Table]:
    """The tables by name: every resource with a schema, with its twin in the Parquet descriptor."""
    by_name = {twin.name: twin.file for twin in twins}
    found: dict[str, Table] = {}
    for resource in main:
        schema = resource.content.get("schema")
        if isinstance(schema, dict) and resource.name not in found:
            found[resource.name] = _table(resource, schema, by_name.get(resource.name))
    return found


def _table(resource: Resource, schema: Schema, twin: Path | None) -> Table:
    csv, parquet = (None, resource.file) if resource.is_parquet else (resource.file, twin)
    missing = schema.get("missingValues", [""])
    return Table(
        name=resource.name,
        schema=schema,
        csv=csv if csv and csv.is_file() else None,
        parquet=parquet if parquet and parquet.is_file() else None,
        limit=_limit(resource, schema),
        missing=tuple(missing) if _is_texts(missing) else ("",),
    )


def _limit(resource: Resource, schema: Schema) -> str:
    """Why the rows of a resource cannot be read; empty where they can."""
    content = resource.content
    if reason := malformed(schema):
        return f"its schema cannot be used: {reason}"
    if isinstance(content.get("path"), list):
        return "it has several paths, which are not read yet"
    if content.get("dialect") or content.get("encoding", "utf-8") not in UTF_8 or content.get("compression"):
        return "its dialect, encoding or compression is not read yet"
    if not _is_texts(schema.get("missingValues", [""])):
        return "missing values with labels are not read yet"
    return next((reason for field in schema["fields"] if (reason := _field_limit(field))), "")


def _field_limit(field: dict[str, Any]) -> str:
    if field.get("type") not in arrow_types():
        return f"type {quoted(field.get('type'))} of field {quoted(field['name'])} is not read yet"
    for name, read in NOT_READ_YET.items():
        if field.get(name, read) != read:
            return f"{name} of field {quoted(field['name'])} is not read yet"
    return ""


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
