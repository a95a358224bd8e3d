"""Whom and what a dataset owes: licences, sources and contributors of its descriptor as schema.org entities.

Every entity has an `@id` that is unique among them, so that both a flat graph and a nested one can be made.
"""

import re
from collections.abc import Mapping
from typing import Any

Entity = dict[str, Any]

NO_LICENCE: Entity = {
    "@id": "#no-licence",
    "@type": "CreativeWork",
    "name": "No licence is stated",
    "description": "No licence is stated for this dataset; ask those who made it before you use it.",
}

ROLES = {"author": "author", "creator": "creator", "maintainer": "maintainer", "publisher": "publisher"}
"""schema.org's property for a role of a contributor; any other role is that of a contributor."""

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ORCID = re.compile(r"https?://orcid\.org/(\d{4}-){3}\d{3}[\dX]")


def licences(descriptor: Mapping[str, Any]) -> list[Entity]:
    """The licences that the descriptor states, each at its own URL where it has one."""
    found = []
    for number, licence in enumerate(descriptor.get("licenses", []), 1):
        name = licence.get("title") or licence.get("name") or licence.get("path")
        path = str(licence.get("path", ""))
        found.append(
            {
                "@id": path if is_url(path) else f"#licence-{number}",
                "@type": "CreativeWork",
                "name": str(name),
                "description": f"{licence.get('name') or name}: a licence of this dataset.",
            }
        )
    return found


def sources(descriptor: Mapping[str, Any]) -> list[Entity]:
    """What the descriptor says that the dataset was made from; a path within a project is no URL and left out."""
    found = []
    for number, source in enumerate(descriptor.get("sources", []), 1):
        path = str(source.get("path", ""))
        entity = {
            "@id": f"#source-{number}",
            "@type": "CreativeWork",
            "name": str(source.get("title") or path or f"Source {number}"),
        }
        found.append(entity | ({"url": path} if is_url(path) else {}))
    return found


def contributors(descriptor: Mapping[str, Any]) -> list[tuple[str, Entity]]:
    """Each contributor with its property (`creator`, `publisher`, … `contributor`), once for each of its properties.

    A person is one with a given and a family name or an ORCID; others are organizations, as in `CITATION.cff`.
    """
    found = []
    for number, contributor in enumerate(descriptor.get("contributors", []), 1):
        entity = _agent(contributor, number)
        properties = {ROLES.get(str(role).lower(), "contributor") for role in _roles(contributor)}
        found += [(name, entity) for name in sorted(properties or {"contributor"})]
    return found


def is_url(text: str) -> bool:
    """Whether the text is a web address that can stand as an identifier as it is.

    >>> is_url("https://example.org/a"), is_url("raw/README.md")
    (True, False)
    """
    return bool(_URL.fullmatch(text))


def is_orcid(text: str) -> bool:
    """Whether the text is the address of a person's ORCID record."""
    return bool(_ORCID.fullmatch(text))


def _roles(contributor: Mapping[str, Any]) -> list[Any]:
    """Roles as version 2 of the standard has them, or the one role of version 1."""
    roles = contributor.get("roles", contributor.get("role", []))
    return [roles] if isinstance(roles, str) else list(roles)


def _agent(contributor: Mapping[str, Any], number: int) -> Entity:
    path = str(contributor.get("path", ""))
    names = {key: str(contributor[key]) for key in ("givenName", "familyName") if contributor.get(key)}
    full = " ".join(names.values())
    is_person = len(names) == 2 or is_orcid(path)
    entity = {
        "@id": path if is_orcid(path) else f"#contributor-{number}",
        "@type": "Person" if is_person else "Organization",
        "name": str(contributor.get("title") or full or f"Contributor {number}"),
        **names,
    }
    for key, value in (("url", path if is_url(path) else None), ("email", contributor.get("email"))):
        entity |= {key: str(value)} if value else {}
    return entity
