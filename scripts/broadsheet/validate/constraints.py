"""Checks of constraints: Table Schemas compiled to polars expressions, run batch by batch.

Patterns run in polars' engine, which is linear in the text. Uniqueness and keys are not here but in `keys`; the
same rules as schemas of pandera are in `pandera_schemas`.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import Schema
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import KEPT, Faults, Finding, Outcomes, Unmade, UnreadableError, fault
from broadsheet.validate.shown import quoted, shown

if TYPE_CHECKING:
    import polars as pl

    Condition = Callable[[Any, Any], Any]
    Compiled = dict[tuple[str, str], pl.Expr]

ELSEWHERE = ("unique",)
"""Constraints that another check looks at."""

REQUIRED = "required"

KNOWN = (
    *("required", "unique", "pattern", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength"),
)
"""The constraints of Table Schema that are checked here or elsewhere."""


def conditions() -> "dict[str, Condition]":
    """For each constraint of Table Schema, what it demands of cells that are not missing, as expression or column."""
    return {
        "pattern": lambda cell, pattern: cell.str.contains(f"^(?:{pattern})$"),
        "enum": lambda cell, values: cell.is_in(values),
        "minimum": lambda cell, least: cell >= least,
        "maximum": lambda cell, most: cell <= most,
        "exclusiveMinimum": lambda cell, bound: cell > bound,
        "exclusiveMaximum": lambda cell, bound: cell < bound,
        "minLength": lambda cell, least: cell.str.len_chars() >= least,
        "maxLength": lambda cell, most: cell.str.len_chars() <= most,
    }


def polars_type(type_of: str) -> Any:
    """The polars type of a Table Schema type."""
    import polars as pl

    types = {
        "string": pl.String,
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
    }
    return types[type_of]


def checked(field: dict[str, Any]) -> dict[str, Any]:
    """The constraints of a field that a condition stands for."""
    known = conditions()
    return {name: value for name, value in field.get("constraints", {}).items() if name in known}


_BOUNDS = ("enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
"""Constraints whose values are of the field's type."""


def _typed(value: Any, type_of: str) -> Any:
    """A value of the schema as the field's type: JSON has no dates, and may hold numbers as text."""
    if isinstance(value, list):
        return [_typed(item, type_of) for item in value]
    parsers: dict[str, Callable[[str], Any]] = {"date": datetime.date.fromisoformat, "integer": int, "number": float}
    parse = parsers.get(type_of)
    return parse(value) if parse and isinstance(value, str) else value


def rule(name: str, value: Any) -> str:
    """The constraint in words.

    >>> rule("enum", ["a", "b"]), rule("minimum", 0), rule("required", True)
    ('enum a, b', 'minimum 0', 'required')
    """
    if name == REQUIRED:
        return name
    return f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"


def constraints_hold(table: Table) -> Outcomes:
    """Whether every cell keeps the constraints of its field."""
    try:
        compiled = usable(table.schema)
    except ValueError as error:
        yield fault("schema-error", f"{error}; correct the constraint", rule="constraints")
        return
    try:
        for first, batch in sources.numbered(sources.batches(table)):
            yield from _broken(_frame(batch), compiled, table, first)
    except UnreadableError as error:
        if table.limit or not (table.parquet or table.csv):
            raise
        yield fault("source-error", f"{shown(error, 200)}; restore the file, or describe it as it is now")
    if unknown := _unknown(table.schema):
        yield Unmade(f"not checked: {shown(', '.join(unknown), 100)}")


def _frame(batch: Any) -> "pl.DataFrame":
    import polars as pl
    import pyarrow as pa

    frame = pl.from_arrow(pa.Table.from_batches([batch]))
    assert isinstance(frame, pl.DataFrame)
    return frame


def usable(schema: Schema) -> "Compiled":
    """For each field and constraint an expression that is true where a cell keeps it, or is missing.

    `ValueError` where a constraint cannot be worked with.
    """
    import polars as pl

    compiled: Compiled = {}
    for field in schema["fields"]:
        name = field["name"]
        nothing = pl.Series(name, [], dtype=polars_type(field["type"])).to_frame()
        if field.get("constraints", {}).get(REQUIRED):
            compiled[name, REQUIRED] = pl.col(name).is_not_null()
        for constraint, value in checked(field).items():
            try:
                compiled[name, constraint] = kept(name, constraint, value, field["type"])
                nothing.select(compiled[name, constraint])
            except (pl.exceptions.PolarsError, TypeError, ValueError, OverflowError) as error:
                reason = shown(str(error).splitlines()[0], 80)
                raise ValueError(f"field {quoted(name)}: {shown(rule(constraint, value))}: {reason}") from error
    return compiled


def kept(name: str, constraint: str, value: Any, type_of: str) -> "pl.Expr":
    """Whether the cells of a column keep a constraint; a missing cell keeps every one."""
    import polars as pl

    bound = _typed(value, type_of) if constraint in _BOUNDS else value
    found: pl.Expr = conditions()[constraint](pl.col(name), bound)
    return found.fill_null(value=True)


def _unknown(schema: Schema) -> list[str]:
    """Constraints that nothing looks at."""
    known = {*conditions(), *ELSEWHERE, REQUIRED}
    stated = {name for field in schema["fields"] for name in field.get("constraints", {})}
    return sorted(stated - known)


def _broken(frame: "pl.DataFrame", compiled: "Compiled", table: Table, first: int) -> Iterator[Faults]:
    """One item for each field and constraint that cells of the frame break."""
    if not compiled:
        return
    checked = frame.select(holds.alias(str(number)) for number, holds in enumerate(compiled.values()))
    for (name, constraint), holds in zip(compiled, checked, strict=True):
        if not holds.all():
            rows = (~holds).arg_true()
            text = rule(constraint, table.fields[name].get("constraints", {}).get(constraint))
            findings = [_finding(name, text, frame[name][row], first + row) for row in rows.head(KEPT).to_list()]
            yield Faults(findings, len(rows))


def _finding(field: str, text_of_rule: str, value: Any, row: int) -> Finding:
    text = "is missing but required" if value is None else f"{quoted(value)} does not fit {shown(text_of_rule, 120)}"
    value_text = None if value is None else str(value)
    return Finding("constraint-error", f"{text}; correct the cell", "", row, field, text_of_rule, value_text)
