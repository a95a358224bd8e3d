"""Registries that versions can be put into: what each kind of them does, whatever it is made of."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from broadsheet.progress import Progress
from broadsheet.registry.index import Index, Release

Change = Callable[[Index], Index]
"""Makes the next index of the one that stands; the same object means that nothing is to change.

It may be called again, with another index, where somebody else changed it meanwhile; what it raises ends the change.
"""


class Registry(Protocol):
    """A registry that can be changed; `str()` is its address, as people write it.

    Its promise to every reader, at any moment and after any crash: what an index names is there, whole, and never
    changes; and of any two changes of an index the later one has seen the earlier.
    Failures of the disk or the network are `OSError`.
    """

    def index(self, name: str) -> Index:
        """The index of a dataset; `RegistryError` where there is none, or it is not as it must be."""

    def index_or_new(self, name: str) -> Index:
        """The index, or an empty one of a new dataset; `RegistryError` where versions lie there without an index."""

    def address(self, name: str, version: str) -> str:
        """Where the version is, or will be."""

    def claimed(self, name: str, version: str, tell: Progress) -> AbstractContextManager["Claimed"]:
        """The version is this process's to write for the block; `PackageError` where another one is writing it."""

    def package(self, name: str, version: str, release: Release) -> AbstractContextManager[Path]:
        """A local folder with the files of a published version, for the block."""

    def change(self, name: str, change: Change) -> Index:
        """Change the index of a dataset; the index afterwards."""

    def remove(self, name: str, version: str) -> None:
        """Remove for good the files of a version whose index says that they were purged."""

    def write_list(self) -> None:
        """Write the registry's own list anew, from the indexes of its datasets.

        It is derived: where a crash comes before it, the next change of any dataset makes up for that. A dataset
        without versions, or whose index is broken, is left out of it.
        """


class Claimed(Protocol):
    """A version that this process alone may write: `folder` is an empty local folder to make its package in."""

    @property
    def folder(self) -> Path:
        """A local folder on the registry's own disk where it has one; what is left in it is thrown away."""

    def put(self, package: Path, change: Change) -> Index:
        """Put the package in the version's place, then change the index; the index afterwards.

        What a crash left in the version's place is replaced. What `change` raises leaves the version unpublished.
        """


def open_registry(registry: str | os.PathLike[str]) -> Registry:
    """The registry of a folder or an s3:// address; `UsageError` for all that is neither."""
    from broadsheet.registry.folder import FolderRegistry, registry_folder

    if isinstance(registry, str) and registry.startswith("s3://"):
        from broadsheet.registry.s3 import s3_registry

        return s3_registry(registry)
    return FolderRegistry(registry_folder(registry))
