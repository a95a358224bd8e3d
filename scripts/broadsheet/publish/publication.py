"""Publishes versions of a dataset into a registry, and withdraws them.

Whatever is published is written beside its place first, hidden, and synced; the last thing that happens is that the
dataset's index names it. So a crash leaves the registry as it was, save for a folder that no index names and that
the next publishing of that version replaces.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from broadsheet.errors import BroadsheetError, PackageError, RegistryError, UsageError
from broadsheet.interrupts import Interrupted
from broadsheet.package.contents import is_public
from broadsheet.package.public import named, write_public_package
from broadsheet.progress import Progress
from broadsheet.project import DESCRIPTOR, read_descriptor
from broadsheet.provenance import now
from broadsheet.registry import folder
from broadsheet.registry.checks import TIME, why_fault
from broadsheet.registry.index import Index, Release, TableFacts, Withdrawn
from broadsheet.registry.ranges import parse_reference
from broadsheet.registry.versions import parse_version
from broadsheet.staging import staged, swap_in, sync
from broadsheet.validate import Report
from broadsheet.validate.files import SUMS, digest

REGISTRY = Path("build") / "registry"
"""Where a project's registry is, below the project, unless another is named."""

StepCheck = Callable[[Path | None, Path, str], None]
"""Given the package of the version before (None where there is none or it was purged), the new package and its
version: raises `PackageError` where the step between the versions is too small for what changed."""


@dataclass(frozen=True, slots=True)
class Published:
    """A version that was published, and where; or, where the report has findings, one that was not."""

    name: str
    version: str
    package: Path
    policy: str
    report: Report


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be published where; `source` is the full package, `policy` the text policy."""

    source: Path
    policy: str
    registry: Path
    name: str
    version: str

    @property
    def target(self) -> Path:
        return self.registry / self.name / self.version

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def publish(
    path: Path,
    to: str | os.PathLike[str] | None = None,
    version: str | None = None,
    progress: Progress | None = None,
    check_step: StepCheck | None = None,
) -> Published:
    """Publish the public projection of what was built as a version in a registry.

    `path` is a project (its built package is meant) or a full package, `to` the folder of the registry, `version`
    by default the one that the descriptor in `path` states. Raises `PackageError` where the version was published
    before or the package is not whole, `UsageError` for what cannot be a version or a registry. Where the projection
    is found not to be valid, nothing is published, and the report says why.
    """
    wanted = _wanted(path, to, version)
    with _telling(wanted.registry, wanted.name, wanted.version):
        _refuse_existing(wanted, folder.index_or_new(wanted.registry, wanted.name))
        with staged(wanted.target) as staging:
            package = staging / "package"
            report = write_public_package(wanted.source, package, wanted.policy, progress, wanted.version)
            if report.ok:
                if check_step:
                    check_step(_package_before(wanted), package, wanted.version)
                _put_in_place(wanted, package)
    return Published(wanted.name, wanted.version, wanted.target, wanted.policy, report)


def withdraw(reference: str, registry: str | os.PathLike[str], why: str, *, purge: bool = False) -> Index:
    """Withdraw `NAME@VERSION`, so that ranges pass it over and pullers are warned; the index afterwards.

    With `purge` its files are removed as well; its hashes, dates and the reason are kept, and the version is never
    published again. A version that was withdrawn before can still be purged.
    """
    place = folder.registry_folder(registry)
    name, version = _one_version(reference)
    reason = " ".join(why.split())
    if fault := why_fault(reason):
        raise UsageError(f"the reason {fault}", tip="--why says in one line why nobody should use the version any more")
    folder.read_index(place, name)
    with _telling(place, name, version):
        with folder.locked(place, name) as before:
            index = _withdrawn(before, version, reason, purge)
            if index is not before:
                folder.write_index(place, index)
        folder.write_list(place)
        if purge:
            _remove(place / name / version)
    return index


def _wanted(path: Path, to: str | os.PathLike[str] | None, version: str | None) -> _Wanted:
    """What is meant, after all has been checked that can be without reading the package."""
    source, _, policy = named(path, path / "build" / "public")
    if source == path and to is None:
        raise UsageError("for a package that lies in no project, --to is needed", tip="see: broadsheet publish --help")
    stated = read_descriptor(path / DESCRIPTOR)
    name, chosen = str(stated["name"]), version or str(stated.get("version", ""))
    if not chosen:
        raise UsageError(f"{path / DESCRIPTOR}: states no version", tip='add "version": "1.0.0", or give --version')
    registry = folder.registry_folder(path / REGISTRY if to is None else to)
    folder.check_name(name)
    if (source / DESCRIPTOR).is_file() and (built := read_descriptor(source / DESCRIPTOR).get("name")) != name:
        raise PackageError(
            f"{source}: was built as {built!r}, and the project is named {name!r} now", tip="build it again"
        )
    return _Wanted(source, policy, registry, name, str(parse_version(chosen)))


def _refuse_existing(wanted: _Wanted, index: Index) -> None:
    """Raise `PackageError` where the version was published before, in whatever state it is now."""
    release = index.versions.get(wanted.version)
    if release is None:
        return
    with suppress(OSError, PackageError):
        folder.write_list(wanted.registry)  # it may be that a crash left only this to do
    highest = parse_version(index.in_order()[0])
    tip = f"a version never changes; choose another with --version, the highest so far is {highest}"
    if release.withdrawn:
        raise PackageError(f"{wanted} was withdrawn on {release.withdrawn.at[:10]}: {release.withdrawn.why}", tip=tip)
    raise PackageError(f"{wanted} was published on {release.published[:10]} already, in {wanted.registry}", tip=tip)


def _package_before(wanted: _Wanted) -> Path | None:
    before = folder.index_or_new(wanted.registry, wanted.name).before(wanted.version)
    return wanted.registry / wanted.name / before if before else None


def _put_in_place(wanted: _Wanted, package: Path) -> None:
    """Put the package in its place and name it in the index, unless the version came to be there meanwhile."""
    release = _release(package)
    with folder.locked(wanted.registry, wanted.name) as index:
        _refuse_existing(wanted, index)
        _check_leftover(wanted.target)
        swap_in(package, wanted.target)
        folder.write_index(wanted.registry, index.with_release(wanted.version, release))
    folder.write_list(wanted.registry)
    sync(wanted.registry.parent)


def _check_leftover(target: Path) -> None:
    """Raise `PackageError` where something else stands in the version's place than what a crash may leave there."""
    if target.is_symlink() or (target.exists() and not is_public(target)):
        raise PackageError(
            f"{target}: is no version of this registry, and was not put there by broadsheet publish",
            tip="move it away, and publish again",
        )


def _release(package: Path) -> Release:
    """What the index tells of a package."""
    resources: list[dict[str, Any]] = json.loads((package / DESCRIPTOR).read_text("utf-8"))["resources"]
    tables = {item["name"]: TableFacts(item["broadsheet:contentHash"], item["rows"]) for item in resources}
    return Release(_time(), f"sha256:{digest(package / SUMS)}", tables)


def _time() -> str:
    return now().strftime(TIME)


def _one_version(reference: str) -> tuple[str, str]:
    name, wanted = parse_reference(reference)
    if wanted.exact is None:
        raise UsageError(f"{reference[:80]!a} names no single version", tip="write NAME@VERSION such as panjshir@1.0.2")
    return name, str(wanted.exact)


def _withdrawn(index: Index, version: str, why: str, purge: bool) -> Index:
    """The index with the version withdrawn; the same one where a crash left only files to be removed."""
    release = index.versions.get(version)
    if release is None:
        raise RegistryError(
            f"{index.name} has no version {version}", tip=f"it has {', '.join(index.in_order()[:10]) or 'none'}"
        )
    before = release.withdrawn
    if before and before.purged and purge:
        return index
    if before and not purge:
        raise PackageError(f"{index.name} {version} was withdrawn on {before.at[:10]} already: {before.why}")
    return index.with_release(version, replace(release, withdrawn=Withdrawn(_time(), why, purge)))


def _remove(target: Path) -> None:
    """Remove a version's files, and what a crash may have left of them beside it."""
    with staged(target) as staging:
        if target.exists():
            target.rename(staging / "purged")
        sync(target.parent)
        if (staging / "purged").exists():
            shutil.rmtree(staging / "purged")


@contextmanager
def _telling(registry: Path, name: str, version: str) -> Iterator[None]:
    """Say what stands in the registry where a system call fails or Ctrl-C comes in the block."""
    try:
        yield
    except OSError as error:
        where = error.filename or registry
        raise PackageError(f"{where}: {error.strerror or error}", tip=_stands(registry, name, version)) from error
    except KeyboardInterrupt:
        raise Interrupted(_stands(registry, name, version)) from None


def _stands(registry: Path, name: str, version: str) -> str:
    """What the registry says of the version now, in words."""
    try:
        release = folder.index_or_new(registry, name).versions.get(version)
    except (BroadsheetError, OSError):
        return f"see what stands with: broadsheet versions {name} --from {registry}"
    if release is None:
        return f"{name} {version} is not published; try again"
    state = "purged" if release.withdrawn and release.withdrawn.purged else "withdrawn" if release.withdrawn else ""
    return f"{name} {version} is {state or 'published'} all the same; all else is made up for by the next change"
