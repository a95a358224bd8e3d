"""Columns of texts read as columns of logical values: vectorised for the usual types, text by text for the others."""

import datetime
import decimal
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.validate.tabular import values

if TYPE_CHECKING:
    import polars as pl

Field = dict[str, Any]

TYPES = (
    *("string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year"),
    *("yearmonth", "duration", "geopoint", "geojson", "any"),
)
"""The types of Table Schema."""

FORMATS = {
    "string": ("default", "email", "uri", "binary", "uuid"),
    "geopoint": ("default", "array", "object"),
    "geojson": ("default", "topojson"),
}
"""The formats of types that have some; dates and times have patterns besides."""

ITEMS = ("string", "integer", "boolean", "number", "datetime", "date", "time")
"""The types that the items of a list may have."""

PATTERNED = ("datetime", "date", "time")

EXPECTED = {
    "string": "text",
    "number": "a number such as 0.5",
    "integer": "a whole number such as 12",
    "boolean": "true or false",
    "object": "a JSON object",
    "array": "a JSON array",
    "list": "items with a delimiter",
    "datetime": "a time such as 2021-08-31T15:00:00",
    "date": "a day such as 2021-08-31",
    "time": "a time such as 15:00:00",
    "year": "a year such as 2021",
    "yearmonth": "a month such as 2021-08",
    "duration": "a duration such as P1DT12H",
    "geopoint": "a point such as 90.5, 45.5",
    "geojson": "a GeoJSON object",
}

TRUE, FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
_INTEGER = r"^[+-]?[0-9]+$"
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_SPECIAL = {"nan": "NaN", "inf": "inf", "-inf": "-inf"}


@dataclass(frozen=True, slots=True)
class Read:
    """A column that was read: its values, null where missing or bad; which cells are bad, and which out of range.

    None stands for no cell. `stored` names the type of a column that has one of its own, which is not the field's.
    """

    values: "pl.Series"
    bad: "pl.Series | None" = None
    beyond: "pl.Series | None" = None
    stored: str = ""


def named(field: Field) -> str:
    """What a cell of a field is, in a word.

    >>> named({"type": "string", "format": "uuid"}), named({"type": "date"})
    ('uuid', 'date')
    """
    form = field.get("format")
    return str(form) if field["type"] == "string" and form in FORMATTED else str(field["type"])


FORMATTED = {
    "email": "an address such as ann@example.org",
    "uri": "a URI such as https://example.org",
    "uuid": "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
    "binary": "bytes in base64 such as aGVsbG8=",
}
"""What texts of each format look like."""


def expected(field: Field) -> str:
    """What the cells of a field look like, for messages."""
    form = values.pattern_of(field) if field["type"] in PATTERNED else ""
    if form == "any":
        return f"a {field['type']} in a usual form, such as {EXPECTED[field['type']].rpartition(' ')[2]}"
    if form and "%" not in form:
        return f"the very text {form!r}, since its format has no directive such as %Y or %d"
    if form:
        return f"a {field['type']} as {form}"
    if field["type"] == "string" and field.get("format") in FORMATTED:
        return FORMATTED[field["format"]]
    if field["type"] == "number" and "decimalChar" in field:
        return f"a number such as 0{field['decimalChar']}5"
    if field["type"] == "boolean" and {"trueValues", "falseValues"} & {*field}:
        return ", ".join((*field.get("trueValues", TRUE), *field.get("falseValues", FALSE)))
    return EXPECTED.get(str(field["type"]), "a value")


def stored(field: Field) -> Any:
    """The polars type of a field's logical values."""
    import polars as pl

    known = {"integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
    whole = ("datetime", "time", "year", "yearmonth", "duration")
    return known.get(field["type"], pl.Int64 if field["type"] in whole else pl.String)


def read(texts: "pl.Series", field: Field) -> Read:
    """The values of a column of texts, nulls being missing."""
    found = _reader(field)(texts, field)
    if found.null_count() == texts.null_count():
        return Read(found)
    lost = texts.is_not_null() & found.is_null()
    if field["type"] != "integer":
        return Read(found, lost)
    beyond = lost & _stripped(bare(texts, field)).str.contains(_INTEGER)
    return Read(found, lost & ~beyond, beyond)


def _reader(field: Field) -> "Callable[[pl.Series, Field], pl.Series]":
    kind = field["type"]
    if kind == "any" or (kind == "string" and field.get("format", "default") == "default"):
        return lambda texts, _field: texts
    if kind == "date" and not values.pattern_of(field):
        return _dates
    known = {"integer": _integers, "number": _numbers, "boolean": _booleans, "list": _lists}
    return known.get(kind, _one_by_one)


def _integers(texts: "pl.Series", field: Field) -> "pl.Series":
    import polars as pl

    plain = bare(texts, field)
    found = plain.cast(pl.Int64, strict=False)  # which reads just what Table Schema allows
    return found if found.null_count() == plain.null_count() else _stripped(plain).cast(pl.Int64, strict=False)


def _stripped(texts: "pl.Series") -> "pl.Series":
    """Texts of numbers without blanks around them, which XML Schema takes away first (`whiteSpace` is *collapse*)."""
    return texts.str.strip_chars(" \t\r\n")


def _numbers(texts: "pl.Series", field: Field) -> "pl.Series":
    import polars as pl

    plain = bare(texts, field)
    found = plain.cast(pl.Float64, strict=False)
    if found.null_count() == plain.null_count() and found.is_finite().all():
        return found
    plain = _stripped(plain)
    special = plain.str.to_lowercase().replace_strict(_SPECIAL, default=None, return_dtype=pl.String)
    written = plain.str.contains(_NUMBER) | special.is_not_null()
    return _where(pl.select(pl.coalesce(special, plain)).to_series().cast(pl.Float64, strict=False), written)


def compared(cells: "pl.Series", found: Read, field: Field) -> "pl.Series":
    """The values of a field as keys compare them: numbers with all of their digits."""
    return exact(cells, found.values, field) if field["type"] == "number" else found.values


def exact(cells: "pl.Series", numbers: "pl.Series", field: Field) -> "pl.Series":
    """Numbers as texts that are equal for equal numbers, also those with more digits than their 64 bits tell apart.

    >>> import polars as pl
    >>> cells = pl.Series(["1.50", "1.5", "9007199254740993", "9007199254740992.0"])
    >>> exact(cells, cells.cast(pl.Float64), {"name": "x", "type": "number"}).to_list()
    ['1.5', '1.5', '9007199254740993', '9007199254740992']
    """
    import polars as pl

    if cells.dtype.is_integer() or cells.dtype.is_decimal():
        return cells.cast(pl.String).str.replace(r"\.0*$|(\.[0-9]*[1-9])0+$", "$1")
    found = numbers.cast(pl.String).str.replace(r"\.0$", "").str.replace("^-0$", "0")
    if cells.dtype != pl.String or not (long := cells.str.len_bytes() > DIGITS).any():
        return found
    texts = pl.select(pl.when(long & numbers.is_not_null()).then(_stripped(bare(cells, field)))).to_series()
    return pl.select(pl.coalesce(_each(texts, _digits, pl.String), found)).to_series()


def settled(
    field: Field,
    limits: "pl.Series",
    decides: Callable[[decimal.Decimal], bool],
    held: "pl.Series",
    cells: "pl.Series",
    numbers: "pl.Series",
) -> "pl.Series":
    """Whether numbers keep a rule, decided digit by digit where 64 bits do not tell a number from one of the limits.

    Rounding keeps the order of numbers, so that all others are as their 64 bits have it.
    """
    import polars as pl

    if cells.dtype != pl.String or not (long := cells.str.len_bytes() > DIGITS).any():
        return held
    places = (numbers.is_in(limits.implode()) & long).fill_null(value=False).arg_true().to_list()
    if not places:
        return held
    texts = _stripped(bare(cells.gather(places), field))
    return held.clone().scatter(places, [decides(decimal.Decimal(text)) for text in texts])


def _digits(text: str) -> str | None:
    """A number with all of its digits; None where it has so few that 64 bits tell it apart."""
    try:
        number = _CONTEXT.normalize(decimal.Decimal(text))
    except (decimal.InvalidOperation, ValueError):
        return None
    return str(number) if len(number.as_tuple().digits) > DIGITS else None


DIGITS = 15
"""Decimal digits that 64 bits always tell apart."""

_CONTEXT = decimal.Context(prec=1000)


def _where(found: "pl.Series", right: "pl.Series") -> "pl.Series":
    """The values, null where they are not rightly written."""
    import polars as pl

    return pl.select(pl.when(right).then(found)).to_series().rename(found.name)


def bare(texts: "pl.Series", field: Field) -> "pl.Series":
    """Texts of numbers without what stands around them, without grouping, and with a period as the decimal mark."""
    if field.get("bareNumber") is False:
        texts = texts.str.replace(r"^[^0-9+\-.]*", "").str.replace(r"[^0-9.]*$", "")
        texts = texts.str.replace(r"^([+-])[^0-9.]+", "$1")
    if group := field.get("groupChar"):
        texts = texts.str.replace_all(group, "", literal=True)
    point = field.get("decimalChar", ".")
    if point != "." and field["type"] == "number":
        texts = texts.str.replace_all(".", "\0", literal=True).str.replace_all(point, ".", literal=True)
    return texts


def _booleans(texts: "pl.Series", field: Field) -> "pl.Series":
    import polars as pl

    spelt = dict.fromkeys(field.get("trueValues", TRUE), True) | dict.fromkeys(field.get("falseValues", FALSE), False)
    return texts.replace_strict(spelt, default=None, return_dtype=pl.Boolean)


def _dates(texts: "pl.Series", _field: Field) -> "pl.Series":
    import polars as pl
    import pyarrow as pa

    try:
        quick = pl.Series(texts.name, pl.from_arrow(texts.to_arrow().cast(pa.date32())), dtype=pl.Date)
        if quick.null_count() == len(quick) or quick.min() >= datetime.date.min:  # type: ignore[operator]
            return quick
    except (pa.ArrowInvalid, OverflowError, ValueError):
        pass
    found = texts.str.to_date("%Y-%m-%d", strict=False)
    return _where(found, texts.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$") & ~texts.str.starts_with("0000"))


def _lists(texts: "pl.Series", field: Field) -> "pl.Series":
    """Lists as they are written, null where an item is not of its type."""
    import polars as pl

    item = {"name": "item", "type": field.get("itemType", "string")}
    delimiter = field.get("delimiter", ",")

    def right(text: str) -> bool:
        found = read(pl.Series("item", text.split(delimiter), dtype=pl.String), item)
        return found.bad is None

    return _each(texts, lambda text: text if item["type"] == "string" or right(text) else None, pl.String)


def _one_by_one(texts: "pl.Series", field: Field) -> "pl.Series":
    import polars as pl

    one = values.BY_FORMAT.get(str(field.get("format"))) if field["type"] == "string" else None
    one = one or values.BY_TYPE.get(field["type"])
    if one is None:
        return texts  # a text in a format that is none of the standard's, which is told elsewhere

    def parsed(text: str) -> Any:
        try:
            found = one(text, field)
        except (ValueError, OverflowError, KeyError, RecursionError, re.error):
            return None
        return found if not isinstance(found, int) or -(2**63) <= found < 2**63 else None

    found = _each(texts, parsed, pl.Int32 if field["type"] == "date" else stored(field))
    return found.cast(stored(field))


def _each(texts: "pl.Series", parse: Callable[[str], Any], stored_as: Any) -> "pl.Series":
    """The value of each text, worked out once for each distinct one."""
    import polars as pl

    distinct = texts.drop_nulls().unique()
    if not len(distinct):
        return pl.Series(texts.name, [None] * len(texts), dtype=stored_as)
    new = pl.Series("new", [parse(text) for text in distinct.to_list()], dtype=stored_as)
    return texts.replace_strict(distinct, new, default=None, return_dtype=stored_as)
