"""Checks of constraints: pandera.polars schemas generated from Table Schemas, run batch by batch.

pandera gets DataFrames, never LazyFrames, of which it checks the types alone. Patterns run in polars' engine,
which is linear in the text. Uniqueness and keys are not here but in `keys`.
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
    import pandera.polars as pandera
    import polars as pl

    Condition = Callable[[pl.Expr, Any], pl.Expr]

ELSEWHERE = ("unique",)
"""Constraints that another check looks at."""

REQUIRED = "required"


def conditions() -> "dict[str, Condition]":
    """For each constraint of Table Schema, what it demands of a cell that is not missing."""
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


def pandera_schema(schema: Schema) -> "pandera.DataFrameSchema":
    """The pandera.polars schema of a Table Schema: its columns in order, with their types and constraints."""
    import pandera.polars as pandera

    return pandera.DataFrameSchema(
        {field["name"]: _column(field) for field in schema["fields"]}, strict=True, ordered=True
    )


def _column(field: dict[str, Any]) -> "pandera.Column":
    import pandera.polars as pandera

    return pandera.Column(
        _polars_type(field["type"]),
        checks=[_check(name, value, field["type"]) for name, value in _checked(field).items()],
        nullable=not field.get("constraints", {}).get(REQUIRED),
    )


def _polars_type(type_of: str) -> Any:
    import polars as pl

    types = {
        "string": pl.String,
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
    }
    return types[type_of]


def _checked(field: dict[str, Any]) -> dict[str, Any]:
    known = conditions()
    return {name: value for name, value in field.get("constraints", {}).items() if name in known}


def _check(name: str, value: Any, type_of: str) -> "pandera.Check":
    """One constraint as a pandera check that leaves missing cells alone."""
    import pandera.polars as pandera
    import polars as pl

    condition, bound = conditions()[name], _typed(value, type_of) if name in _BOUNDS else value

    def holds(data: Any) -> Any:
        return data.lazyframe.select(condition(pl.col(data.key), bound).fill_null(value=True))

    return pandera.Check(holds, name=name, error=rule(name, value))


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
    """Whether every cell is of its type and keeps the constraints of its field."""
    import pandera.polars as pandera

    try:
        schema = _usable(table.schema)
    except ValueError as error:
        yield fault("schema-error", f"{error}; correct the constraint", rule="constraints")
        return
    try:
        for first, batch in sources.numbered(sources.batches(table)):
            try:
                schema.validate(_frame(batch), lazy=True)
            except pandera.errors.SchemaErrors as errors:
                yield from _faults(errors, table, first)
    except UnreadableError as error:
        if table.limit or not (table.parquet or table.csv):
            raise
        yield fault("source-error", f"{shown(error, 200)}; restore the file, or build the package again")
    if unknown := _unknown(table.schema):
        yield Unmade(f"not checked: {shown(', '.join(unknown), 100)}")


def _frame(batch: Any) -> "pl.DataFrame":
    import polars as pl
    import pyarrow as pa

    frame = pl.from_arrow(pa.Table.from_batches([batch]))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _usable(schema: Schema) -> "pandera.DataFrameSchema":
    """The pandera schema, tried on no rows; `ValueError` where a constraint cannot be worked with."""
    import polars as pl

    for field in schema["fields"]:
        for name, value in _checked(field).items():
            try:
                bound = _typed(value, field["type"]) if name in _BOUNDS else value
                cell = pl.Series("cell", [], dtype=_polars_type(field["type"])).to_frame()
                cell.select(conditions()[name](pl.col("cell"), bound))
            except (pl.exceptions.PolarsError, TypeError, ValueError, OverflowError) as error:
                reason = shown(str(error).splitlines()[0], 80)
                raise ValueError(f"field {quoted(field['name'])}: {shown(rule(name, value))}: {reason}") from error
    return pandera_schema(schema)


def _unknown(schema: Schema) -> list[str]:
    """Constraints that nothing looks at."""
    known = {*conditions(), *ELSEWHERE, REQUIRED}
    stated = {name for field in schema["fields"] for name in field.get("constraints", {})}
    return sorted(stated - known)


def _faults(errors: Any, table: Table, first: int) -> Iterator[Faults]:
    """One item for each field and constraint that cells of the batch break."""
    for error in errors.schema_errors:
        field = table.fields[error.schema.name]
        name = error.check.name if hasattr(error.check, "name") else REQUIRED
        text_of_rule = rule(name, field.get("constraints", {}).get(name))
        output = error.check_output.to_series()
        rows = (~output).arg_true()
        values = errors.data[error.schema.name]
        findings = [
            _finding(field["name"], text_of_rule, values[row], first + row) for row in rows.head(KEPT).to_list()
        ]
        yield Faults(findings, len(rows))


def _finding(field: str, text_of_rule: str, value: Any, row: int) -> Finding:
    text = "is missing but required" if value is None else f"{quoted(value)} does not fit {shown(text_of_rule, 120)}"
    value_text = None if value is None else str(value)
    return Finding("constraint-error", f"{text}; correct the cell", "", row, field, text_of_rule, value_text)
