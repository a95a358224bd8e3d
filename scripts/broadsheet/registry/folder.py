"""Registries that are local folders: read, locked, and changed one index at a time."""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from broadsheet.errors import BroadsheetError, PackageError, ReadError, RegistryError, UsageError
from broadsheet.project import DESCRIPTOR, is_name, read_descriptor
from broadsheet.registry.checks import FORMAT
from broadsheet.registry.index import LARGEST_INDEX, Index, parse_index
from broadsheet.staging import holding, sync

INDEX = "index.json"
PATIENCE = 60.0
"""Seconds that a writer waits for another one, which holds the lock only while it renames and writes an index."""


def registry_folder(registry: str | os.PathLike[str]) -> Path:
    """The folder of a registry; `UsageError` where it is an address, or the folder is something else."""
    text = os.fspath(registry)
    if "://" in text:
        raise UsageError(
            f"{text}: versions can be changed in local folders only; elsewhere registries are read",
            tip=f"publish to a folder and copy it there, each {INDEX} after the versions that it names",
        )
    folder = Path(text)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is no folder", tip="name the folder of a registry, or one that is not there yet")
    if (folder / DESCRIPTOR).exists():
        raise UsageError(
            f"{folder}: holds {DESCRIPTOR}, so it is a project or a package and no registry",
            tip="name the folder that holds, or is to hold, NAME/VERSION/",
        )
    return folder


def check_name(name: str) -> None:
    """Raise `UsageError` unless a registry can hold a dataset of this name."""
    if not is_name(name) or name == INDEX:
        raise UsageError(
            f"{name[:60]!a} cannot name a dataset in a registry",
            tip=f"use lower-case letters, digits and - . _ between them; {INDEX} is taken",
        )


def read_index(registry: Path, name: str) -> Index:
    """The index of a dataset; `RegistryError` where it is not as it must be, or there is no such dataset."""
    check_name(name)
    path = registry / name / INDEX
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_INDEX + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise RegistryError(f"{registry}: there is no dataset {name} in this registry", tip=_known(registry)) from None
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}", tip="see that the file may be read") from error
    return parse_index(data, str(path), name)


def index_or_new(registry: Path, name: str) -> Index:
    """The index of a dataset, or an empty one where the dataset has none yet."""
    if not (registry / name / INDEX).exists():
        check_name(name)
        return Index(name, 0, {})
    return read_index(registry, name)


@contextlib.contextmanager
def locked(registry: Path, name: str) -> Iterator[Index]:
    """The index of a dataset as it is now, which no other process changes before the end of the block."""
    folder = registry / name
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder / f".{INDEX}.lock", folder):
        yield index_or_new(registry, name)


def write_index(registry: Path, index: Index) -> None:
    """Put the index in the place of the one before; the caller holds the lock. A crash leaves the old or the new."""
    _write_whole(registry / index.name / INDEX, index.as_json())
    sync(registry)


def write_list(registry: Path) -> None:
    """Write the registry's own list anew from the indexes of its datasets.

    It is derived: where a crash comes before it, the next change of any dataset makes up for that. A dataset whose
    index is broken is left out of it.
    """
    with _held(registry / f".{INDEX}.lock", registry):
        datasets = {}
        for path in sorted(registry.glob(f"*/{INDEX}")):
            with contextlib.suppress(BroadsheetError):
                index = read_index(registry, path.parent.name)
                datasets[index.name] = _listed(registry, index)
        content = {"format": FORMAT, "datasets": datasets}
        _write_whole(registry / INDEX, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _listed(registry: Path, index: Index) -> dict[str, Any]:
    return {"latest": index.highest, "title": _title(registry, index), "counter": index.counter}


def _title(registry: Path, index: Index) -> str:
    """The title that the latest version has, else the name."""
    if index.highest is None:
        return index.name
    try:
        title = read_descriptor(registry / index.name / index.highest / DESCRIPTOR).get("title")
    except BroadsheetError:
        return index.name
    return title if isinstance(title, str) and title else index.name


@contextlib.contextmanager
def _held(lock: Path, what: Path) -> Iterator[None]:
    with holding(lock, PATIENCE) as held:
        if not held:
            raise PackageError(
                f"{what}: another process has been changing it for {PATIENCE:.0f} seconds",
                tip="see what it is at, and try again; nothing was changed",
            )
        yield


def _write_whole(path: Path, text: str) -> None:
    """Put a file in its place in one step, on disk before and after."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8", newline="\n")
    sync(new)
    new.replace(path)
    sync(path.parent)


def _known(registry: Path) -> str:
    """The names of some datasets of the registry, as a next step."""
    names = [path.parent.name for path in sorted(registry.glob(f"*/{INDEX}"))[:10] if is_name(path.parent.name)]
    if names:
        return f"it has {', '.join(names)}"
    return "see that this is the folder of a registry; the first version comes into one by: broadsheet publish"
