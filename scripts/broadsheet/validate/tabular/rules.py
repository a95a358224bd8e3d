"""The constraints and categories of a field, as conditions on its logical values."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.validate.constraints import rule
from broadsheet.validate.shown import quoted, shown
from broadsheet.validate.tabular import json_schemas, logical, values

if TYPE_CHECKING:
    import polars as pl

Field = dict[str, Any]

ORDERED = ("integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth")
COLLECTIONS = ("string", "array", "object")
SUPPORTED = {
    **dict.fromkeys(("required", "unique", "enum"), logical.TYPES),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), ORDERED),
    **dict.fromkeys(("minLength", "maxLength"), COLLECTIONS),
    "pattern": ("string",),
    "jsonSchema": ("array", "object"),
}
"""The constraints of Table Schema, and the types that each applies to."""

TEXTUAL = ("pattern", "minLength", "maxLength", "jsonSchema")

LONGEST_PATTERN = 10_000
"""Characters of a pattern at most."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of one field: `holds` says of a column of values which keep it; missing ones may get any answer."""

    field: str
    text: str
    holds: "Callable[[pl.Series], pl.Series]"


class RuleError(ValueError):
    """A constraint that cannot be worked with."""


def rules(field: Field) -> Iterator[Rule]:
    """The rules of a field but those for missing and repeated values; `RuleError` where one makes no sense."""
    for name, value in field.get("constraints", {}).items():
        if name in SUPPORTED and field["type"] not in SUPPORTED[name]:
            applies = ", ".join(SUPPORTED[name])
            raise RuleError(f"{name} does not apply to the type {shown(field['type'])}, only to {applies}; remove it")
        if name in SUPPORTED and name not in ("required", "unique"):
            yield Rule(field["name"], rule(name, value), _condition(name, value, field))
    if "categories" in field and field["type"] in ("string", "integer"):
        allowed = category_values(field)
        yield Rule(field["name"], rule("categories", allowed), _condition("enum", allowed, field))


def category_values(field: Field) -> list[Any]:
    """The values of a field's categories, without their labels."""
    found = field["categories"]
    if not isinstance(found, list) or any(isinstance(item, dict) and "value" not in item for item in found):
        raise RuleError("categories is no list of values, nor of objects with a value")
    return [item["value"] if isinstance(item, dict) else item for item in found]


def _condition(name: str, value: Any, field: Field) -> "Callable[[pl.Series], pl.Series]":
    if name == "enum":
        if not isinstance(value, list):
            raise RuleError(f"{name} is no list")
        known = _series([bound(name, item, field) for item in value], field)
        return lambda cells: cells.is_in(known.implode())
    if name == "pattern":
        return _matches(value)
    if name == "jsonSchema":
        return _fits(value)
    if name in ("minLength", "maxLength"):
        return _is_long(name, value, field)
    limit = bound(name, value, field)
    return {
        "minimum": lambda cells: cells >= limit,
        "maximum": lambda cells: cells <= limit,
        "exclusiveMinimum": lambda cells: cells > limit,
        "exclusiveMaximum": lambda cells: cells < limit,
    }[name]


def _series(found: list[Any], field: Field) -> "pl.Series":
    import polars as pl

    return pl.Series("known", found, dtype=logical.stored(field))


def bound(name: str, value: Any, field: Field) -> Any:
    """The logical value that a constraint's value stands for: a text by the field's rules, JSON by its own.

    >>> bound("minimum", "1,5", {"name": "x", "type": "number", "decimalChar": ","})
    1.5
    """
    import polars as pl

    plain = {"name": field["name"], "type": field["type"]}
    if isinstance(value, bool):
        text, how = str(value).lower(), plain
    elif isinstance(value, (int, float)):
        text, how = (json.dumps(value), plain)
    elif isinstance(value, (dict, list)):
        form = {"format": "array" if isinstance(value, list) else "object"} if field["type"] == "geopoint" else {}
        text, how = values.canonical(value), field | form
    else:
        text, how = str(value), field
    found = logical.read(pl.Series("bound", [text]), how).values[0]
    if found is None:
        raise RuleError(f"{name} {quoted(text)} is not {logical.expected(field)}; correct the constraint")
    return found


def xsd(pattern: str) -> str:
    r"""An XML Schema regular expression in the syntax of polars' engine.

    >>> xsd(r"\i\c*"), xsd("[a-z-[aeiou]]+")
    ('[_:\\p{L}][-._:\\p{L}\\p{N}\\p{M}]*', '[a-z--[aeiou]]+')
    """
    names = {"\\i": r"_:\p{L}", "\\c": r"-._:\p{L}\p{N}\p{M}"}
    found, depth = [], 0
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        if part in names:
            found.append(names[part] if depth else f"[{names[part]}]")
            continue
        if part == "[" and depth and found[-1:] == ["-"]:
            found.append("-")
        depth += (part == "[") - (part == "]")
        found.append(part)
    return "".join(found)


def _matches(pattern: Any) -> "Callable[[pl.Series], pl.Series]":
    import polars as pl

    if not isinstance(pattern, str):
        raise RuleError("pattern is no text")
    if len(pattern) > LONGEST_PATTERN:
        raise RuleError(f"pattern {quoted(pattern)} is longer than {LONGEST_PATTERN:,} characters")
    whole = f"^(?:{xsd(pattern)})$"
    try:
        pl.Series([""]).str.contains(whole)
    except pl.exceptions.PolarsError as error:
        raise RuleError(f"pattern {quoted(pattern)}: {shown(str(error).splitlines()[0], 80)}") from error
    return lambda cells: cells.str.contains(whole)


def _is_long(name: str, value: Any, field: Field) -> "Callable[[pl.Series], pl.Series]":
    import polars as pl

    if isinstance(value, bool) or not isinstance(value, int):
        raise RuleError(f"{name} {quoted(value)} is no whole number")

    def lengths(cells: "pl.Series") -> "pl.Series":
        if field["type"] == "string":
            return cells.str.len_chars().cast(pl.Int64)
        return cells.map_elements(lambda cell: len(json.loads(cell)), return_dtype=pl.Int64)

    value = max(-1, min(value, 1 << 62))
    if name == "minLength":
        return lambda cells: lengths(cells) >= value
    return lambda cells: lengths(cells) <= value


def _fits(schema: Any) -> "Callable[[pl.Series], pl.Series]":
    import polars as pl

    if not isinstance(schema, dict):
        raise RuleError("jsonSchema is no object")
    try:
        fits = json_schemas.fitting(schema)
    except ValueError as error:
        raise RuleError(f"jsonSchema cannot be used: {shown(str(error).splitlines()[0], 100)}") from error
    return lambda cells: cells.map_elements(fits, return_dtype=pl.Boolean)
