"""The index of a dataset in a registry, held against the one that was seen there before."""

from collections.abc import Callable
from dataclasses import dataclass

from broadsheet.errors import IntegrityError, MissingError, ReadError, RegistryError, UnreachableError
from broadsheet.pull import cache
from broadsheet.pull.tries import trying
from broadsheet.registry import Index, parse_index
from broadsheet.registry.index import LARGEST_INDEX
from broadsheet.registry.places import Place, read_small

ROLLED_BACK = "an old copy was served, or the registry was tampered with; to take it all the same: --accept-rollback"


@dataclass(frozen=True, slots=True)
class Known:
    """An index; where the registry could not be reached, when it was last seen, and why it is not newer."""

    index: Index
    seen_at: str = ""
    offline: str = ""


def known_index(place: Place, name: str, *, offline: bool = False, accept_rollback: bool = False) -> Known:
    """The index of a dataset as the registry has it, or as it was last seen where the registry cannot be reached.

    Raises `IntegrityError` for an index that goes back behind the one last seen, `RegistryError` for one that is
    not as it must be, and `UnreachableError` where there is neither registry nor memory of it.
    """
    seen = cache.last_seen(place.text, name)
    if not offline:
        try:
            index = _fetched(place, name)
            if seen and not accept_rollback and (fault := gone_back(seen.index, index)):
                index = _fetched(place, name)  # another process may have seen more, or a proxy been behind
                if fault := gone_back(seen.index, index):
                    raise IntegrityError(f"{place.text}: {name}: {fault}", tip=ROLLED_BACK)
        except UnreachableError as error:
            if seen is None:
                raise
            return Known(seen.index, seen.at, str(error))
        cache.keep_seen(place.text, index, even_older=accept_rollback)
        return Known(index)
    if seen is None:
        raise ReadError(
            f"{name}: was never pulled from {place.text} by this user, so nothing of it is in the cache",
            tip="pull it once without --offline",
        )
    return Known(seen.index, seen.at, "--offline was given")


def gone_back(seen: Index, index: Index) -> str:
    """Why an index cannot come after the one that was seen; empty where it can."""
    if index.counter < seen.counter:
        return f"its index was at counter {seen.counter} before, and is at counter {index.counter} now"
    if index.counter == seen.counter and index != seen:
        return f"its index was seen with other words at the same counter {seen.counter}"
    for version, release in seen.versions.items():
        now = index.versions.get(version)
        if now is None:
            return f"its index had version {version} before, and has it no longer"
        if (now.manifest, now.tables) != (release.manifest, release.tables):
            return f"version {version} had {release.manifest} before, and has {now.manifest} now"
    return ""


def _fetched(place: Place, name: str) -> Index:
    path = f"{name}/index.json"
    try:
        data = trying(lambda: read_small(place, path, LARGEST_INDEX))
    except MissingError as error:
        raise RegistryError(f"{place.text}: there is no dataset {name} in this registry", tip=str(error)) from None
    return parse_index(data, f"{place.text}/{path}", name)


Say = Callable[[str], None]
"""Told what a person must know, in one line."""
