"""Finds readers and extractors by entry points, so that a plug-in is a peer of the built-in ones.

    [project.entry-points."broadsheet.readers"]
    text = "broadsheet.readers.plain_text:reader"

    [project.entry-points."broadsheet.extractors"]
    "dates.rules" = "broadsheet.extract.dates:extract"

A reader is an object as in `broadsheet.readers.base.Reader`; its entry point's name is what `raw_records.reader`
says. An extractor is a function `extract(article, found)`; the name of its entry point is `KIND.NAME`. One that needs
to be told something more is made by a `Factory`, and chosen as `NAME:ARGUMENT`.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol, runtime_checkable

from broadsheet.errors import PluginError, UsageError
from broadsheet.records import Article, Found

Extractor = Callable[[Article, Found], Sequence[Any]]

RULES = "rules"
"""Name of the extractors that are built in."""

KINDS = ("dates", "mentions", "figures", "claims")
GROUPS = ("broadsheet.readers", "broadsheet.extractors")
"""Groups of entry points in which plug-ins are found."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What an extractor is, as the provenance states it: the same words on every machine, so never a path.

    `versions` are of what decides its rows beside the distribution that it comes in: a model, its library.
    """

    name: str
    versions: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Factory(Protocol):
    """Makes the extractor for an argument; `takes` names the argument in messages: `PIPELINE`."""

    takes: str

    def __call__(self, argument: str, /) -> Extractor:
        """The extractor, ready to run; called once in each process."""
        ...

    def identity(self, argument: str, /) -> Identity:
        """What the extractor is, found without loading it: a build asks before it reads anything."""
        ...


@functools.cache
def readers() -> dict[str, Any]:
    """All readers by name, in the order of their names."""
    found = sorted(entry_points(group="broadsheet.readers"), key=lambda entry: entry.name)
    return {entry.name: _load(entry) for entry in found}


@functools.cache
def extractor(kind: str, choice: str = RULES) -> Extractor:
    """The extractor of a kind that is chosen as NAME or NAME:ARGUMENT; `UsageError` names those that there are."""
    found, argument = _chosen(kind, choice)
    made: Extractor = found(argument) if argument else found
    return made


def identity(kind: str, choice: str = RULES) -> Identity:
    """What the extractor is that is chosen; the same errors as where it is used, as far as they can be known early."""
    found, argument = _chosen(kind, choice)
    return _with_name(choice, found.identity(argument)) if argument else Identity(choice)


def _with_name(choice: str, of_argument: Identity) -> Identity:
    return Identity(f"{choice.partition(':')[0]}:{of_argument.name}", of_argument.versions)


def _chosen(kind: str, choice: str) -> tuple[Any, str]:
    """What the entry point holds, and the argument for it: a factory has one and nothing else has."""
    name, colon, argument = choice.partition(":")
    found = _load(_entry(kind, name))
    takes = found.takes if isinstance(found, Factory) else ""
    if takes and not argument:
        raise UsageError(f"the extractor {kind}.{name} needs an argument", tip=f"write {name}:{takes}")
    if colon and not takes:
        raise UsageError(f"the extractor {kind}.{name} takes no argument, found {choice!r}", tip=f"write {name}")
    return found, argument


def _entry(kind: str, name: str) -> EntryPoint:
    known = {entry.name: entry for entry in entry_points(group="broadsheet.extractors")}
    try:
        return known[f"{kind}.{name}"]
    except KeyError:
        names = sorted(entry.removeprefix(f"{kind}.") for entry in known if entry.startswith(f"{kind}."))
        tip = f"there are {', '.join(names)}" if names else "there are none: is broadsheet installed?"
        raise UsageError(f"there is no extractor of {kind} that is called {name!r}", tip=tip) from None


def distributions() -> dict[str, str]:
    """Versions of the distributions that readers and extractors come from, the program's own among them, by name."""
    origins = [entry.dist for group in GROUPS for entry in entry_points(group=group)]
    return {origin.name: origin.version for origin in origins if origin}


def _load(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise PluginError(f"plug-in {entry.name} ({entry.value}) cannot be loaded: {error}") from error
