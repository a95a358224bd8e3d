"""Pulls a version of a dataset from a registry."""

import contextlib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadsheet.errors import PackageError, ReadError, UnreachableError, UsageError
from broadsheet.interrupts import Interrupted
from broadsheet.progress import Progress, silent
from broadsheet.pull import cache
from broadsheet.pull.files import Format
from broadsheet.pull.indexes import Known, Say, known_index
from broadsheet.pull.lockfile import Pinned, read_lock, registry_of, registry_text, write_pin
from broadsheet.pull.package import Anchor, Obtained, cached, obtain
from broadsheet.registry import Index, parse_range, parse_reference
from broadsheet.registry.index import Release
from broadsheet.registry.places import Place, open_place
from broadsheet.registry.ranges import Range
from broadsheet.registry.versions import parse_version
from broadsheet.user_cache import user_cache
from broadsheet.validate.files import SUMS

REGISTRY = "BROADSHEET_REGISTRY"
"""The environment variable that names a registry where none is named otherwise."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be pulled, and how; `tables` None are all, `lock` None is no lock file.

    `writes` is whether the lock file is written.
    """

    tables: Collection[str] | None = None
    form: Format = "all"
    lock: Path | None = None
    update: bool = False
    offline: bool = False
    accept_rollback: bool = False
    writes: bool = True


@dataclass(frozen=True, slots=True)
class Pulled:
    """A version in the cache; `fetched` and `there` count bytes, `offline` says why the registry was not asked."""

    name: str
    version: str
    registry: str
    release: Release | None
    manifest: str
    package: Path
    paths: Sequence[str]
    fetched: int
    there: int
    offline: str = ""


def pull(
    reference: str,
    registry: str | None,
    wish: Wish,
    say: Say,
    progress: Progress = silent,
) -> Pulled:
    """Pull `NAME` or `NAME@RANGE` from a registry into the cache.

    The registry is the one named, else that of the environment, else that of the lock file. A version that the lock
    file pins is the one pulled, and no other bytes under its number, unless `wish.update`. Where the registry cannot
    be reached, the highest version of the range that is whole in the cache is served, and that is said.
    """
    name, wanted = parse_reference(reference)
    pinned = read_lock(wish.lock).get(name) if wish.lock and not wish.update else None
    if pinned and wish.lock:
        pinned.check_range(name, wanted, wish.lock)
    place = open_place(_registry(name, registry, wish.lock))
    with telling():
        known = _index(place, name, pinned, wish)
        if pinned and wish.lock and known:
            pinned.check(known.index, wish.lock)
        done = _offline(place, name, wanted, pinned, known, wish) if known is None or known.offline else None
        if done is None:
            assert known is not None
            done = _online(place, name, wanted, pinned, known.index, wish, progress)
        if wish.lock and wish.writes and done.release:
            write_pin(wish.lock, name, _pin(done, place, wish.lock))
    _tell(done, known, say)
    return done


def pinned_copy(reference: str, lock: Path, tables: Collection[str] | None, form: Format) -> Pulled | None:
    """The version that the lock file pins, where it is whole in the cache: nothing is asked of any registry."""
    name, wanted = parse_reference(reference)
    pinned = read_lock(lock).get(name)
    if pinned is None:
        return None
    pinned.check_range(name, wanted, lock)
    found = cached(_digest(pinned.manifest), SUMS, tables, form)
    return _pulled(name, pinned.version, registry_of(pinned, lock), None, pinned.manifest, found) if found else None


def more(done: Pulled, tables: Collection[str], form: Format, progress: Progress = silent) -> None:
    """Pull further tables of the very version that was pulled."""
    place = _below(open_place(done.registry), done.name, done.version)
    with telling():
        obtain(place, Anchor(_digest(done.manifest)), tables, form, progress)


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Say that the cache is whole where a system call fails or Ctrl-C comes in the block."""
    kept = "what was fetched so far is kept in the cache, and the same command goes on from there"
    try:
        yield
    except OSError as error:
        where = error.filename or user_cache()
        raise PackageError(
            f"{where}: {error.strerror or error}", tip=f"make room or choose BROADSHEET_CACHE; {kept}"
        ) from error
    except KeyboardInterrupt:
        raise Interrupted(kept) from None


def _registry(name: str, registry: str | None, lock: Path | None) -> str:
    """The registry that is meant."""
    if found := registry or os.environ.get(REGISTRY):
        return found
    pinned = read_lock(lock).get(name) if lock else None
    if pinned and lock:
        return registry_of(pinned, lock)
    raise UsageError(
        f"{name}: is no folder here, and no registry is named where a dataset of this name could be",
        tip=f"name one with --from or registry=…, or in the environment variable {REGISTRY}",
    )


def _index(place: Place, name: str, pinned: Pinned | None, wish: Wish) -> Known | None:
    """The index; None where it is not to be had, and a pinned version may do without."""
    try:
        return known_index(place, name, offline=wish.offline, accept_rollback=wish.accept_rollback)
    except ReadError as error:
        if pinned and (wish.offline or isinstance(error, UnreachableError)):
            return None
        raise


def _online(
    place: Place, name: str, wanted: Range, pinned: Pinned | None, index: Index, wish: Wish, progress: Progress
) -> Pulled:
    version = index.resolve(parse_range(pinned.version) if pinned else wanted)
    release = index.versions[version]
    below = _below(place, name, version)
    found = obtain(below, Anchor(_digest(release.manifest)), wish.tables, wish.form, progress)
    return _pulled(name, version, place.text, release, release.manifest, found)


def _offline(place: Place, name: str, wanted: Range, pinned: Pinned | None, known: Known | None, wish: Wish) -> Pulled:
    """The highest version of the range that is whole in the cache, or the one that is pinned."""
    index = known.index if known else Index(name, 0, {})
    why = known.offline if known else "the registry cannot be reached"
    choices = [pinned.version] if pinned else _choices(index, wanted)
    for version in choices:
        release = index.versions.get(version)
        manifest = pinned.manifest if pinned else index.versions[version].manifest
        found = cached(_digest(manifest), SUMS, wish.tables, wish.form, check=True)
        if found:
            return _pulled(name, version, place.text, release, manifest, found, why)
    what = f"{name}@{wanted.text.strip()}" if wanted.text.strip() else name
    raise ReadError(f"{what}: is not whole in the cache, and {why}", tip="try again with a connection")


def _choices(index: Index, wanted: Range) -> list[str]:
    """The versions that the range may mean, the best first."""
    if wanted.exact is not None:
        return [index.resolve(wanted)]
    standing = [version for version in index.in_order() if index.versions[version].withdrawn is None]
    return [version for version in standing if parse_version(version) in wanted]


def _tell(done: Pulled, known: Known | None, say: Say) -> None:
    if done.offline:
        seen = f", as the registry was last seen on {cache.day(known.seen_at)}" if known else ""
        say(f"Offline ({done.offline}): {done.name} {done.version} is served from the cache{seen}")
    withdrawn = done.release.withdrawn if done.release else None
    if withdrawn:
        say(f"Warning: {done.name} {done.version} was withdrawn on {withdrawn.at[:10]}: {withdrawn.why}")


def _pin(done: Pulled, place: Place, lock: Path) -> Pinned:
    assert done.release
    tables = {name: facts.content_hash for name, facts in done.release.tables.items()}
    return Pinned(registry_text(place.text, lock), done.version, done.manifest, tables)


def _pulled(
    name: str, version: str, registry: str, release: Release | None, manifest: str, found: Obtained, offline: str = ""
) -> Pulled:
    paths = [SUMS, *(file.path for file in found.files)]
    counted = found.counted
    return Pulled(
        name, version, registry, release, manifest, found.folder, paths, counted.fetched, counted.there, offline
    )


def _below(place: Place, *parts: str) -> Place:
    return open_place("/".join((place.text, *parts)))


def _digest(manifest: str) -> str:
    return manifest.removeprefix("sha256:")
