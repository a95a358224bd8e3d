"""Which column of a file holds which field of a schema, as `fieldsMatch` has it."""

from collections.abc import Iterator, Sequence
from typing import Any

from broadsheet.schemas import as_names
from broadsheet.validate.cells import columns_are
from broadsheet.validate.report import Faults, fault
from broadsheet.validate.shown import quoted, shown_json
from broadsheet.validate.tabular import logical

MATCHES = ("exact", "equal", "subset", "superset", "partial")


def match_of(schema: dict[str, Any]) -> str:
    """How fields are matched: Table Schema's text makes it a string, the profile of 2.0 a list.

    >>> match_of({"fieldsMatch": ["subset"]}), match_of({})
    ('subset', 'exact')
    """
    found = schema.get("fieldsMatch", "exact")
    if isinstance(found, list):
        found = found[0] if len(found) == 1 else ""
    return str(found)


def unusable(schema: dict[str, Any]) -> str:
    """Why cells cannot be read by a schema whose shape is right; empty where they can.

    >>> unusable({"fields": [{"name": "a", "type": "varchar"}]})
    "type 'varchar' of field 'a' is none of Table Schema's"
    """
    for field in schema["fields"]:
        kind = field.get("type", "any")
        if kind not in logical.TYPES:
            return f"type {quoted(kind)} of field {quoted(field['name'])} is none of Table Schema's"
        if reason := _unusable_property(field, kind):
            return f"{reason} of field {quoted(field['name'])} cannot be used"
    return "" if match_of(schema) in MATCHES else f"fieldsMatch is none of {', '.join(MATCHES)}"


def _unusable_property(field: dict[str, Any], kind: str) -> str:
    form = field.get("format", "default")
    if not isinstance(form, str) or (kind in logical.FORMATS and form not in logical.FORMATS[kind]):
        return f"format {shown_json(form)}"
    if kind == "list" and field.get("itemType", "string") not in logical.ITEMS:
        return f"itemType {shown_json(field['itemType'])}"
    texts = ("decimalChar", "delimiter")
    lists = ("trueValues", "falseValues")
    wrong = [name for name in texts if not (isinstance(field.get(name, ","), str) and field.get(name, ","))]
    wrong += [] if isinstance(field.get("groupChar", ""), str) else ["groupChar"]
    wrong += [name for name in lists if not _are_texts(field.get(name, []))]
    return wrong[0] if wrong else ""


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def header_faults(schema: dict[str, Any], labels: Sequence[str], file: str) -> Iterator[Faults]:
    """What is wrong with the labels of a file."""
    names, match = [field["name"] for field in schema["fields"]], match_of(schema)
    if match == "partial":
        if not set(names) & set(labels):
            yield fault(
                "missing-label", f"{file} has none of the schema's columns, such as {quoted(names[0])}; add one"
            )
        return
    known, there = set(names), set(labels)
    wanted = [name for name in names if match != "superset" or name in there]
    found = [label for label in labels if match != "subset" or label in known]
    if match != "exact":
        order = {name: place for place, name in enumerate(wanted)}
        found = sorted(found, key=lambda label: order.get(label, len(order)))
    yield from columns_are(wanted, found, file)


def placed(schema: dict[str, Any], labels: Sequence[str] | None) -> dict[str, int]:
    """The column of each field that is there, by name; the labels are None where there are none."""
    names = [field["name"] for field in schema["fields"]]
    if labels is None:
        return {name: place for place, name in enumerate(names)}
    first = {label: place for place, label in reversed(list(enumerate(labels)))}
    return {name: first[name] for name in names if name in first}


def narrowed(schema: dict[str, Any], there: dict[str, int], default: str) -> dict[str, Any]:
    """The schema of the fields that are there, each with a type, and of the keys that they make."""
    fields = [{"type": default, **field} for field in schema["fields"] if field["name"] in there]
    whole: dict[str, Any] = {key: schema[key] for key in ("missingValues", "foreignKeys") if key in schema}
    found = {**whole, "fields": fields, "primaryKey": list(as_names(schema.get("primaryKey", [])))}
    found["uniqueKeys"] = [list(key) for key in schema.get("uniqueKeys", []) if key and there.keys() >= set(key)]
    if not there.keys() >= set(found["primaryKey"]):
        found["primaryKey"] = []
    found["foreignKeys"] = [key for key in found.get("foreignKeys", []) if there.keys() >= set(as_names(key["fields"]))]
    return found
