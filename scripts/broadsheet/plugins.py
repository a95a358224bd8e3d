"""Finds readers and extractors by entry points, so that a plug-in is a peer of the built-in ones.

    [project.entry-points."broadsheet.readers"]
    text = "broadsheet.readers.plain_text:reader"

    [project.entry-points."broadsheet.extractors"]
    "dates.rules" = "broadsheet.extract.dates:extract"

A reader is an object as in `broadsheet.readers.base.Reader`; its entry point's name is what `raw_records.reader`
says. An extractor is a function `extract(article, found)`; the name of its entry point is `KIND.NAME`.
"""

import functools
from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from broadsheet.errors import PluginError
from broadsheet.records import Article, Found

Extractor = Callable[[Article, Found], Sequence[Any]]

KINDS = ("dates", "mentions", "figures", "claims")
GROUPS = ("broadsheet.readers", "broadsheet.extractors")
"""Groups of entry points in which plug-ins are found."""


@functools.cache
def readers() -> dict[str, Any]:
    """All readers by name, in the order of their names."""
    found = sorted(entry_points(group="broadsheet.readers"), key=lambda entry: entry.name)
    return {entry.name: _load(entry) for entry in found}


@functools.cache
def extractor(kind: str, name: str = "rules") -> Extractor:
    """The extractor of a kind; `PluginError` names those that there are."""
    entries = {entry.name: entry for entry in entry_points(group="broadsheet.extractors")}
    try:
        loaded: Extractor = _load(entries[f"{kind}.{name}"])
    except KeyError:
        known = ", ".join(sorted(entries)) or "none: is broadsheet installed?"
        raise PluginError(f"there is no extractor {kind}.{name}; installed: {known}") from None
    return loaded


def distributions() -> dict[str, str]:
    """Versions of the distributions that readers and extractors come from, the program's own among them, by name."""
    origins = [entry.dist for group in GROUPS for entry in entry_points(group=group)]
    return {origin.name: origin.version for origin in origins if origin}


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise PluginError(f"plug-in {entry.name} ({entry.value}) cannot be loaded: {error}") from error
