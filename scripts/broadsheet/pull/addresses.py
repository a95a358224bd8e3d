"""Pulls a package from its own address, without a registry."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from broadsheet.errors import BroadsheetError, MissingError, ReadError, UnreachableError
from broadsheet.json_objects import parse_object
from broadsheet.progress import Progress, silent
from broadsheet.project import DESCRIPTOR
from broadsheet.pull import cache
from broadsheet.pull.files import LARGEST_SUMS, SMALL, Format
from broadsheet.pull.indexes import Say
from broadsheet.pull.package import Anchor, cached, obtain
from broadsheet.pull.registries import telling
from broadsheet.pull.tries import trying
from broadsheet.registry.places import Place, open_place, read_small
from broadsheet.validate.files import SUMS


@dataclass(frozen=True, slots=True)
class Addressed:
    """A package that was pulled from its address."""

    place: Place
    anchor: Anchor
    package: Path

    def more(self, tables: Collection[str], form: Format, progress: Progress = silent) -> None:
        """Pull further tables of the very package that was pulled."""
        with telling():
            obtain(self.place, self.anchor, tables, form, progress)


def pull_address(
    address: str, tables: Collection[str] | None, form: Format, say: Say, progress: Progress = silent
) -> Addressed:
    """Pull a package from the address of its folder or datapackage.json into the cache.

    It is asked each time which files it has now; those that are in the cache are not fetched again. Where the
    address cannot be reached, what was last seen there is served, and that is said.
    """
    place = open_place(address.removesuffix(f"/{DESCRIPTOR}"))
    with telling():
        try:
            anchor = _anchor(place)
        except UnreachableError as error:
            return _last_good(place, tables, form, say, error)
        found = obtain(place, anchor, tables, form, progress)
        _keep(place, anchor)
    return Addressed(place, anchor, found.folder)


def _anchor(place: Place) -> Anchor:
    """The file from which the package's hashes follow, as it is now."""
    try:
        name, data = SUMS, trying(lambda: read_small(place, SUMS, LARGEST_SUMS))
    except MissingError:
        try:
            name, data = DESCRIPTOR, trying(lambda: read_small(place, DESCRIPTOR, SMALL))
        except MissingError as error:
            raise ReadError(
                f"{place.text}: is no package: neither {SUMS} nor {DESCRIPTOR} is there", tip=error.tip
            ) from None
    return Anchor(hashlib.sha256(data).hexdigest(), name, data)


def _last_good(
    place: Place, tables: Collection[str] | None, form: Format, say: Say, error: UnreachableError
) -> Addressed:
    try:
        path = _path(place)
        content = parse_object(path.read_bytes(), str(path), ReadError)
        digest, name, at = str(content["digest"]), str(content["anchor"]), str(content["at"])
    except (OSError, KeyError, BroadsheetError):
        raise error from None
    found = cached(digest, name, tables, form, check=True)
    if found is None:
        raise ReadError(f"{error}; and not all that is wanted is in the cache", tip=error.tip)
    say(f"Offline ({error}): served from the cache, as it was last seen on {cache.day(at)}")
    return Addressed(place, Anchor(digest, name), found.folder)


def _keep(place: Place, anchor: Anchor) -> None:
    cache.write_json(_path(place), {"address": place.text, "digest": anchor.digest, "anchor": anchor.name})


def _path(place: Place) -> Path:
    return cache.kept_path("addresses", place.text)
