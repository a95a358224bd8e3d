"""A dataset project: the folder with `datapackage.json`, `schema/`, `raw/` and `build/`, or none at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from broadsheet.errors import ReadError, UsageError
from broadsheet.json_objects import read_object

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TEXT_POLICIES = ("facts", "quotes", "full")
ARTICLE_FIELDS = ("id", "url", "title", "text", "published", "byline", "outlet", "language", "license")
"""Fields of an article that raw records may hold under names of their own."""

SETTINGS = ("language", "textPolicy", "fields", "entities")
"""Members of the descriptor's `broadsheet` object."""

AUTHORED_IN_RESOURCES = ("title", "description", "licenses", "sources")
"""What a person may write of a resource; all else is known from its table."""

ADDED_SETTINGS = ("program", "public")
"""Members of a package's `broadsheet` object that a build or a projection adds."""

LONGEST_NAME = 200
"""Characters of a dataset's name: it becomes the name of a folder, and of hidden ones beside it."""

_NAME = re.compile(r"[a-z0-9]+([-._][a-z0-9]+)*")
_EXTRACTOR = re.compile(r"[A-Za-z][\w-]*(:\w[\w.+-]*)?", re.ASCII)
"""An extractor that a descriptor may name: with a name as its argument, never a path, which may be of a stranger's."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Project:
    """Where things are, and what the authored descriptor says.

    `raw` holds the article files; `out` is the package that a build makes; `schema` is the folder of Table
    Schemas, None for the built-in ones; `descriptor` is the authored Data Package descriptor. `chosen` is the
    extractor of names that a person asked for in the place of the descriptor's; its argument may be a path.
    """

    raw: Path
    out: Path
    root: Path | None = None
    schema: Path | None = None
    descriptor: dict[str, Any] = field(default_factory=dict)
    chosen: str | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """The descriptor's `broadsheet` object."""
        settings: dict[str, Any] = self.descriptor.get("broadsheet", {})
        return settings

    @property
    def language(self) -> str:
        """Language of articles that do not say theirs, as a BCP 47 tag."""
        return str(self.settings.get("language", "und"))

    @property
    def fields(self) -> dict[str, str]:
        """Names that raw records give fields of an article, where these are not the usual ones."""
        return dict(self.settings.get("fields", {}))

    @property
    def entities(self) -> str:
        """The extractor that finds names: NAME, or NAME:ARGUMENT."""
        return self.chosen or str(self.settings.get("entities", "rules"))

    def with_setting(self, name: str, value: Any) -> "Project":
        """The same project with another value for one of its settings."""
        return replace(self, descriptor={**self.descriptor, "broadsheet": {**self.settings, name: value}})

    @property
    def text_policy(self) -> str:
        """What of the texts may be published: facts, quotes or full."""
        return str(self.settings.get("textPolicy", "facts"))


def open_project(
    root: Path | None,
    raw: Path | None = None,
    out: Path | None = None,
    fields: Mapping[str, str] | None = None,
    entities: str | None = None,
) -> Project:
    """The project in `root`, with `raw`, `out`, `entities` and names of `fields` in place of its own where given.

    Without a root, `raw` and `out` must both be given. Raises `UsageError` where the descriptor is missing or
    wrong, `ReadError` where the raw folder is missing.
    """
    if root is None:
        if raw is None or out is None:
            raise UsageError("without a project, --raw and --out are both needed", tip="see: broadsheet build --help")
        project = Project(raw=raw, out=out, descriptor=minimal_descriptor())
    else:
        project = _read_project(root, raw, out)
    _check_raw(project.raw)
    project = replace(project, chosen=entities)
    return project.with_setting("fields", {**project.fields, **fields}) if fields else project


def _check_raw(raw: Path) -> None:
    """Raise `ReadError` unless the raw folder is there and can be listed."""
    tip = "--raw names the folder that holds the article files"
    if not raw.is_dir():
        raise ReadError(f"{raw}: no such folder", tip=tip)
    try:
        next(raw.iterdir(), None)
    except OSError as error:
        raise ReadError(f"{raw}: cannot be listed: {error.strerror}", tip=tip) from error


def minimal_descriptor() -> dict[str, Any]:
    """The descriptor of a dataset that has no project."""
    return {
        "$schema": PROFILE,
        "name": "articles",
        "title": "News articles",
        "version": "0.0.0",
        "description": "Compiled from a folder of article files without a project of its own.",
    }


def _read_project(root: Path, raw: Path | None, out: Path | None) -> Project:
    path = root / DESCRIPTOR
    if not root.is_dir():
        raise ReadError(f"{root}: no such folder", tip="name the folder of a dataset project")
    if not path.is_file():
        raise UsageError(
            f"{path}: no such file, so {root} is no dataset project",
            tip="name a project folder, or give both --raw DIR and --out OUT to build without one",
        )
    descriptor = read_descriptor(path)
    check_settings(path, descriptor)
    schema = root / "schema"
    return Project(
        raw=raw or root / "raw",
        out=out or root / "build" / "package",
        root=root,
        schema=schema if schema.is_dir() else None,
        descriptor=descriptor,
    )


def read_descriptor(path: Path) -> dict[str, Any]:
    """The JSON object of a descriptor; `UsageError` says line and column of what is wrong."""
    return read_object(path, wrong=UsageError, missing=ReadError)


def authored(package: Mapping[str, Any]) -> dict[str, Any]:
    """What a person wrote of a package's descriptor: without what a build or projection adds to it.

    >>> authored({"name": "x", "broadsheet": {"language": "en", "program": "broadsheet 1"}, "resources": []})
    {'name': 'x', 'broadsheet': {'language': 'en'}, 'resources': []}
    """
    stated = package.get("broadsheet")
    settings = {k: v for k, v in stated.items() if k not in ADDED_SETTINGS} if isinstance(stated, dict) else stated
    kept = ("name", "path", *AUTHORED_IN_RESOURCES)
    resources = [{key: item[key] for key in kept if key in item} for item in package["resources"]]
    return {**package, "broadsheet": settings, "resources": resources}


def check_settings(path: Path, descriptor: dict[str, Any]) -> None:
    """Raise `UsageError` where the parts of the descriptor that a build works from are wrong."""
    settings = descriptor.get("broadsheet", {})
    if not isinstance(settings, dict):
        raise UsageError(f"{path}: /broadsheet: expected an object", tip=f"put {{ and }} around: {', '.join(SETTINGS)}")
    for unknown in sorted(set(settings) - set(SETTINGS)):
        raise UsageError(f"{path}: /broadsheet/{unknown}: no such setting", tip=f"there are {', '.join(SETTINGS)}")
    policy = settings.get("textPolicy", "facts")
    if policy not in TEXT_POLICIES:
        raise UsageError(
            f"{path}: /broadsheet/textPolicy: {policy!r} is not one of {', '.join(TEXT_POLICIES)}",
            tip="write one of them, or leave it out for facts",
        )
    language = settings.get("language", "und")
    if not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
        raise UsageError(
            f"{path}: /broadsheet/language: {language!r} is no BCP 47 tag such as en or fr-CA",
            tip="write such a tag, or und where the language is not known",
        )
    check_fields(f"{path}: /broadsheet/fields", settings.get("fields", {}))
    check_extractor(f"{path}: /broadsheet/entities", settings.get("entities", "rules"))
    name = descriptor.get("name")
    if not is_name(name):
        raise UsageError(
            f"{path}: /name: {name!r} cannot name a dataset",
            tip="use lower-case letters, digits and - . _ between them",
        )


def is_name(name: object) -> bool:
    """Whether this can name a dataset.

    >>> is_name("panjshir-2021"), is_name("Panjshir"), is_name("a/b"), is_name(None)
    (True, False, False, False)
    """
    return isinstance(name, str) and len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def check_extractor(where: str, name: Any) -> None:
    """Raise `UsageError` unless this names an extractor without a path.

    >>> check_extractor("/broadsheet/entities", "spacy:en_core_web_sm")
    """
    if not (isinstance(name, str) and _EXTRACTOR.fullmatch(name)):
        raise UsageError(
            f"{where}: {name!r} is no extractor such as rules or spacy:en_core_web_sm",
            tip="a pipeline in a folder may run code, so only --entities can name one",
        )


def check_fields(where: str, fields: Any) -> None:
    """Raise `UsageError` unless these are names of an article's fields with the names that records give them."""
    if not isinstance(fields, dict) or not all(isinstance(name, str) and name for name in fields.values()):
        raise UsageError(f'{where}: expected an object such as {{"text": "article_body"}}')
    if unknown := sorted(set(fields) - set(ARTICLE_FIELDS)):
        raise UsageError(f"{where}: an article has no field {', '.join(unknown)}; expected {', '.join(ARTICLE_FIELDS)}")
