"""Publishes versions of a dataset into a registry: the package is made and checked, then put in its place."""

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import PackageError, RegistryError, UsageError
from broadsheet.package.public import named, write_public_package
from broadsheet.progress import Progress, silent
from broadsheet.project import DESCRIPTOR, read_descriptor
from broadsheet.publish.changes import changes_since
from broadsheet.publish.told import telling, time_now
from broadsheet.registry.changing import Change, Claimed, Registry, open_registry
from broadsheet.registry.checks import why_fault
from broadsheet.registry.folder import check_name
from broadsheet.registry.index import Index, Release, TableFacts
from broadsheet.registry.versions import parse_version
from broadsheet.validate import Report
from broadsheet.validate.files import SUMS, digest

REGISTRY = Path("build") / "registry"
"""Where a project's registry is, below the project, unless another is named."""


class OvertakenError(RegistryError):
    """Another version came between the new one and the one that it was compared with."""


@dataclass(frozen=True, slots=True)
class Published:
    """A version that was published, and where; or, where the report has findings, one that was not."""

    name: str
    version: str
    package: str
    policy: str
    report: Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be published where; `source` is the full package, `policy` the text policy.

    `allow` says why the version may be a smaller step than what changed asks for, if it may.
    """

    source: Path
    policy: str
    registry: Registry
    name: str
    version: str
    allow: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def publish(
    path: Path,
    to: str | os.PathLike[str] | None = None,
    version: str | None = None,
    progress: Progress | None = None,
    allow: str = "",
) -> Published:
    """Publish the public projection of what was built as a version in a registry.

    `path` is a project (its built package is meant) or a full package, `to` a folder or an s3:// address, `version`
    by default the one that the descriptor in `path` states. The package is compared with the version before, which
    gives its CHANGELOG.md. Raises `PackageError` where the version was published before, where it is too small a
    step for what changed and `allow` does not say why it may be, or where the package is not whole; `UsageError`
    for what cannot be a version or a registry. Where the projection is found not to be valid, nothing is published,
    and the report says why.
    """
    wanted = _wanted(path, to, version, allow)
    with telling(wanted.registry, wanted.name, wanted.version):
        refuse_existing(wanted, wanted.registry.index_or_new(wanted.name))
        tell = progress or silent
        with wanted.registry.claimed(wanted.name, wanted.version, tell) as claimed:
            report = _published(wanted, claimed, tell)
        if report.ok:
            wanted.registry.write_list()
    address = wanted.registry.address(wanted.name, wanted.version)
    return Published(wanted.name, wanted.version, address, wanted.policy, report)


def _wanted(path: Path, to: str | os.PathLike[str] | None, version: str | None, allow: str) -> Wanted:
    """What is meant, after all has been checked that can be without reading the package."""
    source, _, policy = named(path, path / "build" / "public")
    if source == path and to is None:
        raise UsageError("for a package that lies in no project, --to is needed", tip="see: broadsheet publish --help")
    stated = read_descriptor(path / DESCRIPTOR)
    name, chosen = str(stated["name"]), version or str(stated.get("version", ""))
    if not chosen:
        raise UsageError(f"{path / DESCRIPTOR}: states no version", tip='add "version": "1.0.0", or give --version')
    reason = " ".join(allow.split())
    if allow and (fault := why_fault(reason)):
        raise UsageError(f"the reason {fault}", tip="--allow says in one line why the version may be so small a step")
    registry = open_registry(path / REGISTRY if to is None else to)
    check_name(name)
    if (source / DESCRIPTOR).is_file() and (built := read_descriptor(source / DESCRIPTOR).get("name")) != name:
        raise PackageError(
            f"{source}: was built as {built!r}, and the project is named {name!r} now", tip="build it again"
        )
    return Wanted(source, policy, registry, name, str(parse_version(chosen)), reason)


def refuse_existing(wanted: Wanted, index: Index) -> None:
    """Raise `PackageError` where the version was published before, in whatever state it is now."""
    release = index.versions.get(wanted.version)
    if release is None:
        return
    with suppress(OSError, PackageError):
        wanted.registry.write_list()  # it may be that a crash left only this to do
    highest = parse_version(index.in_order()[0])
    tip = f"a version never changes; choose another with --version, the highest so far is {highest}"
    if release.withdrawn:
        raise PackageError(f"{wanted} was withdrawn on {release.withdrawn.at[:10]}: {release.withdrawn.why}", tip=tip)
    raise PackageError(f"{wanted} was published on {release.published[:10]} already, in {wanted.registry}", tip=tip)


def _published(wanted: Wanted, claimed: Claimed, tell: Progress) -> Report:
    """The report on the package, which is published where that is well.

    Where another publisher puts a version between this one and the one that it was compared with, all is done anew.
    """
    package = claimed.folder / "package"
    while True:
        before = wanted.registry.index_or_new(wanted.name).before(wanted.version)
        report = _written(wanted, before, package, tell)
        if not report.ok:
            return report
        tell("publishing", 0, 0)
        with suppress(OvertakenError):
            claimed.put(package, _naming(wanted, before, _release(package)))
            return report


def _written(wanted: Wanted, before: str | None, package: Path, tell: Progress) -> Report:
    with _package_before(wanted, before, tell) as earlier:

        def changes(new: Path) -> str:
            tell("comparing", 0, 0)
            return changes_since(earlier, new, wanted.version, time_now()[:10], wanted.allow)

        return write_public_package(wanted.source, package, wanted.policy, tell, wanted.version, changes)


@contextlib.contextmanager
def _package_before(wanted: Wanted, before: str | None, tell: Progress) -> Iterator[Path | None]:
    if before is None:
        yield None
        return
    tell("fetching the version before", 0, 0)
    release = wanted.registry.index(wanted.name).versions[before]
    with wanted.registry.package(wanted.name, before, release) as package:
        yield package


def _naming(wanted: Wanted, compared: str | None, release: Release) -> Change:
    """The change that names the version in the index, unless it came to be there meanwhile or was overtaken."""

    def change(index: Index) -> Index:
        refuse_existing(wanted, index)
        if index.before(wanted.version) != compared:
            raise OvertakenError(f"{wanted}: {index.before(wanted.version)} was published meanwhile", tip="try again")
        return index.with_release(wanted.version, release)

    return change


def _release(package: Path) -> Release:
    """What the index tells of a package."""
    resources: list[dict[str, Any]] = json.loads((package / DESCRIPTOR).read_text("utf-8"))["resources"]
    tables = {item["name"]: TableFacts(item["broadsheet:contentHash"], item["rows"]) for item in resources}
    return Release(time_now(), f"sha256:{digest(package / SUMS)}", tables)
