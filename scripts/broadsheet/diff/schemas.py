"""What changed in the Table Schema of a table, by the rules of the recipe."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, DecimalException
from typing import Any

from broadsheet.diff import recipe
from broadsheet.diff.model import Change
from broadsheet.diff.recipe import Rule
from broadsheet.schemas import Schema, as_names, field_names, primary_key
from broadsheet.validate.shown import shown

READ_BY = (
    "type",
    "format",
    "missingValues",
    "trueValues",
    "falseValues",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "delimiter",
    "itemType",
)
"""Properties of a field that say how its cells are to be read."""

DEFAULTS: dict[str, Any] = {
    "type": "any",
    "format": "default",
    "trueValues": ["true", "True", "TRUE", "1"],
    "falseValues": ["false", "False", "FALSE", "0"],
    "decimalChar": ".",
    "bareNumber": True,
}
OF_SCHEMA = ("fields", "primaryKey", "uniqueKeys", "foreignKeys", "missingValues", "fieldsMatch", "$schema", "profile")
OF_FIELD = (*READ_BY, "name", "id", "constraints", "categories")

SWITCHES = ("required", "unique")
LOWEST = ("minimum", "exclusiveMinimum", "minLength")
HIGHEST = ("maximum", "exclusiveMaximum", "maxLength")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Field = Mapping[str, Any]


def schema_changes(table: str, old: Schema, new: Schema) -> Iterator[Change]:
    """What changed in a schema; both are known to be well formed (`validate.descriptor.malformed`)."""
    yield from _of_fields(table, old, new)
    before, after = ({field["name"]: field for field in schema["fields"]} for schema in (old, new))
    for name in (name for name in after if name in before):
        yield from _of_field(table, before[name], after[name])
    yield from _of_keys(table, old, new)
    if old.get("missingValues", [""]) != new.get("missingValues", [""]):
        yield Change(table, _turned("missingValues", old, new), recipe.TYPE)
    if old.get("fieldsMatch", "exact") != new.get("fieldsMatch", "exact"):
        yield Change(table, _turned("fieldsMatch", old, new), recipe.INCOMPATIBLE)
    yield from described(table, "the schema's ", old, new, OF_SCHEMA)


def described(table: str, where: str, old: Field, new: Field, known: tuple[str, ...]) -> Iterator[Change]:
    """Properties that are no more than descriptive: all that are not among the known ones."""
    for name in sorted({*old, *new} - {*known}):
        if old.get(name) != new.get(name):
            yield Change(table, f"{where}{_turned(name, old, new)}", recipe.DESCRIPTIVE)


def _of_fields(table: str, old: Schema, new: Schema) -> Iterator[Change]:
    before, after = field_names(old), field_names(new)
    renamed = dict(_renamed(old, new))
    for then, now in renamed.items():
        yield Change(table, f"field {shown(now)} stands in the place of {shown(then)}", recipe.NAME)
    for name in after:
        if name not in before and name not in renamed.values():
            yield Change(table, f"field {shown(name)} is new", recipe.FIELDS)
    for name in before:
        if name not in after and name not in renamed:
            yield Change(table, f"field {shown(name)} is gone", recipe.FIELDS)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Change(table, "the fields have another order", recipe.FIELDS)


def _renamed(old: Schema, new: Schema) -> Iterator[tuple[str, str]]:
    """Names then and now of fields that are otherwise the same and stand at the same place of as many fields."""
    before, after = field_names(old), field_names(new)
    if len(before) == len(after):
        for then, now in zip(old["fields"], new["fields"], strict=True):
            is_other = then["name"] not in after and now["name"] not in before
            if is_other and {**then, "name": ""} == {**now, "name": ""}:
                yield then["name"], now["name"]


def _of_field(table: str, old: Field, new: Field) -> Iterator[Change]:
    where = f"field {shown(new['name'])}: "
    for name in READ_BY:
        if old.get(name, DEFAULTS.get(name)) != new.get(name, DEFAULTS.get(name)):
            yield Change(table, where + _turned(name, old, new), recipe.TYPE)
    before, after = old.get("constraints", {}), new.get("constraints", {})
    for name in sorted({*before, *after}):
        if rule := constraint_rule(name, before.get(name), after.get(name)):
            yield Change(table, f"{where}constraint {_turned(name, before, after)}", rule)
    if rule := _categories_rule(old, new):
        yield Change(table, where + _turned("categories", old, new), rule)
    if old.get("id") != new.get("id"):
        yield Change(table, where + _turned("id", old, new), recipe.NAME)
    yield from described(table, where, old, new, OF_FIELD)


def _categories_rule(old: Field, new: Field) -> Rule | None:
    """The rule under which the categories of a field changed; their order counts where it is said to mean something."""
    before, after = _labels(old), _labels(new)
    if rule := constraint_rule("enum", before, after):
        return rule
    return recipe.TYPE if before != after and new.get("categoriesOrdered") else None


def _labels(field: Field) -> Any:
    """The values of a field's categories, which may stand in objects with a label."""
    found = field.get("categories")
    if not isinstance(found, list):
        return None
    return [item.get("value") if isinstance(item, dict) else item for item in found]


def constraint_rule(name: str, old: Any, new: Any) -> Rule | None:
    """The rule under which a constraint changed; None where it did not.

    What cannot be compared, such as two patterns, counts as more restrictive.

    >>> constraint_rule("maximum", 10, 20).text
    'Change a field constraint to be less restrictive'
    >>> constraint_rule("required", None, False) is None
    True
    """
    if name in SWITCHES:
        old, new = old or None, new or None
    if _comparable(name, old) == _comparable(name, new):
        return None
    if new is None:
        return recipe.LOOSER
    return recipe.LOOSER if old is not None and _is_looser(name, old, new) else recipe.STRICTER


def _is_looser(name: str, old: Any, new: Any) -> bool:
    before, after = (_comparable(name, value) for value in (old, new))
    if type(before) is not type(after) or isinstance(before, list):
        return False
    return bool(after < before if name in LOWEST else after > before)


def _comparable(name: str, value: Any) -> Any:
    """The value of a constraint as what can be compared: a set, a number, a date; else just as it is written.

    >>> _comparable("minimum", "10") > _comparable("minimum", "9")
    True
    >>> _comparable("enum", ["b", "a"]) == _comparable("enum", ["a", "b"])
    True
    """
    if name == "enum" and isinstance(value, list):
        return {*map(_written, value)}
    if name in (*LOWEST, *HIGHEST):
        if isinstance(value, str) and DATE.fullmatch(value):
            return value
        if (number := _number(value)) is not None:
            return number
    return [_written(value)]


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(value if isinstance(value, str) else json.dumps(value))
    except (DecimalException, TypeError):
        return None
    return number if number.is_finite() else None


def _of_keys(table: str, old: Schema, new: Schema) -> Iterator[Change]:
    if primary_key(old) != primary_key(new):
        yield Change(table, _turned("primaryKey", old, new), recipe.NAME)
    before, after = ({as_names(key) for key in schema.get("uniqueKeys", [])} for schema in (old, new))
    for key in sorted(after - before):
        yield Change(table, f"unique key {shown(', '.join(key))} is new", recipe.STRICTER)
    for key in sorted(before - after):
        yield Change(table, f"unique key {shown(', '.join(key))} is gone", recipe.LOOSER)
    then, now = ({_written(link): link for link in _foreign(table, schema)} for schema in (old, new))
    for text in sorted({*then} ^ {*now}):
        link = then.get(text) or now[text]
        to = shown(link["reference"]["resource"])
        if package := link["reference"].get("package"):
            to += f" of {shown(package)}"
        what = f"foreign key {shown(', '.join(link['fields']))} → {to} is {'gone' if text in then else 'new'}"
        yield Change(table, what, recipe.REFERENCE)


def _foreign(table: str, schema: Schema) -> Iterator[dict[str, Any]]:
    """The foreign keys, written in one way."""
    for key in schema.get("foreignKeys", []):
        to: dict[str, Any] = key["reference"]
        names: dict[str, Any] = {"resource": to.get("resource") or table, "fields": as_names(to["fields"])}
        same: dict[str, Any] = {"fields": as_names(key["fields"]), "reference": to | names}
        yield key | same


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _turned(name: str, old: Field, new: Field) -> str:
    return f"{shown(name)} was {_value(old.get(name))}, and is {_value(new.get(name))}"


def _value(value: Any) -> str:
    return "missing" if value is None else shown(_written(value), 80)
