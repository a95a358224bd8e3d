"""The files of a package's tables, as far as its descriptors can be trusted, and the check of their hashes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import IntegrityError, ReadError
from broadsheet.json_objects import read_object
from broadsheet.project import DESCRIPTOR
from broadsheet.schemas import Schema
from broadsheet.validate.contents import PARQUET_FOLDER, Resource, Table, resources, tables
from broadsheet.validate.files import ALGORITHMS, digest
from broadsheet.validate.json_limits import LARGEST
from broadsheet.validate.report import Faults
from broadsheet.validate.shown import quoted, shown

REPAIR = "fetch or build the package again"


@dataclass(frozen=True, slots=True)
class Source:
    """A table and the resource that its rows are read from: Parquet where that is there, else CSV."""

    table: Table
    resource: Resource

    @property
    def schema(self) -> Schema:
        """The Table Schema."""
        return self.table.schema

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """The fields of the schema by name."""
        return self.table.fields

    @property
    def file(self) -> Path:
        """The file that is read."""
        assert self.resource.file is not None
        return self.resource.file


def read_descriptor(path: Path) -> dict[str, Any]:
    """The descriptor; `ReadError` where it is none, or larger than any should be."""
    if path.stat().st_size > LARGEST:
        raise ReadError(f"{path}: is larger than {LARGEST >> 20} MB and was not read", tip=REPAIR)
    return read_object(path, wrong=ReadError, missing=ReadError)


def sources_of(path: Path, descriptor: dict[str, Any]) -> dict[str, Source]:
    """The tables that a package holds by name, in the descriptor's order; `path` is the descriptor's.

    Raises `ReadError` for a resource that leads out of the package, or has a schema that cannot be worked with.
    """
    folder = path.parent
    main = _trusted(path, descriptor)
    if any(isinstance(resource.content.get("schema"), str) for resource in main):
        raise ReadError(f"{path}: is a project's, not a package's", tip=f"load {folder / 'build' / 'package'}")
    twin_path = folder / PARQUET_FOLDER / DESCRIPTOR
    twins = _trusted(twin_path, read_descriptor(twin_path), PARQUET_FOLDER) if twin_path.is_file() else []
    found = tables(main, twins)
    by_name = {item.name: item for item in (*main, *twins) if _is_there(item)}  # twins come last, and win
    return {name: Source(_usable(path, table), by_name[name]) for name, table in found.items() if name in by_name}


def declared(descriptor: dict[str, Any]) -> list[str]:
    """The names of the tables that a descriptor describes, whether their files are there or not."""
    items = descriptor.get("resources")
    stated = [item for item in (items if isinstance(items, list) else []) if isinstance(item, dict)]
    return [str(item.get("name")) for item in stated if isinstance(item.get("schema"), dict)]


def _trusted(path: Path, descriptor: dict[str, Any], base: str = "") -> list[Resource]:
    """The resources of a descriptor, none of which leads out of its folder."""
    folder = path.parent.parent if base else path.parent
    found = list(resources(folder, descriptor, base))
    for item in found:
        if isinstance(item, Faults):
            finding = item.findings[0]
            named = f" resource {quoted(finding.table)}" if finding.table else ""
            raise ReadError(f"{path}:{named} {finding.message}", tip="do not trust this package")
    return [item for item in found if isinstance(item, Resource)]


def _is_there(resource: Resource) -> bool:
    return resource.file is not None and resource.file.is_file()


def _usable(path: Path, table: Table) -> Table:
    if table.limit:
        raise ReadError(
            f"{path}: table {quoted(table.name)}: {table.limit}", tip=f"see: broadsheet validate {path.parent}"
        )
    return table


def check_hash(source: Source) -> None:
    """Raise `IntegrityError` unless the file has the hash that the descriptor states; each file is read once."""
    declared = str(source.resource.content.get("hash") or "")
    algorithm, _, expected = declared.rpartition(":")
    if not declared or (algorithm or "md5") not in ALGORITHMS:
        raise IntegrityError(
            f"{source.file}: the descriptor states no hash that could be checked ({shown(declared) or 'none'})",
            tip="expected sha256:…; if you trust the file all the same, load with verify=False",
        )
    found = digest(source.file, algorithm or "md5")
    if found != expected.lower():
        raise IntegrityError(f"{source.file}: has {algorithm} {found}, expected {shown(expected, 80)}", tip=REPAIR)
