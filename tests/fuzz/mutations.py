"""Changes of files: of their bytes, and of JSON as JSON."""

import json
import random
from typing import Any

BYTES = [
    b"",
    b"\0",
    b'"',
    b"\n",
    b"\r",
    b",",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x80",
    b"\xff\xff\xff\x7f",
    b"-1",
    b"{",
    b"[",
]
ODD: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        0.5,
        1e308,
        2**31,
        2**63,
        -(2**63),
        10**50,
        "",
        " ",
        "\0",
        "\n",
        "x" * 300,
        "\u202e",
        "ä",
    ),
    *(
        "..",
        "/",
        "%",
        "%d",
        "%Y-%m-%d",
        "any",
        "default",
        "id",
        "name",
        "true",
        "1",
        "(",
        "[a-z",
        "a{9999}",
        "(a+)+",
        "utf-16",
        "\t",
    ),
    *(
        [],
        [None],
        [[]],
        [0],
        [""],
        ["id"],
        ["id", "id"],
        {},
        {"": None},
        {"value": 1},
        {"fields": "id"},
        {"a": {"b": []}},
    ),
]
"""Values that stand in the place of others."""

WORDS = [
    "name",
    "type",
    "format",
    "fields",
    "schema",
    "path",
    "data",
    "resources",
    "primaryKey",
    "foreignKeys",
    "uniqueKeys",
]
WORDS += [
    "reference",
    "resource",
    "constraints",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "required",
]
WORDS += [
    "minLength",
    "maxLength",
    "unique",
    "jsonSchema",
    "missingValues",
    "categories",
    "categoriesOrdered",
    "trueValues",
]
WORDS += [
    "falseValues",
    "bareNumber",
    "decimalChar",
    "groupChar",
    "itemType",
    "delimiter",
    "dialect",
    "encoding",
    "bytes",
    "hash",
]
WORDS += [
    "rows",
    "profile",
    "$schema",
    "header",
    "headerRows",
    "headerJoin",
    "commentRows",
    "commentChar",
    "quoteChar",
    "doubleQuote",
]
WORDS += [
    "escapeChar",
    "nullSequence",
    "skipInitialSpace",
    "lineTerminator",
    "property",
    "itemKeys",
    "compression",
    "fieldsMatch",
    "image",
]
TYPES = [
    "string",
    "integer",
    "number",
    "boolean",
    "object",
    "array",
    "list",
    "datetime",
    "date",
    "time",
    "year",
    "yearmonth",
]
TYPES += ["duration", "geopoint", "geojson", "any"]


def of_bytes(data: bytes, dice: random.Random) -> bytes:
    """The bytes with a few changes at random places."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        place = dice.randrange(len(found) + 1)
        end = min(len(found), place + dice.choice((1, 2, 4, 8, 64)))
        match dice.randrange(6):
            case 0 if found and place < len(found):
                found[place] ^= 1 << dice.randrange(8)
            case 1 if found and place < len(found):
                found[place] = dice.randrange(256)
            case 2:
                found[place:end] = dice.choice(BYTES)
            case 3:
                found[place:place] = dice.choice(BYTES) * dice.choice((1, 1, 1, 100))
            case 4:
                found[place:place] = found[place:end] * dice.choice((1, 2, 50))
            case _ if dice.random() < 0.2:
                del found[place:]
    return bytes(found)


def of_json(value: Any, dice: random.Random) -> Any:
    """A copy of the value with a few of its parts changed."""
    found = {"": _copy(value)}
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        holder, key = dice.choice(list(_places(found)))
        match dice.randrange(6):
            case 0 | 1:
                holder[key] = _copy(dice.choice(ODD))
            case 2:
                holder[key] = dice.choice(WORDS + TYPES)
            case 3 if isinstance(holder[key], dict):
                holder[key][dice.choice(WORDS)] = _copy(dice.choice(ODD + TYPES))
            case 4 if isinstance(holder, list):
                holder.insert(key, _copy(holder[key]))
            case 5 if holder is not found:
                del holder[key]
    return found.get("")


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _places(value: Any) -> Any:
    """Every place in a value, as the object or array that holds it, and the key."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from _places(value[key])
