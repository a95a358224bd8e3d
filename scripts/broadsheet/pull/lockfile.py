"""`broadsheet.lock`: which version of each dataset a folder of work uses, and which bytes that are."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import IntegrityError, PackageError, ReadError, UsageError
from broadsheet.json_objects import parse_object
from broadsheet.project import is_name
from broadsheet.registry import Index
from broadsheet.registry.checks import is_manifest
from broadsheet.registry.ranges import Range
from broadsheet.registry.versions import is_version, parse_version
from broadsheet.staging import holding, write_whole
from broadsheet.validate.shown import quoted

LOCK = "broadsheet.lock"
FORMAT = 1
LARGEST = 8 << 20
PATIENCE = 60
BROKEN = "restore it from version control, or remove it and pull again"


@dataclass(frozen=True, slots=True)
class Pinned:
    """What is pinned of a dataset: its registry as it was named, version, SHA-256 of SHA256SUMS, content hashes."""

    registry: str
    version: str
    manifest: str
    tables: Mapping[str, str]

    def check(self, index: Index, lock: Path) -> None:
        """Raise `IntegrityError` where the registry has other bytes under the version than those pinned."""
        release = index.versions.get(self.version)
        if release is None:
            return
        found = {name: facts.content_hash for name, facts in release.tables.items()}
        if (release.manifest, found) != (self.manifest, dict(self.tables)):
            raise IntegrityError(
                f"{index.name} {self.version}: {lock} pins {self.manifest}, and the registry has {release.manifest}",
                tip="a version never changes: do not trust this registry; --update would take what it has now",
            )

    def check_range(self, name: str, wanted: Range, lock: Path) -> None:
        """Raise `UsageError` where another version is asked for than the one pinned."""
        if wanted.text.strip() and parse_version(self.version) not in wanted:
            raise UsageError(
                f"{lock} pins {name} to {self.version}, which is not {wanted.text.strip()}",
                tip=f"to move it: broadsheet pull '{name}@{wanted.text.strip()}' --update",
            )


def read_lock(path: Path) -> dict[str, Pinned]:
    """What is pinned, by the names of datasets; nothing where there is no such file."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}", tip="see that it may be read") from error
    content = parse_object(data[:LARGEST], str(path), UsageError)
    if content.get("format") != FORMAT:
        raise UsageError(f"{path}: /format is {quoted(content.get('format'))}, expected 1", tip="update broadsheet")
    datasets = content.get("datasets")
    if not isinstance(datasets, dict):
        raise UsageError(f"{path}: /datasets is no object", tip=BROKEN)
    return {name: _pinned(name, stated, path) for name, stated in datasets.items()}


def write_pin(path: Path, name: str, pinned: Pinned) -> None:
    """Pin a dataset, and leave the others as they are; the file is left alone where nothing is new."""
    with holding(path.with_name(f".{path.name}.lock"), PATIENCE) as held:
        if not held:
            raise PackageError(f"{path}: another process has been changing it for {PATIENCE} seconds", tip="try again")
        known = read_lock(path)
        if known.get(name) != pinned:
            content = {
                "format": FORMAT,
                "datasets": {key: _object(it) for key, it in sorted({**known, name: pinned}.items())},
            }
            write_whole(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n", os.getpid())


def registry_text(registry: str, lock: Path) -> str:
    """A registry as the lock states it: addresses as they are, folders near the lock relative to it.

    >>> registry_text("/srv/data/registry", Path("/srv/broadsheet.lock"))
    'data/registry'
    """
    if "://" in registry:
        return registry
    folder, base = Path(registry).resolve(), lock.resolve().parent
    return folder.relative_to(base).as_posix() if folder.is_relative_to(base) else os.fspath(folder)


def registry_of(pinned: Pinned, lock: Path) -> str:
    """The registry that a lock states, from wherever it is asked."""
    return pinned.registry if "://" in pinned.registry else os.fspath(lock.resolve().parent / pinned.registry)


def _pinned(name: str, stated: Any, path: Path) -> Pinned:
    at = f"{path}: /datasets/{quoted(name)}"
    if not is_name(name) or not isinstance(stated, dict):
        raise UsageError(f"{at}: is no dataset", tip=BROKEN)
    registry, version, manifest, tables = (stated.get(key) for key in ("registry", "version", "manifest", "tables"))
    whole = isinstance(registry, str) and isinstance(version, str) and is_version(version) and is_manifest(manifest)
    if not whole or not isinstance(tables, dict) or not all(isinstance(hash_, str) for hash_ in tables.values()):
        raise UsageError(f"{at}: expected registry, version, manifest and tables", tip=BROKEN)
    return Pinned(str(registry), str(version), str(manifest), tables)


def _object(pinned: Pinned) -> dict[str, Any]:
    return {
        "registry": pinned.registry,
        "version": pinned.version,
        "manifest": pinned.manifest,
        "tables": dict(pinned.tables),
    }
