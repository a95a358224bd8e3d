"""Kinds of fault as broadsheet and frictionless name them, and where it is known why the two differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

FAMILIES = {
    "descriptor": (
        *("package-error", "resource-error", "schema-error", "dialect-error", "field-error", "metadata-error"),
        *("control-error", "catalog-error", "dataset-error", "error"),
    ),
    "file": ("scheme-error", "source-error", "format-error", "file-error", "encoding-error", "compression-error"),
    "columns": (
        *("missing-label", "extra-label", "incorrect-label", "blank-label", "duplicate-label", "blank-header"),
        *("header-error", "label-error", "field-count", "unmatched-header"),
    ),
    "size": ("byte-count",),
    "hash": ("hash-count",),
    "rows": ("row-count",),
    "cells of a row": ("extra-cell", "missing-cell", "blank-row"),
    "type": ("type-error", "integer-range"),
    "constraint": ("constraint-error",),
    "unique": ("unique-error", "unique-key"),
    "primary key": ("primary-key",),
    "foreign key": ("foreign-key",),
}
"""Kinds of fault that both know; all other codes are of checks that frictionless does not make."""

FAMILY = {code: family for family, codes in FAMILIES.items() for code in codes}

BLOCKING = ("descriptor", "file", "columns")
"""Kinds of fault after which a table is not read any further, at least by one of the two."""


RAGGED = "cells of a row"
UNREAD = (RAGGED, "type")
"""Kinds of fault after which a row or a cell of it is not looked at any further."""


KEYS = ("primary key", "foreign key", "unique")
"""Kinds of fault that may come of any cell of a row that was not read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding of either side, as far as both have it."""

    code: str
    row: int | None = None
    field: str = ""
    text: str = ""
    rule: str = ""
    cell: str | None = None


Faults = Sequence[Fault]
Resource = dict[str, Any]


def _is_parquet(resource: Resource, _: Faults) -> bool:
    return resource.get("format") == "parquet" or str(resource.get("path", "")).endswith(".parquet")


def _is_json(resource: Resource, _: Faults) -> bool:
    return resource.get("format") == "json" or str(resource.get("path", "")).endswith((".json", ".jsonl", ".ndjson"))


def _is_at_url_property(resource: Resource, _: Faults) -> bool:
    return "url" in resource and "path" not in resource


def _has_unique_primary_key(resource: Resource, _: Faults) -> bool:
    key = _schema(resource).get("primaryKey")
    names = [key] if isinstance(key, str) else key
    fields = _schema(resource).get("fields", [])
    unique = [one.get("name") for one in fields if one.get("constraints", {}).get("unique")]
    return isinstance(names, list) and len(names) == 1 and names[0] in unique


def _has_other_hash(resource: Resource, _: Faults) -> bool:
    algorithm, colon, _rest = str(resource.get("hash", "")).partition(":")
    return bool(colon) and algorithm not in ("md5", "sha256")


def _schema(resource: Resource) -> dict[str, Any]:
    schema = resource.get("schema")
    return schema if isinstance(schema, dict) else {}


def _matches_by_list(resource: Resource, _: Faults) -> bool:
    return isinstance(_schema(resource).get("fieldsMatch"), list)


def _has_key_of_fields(resource: Resource, _: Faults) -> bool:
    key = _schema(resource).get("primaryKey")
    return isinstance(key, list) and len(key) > 1


def _has_composite_reference(resource: Resource, _: Faults) -> bool:
    keys = _schema(resource).get("foreignKeys", [])
    return isinstance(keys, list) and any(isinstance(key, dict) and isinstance(key.get("fields"), list) for key in keys)


def _dialect(resource: Resource) -> dict[str, Any]:
    dialect = resource.get("dialect")
    return dialect if isinstance(dialect, dict) else {}


def _has_null_sequence(resource: Resource, _: Faults) -> bool:
    return "nullSequence" in _dialect(resource)


def _has_rare_dialect(resource: Resource, _: Faults) -> bool:
    dialect = _dialect(resource)
    return (
        bool({"property", "itemKeys", "itemType", "lineTerminator"} & {*dialect})
        or len(str(dialect.get("delimiter", ","))) > 1
    )


def _has_capital_hash(resource: Resource, _: Faults) -> bool:
    stated = str(resource.get("hash", ""))
    return stated != stated.lower()


def _has_rule(start: str) -> Callable[[Resource, Faults], bool]:
    return lambda _, faults: all(fault.rule.startswith(start) for fault in faults)


def _is_of(*codes: str) -> Callable[[Resource, Faults], bool]:
    return lambda _, faults: all(fault.code in codes for fault in faults)


def _any_resource(_: Resource, __: Faults) -> bool:
    return True


OURS, THEIRS = "broadsheet", "frictionless"

KNOWN: tuple[tuple[str, str, Callable[[Resource, Faults], bool], str], ...] = (
    (OURS, "descriptor", _any_resource, "frictionless holds descriptors to less than the published profile"),
    (OURS, "unique", _is_of("unique-key"), "frictionless does not check uniqueKeys"),
    (OURS, "constraint", _has_rule("categories"), "frictionless does not check categories"),
    (OURS, "constraint", _has_null_sequence, "frictionless does not know nullSequence"),
    (OURS, "primary key", _has_key_of_fields, "frictionless takes keys with a missing part for whole ones"),
    (OURS, "type", _is_of("integer-range"), "broadsheet is stricter than Table Schema: integers within 64 bits"),
    (OURS, "hash", _is_parquet, "frictionless does not check hashes of Parquet files"),
    (OURS, "hash", _has_other_hash, "frictionless checks md5 and sha256 only"),
    (OURS, "type", _is_parquet, "frictionless reads Parquet in its own types"),
    (OURS, "constraint", _is_parquet, "frictionless reads Parquet in its own types"),
    (THEIRS, "size", _is_parquet, "frictionless counts no bytes of Parquet files, and then finds them to be wrong"),
    (THEIRS, "size", _is_json, "frictionless counts no bytes of JSON files, and then finds them to be wrong"),
    (THEIRS, "unique", _has_unique_primary_key, "broadsheet tells of a repeated primary key once, as such"),
    (
        THEIRS,
        "cells of a row",
        _is_of("blank-row"),
        "frictionless refuses blank rows, the standard does not",
    ),
    (THEIRS, "type", _is_parquet, "frictionless reads Parquet in its own types, missing integers as not a number"),
    (THEIRS, "type", _has_null_sequence, "frictionless does not know nullSequence"),
    (THEIRS, "constraint", _has_null_sequence, "frictionless does not know nullSequence"),
    (THEIRS, "descriptor", _matches_by_list, "frictionless knows fieldsMatch as a text only, the profile as a list"),
    (THEIRS, "descriptor", _is_at_url_property, "frictionless does not know url, as path was called in version 0"),
    (THEIRS, "descriptor", _is_of("field-error"), "frictionless knows constraints for fewer types than Table Schema"),
    (THEIRS, "columns", _has_rare_dialect, "frictionless reads this dialect in another way than the specification"),
    (THEIRS, "file", _has_rare_dialect, "frictionless reads this dialect in another way than the specification"),
    (THEIRS, "hash", _has_capital_hash, "frictionless takes the capital letters of a hash for others"),
    (THEIRS, "file", _is_of("format-error"), "frictionless has no reader of this format installed"),
    (THEIRS, "foreign key", _has_composite_reference, "frictionless looks up keys with missing parts too"),
)
"""Who finds what the other does not, of which kind, when, and why this is known and no fault of the package."""


def known(side: str, family: str, resource: Resource, faults: Faults) -> str:
    """Why a side alone has found these faults; empty where nothing is known of it.

    >>> known(OURS, "hash", {"path": "x.csv", "hash": "sha1:0"}, [Fault("hash-count")])
    'frictionless checks md5 and sha256 only'
    """
    found = (why for who, kind, holds, why in KNOWN if (who, kind) == (side, family) and holds(resource, faults))
    return next(found, "")
