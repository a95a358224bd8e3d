"""Withdraws versions that were published."""

import os
from dataclasses import replace

from broadsheet.errors import PackageError, RegistryError, UsageError
from broadsheet.publish.told import telling, time_now
from broadsheet.registry.changing import open_registry
from broadsheet.registry.checks import why_fault
from broadsheet.registry.index import Index, Withdrawn
from broadsheet.registry.ranges import parse_reference


def withdraw(reference: str, registry: str | os.PathLike[str], why: str, *, purge: bool = False) -> Index:
    """Withdraw `NAME@VERSION`, so that ranges pass it over and pullers are warned; the index afterwards.

    With `purge` its files are removed as well; its hashes, dates and the reason are kept, and the version is never
    published again. A version that was withdrawn before can still be purged.
    """
    place = open_registry(registry)
    name, version = _one_version(reference)
    reason = " ".join(why.split())
    if fault := why_fault(reason):
        raise UsageError(f"the reason {fault}", tip="--why says in one line why nobody should use the version any more")
    place.index(name)
    with telling(place, name, version):
        index = place.change(name, lambda before: _withdrawn(before, version, reason, purge))
        place.write_list()
        if purge:
            place.remove(name, version)
    return index


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
    return index.with_release(version, replace(release, withdrawn=Withdrawn(time_now(), why, purge)))
