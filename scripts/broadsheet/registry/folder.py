"""Registries that are local folders: read, locked, and changed one index at a time."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from broadsheet.errors import BroadsheetError, PackageError, ReadError, RegistryError, UsageError
from broadsheet.package.contents import is_public
from broadsheet.progress import Progress
from broadsheet.project import DESCRIPTOR, is_name, read_descriptor
from broadsheet.registry.changing import Change
from broadsheet.registry.index import LARGEST_INDEX, Index, Release, parse_index
from broadsheet.registry.listed import list_text, titled
from broadsheet.registry.versions import is_version
from broadsheet.staging import holding, staged, swap_in, sync, write_whole

INDEX = "index.json"
PATIENCE = 60.0
"""Seconds that a writer waits for another one, which holds the lock only while it renames and writes an index."""


def registry_folder(registry: str | os.PathLike[str]) -> Path:
    """The folder of a registry; `UsageError` where it is an address, or the folder is something else."""
    text = os.fspath(registry)
    if "://" in text:
        raise UsageError(
            f"{text}: versions can be changed in local folders and at s3:// only; elsewhere registries are read",
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
    """The index of a dataset, or an empty one where the dataset is new.

    No version is ever put beside a missing index, so where some are there without one, it was lost.
    """
    if (registry / name / INDEX).exists():
        return read_index(registry, name)
    check_name(name)
    found = sorted(path.name for path in registry.glob(f"{name}/*") if is_version(path.name))
    if not found:
        return Index(name, 0, {})
    if (registry / name / INDEX).exists():  # another publisher has begun it meanwhile
        return read_index(registry, name)
    raise lost(f"{registry / name}", found)


def lost(where: str, versions: list[str]) -> RegistryError:
    """What is said where versions lie without the index that names them."""
    named = ", ".join(versions[:10]) + (f" and {len(versions) - 10} more" if len(versions) > 10 else "")
    return RegistryError(
        f"{where}: {INDEX} is missing, but these versions are there: {named}",
        tip=f"put {INDEX} back from a copy of the registry; a new one would begin to count anew, and readers who "
        "have seen the old one would refuse it",
    )


@contextlib.contextmanager
def locked(registry: Path, name: str) -> Iterator[Index]:
    """The index of a dataset as it is now, which no other process changes before the end of the block."""
    folder = registry / name
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder / f".{INDEX}.lock", folder):
        yield index_or_new(registry, name)


def write_index(registry: Path, index: Index) -> None:
    """Put the index in the place of the one before; the caller holds the lock. A crash leaves the old or the new."""
    write_whole(registry / index.name / INDEX, index.as_json())
    sync(registry)


@dataclass(frozen=True, slots=True)
class FolderRegistry:
    """A registry that is a local folder; see `Registry`.

    A version is written in a hidden folder beside its place and synced; then, under the lock of the dataset, it is
    renamed and named by the index, which is replaced in one step. So a crash leaves the registry as it was, save
    for a folder that no index names and that the next publishing of that version replaces.
    """

    folder: Path

    def __str__(self) -> str:
        return str(self.folder)

    def index(self, name: str) -> Index:
        """See `Registry`."""
        return read_index(self.folder, name)

    def index_or_new(self, name: str) -> Index:
        """See `Registry`."""
        return index_or_new(self.folder, name)

    def address(self, name: str, version: str) -> str:
        """See `Registry`."""
        return str(self.folder / name / version)

    @contextlib.contextmanager
    def claimed(self, name: str, version: str, _tell: Progress) -> "Iterator[ClaimedFolder]":
        """See `Registry`."""
        with staged(self.folder / name / version) as staging:
            yield ClaimedFolder(self, name, version, staging)

    @contextlib.contextmanager
    def package(self, name: str, version: str, _release: Release) -> Iterator[Path]:
        """See `Registry`; here it is the version itself."""
        yield self.folder / name / version

    def change(self, name: str, change: Change) -> Index:
        """See `Registry`."""
        with locked(self.folder, name) as before:
            return self.changed(before, change)

    def changed(self, before: Index, change: Change) -> Index:
        """The changed index, written; the caller holds the lock."""
        after = change(before)
        if after is not before:
            write_index(self.folder, after)
        return after

    def remove(self, name: str, version: str) -> None:
        """Remove a version's files, and what a crash may have left of them beside it."""
        target = self.folder / name / version
        with staged(target) as staging:
            if target.exists():
                target.rename(staging / "purged")
            sync(target.parent)
            if (staging / "purged").exists():
                shutil.rmtree(staging / "purged")

    def write_list(self) -> None:
        """See `Registry`."""
        with _held(self.folder / f".{INDEX}.lock", self.folder):
            text = list_text(self._listed())
            write_whole(self.folder / INDEX, text)
        sync(self.folder.parent)

    def _listed(self) -> Iterator[tuple[Index, str]]:
        for path in sorted(self.folder.glob(f"*/{INDEX}")):
            with contextlib.suppress(BroadsheetError):
                index = read_index(self.folder, path.parent.name)
                yield index, titled(index, self._descriptor)

    def _descriptor(self, name: str, version: str) -> dict[str, object]:
        return read_descriptor(self.folder / name / version / DESCRIPTOR)


@dataclass(frozen=True, slots=True)
class ClaimedFolder:
    """A version of a local folder that this process alone may write; see `Claimed`."""

    registry: FolderRegistry
    name: str
    version: str
    folder: Path

    def put(self, package: Path, change: Change) -> Index:
        """See `Claimed`."""
        target = self.registry.folder / self.name / self.version
        with locked(self.registry.folder, self.name) as before:
            after = change(before)
            _check_leftover(target)
            if not before.counter:
                before = self.registry.changed(before, Index.begun)
                after = change(before)
            swap_in(package, target)
            write_index(self.registry.folder, after)
        return after


def _check_leftover(target: Path) -> None:
    """Raise `PackageError` where something else stands in the version's place than what a crash may leave there."""
    if target.is_symlink() or (target.exists() and not is_public(target)):
        raise PackageError(
            f"{target}: is no version of this registry, and was not put there by broadsheet publish",
            tip="move it away, and publish again",
        )


@contextlib.contextmanager
def _held(lock: Path, what: Path) -> Iterator[None]:
    with holding(lock, PATIENCE) as held:
        if not held:
            raise PackageError(
                f"{what}: another process has been changing it for {PATIENCE:.0f} seconds",
                tip="see what it is at, and try again; nothing was changed",
            )
        yield


def _known(registry: Path) -> str:
    """The names of some datasets of the registry, as a next step."""
    names = [path.parent.name for path in sorted(registry.glob(f"*/{INDEX}"))[:10] if is_name(path.parent.name)]
    if names:
        return f"it has {', '.join(names)}"
    return "see that this is the folder of a registry; the first version comes into one by: broadsheet publish"
