"""Where a pipeline is, what it is and what runs it: all but the last function without importing spaCy."""

import hashlib
import os
import re
from dataclasses import dataclass, replace
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.errors import PluginError
from broadsheet.json_objects import read_object

if TYPE_CHECKING:
    from spacy.language import Language

META = "meta.json"

RUNS_IT = ("spacy", "thinc")
"""Distributions that decide what any pipeline finds."""

_NAME = re.compile(r"\w[\w.+-]{0,99}", re.ASCII)
_REQUIREMENT = re.compile(r"\s*([\w.-]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A pipeline and where it is: a folder, or None for an installed package.

    `name` is that of the package, and for a folder language and name as spaCy puts them together
    (`en_core_web_sm`); `requirements` are distributions that the pipeline says it needs.
    """

    name: str
    version: str
    folder: Path | None
    requirements: tuple[str, ...] = ()


def locate(argument: str) -> Place:
    """The pipeline of a folder, where the argument has a slash or begins with a dot, else of an installed package.

    `PluginError` where spaCy is not installed, there is no such pipeline, or it does not say its name.
    """
    if find_spec("spacy") is None:
        raise PluginError(
            f"spacy:{argument} needs spaCy, which is not installed", tip='pip install "broadsheet[spacy]"'
        )
    if is_path(argument):
        folder = Path(argument).expanduser().absolute()
        return _place(_meta_of_folder(folder), folder)
    return replace(_place(_meta_of_package(argument), None), name=argument)


def is_path(argument: str) -> bool:
    """Whether the argument is a path and no package's name.

    >>> is_path("./tiny"), is_path("models/tiny"), is_path("en_core_web_sm")
    (True, True, False)
    """
    return argument.startswith((".", "~")) or any(slash and slash in argument for slash in ("/", os.sep, os.altsep))


def _meta_of_folder(folder: Path) -> Path:
    if not (folder / META).is_file():
        raise PluginError(f"{folder}: no spaCy pipeline, it has no {META}", tip="nlp.to_disk(FOLDER) writes one")
    return folder / META


def _meta_of_package(name: str) -> Path:
    tip = f"python -m spacy download {name}; a pipeline in a folder is named by its path: spacy:./{name}"
    try:
        metadata.distribution(name)
        spec = find_spec(name)
    except (metadata.PackageNotFoundError, ValueError, ImportError):
        spec = None
    if spec is None or spec.origin is None:
        raise PluginError(f"the spaCy pipeline {name!r} is not installed", tip=tip)
    path = Path(spec.origin).with_name(META)
    if not path.is_file():
        raise PluginError(f"the package {name!r} is no spaCy pipeline: it has no {META}", tip=tip)
    return path


def _place(path: Path, folder: Path | None) -> Place:
    """The pipeline that a `meta.json` describes; its words come from strangers and end up in rows."""
    meta = read_object(path, wrong=PluginError, missing=PluginError)
    words = [word if isinstance(word := meta.get(key), str) else "" for key in ("lang", "name", "version")]
    if not all(map(_NAME.fullmatch, words)):
        found = repr(words)[:200]
        raise PluginError(f"{path}: expected lang, name and version of letters, digits and . _ + -, found {found}")
    lang, name, version = words
    stated = meta.get("requirements", [])
    return Place(f"{lang}_{name}", version, folder, tuple(sorted(_distributions(stated))))


def _distributions(requirements: object) -> set[str]:
    """Names in a list such as `["spacy-curated-transformers>=0.2"]`."""
    stated = requirements if isinstance(requirements, list) else []
    found = (_REQUIREMENT.match(one) for one in stated if isinstance(one, str))
    return {match[1] for match in found if match}


def versions(place: Place) -> dict[str, str]:
    """Versions of the pipeline and of what runs it; for a folder also a hash, since its files are easily changed."""
    libraries = {name: _version(name) for name in (*RUNS_IT, *place.requirements)}
    content = {"sha256": content_hash(place.folder)} if place.folder else {}
    return {"version": place.version, **content, **{name: found for name, found in libraries.items() if found}}


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def content_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of the files in a folder, whatever order they are listed in."""
    running = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        running.update(f"{digest}  {path.relative_to(folder).as_posix()}\n".encode())
    return running.hexdigest()


def load(place: Place) -> "Language":
    """The pipeline itself; `PluginError` where spaCy cannot load it."""
    import spacy

    try:
        return spacy.load(place.folder or place.name)
    except (OSError, ValueError, TypeError, ImportError, AttributeError, KeyError) as error:
        raise PluginError(
            f"the spaCy pipeline {place.folder or place.name} cannot be loaded: {str(error)[:500]}",
            tip="python -m spacy validate says which pipelines fit the spaCy that is installed",
        ) from error
