"""`CITATION.cff` of a package, from its descriptor (Citation File Format 1.2.0)."""

import re
from collections.abc import Mapping
from typing import Any

_SPDX = re.compile(r"[A-Za-z0-9.+-]+")


def citation(descriptor: Mapping[str, Any]) -> str:
    """The file's text; a dataset without contributors is cited by its own title."""
    import yaml

    title = str(descriptor.get("title") or descriptor["name"])
    content: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": title,
        "authors": _authors(descriptor) or [{"name": f"The authors of {title}"}],
    }
    if descriptor.get("version"):
        content["version"] = str(descriptor["version"])
    names = [str(licence.get("name", "")) for licence in descriptor.get("licenses", [])]
    if names and all(_SPDX.fullmatch(name) for name in names):
        content["license"] = names[0] if len(names) == 1 else names
    if descriptor.get("homepage"):
        content["url"] = str(descriptor["homepage"])
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))


def _authors(descriptor: Mapping[str, Any]) -> list[dict[str, str]]:
    """Contributors as persons where given and family names are stated, else as entities with a name."""
    authors = []
    for contributor in descriptor.get("contributors", []):
        given, family = contributor.get("givenName"), contributor.get("familyName")
        if given and family:
            authors.append({"given-names": str(given), "family-names": str(family)})
        elif contributor.get("title"):
            authors.append({"name": str(contributor["title"])})
    return authors
