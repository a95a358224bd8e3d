"""Descriptors in the words of the published JSON Schema of Data Package 2.0, and the formats that it names."""

import datetime
import re
from typing import Any

from broadsheet.validate.tabular import values

_RFC3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60)(\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)


def adapted(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor in the words of the profile of 2.0, where these are not those of the specification's text.

    `fieldsMatch` is a string in the text and a list in the profile, which does not know the type list either, nor a
    dialect in a file.

    >>> adapted({"resources": [{"schema": {"fieldsMatch": "equal", "fields": [{"name": "a", "type": "list"}]}}]})
    {'resources': [{'schema': {'fieldsMatch': ['equal'], 'fields': [{'name': 'a', 'type': 'any'}]}}]}
    """
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        return descriptor
    return descriptor | {"resources": list(map(_adapted_resource, resources))}


def _adapted_resource(resource: Any) -> Any:
    resource = _with(resource, "dialect", lambda dialect: {} if isinstance(dialect, str) else dialect)
    return _with(resource, "schema", _adapted_schema)


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
