"""What the specifications ask of a descriptor and the published JSON Schemas do not, or ask wrongly."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from broadsheet.validate.report import Faults, fault
from broadsheet.validate.shown import quoted
from broadsheet.validate.tabular import fields, rules, values


def image_is_safe(descriptor: dict[str, Any]) -> Iterator[Faults]:
    """Whether the image is a URL or a path below the descriptor."""
    image = descriptor.get("image")
    if isinstance(image, str) and (image.startswith(("/", "~")) or ".." in image.split("/")):
        text = f"image {quoted(image)} leads out of the package; give a URL or a path inside it"
        yield fault("package-error", text, rule="/image")


def data_are_right(resource: dict[str, Any]) -> Iterator[Faults]:
    """Whether inline data are of a kind that the resource can have."""
    data, is_table = resource["data"], resource.get("type") == "table" or "schema" in resource
    if isinstance(data, str) and not {"format", "mediatype"} & set(resource):
        yield fault("resource-error", "data is text of no known format; give its format or mediatype", rule="data")
    elif is_table and not isinstance(data, (list, str)):
        yield fault("resource-error", "data of a table is no array of rows; make it one", rule="data")


def schema_makes_sense(table: str, schema: dict[str, Any]) -> Iterator[Faults]:
    """Whether a well-formed schema keeps to what only the text of Table Schema says."""
    reasons = [fields.unusable(schema), _missing_twice(schema)]
    reasons += [reason for field in schema["fields"] for reason in (_missing_twice(field), _categories(field))]
    for reason in filter(None, reasons):
        yield fault("schema-error", f"{reason}; correct the schema", table=table, rule="schema")


def _missing_twice(holder: dict[str, Any]) -> str:
    """Whether a missing value or its label is named twice."""
    found = holder.get("missingValues")
    where = f" of field {quoted(holder['name'])}" if "name" in holder and "type" in holder else ""
    return f"missingValues{where}: {twice}" if isinstance(found, list) and (twice := _twice(found)) else ""


def _twice(items: list[Any]) -> str:
    """What stands twice in a list of values, or of objects with values and labels."""
    plain = [item.get("value") if isinstance(item, dict) else item for item in items]
    labels = [item["label"] for item in items if isinstance(item, dict) and "label" in item]
    for kind, found in (("value", plain), ("label", labels)):
        counts = Counter(values.canonical(item) for item in found)
        if twice := next((text for text, count in counts.items() if count > 1), None):
            return f"the {kind} {quoted(twice)} stands twice"
    return ""


def _categories(field: dict[str, Any]) -> str:
    """What is wrong with the categories of a field."""
    if not isinstance(field.get("categories"), list) or field.get("type") not in ("string", "integer"):
        return ""
    if twice := _twice(field["categories"]):
        return f"categories of field {quoted(field['name'])}: {twice}"
    try:
        known = [rules.bound("categories", item, field) for item in rules.category_values(field)]
        allowed = field.get("constraints", {}).get("enum", [])
        other = [item for item in allowed if rules.bound("enum", item, field) not in known]
    except (rules.RuleError, TypeError) as error:
        return f"categories of field {quoted(field['name'])}: {error}"
    return f"enum of field {quoted(field['name'])} has {quoted(other[0])}, which is no category" if other else ""
