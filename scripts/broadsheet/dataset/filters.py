"""Filters as readers write them, checked against the schema before anything is read."""

import datetime as dt
import difflib
import functools
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from broadsheet.errors import UsageError

if TYPE_CHECKING:
    import pyarrow.compute as pc

Condition = tuple[str, str, Any]
Filters: TypeAlias = "Sequence[Condition] | pc.Expression | None"
Fields = Mapping[str, Mapping[str, Any]]

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
AMONG = ("in", "not in")
SHAPE = 'expected tuples of column, operator and value, such as [("kind", "==", "direct")], or a pyarrow expression'
PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "date": (dt.date,),
}
"""Python types of the values that a field of each type is compared with."""


def unknown(what: str, name: object, known: Iterable[str]) -> UsageError:
    """The error for a name that is none of the known ones, with the nearest of them.

    >>> print(unknown("table", "clams", ["claims", "dates"]))
    no table 'clams', did you mean 'claims'? Known are: claims, dates
    """
    names = list(known)
    near = difflib.get_close_matches(str(name), names, n=1)
    guess = f", did you mean {near[0]!r}?" if near else "."
    return UsageError(f"no {what} {name!r}{guess} Known are: {', '.join(names)}")


def columns_of(fields: Fields, columns: Sequence[str] | None) -> list[str]:
    """The columns wanted, in their order; all where none are named."""
    if columns is None:
        return list(fields)
    if isinstance(columns, str) or not columns:
        raise UsageError(f"columns is {columns!r}", tip='give a list of names, such as ["claim_id", "kind"]')
    for name in columns:
        if name not in fields:
            raise unknown("column", name, fields)
    if len(set(columns)) < len(columns):
        raise UsageError(f"columns names one twice: {', '.join(columns)}", tip="name each once")
    return list(columns)


def expression(fields: Fields, filters: Any) -> "pc.Expression | None":
    """What the filters ask for, as a pyarrow expression; conditions in a list must all hold.

    A missing cell meets no condition, `!=` and `not in` neither.

    >>> expression({"kind": {"name": "kind", "type": "string"}}, [("kind", "==", "direct")])
    <pyarrow.compute.Expression (kind == "direct")>
    """
    import pyarrow.compute as pc

    if filters is None or isinstance(filters, pc.Expression):
        return filters
    if isinstance(filters, str) or not isinstance(filters, Sequence):
        raise UsageError(f"filters is {filters!r}", tip=SHAPE)
    conditions = [_condition(fields, item) for item in filters]
    return functools.reduce(operator.and_, conditions) if conditions else None


def _condition(fields: Fields, condition: Any) -> "pc.Expression":
    import pyarrow.compute as pc

    if not isinstance(condition, tuple) or len(condition) != 3 or not isinstance(condition[0], str):
        raise UsageError(f"filter {condition!r} is no condition", tip=SHAPE)
    name, sign, value = condition
    if name not in fields:
        raise unknown("column", name, fields)
    column = pc.field(name)
    if sign in AMONG:
        found = column.isin(_scalars(fields[name], value))
        return found if sign == "in" else ~found & column.is_valid()
    if sign not in COMPARISONS:
        raise unknown("operator", sign, (*COMPARISONS, *AMONG))
    return COMPARISONS[sign](column, _scalar(fields[name], value))


def _scalars(field: Mapping[str, Any], values: Any) -> Any:
    import pyarrow as pa

    from broadsheet.schemas import arrow_type

    if isinstance(values, str) or not isinstance(values, Collection):
        raise UsageError(f"column {field['name']!r}: 'in' has {values!r}", tip="give a list of values")
    return pa.array([_scalar(field, value).as_py() for value in values], arrow_type(dict(field)))


def _scalar(field: Mapping[str, Any], value: Any) -> Any:
    """The value as an Arrow scalar of the field's type."""
    import pyarrow as pa

    from broadsheet.schemas import arrow_type

    name, kind = field["name"], field["type"]
    if value is None:
        tip = f'give filters=pyarrow.compute.field("{name}").is_null(), or .is_valid()'
        raise UsageError(f"column {name!r} is compared with None, which no cell equals", tip=tip)
    value = value.item() if callable(getattr(value, "item", None)) else value  # a number of NumPy's
    value = _date(name, value) if kind == "date" else value
    if not isinstance(value, PYTHON[kind]) or (isinstance(value, bool) and kind != "boolean"):
        raise UsageError(f"column {name!r} is of type {kind}, and cannot be compared with {value!r}", tip=SHAPE)
    listed = field.get("constraints", {}).get("enum")
    if listed and value not in listed:
        raise UsageError(f"column {name!r} is never {value!r}; it is one of {', '.join(map(str, listed))}")
    try:
        return pa.scalar(value, arrow_type(dict(field)))
    except (pa.ArrowException, OverflowError) as error:
        raise UsageError(f"column {name!r} cannot be compared with {value!r}: {error}") from error


def _date(name: str, value: Any) -> Any:
    """A date, which may be written as YYYY-MM-DD; of a point in time, its day where it is midnight."""
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date()
        raise UsageError(f"column {name!r} holds dates, and cannot be compared with the time of day in {value}")
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"column {name!r} holds dates; {value!r} is none", tip='write "2021-08-31"') from None
