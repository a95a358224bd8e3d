"""The constraints and categories of a field, as conditions on its logical values."""

import dataclasses
import decimal
import difflib
import functools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.validate.constraints import conditions, rule
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
    """A rule of one field: `holds` says of a column of values which keep it; missing ones may get any answer.

    The answer is null where it would take too long; `undecided` notes how many such there were in each column.
    `settled`, where there is one, corrects it for numbers that 64 bits do not tell from a bound, given the answer, the
    texts and the values.
    """

    field: str
    text: str
    holds: "Callable[[pl.Series], pl.Series]"
    undecided: list[int] = dataclasses.field(default_factory=list)
    settled: "Callable[[pl.Series, pl.Series, pl.Series], pl.Series] | None" = None


class RuleError(ValueError):
    """A constraint that cannot be worked with."""


def rules(field: Field) -> Iterator[Rule | RuleError]:
    """The rules of a field but those for missing and repeated values, an error in place of one that makes no sense."""
    for name, value in field.get("constraints", {}).items():
        if name in SUPPORTED and name not in ("required", "unique"):
            yield _rule(name, value, field)
        elif name in SUPPORTED:
            yield from _misapplied(name, field)
    if "categories" in field and field["type"] in ("string", "integer"):
        yield _rule("categories", None, field)


def unknown(field: Field) -> Iterator[str]:
    """The constraints of a field that are none of Table Schema's, or that stand outside of them, in words."""
    for name in (name for name in SUPPORTED if name in field):
        yield f"{name} of field {quoted(field['name'])} stands outside of its constraints"
    for name in field.get("constraints", {}):
        if name not in SUPPORTED:
            near = difflib.get_close_matches(name, SUPPORTED, 1)
            meant = f", did you mean {near[0]}?" if near else ""
            yield f"constraint {quoted(name)} of field {quoted(field['name'])} is none of Table Schema's{meant}"


def _rule(name: str, value: Any, field: Field) -> Rule | RuleError:
    try:
        if errors := list(_misapplied(name, field)):
            return errors[0]
        if name == "categories":
            value = category_values(field)
        made = Rule(
            field["name"], rule(name, value), _condition("enum" if name == "categories" else name, value, field)
        )
        return _exact(made, name, value, field) if field["type"] == "number" and name in BOUNDS else made
    except RuleError as error:
        return error


def _exact(made: Rule, name: str, value: Any, field: Field) -> Rule:
    """The rule of a number, with what decides it digit by digit."""
    import polars as pl

    items = value if name == "enum" else [value]
    texts = pl.Series(
        "limits", [item if isinstance(item, str) else json.dumps(item) for item in items], dtype=pl.String
    )
    plain = logical.bare(texts, field).str.strip_chars()
    try:
        exact = [decimal.Decimal(text) for text in plain]
    except decimal.InvalidOperation:
        return made
    limits = pl.Series("limits", [float(one) for one in exact], dtype=pl.Float64)
    holds = conditions()[name]
    decides = exact.__contains__ if name == "enum" else lambda number: holds(number, exact[0])
    return dataclasses.replace(made, settled=functools.partial(logical.settled, field, limits, decides))


BOUNDS = ("enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
"""The constraints of numbers that are decided digit by digit."""


def _misapplied(name: str, field: Field) -> Iterator[RuleError]:
    """What is wrong with a constraint of a type that it is not for."""
    if name in SUPPORTED and field["type"] not in SUPPORTED[name]:
        applies = ", ".join(SUPPORTED[name])
        yield RuleError(f"{name} does not apply to the type {shown(field['type'])}, only to {applies}; remove it")


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
    return _within(name, bound(name, value, field))


def _within(name: str, limit: Any) -> "Callable[[pl.Series], pl.Series]":
    """Whether values are within a bound; what is not a number is within none, as in XML Schema."""
    holds = conditions()[name]
    if not isinstance(limit, float) or name in ("maximum", "exclusiveMaximum"):
        return lambda cells: holds(cells, limit)  # polars has what is not a number above all others
    return lambda cells: holds(cells, limit) & cells.is_not_nan()


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
        is_whole = isinstance(value, float) and value.is_integer() and field["type"] in ("integer", "year")
        text, how = json.dumps(int(value) if is_whole else value), plain
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
        said = str(error).removeprefix("regex error: ").splitlines()
        reason = next((line.removeprefix("error: ") for line in said if line.startswith("error: ")), said[0])
        if not reason.startswith(("look-around", "backreferences")):
            raise RuleError(f"pattern {quoted(pattern)} cannot be read: {shown(reason, 90)}; correct it") from error
        return _each_matches(pattern, whole)
    return lambda cells: cells.str.contains(whole)


def _each_matches(pattern: str, whole: str) -> "Callable[[pl.Series], pl.Series]":
    """Patterns that look around or back, which XML Schema does not have, text by text."""
    import polars as pl

    try:
        matches = json_schemas.matching(whole)
    except ValueError as error:
        raise RuleError(f"pattern {quoted(pattern)} cannot be read; correct it") from error
    return lambda cells: cells.map_elements(matches, return_dtype=pl.Boolean)


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
