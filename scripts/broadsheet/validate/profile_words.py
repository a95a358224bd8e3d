"""Descriptors in the words of the published JSON Schema of Data Package 2.0, and the formats that it names."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from broadsheet.validate.shown import shown_json
from broadsheet.validate.tabular import values

_RFC3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60)(\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)


def adapted(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor in the words of the profile of 2.0, where these are not those of the specification's text.

    `fieldsMatch` is a string in the text and a list in the profile, which does not know the type list either, nor a
    dialect in a file, nor a path that begins with the folder itself.

    >>> adapted({"resources": [{"schema": {"fieldsMatch": "equal", "fields": [{"name": "a", "type": "list"}]}}]})
    {'resources': [{'schema': {'fieldsMatch': ['equal'], 'fields': [{'name': 'a', 'type': 'any'}]}}]}
    """
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        return descriptor
    return descriptor | {"resources": list(map(_adapted_resource, resources))}


def _adapted_resource(resource: Any) -> Any:
    resource = _with(resource, "path", _without_dot)
    resource = _with(resource, "dialect", lambda dialect: {} if isinstance(dialect, str) else dialect)
    return _with(resource, "schema", _adapted_schema)


STAND_INS: dict[str, dict[str, Any]] = {
    "schema": {"fields": [{"name": "any", "type": "string"}]},
    "dialect": {"delimiter": ",", "doubleQuote": True},
}
"""What stands for schemas and dialects in files of their own, which the profiles of version 1 do not know."""

ROLE = "author"
"""A role that the profiles of version 1 know; they know five, which their text only recommends."""


def as_version_1(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor in the words of the profiles of version 1, where these are narrower than the texts.

    Schemas and dialects may lie in files of their own, dialects leave out what has a default, and roles of contributors
    are recommended ones only.

    >>> as_version_1({"resources": [{"path": "./a.csv", "dialect": {"delimiter": ";"}}]})
    {'resources': [{'path': 'a.csv', 'dialect': {'delimiter': ';', 'doubleQuote': True}}]}
    """
    changes = {"contributors": _with_known_role, "resources": _resource_of_version_1}
    return descriptor | {key: _each(descriptor[key], change) for key, change in changes.items() if key in descriptor}


def _resource_of_version_1(resource: Any) -> Any:
    if isinstance(resource, dict) and "url" in resource and not {"path", "data"} & {*resource}:
        resource = resource | {"path": resource["url"]}  # as version 0 called it
    resource = _with(resource, "path", _without_dot)
    for name, stand_in in STAND_INS.items():
        resource = _with(resource, name, lambda value, known=stand_in: known if isinstance(value, str) else value)
    default = STAND_INS["dialect"]
    return _with(resource, "dialect", lambda value: default | value if isinstance(value, dict) else value)


def _with_known_role(contributor: Any) -> Any:
    """The contributor with a role that the profile knows, whichever text it has."""
    return _with(contributor, "role", lambda role: ROLE if isinstance(role, str) else role)


def _without_dot(path: Any) -> Any:
    """The path, or the paths, without the folder of the descriptor before it."""
    return path.removeprefix("./") if isinstance(path, str) else _each(path, _without_dot)


def _each(items: Any, change: Any) -> Any:
    return (
        [change(item) if not isinstance(item, list) else item for item in items] if isinstance(items, list) else items
    )


def unprofiled(descriptor: dict[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Places where a descriptor breaks what the texts say of both versions and their profiles do not.

    >>> list(unprofiled({"contributors": ["Ann"]}))
    [(['contributors', '0'], '"Ann" is no object')]
    """
    for place, contributor in enumerate(_items(descriptor, "contributors")):
        if not isinstance(contributor, dict):
            yield ["contributors", str(place)], f"{shown_json(contributor)} is no object"


def unprofiled_v1(descriptor: dict[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Places where a descriptor breaks what the text of version 1 says and its profiles do not.

    >>> list(unprofiled_v1({"version": 1.0, "licenses": [{"title": "free"}]}))
    [(['version'], '1.0 is no text'), (['licenses', '0'], 'has neither name nor path; give one of them')]
    """
    if not isinstance(descriptor.get("version", ""), str):
        yield ["version"], f"{shown_json(descriptor['version'])} is no text"
    resources = [(["resources", str(place)], one) for place, one in enumerate(_items(descriptor, "resources"))]
    for pointer, holder in [([], descriptor), *resources]:
        for place, licence in enumerate(_items(holder, "licenses")):
            if isinstance(licence, dict) and not {"name", "path"} & {*licence}:
                yield [*pointer, "licenses", str(place)], "has neither name nor path; give one of them"


def _items(holder: Any, name: str) -> list[Any]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []


def _with(holder: Any, key: str, change: Any) -> Any:
    """The object with one of its values changed, where it is an object that has it."""
    return holder | {key: change(holder[key])} if isinstance(holder, dict) and key in holder else holder


def _adapted_schema(schema: Any) -> Any:
    if isinstance(schema, dict) and isinstance(schema.get("fieldsMatch"), str):
        schema = schema | {"fieldsMatch": [schema["fieldsMatch"]]}
    return _with(schema, "fields", lambda found: list(map(_adapted_field, found)) if isinstance(found, list) else found)


def _adapted_field(field: Any) -> Any:
    return field | {"type": "any"} if isinstance(field, dict) and field.get("type") == "list" else field


def is_email(text: object) -> bool:
    """Whether it is an e-mail address; what is no text is another rule's matter."""
    return not isinstance(text, str) or _reads(values.email, text)


def is_uri(text: object) -> bool:
    """Whether it is a URI."""
    return not isinstance(text, str) or _reads(values.uri, text)


def _reads(one: Any, text: str) -> bool:
    try:
        one(text, {})
    except ValueError:
        return False
    return True


def is_moment(text: object) -> bool:
    """Whether it is a date-time of RFC 3339.

    >>> is_moment("1985-04-12T23:20:50.52Z"), is_moment("1985-04-12"), is_moment("1985-02-30T23:20:50Z")
    (True, False, False)
    """
    match = _RFC3339.fullmatch(text) if isinstance(text, str) else None
    try:
        return not isinstance(text, str) or bool(match and datetime.date.fromisoformat(match[1]))
    except ValueError:
        return False
