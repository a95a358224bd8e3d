"""What changed in the descriptors of two packages, outside of and within their Table Schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from broadsheet.diff import recipe
from broadsheet.diff.model import Change
from broadsheet.diff.schemas import described, schema_changes
from broadsheet.project import ADDED_SETTINGS
from broadsheet.validate.shown import quoted, shown

IDENTIFIERS = ("name", "id")
IGNORED = ("version", "created", "resources", "broadsheet")
"""Properties of a package that say nothing about its data, or of which more is said elsewhere."""

READ_BY = ("type", "profile", "format", "dialect", "encoding", "compression", "schema")
"""Properties of a resource that say how its file is to be read."""

TABULAR = ("tabular-data-resource", "https://specs.frictionlessdata.io/schemas/tabular-data-resource.json")
"""Profiles of version 1, each of which version 2 of the standard has every reader take for the type `table`."""

ENCODINGS = {"utf8": "utf-8", "UTF-8": "utf-8", "UTF8": "utf-8", None: "utf-8"}
OF_FILE = ("path", "data", "url", "bytes", "hash", "rows", "stats", "broadsheet:contentHash")
"""Properties of a resource that follow from where its file lies and what it holds."""

Content = Mapping[str, Any]


def resource_changes(old: Content, new: Content) -> Iterator[Change]:
    """What changed in two descriptors; `resources` are objects by name."""
    for name in IDENTIFIERS:
        if old.get(name) != new.get(name):
            yield Change("", _turned(f"the package's {name}", old.get(name), new.get(name)), recipe.NAME)
    yield from described("", "the package's ", old, new, (*IDENTIFIERS, *IGNORED))
    before, after = (_settings(side.get("broadsheet")) for side in (old, new))
    yield from described("", "broadsheet's setting ", before, after, ADDED_SETTINGS)
    before, after = old["resources"], new["resources"]
    for name in after:
        if name not in before:
            yield Change(name, "the resource is new", recipe.NEW_RESOURCE)
    for name in before:
        if name not in after:
            yield Change(name, "the resource is gone, or has another name", recipe.NAME)
    for name in (name for name in after if name in before):
        yield from _of_resource(name, before[name], after[name])


def _settings(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _of_resource(name: str, old: Content, new: Content) -> Iterator[Change]:
    for key in READ_BY[:-1]:
        then, now = (_read_as(key, side) for side in (old, new))
        if then != now:
            yield Change(name, _turned(key, then, now), recipe.INCOMPATIBLE)
    if old.get("id") != new.get("id"):
        yield Change(name, _turned("id", old.get("id"), new.get("id")), recipe.NAME)
    if old.get("path") != new.get("path"):
        yield Change(name, _turned("path", old.get("path"), new.get("path")), recipe.MOVED)
    if old.get("data") != new.get("data"):
        yield Change(name, "the data in the descriptor are others; what they hold is not compared", recipe.CORRECTED)
    then, now = old.get("schema"), new.get("schema")
    if isinstance(then, dict) and isinstance(now, dict):
        yield from schema_changes(name, then, now)
    elif then != now:
        yield Change(name, "the schema is new, gone or elsewhere", recipe.INCOMPATIBLE)
    yield from described(name, "the resource's ", old, new, (*READ_BY, *OF_FILE, *IDENTIFIERS))


def _read_as(key: str, resource: Content) -> Any:
    """A property, or what stands for it where it is missing."""
    value = resource.get(key)
    if key == "type" and value is None and resource.get("profile") in TABULAR:
        return "table"
    if key == "profile" and value in ("data-resource", *TABULAR):
        return None
    if key == "encoding" and (value is None or isinstance(value, str)):
        return ENCODINGS.get(value, value)
    return None if value == {} else value


def _turned(what: str, old: Any, new: Any) -> str:
    return f"{what} was {quoted(old, 80)}, and is {quoted(new, 80)}" if shown(old) != shown(new) else f"{what} changed"
