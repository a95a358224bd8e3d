"""JSON Schemas that fields demand of objects and arrays: held within limits, since strangers wrote them.

They never ask the network. Their patterns run in a linear-time engine, or with a bounded number of steps back where
they look around. What they refer to is followed so often only that no cell takes for ever.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from broadsheet.validate.shown import quoted

SIZE_LIMIT, BACKTRACKS = 1 << 20, 100_000
"""Bytes that a compiled pattern may take, and steps back where it looks around or back."""

LONGEST, SECONDS = 1_000, 10.0
"""Characters of a cell that such patterns are tried on, and CPU seconds that all cells of a field may take."""

REFERENCES = 30
"""References in a JSON Schema at most: were each followed twice by the next, this would be as often as can be borne."""

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
"""The draft of a JSON Schema that names none."""

_REFERRING = ("$ref", "$dynamicRef", "$recursiveRef")


Decision = Callable[[str], bool | None]
"""Says of a text whether it fits; None where that would take too long."""


def matching(pattern: str) -> Decision:
    """Whether texts match a pattern that looks around or back; raises `ValueError` where it is none."""
    return _bounded(_validator({"type": "string", "pattern": pattern}), lambda text: text, LONGEST)


def _bounded(made: Any, read: Callable[[str], Any], longest: int) -> Decision:
    """Whether what is read of texts is valid; undecided of long ones, and when all have taken too much time."""
    left = SECONDS

    def decides(text: str) -> bool | None:
        nonlocal left
        if len(text) > longest or left < 0:
            return None
        begin = time.process_time()
        value = read(text)
        fits = bool(made.is_valid(value)) or (None if _gave_up(made, value) else False)
        left -= time.process_time() - begin
        return fits

    return decides


def _gave_up(made: Any, value: Any) -> bool:
    """Whether a value counts as not valid because a pattern went back too often."""
    return any(isinstance(error.kind, error.kind.BacktrackLimitExceeded) for error in made.iter_errors(value))


def fitting(schema: dict[str, Any]) -> Decision:
    """Whether JSON texts fit a schema; raises `ValueError` where that cannot be used."""
    if reason := endless(schema):
        raise ValueError(reason)
    longest = LONGEST if "(?" in json.dumps(schema) else 1 << 30
    return _bounded(_validator(schema), json.loads, longest)


def _validator(schema: dict[str, Any]) -> Any:
    import jsonschema_rs

    patterns = jsonschema_rs.FancyRegexOptions(BACKTRACKS, SIZE_LIMIT, SIZE_LIMIT)
    try:
        return jsonschema_rs.validator_for({"$schema": DRAFT_7, **schema}, pattern_options=patterns, offline=True)
    except jsonschema_rs.ReferencingError as error:
        raise ValueError(str(error)) from error


def endless(schema: dict[str, Any]) -> str:
    """Why checking by the schema could take for ever, or ask another place; empty where it cannot.

    >>> endless({"allOf": [{"$ref": "#"}, {"$ref": "#"}]})
    'it refers to itself more than once'
    >>> endless({"items": {"$ref": "#"}})
    ''
    """
    places = {"#": schema, **{f"#/{name}": part for name, part in _definitions(schema)}}
    references = {name: list(_references(part)) for name, part in places.items()}
    if outside := next((place for place in references["#"] if not place.startswith("#")), ""):
        return f"it refers to {quoted(outside)}, which is not followed; put it into the schema"
    count = len(references["#"])
    if count > REFERENCES:
        return f"it has {count} references, more than {REFERENCES}"
    if count > 1 and (set(references["#"]) - references.keys() or _is_circular(references)):
        return "it refers to itself more than once"
    return ""


def _definitions(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in ("definitions", "$defs"):
        parts = schema.get(key)
        for name, part in parts.items() if isinstance(parts, dict) else ():
            yield f"{key}/{name}", part


def _references(value: Any) -> Iterator[str]:
    """Where a part of a schema refers to, in all of its depth."""
    if isinstance(value, dict):
        yield from (str(value[key]) for key in _REFERRING if key in value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _references(inner)


def _is_circular(references: dict[str, list[str]]) -> bool:
    """Whether a definition leads back to itself; what all definitions together refer to is not the root's own."""
    if any("#" in found for found in references.values()):
        return True
    left = {name: set(found) for name, found in references.items() if name != "#"}
    while left:
        done = {name for name, found in left.items() if not found & left.keys()}
        if not done:
            return True
        left = {name: found for name, found in left.items() if name not in done}
    return False
