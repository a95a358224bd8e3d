"""The package's README: what is in it, whose it is, how to load it, and a codebook made from the schemas.

Every link is one that works from the package's folder, or a web address.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.package.citation import cited
from broadsheet.package.credits import is_url
from broadsheet.package.files import Written
from broadsheet.package.snippets import CHECKING, LOADING, OFFSETS
from broadsheet.schemas import Schema, foreign_keys, primary_key

WITHHELD = {
    "facts": "The articles' texts, titles, bylines and the words of claims are withheld (text policy `facts`); names,"
    " expressions of a few words, values, offsets and hashes are not.",
    "quotes": "The articles' texts, titles, bylines and the words of claims are withheld, except direct quotations of"
    " at most 50 words and at most a tenth of an article (text policy `quotes`).",
    "full": "The articles' texts are published under the licence that each row of `articles` states.",
}
"""What a public projection says of each text policy."""


def readme(descriptor: Mapping[str, Any], schemas: Mapping[str, Schema], written: Sequence[Written]) -> str:
    """The page, in Markdown."""
    parts = [_head(descriptor), _contents(descriptor, schemas, written), _terms(descriptor), _pulling(descriptor)]
    parts += [CHECKING, LOADING, OFFSETS, _made(descriptor, written), "## Codebook\n"]
    parts += [_codebook(name, schema) for name, schema in schemas.items()]
    return "\n".join(part for part in parts if part)


def _head(descriptor: Mapping[str, Any]) -> str:
    lines = [f"# {_line(descriptor.get('title') or descriptor['name'])}", ""]
    if descriptor.get("description"):
        lines += [str(descriptor["description"]), ""]
    lines += [f"Version {descriptor['version']}." if "version" in descriptor else "No version yet.", ""]
    return "\n".join(lines)


def _contents(descriptor: Mapping[str, Any], schemas: Mapping[str, Schema], written: Sequence[Written]) -> str:
    """The tables with their files, rows and licences."""
    licensed = {item["name"]: item.get("licenses", []) for item in descriptor["resources"]}
    rows = [
        f"| {t.name} | {t.rows:,} | [CSV](data/{t.name}.csv), [Parquet](parquet/{t.name}.parquet)"
        f" | {_cell(_licences(licensed[t.name]) or 'none stated')} | {_cell(schemas[t.name]['description'])} |"
        for t in written
    ]
    head = [
        "## Tables",
        "",
        "[datapackage.json](datapackage.json) describes the CSV files, and is what any Data Package tool opens;",
        "[parquet/datapackage.json](parquet/datapackage.json) describes the Parquet files, which hold the same cells.",
        "",
        "| table | rows | files | licence | what it holds |",
        "|---|---:|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def _terms(descriptor: Mapping[str, Any]) -> str:
    """Under which terms, from which sources, with what withheld, and how to cite."""
    licences = _licences(descriptor.get("licenses", []))
    stated = f"Licence: {licences}." if licences else "No licence is stated for this dataset; ask before you reuse it."
    sources = ", ".join(_link(source) for source in descriptor.get("sources", []))
    settings = descriptor.get("broadsheet", {})
    lines = ["## Licence and citation", "", stated, ""]
    lines += [f"Sources: {sources}.", ""] if sources else []
    lines += [WITHHELD[settings["textPolicy"]], ""] if settings.get("public") else []
    cite = f"> {_line(cited(descriptor))}"
    return "\n".join([*lines, "Cite as ([CITATION.cff](CITATION.cff) says it for machines):", "", cite, ""])


def _pulling(descriptor: Mapping[str, Any]) -> str:
    """How a version is fetched from a registry; a package that is not public is in none."""
    if not descriptor.get("broadsheet", {}).get("public") or "version" not in descriptor:
        return ""
    name, version = descriptor["name"], descriptor["version"]
    lines = [
        "## Get it",
        "",
        f"In a registry this folder is `{name}/{version}/`. With the address of the registry, a folder or a URL,",
        "",
        f"    broadsheet pull {name}@{version} --from REGISTRY",
        "",
        "fetches and checks it; a copy of the folder made in any other way serves as well.",
        "",
    ]
    return "\n".join(lines)


def _made(descriptor: Mapping[str, Any], written: Sequence[Written]) -> str:
    """What made the package, from what, and where more is said."""
    program = descriptor.get("broadsheet", {}).get("program", "broadsheet")
    records = next((table.rows for table in written if table.name == "raw_records"), 0)
    lines = [
        "## How it was made",
        "",
        f"{_line(program)} made it from {records:,} raw records; the table `raw_records` says what became of each.",
        "[ro-crate-metadata.json](ro-crate-metadata.json) names the program, its libraries and options, and the hashes",
        "of what went in and came out; [croissant.json](croissant.json) describes the tables for machine learning.",
        "",
    ]
    return "\n".join(lines)


def _licences(licences: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(_link(licence) for licence in licences)


def _link(item: Mapping[str, Any]) -> str:
    """The item's name, as a link where it has a web address: a path of its project leads nowhere from here.

    >>> _link({"title": "Articles", "path": "raw/README.md"}), _link({"name": "X", "path": "https://example.org/x"})
    ('Articles', '[X](https://example.org/x)')
    """
    label = _line(item.get("title") or item.get("name") or item.get("path")).replace("[", "(").replace("]", ")")
    path = str(item.get("path", ""))
    return f"[{label}]({path})" if is_url(path) and not set("()") & set(path) else label


def _line(text: object) -> str:
    """The text on one line."""
    return " ".join(str(text).split())


def _codebook(name: str, schema: Schema) -> str:
    lines = [f"### {name}", "", schema["description"], "", f"Primary key: {_names(primary_key(schema))}."]
    lines += [
        f"{_names(key.fields)} refers to {_names(key.reference)} of {key.table}." for key in foreign_keys(name, schema)
    ]
    head = ["", "| field | type | description | example |", "|---|---|---|---|"]
    return "\n".join([*lines, *head, *map(_field, schema["fields"]), ""])


def _field(field: Mapping[str, Any]) -> str:
    constraints = field.get("constraints", {})
    kind = field["type"] + ("" if constraints.get("required") else ", may be missing")
    withheld = " Withheld where it is longer than a few words, or wholly." if field.get("broadsheet:withheld") else ""
    allowed = f" One of {', '.join(map(str, constraints['enum']))}." if "enum" in constraints else ""
    description = _cell(field["description"] + allowed + withheld)
    return f"| {field['name']} | {kind} | {description} | {_cell(str(field['example']))} |"


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
