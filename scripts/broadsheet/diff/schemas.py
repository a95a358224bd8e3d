"""What changed in the Table Schema of a table, by the rules of the recipe."""

import json
from collections.abc import Iterator, Mapping
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
OF_FIELD = (*READ_BY, "name", "constraints", "categories", "categoriesOrdered")

SWITCHES = ("required", "unique")
LOWEST = ("minimum", "exclusiveMinimum", "minLength")
HIGHEST = ("maximum", "exclusiveMaximum", "maxLength")

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
    for name in after:
        if name not in before:
            yield Change(table, f"field {shown(name)} is new", recipe.FIELDS)
    for name in before:
        if name not in after:
            yield Change(table, f"field {shown(name)} is gone", recipe.FIELDS)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Change(table, "the fields have another order", recipe.FIELDS)


def _of_field(table: str, old: Field, new: Field) -> Iterator[Change]:
    where = f"field {shown(new['name'])}: "
    for name in READ_BY:
        if old.get(name, DEFAULTS.get(name)) != new.get(name, DEFAULTS.get(name)):
            yield Change(table, where + _turned(name, old, new), recipe.TYPE)
    before, after = old.get("constraints", {}), new.get("constraints", {})
    for name in sorted({*before, *after}):
        if rule := constraint_rule(name, before.get(name), after.get(name)):
            yield Change(table, f"{where}constraint {_turned(name, before, after)}", rule)
    if rule := constraint_rule("enum", _labels(old), _labels(new)):
        yield Change(table, where + _turned("categories", old, new), rule)
    yield from described(table, where, old, new, tuple(name for name in OF_FIELD if name != "categoriesOrdered"))


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
    if old == new and type(old) is type(new):
        return None
    if new is None:
        return recipe.LOOSER
    return recipe.LOOSER if old is not None and _is_looser(name, old, new) else recipe.STRICTER


def _is_looser(name: str, old: Any, new: Any) -> bool:
    try:
        if name == "enum":
            return {*map(_written, old)} < {*map(_written, new)}
        if name in LOWEST:
            return bool(new < old)
        return bool(new > old) if name in HIGHEST else False
    except TypeError:
        return False


def _of_keys(table: str, old: Schema, new: Schema) -> Iterator[Change]:
    if primary_key(old) != primary_key(new):
        yield Change(table, _turned("primaryKey", old, new), recipe.NAME)
    before, after = ({as_names(key) for key in schema.get("uniqueKeys", [])} for schema in (old, new))
    for key in sorted(after - before):
        yield Change(table, f"unique key {shown(', '.join(key))} is new", recipe.STRICTER)
    for key in sorted(before - after):
        yield Change(table, f"unique key {shown(', '.join(key))} is gone", recipe.LOOSER)
    then, now = ({_written(key): key for key in schema.get("foreignKeys", [])} for schema in (old, new))
    for text in sorted({*then} ^ {*now}):
        key = then.get(text) or now[text]
        to = key["reference"].get("resource") or table
        fields = shown(", ".join(as_names(key["fields"])))
        yield Change(
            table, f"foreign key {fields} → {shown(to)} is {'gone' if text in then else 'new'}", recipe.REFERENCE
        )


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _turned(name: str, old: Field, new: Field) -> str:
    return f"{shown(name)} was {_value(old.get(name))}, and is {_value(new.get(name))}"


def _value(value: Any) -> str:
    return "missing" if value is None else shown(_written(value), 80)
