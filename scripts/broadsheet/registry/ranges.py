"""Ranges of versions, as in `name@1`, `name@1.2`, `name@>=1.1,<2` or `name@1.2.0-rc.1`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.errors import UsageError
from broadsheet.project import is_name
from broadsheet.registry.versions import LONGEST, Version, is_stable, is_version, parse_version

_PART = re.compile(r"(>=|<=|>|<|)\s*([0-9A-Za-z.-]+)")
_PARTIAL = re.compile(r"(0|[1-9][0-9]{0,15})(?:\.(0|[1-9][0-9]{0,15}))?")
_FORMS = "write 1, 1.2, 1.2.3, or bounds such as >=1.1,<2"


@dataclass(frozen=True, slots=True)
class Range:
    """Which versions are asked for: one exactly, or the stable ones from `lowest` on and below `below`.

    A bound that is None is open. `text` is what was written.
    """

    text: str
    exact: Version | None = None
    lowest: Version | None = None
    below: Version | None = None

    def __contains__(self, version: Version) -> bool:
        if self.exact is not None:
            return version == self.exact
        from_on = self.lowest is None or version >= self.lowest
        return is_stable(version) and from_on and (self.below is None or version < self.below)

    def highest(self, versions: Iterable[Version]) -> Version | None:
        """The highest version of the range, if any.

        >>> some = [parse_version(text) for text in ("1.9.0", "1.10.0", "2.0.0-rc.1")]
        >>> str(parse_range("1").highest(some)), parse_range("2").highest(some)
        ('1.10.0', None)
        """
        return max((version for version in versions if version in self), default=None)


def parse_range(text: str) -> Range:
    """The range that is written so; the empty text is every stable version.

    A version without a patch or minor number stands for all that begin so, as npm has it: `<=1.1` holds 1.1.9,
    `>1.1` does not. Bounds that leave nothing out or in are no fault.

    >>> [parse_version("1.1.9") in parse_range(text) for text in ("1", "1.1", ">=1.1,<2", "<=1.1", ">1.1", "1.1.8")]
    [True, True, True, True, False, False]
    """
    wanted = text.strip()
    if is_version(wanted):
        return Range(text, exact=parse_version(wanted))
    lows, highs = [], []
    for part in wanted.split(",") if wanted not in ("", "*") else ():
        low, high = _bounds(part.strip(), text)
        lows += [low] if low else []
        highs += [high] if high else []
    return Range(text, None, max(lows, default=None), min(highs, default=None))


def parse_reference(text: str) -> tuple[str, Range]:
    """Name and range of `NAME` or `NAME@RANGE`.

    >>> name, wanted = parse_reference("panjshir@>=1.1,<2")
    >>> name, str(wanted.lowest), str(wanted.below)
    ('panjshir', '1.1.0', '2.0.0')
    """
    name, at, wanted = text.partition("@")
    if not is_name(name):
        raise UsageError(
            f"{name[:LONGEST]!a} cannot name a dataset", tip="write NAME or NAME@VERSION such as panjshir@1.2"
        )
    if at and not wanted.strip():
        raise UsageError(f"{text[:LONGEST]!a}: no version stands after the @", tip=_FORMS)
    return name, parse_range(wanted)


def _bounds(part: str, whole: str) -> tuple[Version | None, Version | None]:
    """The lowest version of one part of a range and the first one beyond it, each None where that is open."""
    found = _PART.fullmatch(part)
    spread = _spread(found[2]) if found else None
    if found is None or spread is None:
        raise UsageError(f"{part[:LONGEST]!a} in {whole[:LONGEST]!a} is no range of versions", tip=_FORMS)
    first, after = spread
    return {"": (first, after), ">=": (first, None), "<": (None, first), ">": (after, None), "<=": (None, after)}[
        found[1]
    ]


def _spread(text: str) -> tuple[Version, Version] | None:
    """The first version that begins so, and the first that is beyond all of these.

    >>> [str(version) for version in _spread("1.2")]
    ['1.2.0', '1.3.0']
    """
    if is_version(text):
        version = parse_version(text)
        return version, _next(version)
    found = _PARTIAL.fullmatch(text)
    if found is None:
        return None
    major, minor = int(found[1]), found[2]
    if minor is None:
        return Version(major), Version(major + 1)
    return Version(major, int(minor)), Version(major, int(minor) + 1)


def _next(version: Version) -> Version:
    """The version that follows at once: nothing lies between the two."""
    if version.prerelease is None:
        return version.replace(patch=version.patch + 1, prerelease="0")
    return version.replace(prerelease=f"{version.prerelease}.0")
