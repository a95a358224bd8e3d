"""What `NAME/index.json` says of a dataset: its versions, and how often that was changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from broadsheet.errors import RegistryError
from broadsheet.json_objects import parse_object
from broadsheet.registry.checks import FORMAT, check_index
from broadsheet.registry.ranges import Range
from broadsheet.registry.versions import Version, is_stable, parse_version

LARGEST_INDEX = 64 << 20
"""Bytes of an index; that is room for some 50,000 versions."""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What is told of a table before it is downloaded."""

    content_hash: str
    rows: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """When (UTC) and why a version was withdrawn, and whether its bytes were removed."""

    at: str
    why: str
    purged: bool


@dataclass(frozen=True, slots=True)
class Release:
    """A published version: when (UTC), the hash of its SHA256SUMS as `sha256:…`, its tables."""

    published: str
    manifest: str
    tables: Mapping[str, TableFacts]
    withdrawn: Withdrawn | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """The versions of a dataset; `counter` grows by one with every change, and is 0 before the first."""

    name: str
    counter: int
    versions: Mapping[str, Release]

    @property
    def latest(self) -> dict[str, str]:
        """The highest stable version of each major number that is not withdrawn."""
        majors: dict[str, Version] = {}
        for version in sorted(self._offered()):
            majors[str(version.major)] = version
        return {major: str(version) for major, version in majors.items()}

    @property
    def highest(self) -> str | None:
        """The highest stable version that is not withdrawn."""
        return str(max(self._offered(), default="")) or None

    def in_order(self) -> list[str]:
        """All versions, the highest first."""
        return [str(version) for version in sorted(map(parse_version, self.versions), reverse=True)]

    def before(self, version: str) -> str | None:
        """The version that a new one is to be compared with: the highest below it that stands."""
        new = parse_version(version)
        standing = map(parse_version, (text for text, known in self.versions.items() if known.withdrawn is None))
        return str(max((other for other in standing if other < new), default="")) or None

    def resolve(self, wanted: Range) -> str:
        """The version that the range means: the highest stable one that is not withdrawn, or just the one it names.

        A version that was withdrawn is found where it is named exactly, so that old work can be repeated; who
        fetches it must be told. Raises `RegistryError` where there is none, or its bytes were removed.
        """
        candidates = [wanted.exact] if wanted.exact is not None else list(self._offered())
        found = wanted.highest(candidates)
        if found is None or str(found) not in self.versions:
            raise self._none(wanted)
        version = str(found)
        withdrawn = self.versions[version].withdrawn
        if withdrawn and withdrawn.purged:
            raise RegistryError(
                f"{self.name} {version} was withdrawn on {withdrawn.at[:10]} and its files removed: {withdrawn.why}",
                tip=f"see what there is with: broadsheet versions {self.name}",
            )
        return version

    def with_release(self, version: str, release: Release) -> "Index":
        """The next index, in which the version stands."""
        return replace(self, counter=self.counter + 1, versions={**self.versions, version: release})

    def begun(self) -> "Index":
        """The next index, in which nothing else is new: it makes changes fail that are based on the one before."""
        return replace(self, counter=self.counter + 1)

    def as_json(self) -> str:
        """The text of `index.json`, the highest version first."""
        versions = {version: _release_object(self.versions[version]) for version in self.in_order()}
        content = {"format": FORMAT, "name": self.name, "counter": self.counter, "versions": versions}
        return json.dumps({**content, "latest": self.latest}, indent=2, ensure_ascii=False) + "\n"

    def _offered(self) -> list[Version]:
        standing = (parse_version(text) for text, release in self.versions.items() if release.withdrawn is None)
        return [version for version in standing if is_stable(version)]

    def _none(self, wanted: Range) -> RegistryError:
        what = wanted.text.strip() or "stable"
        some = ", ".join(self.in_order()[:5]) or "none"
        return RegistryError(
            f"{self.name} has no version {what!r} that may be chosen; the highest of {len(self.versions)}: {some}",
            tip="pre-releases and withdrawn versions are chosen only where they are named exactly",
        )


def parse_index(data: bytes, where: str, name: str) -> Index:
    """The index of the dataset in the bytes of its `index.json`; `where` names the file in messages.

    Raises `RegistryError` for whatever is not as it must be; see `checks`.
    """
    if len(data) > LARGEST_INDEX:
        raise RegistryError(f"{where}: has {len(data):,} bytes, {LARGEST_INDEX:,} at most are read")
    content = parse_object(data, where, RegistryError)
    check_index(content, where, name)
    versions = {version: _release(release) for version, release in content["versions"].items()}
    index = Index(name, content["counter"], versions)
    if index.latest != content["latest"]:
        raise RegistryError(
            f"{where}: /latest is {content['latest']}, but by its versions it is {index.latest}",
            tip="nothing of this index is used; tell those who keep the registry",
        )
    return index


def _release(content: Mapping[str, Any]) -> Release:
    tables = {name: TableFacts(facts["contentHash"], facts["rows"]) for name, facts in content["tables"].items()}
    gone = content["withdrawn"]
    withdrawn = Withdrawn(gone["at"], gone["why"], gone["purged"]) if gone else None
    return Release(content["published"], content["manifest"], tables, withdrawn)


def _release_object(release: Release) -> dict[str, Any]:
    tables = {name: {"contentHash": facts.content_hash, "rows": facts.rows} for name, facts in release.tables.items()}
    gone = release.withdrawn
    withdrawn = {"at": gone.at, "why": gone.why, "purged": gone.purged} if gone else None
    return {
        "published": release.published,
        "manifest": release.manifest,
        "tables": tables,
        "withdrawn": withdrawn,
    }
