"""How a package is cited: in one line, and as `CITATION.cff` (Citation File Format 1.2.0)."""

from collections.abc import Mapping
from typing import Any

from broadsheet.package.credits import contributors, is_orcid, is_url

# fmt: off
SPDX = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-3.0",
    "CC-BY-NC-4.0", "CC-BY-NC-ND-3.0", "CC-BY-NC-ND-4.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-3.0",
    "CC-BY-ND-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC-PDDC", "CDLA-Permissive-1.0", "CDLA-Sharing-1.0",
    "etalab-2.0", "EUPL-1.2", "GFDL-1.3-or-later", "MIT", "NLOD-1.0", "O-UDA-1.0", "ODbL-1.0", "ODC-By-1.0",
    "OGL-Canada-2.0", "OGL-UK-1.0", "OGL-UK-2.0", "OGL-UK-3.0", "PDDL-1.0", "Unlicense",
}
# fmt: on
"""Licences of data among the names that version 1.2.0 of the format takes; any other is given by its address."""


def cited(descriptor: Mapping[str, Any]) -> str:
    """How to cite the dataset, in one line.

    >>> cited({"name": "valley", "title": "The valley", "version": "1.2.0", "contributors": [{"title": "A desk"}]})
    'A desk: The valley, version 1.2.0'
    """
    names = list(dict.fromkeys(agent["name"] for _, agent in contributors(descriptor)))
    title = str(descriptor.get("title") or descriptor["name"])
    version = f", version {descriptor['version']}" if "version" in descriptor else ""
    homepage = f", {descriptor['homepage']}" if descriptor.get("homepage") else ""
    return f"{', '.join(names)}{': ' if names else ''}{title}{version}{homepage}"


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
    homepage = str(descriptor.get("homepage", ""))
    stated = {
        "abstract": str(descriptor.get("description", "")),
        "version": str(descriptor.get("version", "")),
        "url": homepage if is_url(homepage) else "",
        "keywords": list(dict.fromkeys(map(str, descriptor.get("keywords", [])))),
        **_licence(descriptor.get("licenses", [])),
    }
    content |= {key: value for key, value in stated.items() if value}
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))


def _licence(licences: list[Mapping[str, Any]]) -> dict[str, Any]:
    """`license` where all have names of SPDX, else the first address; several names are alternatives there.

    >>> _licence([{"name": "CC-BY-4.0"}]), _licence([{"name": "ours", "path": "https://example.org/terms"}])
    ({'license': 'CC-BY-4.0'}, {'license-url': 'https://example.org/terms'})
    """
    names = list(dict.fromkeys(str(licence.get("name", "")) for licence in licences))
    if names and set(names) <= SPDX:
        return {"license": names[0] if len(names) == 1 else names}
    addresses = [str(licence.get("path", "")) for licence in licences]
    return {"license-url": next(filter(is_url, addresses), "")}


def _authors(descriptor: Mapping[str, Any]) -> list[dict[str, str]]:
    """Contributors as persons where given and family names are stated, else as entities with a name."""
    authors = []
    for contributor in descriptor.get("contributors", []):
        given, family, path = (str(contributor.get(key) or "") for key in ("givenName", "familyName", "path"))
        title = str(contributor.get("title") or "")
        if given and family:
            author = {"given-names": given, "family-names": family}
        else:
            author = {"name": title} if title else {}
        address = (
            {"orcid": path.replace("http:", "https:")} if is_orcid(path) else {"website": path} if is_url(path) else {}
        )
        authors += [author | address] if author else []
    return authors
