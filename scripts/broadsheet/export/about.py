"""What a package says of itself, as far as an export repeats it with every object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet import __version__
from broadsheet.export.iris import Iris, address
from broadsheet.package.credits import contributors

PROGRAM = f"broadsheet {__version__}"
PUBLISHING = ("publisher", "creator", "maintainer", "author", "contributor")
"""Whom an export names of a dataset's contributors: those of the first of these roles that somebody has."""


@dataclass(frozen=True, slots=True)
class About:
    """The dataset and those behind it; `program` is what made the package, `publishers` are schema.org entities."""

    iris: Iris
    name: str
    title: str
    version: str | None
    program: str
    licence: str | None
    publishers: tuple[Mapping[str, Any], ...]


def about(descriptor: Mapping[str, Any], base: str | None = None) -> About:
    """What the descriptor says; members that are not of the type they should be are passed over.

    >>> found = about({"name": "valley", "licenses": [{"path": "https://example.org/terms"}], "contributors": 7})
    >>> found.title, found.licence, found.publishers
    ('valley', 'https://example.org/terms', ())
    """
    name = _text(descriptor, "name") or "dataset"
    settings = descriptor.get("broadsheet")
    licences = [address(item.get("path")) for item in _objects(descriptor, "licenses")]
    return About(
        Iris(name, base),
        name,
        _text(descriptor, "title") or name,
        _text(descriptor, "version"),
        (_text(settings, "program") if isinstance(settings, dict) else None) or PROGRAM,
        next(filter(None, licences), None),
        _publishers(descriptor),
    )


def _publishers(descriptor: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    listed = [item for item in _objects(descriptor, "contributors") if isinstance(item.get("roles", []), list)]
    found = contributors({"contributors": listed})
    for role in PUBLISHING:
        if named := tuple(_agent(entity) for name, entity in found if name == role):
            return named
    return ()


def _agent(entity: Mapping[str, Any]) -> dict[str, Any]:
    """An entity without its address in a package, and without an e-mail address in every line."""
    kept = {key: entity[key] for key in ("@type", "name", "url") if key in entity}
    return kept | ({"@id": entity["@id"]} if address(entity["@id"]) else {})


def _objects(descriptor: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    listed = descriptor.get(key)
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _text(descriptor: Mapping[str, Any], key: str) -> str | None:
    value = descriptor.get(key)
    return value if isinstance(value, str) and value else None
