"""Which files a package has, as far as its SHA256SUMS and descriptors can be trusted, and which of them are wanted."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from broadsheet.errors import IntegrityError, UsageError
from broadsheet.json_objects import parse_object
from broadsheet.project import DESCRIPTOR
from broadsheet.registry.places import path_fault, same_file
from broadsheet.validate.files import ALGORITHMS
from broadsheet.validate.shown import quoted, shown

Format = Literal["all", "parquet", "csv", "best"]
"""`best` is Parquet, and CSV for tables that have none."""

SMALL = 64 << 20
"""Bytes of a file that is no table's; of descriptors too."""

LARGEST_SUMS = 8 << 20
LARGEST_TABLE = 1 << 40
"""Bytes of a table's file of which nothing states a size."""

PARQUET_DESCRIPTOR = f"parquet/{DESCRIPTOR}"
DISTRUST = "nothing of it is used; do not trust this package, and tell those who keep it"

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_HEX = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package: its path, the hash that it is to have, and the bytes that it may have."""

    path: str
    digest: str
    limit: int = SMALL
    algorithm: str = "sha256"
    is_table: bool = False


def parse_sums(data: bytes, where: str) -> dict[str, File]:
    """The files that a SHA256SUMS lists, by path; `IntegrityError` for a path that must not be followed."""
    found: dict[str, File] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise IntegrityError(f"{where}:{number}: is no line of a hash, two blanks and a path", tip=DISTRUST)
        if fault := path_fault(parts[2]):
            raise IntegrityError(f"{where}:{number}: the path {quoted(parts[2])} {fault}", tip=DISTRUST)
        if parts[2] in found:
            raise IntegrityError(f"{where}:{number}: {quoted(parts[2])} stands there twice", tip=DISTRUST)
        found[parts[2]] = File(parts[2], parts[1])
    _check_distinct(found, where)
    return found


def parse_descriptor(data: bytes, where: str) -> dict[str, Any]:
    """A descriptor; `IntegrityError` where it is no JSON object."""
    return parse_object(data, where, IntegrityError)


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a package: those of each table, and the others, which are small."""

    tables: Mapping[str, Sequence[File]]
    others: Sequence[File]

    def wanted(self, tables: Collection[str] | None, form: Format) -> list[File]:
        """The files of these tables (None: of all) in this format, after all that are no table's.

        Raises `UsageError` for a table that there is not.
        """
        for table in tables or ():
            if table not in self.tables:
                known = shown(", ".join(self.tables), 500)
                raise UsageError(f"the package has no table {quoted(table)}", tip=f"it has {known}")
        chosen = [table for table in self.tables if tables is None or table in tables]
        files = {file.path: file for table in chosen for file in _of_format(self.tables[table], form)}
        return [*self.others, *files.values()]


def contents(
    listed: Mapping[str, File] | None, descriptor: Mapping[str, Any], twin: Mapping[str, Any] | None, where: str
) -> Contents:
    """What a package holds; `listed` is what its SHA256SUMS says, None where it has none.

    Without it files are known by the hashes in the descriptor, and a resource without one is refused.
    """
    tables: dict[str, list[File]] = {}
    for content, base in ((descriptor, ""), (twin or {}, "parquet/")):
        for resource, path in _resources(content, base, where):
            stated = File(path, "") if listed is None else listed.get(path)
            if stated is None:
                raise IntegrityError(f"{where}: the descriptor names {quoted(path)}, SHA256SUMS does not", tip=DISTRUST)
            digest, algorithm = (stated.digest, "sha256") if listed is not None else _hash(resource, path, where)
            limit = _limit(resource, descriptor)
            tables.setdefault(resource["name"], []).append(File(path, digest, limit, algorithm, is_table=True))
    of_tables = {file.path for files in tables.values() for file in files}
    _check_distinct(of_tables, where)
    return Contents(tables, [file for path, file in (listed or {}).items() if path not in of_tables])


def _resources(content: Mapping[str, Any], base: str, where: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each resource with each of its paths below the package."""
    items = content.get("resources")
    for resource in items if isinstance(items, list) else ():
        if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
            raise IntegrityError(f"{where}: {base}{DESCRIPTOR}: a resource is no object with a name", tip=DISTRUST)
        stated = resource.get("path", [])
        for path in stated if isinstance(stated, list) else [stated]:
            fault = path_fault(path) if isinstance(path, str) else "is no text"
            if fault:
                text = f"{where}: resource {quoted(resource['name'])}: the path {quoted(path)} {fault}"
                raise IntegrityError(text, tip=DISTRUST)
            yield resource, base + path


def _hash(resource: Mapping[str, Any], path: str, where: str) -> tuple[str, str]:
    """The hash and its algorithm that a resource states for its one file."""
    stated = resource.get("hash")
    algorithm, _, digest = stated.rpartition(":") if isinstance(stated, str) else ("", "", "")
    algorithm = algorithm or "md5"
    whole = algorithm in ALGORITHMS and re.fullmatch(f"[0-9a-fA-F]{{{_HEX[algorithm]}}}", digest)
    if not whole or isinstance(resource.get("path"), list):
        raise IntegrityError(
            f"{where}: has no SHA256SUMS, and the descriptor states no hash of {shown(path)} that could be checked",
            tip="nothing was fetched; if you trust it all the same, download it yourself and load the folder",
        )
    return digest.lower(), algorithm


def _limit(resource: Mapping[str, Any], descriptor: Mapping[str, Any]) -> int:
    """The bytes that a resource's file may have: those that it states, or by those of its twin in CSV."""
    if _is_size(resource.get("bytes")) and isinstance(resource.get("path"), str):
        return int(resource["bytes"])
    for other in descriptor["resources"]:
        if other["name"] == resource["name"] and other is not resource and _is_size(other.get("bytes")):
            return 8 * int(other["bytes"]) + SMALL
    return LARGEST_TABLE


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_TABLE


def _of_format(files: Sequence[File], form: Format) -> list[File]:
    """The files of a table in a format; of another where it has none in this."""
    if form == "all":
        return list(files)
    csv = [file for file in files if not file.path.endswith(".parquet")]
    parquet = [file for file in files if file.path.endswith(".parquet")]
    return (csv or parquet) if form == "csv" else (parquet or csv)


def _check_distinct(paths: Collection[str], where: str) -> None:
    """Raise `IntegrityError` where two paths may be one file, or one is a folder of the other."""
    known: set[str] = set()
    for path in sorted(map(same_file, paths)):
        if path in known or _folders(path) & known:
            raise IntegrityError(f"{where}: {quoted(path)} stands there twice", tip=DISTRUST)
        known.add(path)


def _folders(path: str) -> set[str]:
    """The folders above a path.

    >>> sorted(_folders("a/b/c"))
    ['a', 'a/b']
    """
    parts = path.split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts))}
