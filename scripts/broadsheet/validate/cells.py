"""Checks of columns and cells: the header, the types of Parquet columns, cells that can be read, row counts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import arrow_schema, field_names
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import KEPT, Faults, Finding, Outcomes, UnreadableError, fault
from broadsheet.validate.shown import quoted, shown

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = {
    "integer": r"^[+-]?[0-9]+$",
    "number": r"^([+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|-?INF)$",
    "boolean": r"^(true|false)$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
"""How the cells of each type are written in CSV."""

EXPECTED = {
    "integer": "whole digits within 64 bits, such as 12",
    "number": "a number such as 0.5",
    "boolean": "true or false",
    "date": "a day such as 2021-08-31",
}


def columns_are(expected: Sequence[str], found: Sequence[str], file: str) -> Iterator[Faults]:
    """Whether a file has the columns of the schema, in its order."""
    there, known = set(found), set(expected)
    for name in expected:
        if name not in there:
            yield fault("missing-label", f"{file} has no column {quoted(name)}; add it", field=name)
    for name in found:
        if name not in known:
            text = f"{file} has a column {quoted(name)} that is not in the schema; remove it or add the field"
            text += " (pandas writes its index so; write with index=False)" if name.startswith("__index_level_") else ""
            yield fault("extra-label", text, field=shown(name))
    if sorted(expected) == sorted(found) and list(expected) != list(found):
        yield fault("incorrect-label", f"{file} has the columns in another order; expected {', '.join(expected)}")
    elif len(found) != len(set(found)):
        yield fault("incorrect-label", f"{file} has two columns of one name; names must be unique")


def parquet_columns_are_typed(table: Table) -> Outcomes:
    """Whether the Parquet file has the schema's columns, with Arrow types of the same meaning."""
    import pyarrow as pa

    assert table.parquet is not None
    try:
        with sources.parquet_file(table.parquet) as file:
            found = file.schema_arrow
    except (pa.ArrowException, OSError, UnreadableError) as error:
        yield fault("source-error", f"{table.parquet.name} is not Parquet: {shown(error, 100)}; build it again")
        return
    names = field_names(table.schema)
    yield from columns_are(names, found.names, table.parquet.name)
    if list(found.names) == names:
        for field, expected in zip(found, arrow_schema(table.schema), strict=True):
            if not _means(field.type, expected.type):
                text = f"the Parquet column is {field.type}, expected {expected.type}; write it with this type"
                yield fault("type-error", text, field=field.name, rule=f"type {expected.type}", value=str(field.type))


def _means(found: "pa.DataType", expected: "pa.DataType") -> bool:
    """Whether the types differ in width or layout only."""
    from pyarrow import types

    kinds = (types.is_integer, types.is_floating, types.is_boolean, types.is_date, _is_text)
    return any(kind(found) and kind(expected) for kind in kinds)


def _is_text(found: "pa.DataType") -> bool:
    from pyarrow import types

    return bool(types.is_string(found) or types.is_large_string(found) or types.is_string_view(found))


def csv_cells_are_typed(table: Table) -> Outcomes:
    """Whether the header is the schema's, every row has as many cells, and every cell is written as its type."""
    assert table.csv is not None
    names = field_names(table.schema)
    headers = list(columns_are(names, sources.csv_header(table.csv), table.csv.name))
    if headers:
        yield from headers
        return
    bad_rows: dict[int, Faults] = {}
    try:
        for _ in _rows_with_cells(table, bad_rows):
            pass
    except UnreadableError as error:
        yield from _bad_cells(table, str(error))
    yield from bad_rows.values()


def _rows_with_cells(table: Table, bad: dict[int, Faults]) -> Iterator["pa.RecordBatch"]:
    """The typed rows; rows with too many or too few cells are put into the dict instead, by their numbers."""
    assert table.csv is not None

    def note(row: Any) -> str:
        code, word = ("extra-cell", "many") if row.actual_columns > row.expected_columns else ("missing-cell", "few")
        text = (
            f"the row has {row.actual_columns} cells, too {word}; expected {row.expected_columns}: {quoted(row.text)}"
        )
        bad[row.number] = fault(code, f"{text}; look for a missing quote or comma", row=row.number)
        return "skip"

    yield from sources.csv_typed(table, arrow_schema(table.schema), note)


def _bad_cells(table: Table, reason: str) -> Iterator[Faults]:
    """Every cell that is not written as its type; where there is none, why the file cannot be read."""
    import pyarrow as pa

    found = False
    texts = pa.schema([(name, pa.binary()) for name in field_names(table.schema)])
    try:
        for first, batch in sources.numbered(sources.csv_typed(table, texts, lambda _row: "skip")):
            for name, field in table.fields.items():
                faults = _bad_in_column(batch[name], field, first)
                found = found or bool(faults)
                yield from faults
    except UnreadableError:
        pass
    if not found:
        yield fault("source-error", f"{shown(reason, 200)}; write the file as UTF-8 CSV with commas")


def _bad_in_column(cells: "pa.Array", field: dict[str, Any], first: int) -> list[Faults]:
    import pyarrow as pa

    try:
        texts = cells.cast(pa.string())
    except pa.ArrowInvalid:
        return _not_utf8(cells, field, first)
    return [] if field["type"] == "string" else _not_typed(texts, field, first)


def _not_utf8(cells: "pa.Array", field: dict[str, Any], first: int) -> list[Faults]:
    bad = [row for row, cell in enumerate(cells.to_pylist()) if cell is not None and not _decodes(cell)]
    text = "the cell is not UTF-8; write the file as UTF-8"
    findings = [Finding("encoding-error", text, row=first + row, field=field["name"]) for row in bad[:KEPT]]
    return [Faults(findings, len(bad))]


def _decodes(cell: bytes) -> bool:
    try:
        cell.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_typed(texts: "pa.Array", field: dict[str, Any], first: int) -> list[Faults]:
    """The cells of a column that are not written as its type, or lie outside its range."""
    import polars as pl

    series = pl.Series("cells", pl.from_arrow(texts), dtype=pl.String)
    good = series.str.contains(FORMS[field["type"]]) & _read(series, field["type"]).is_not_null()
    bad = (series.is_not_null() & ~good.fill_null(value=False)).arg_true()
    findings = [_not_of_type(series[row], field, first + row) for row in bad.head(KEPT).to_list()]
    return [Faults(findings, len(bad))] if findings else []


def _not_of_type(value: str, field: dict[str, Any], row: int) -> Finding:
    type_of = field["type"]
    text = f"{quoted(value)} is no {type_of}; expected {EXPECTED[type_of]}, or an empty cell; correct it"
    return Finding("type-error", text, row=row, field=field["name"], rule=f"type {type_of}", value=value)


def _read(series: Any, type_of: str) -> Any:
    """The cells read as the type, missing where they cannot be."""
    import polars as pl

    if type_of == "date":
        return series.str.to_date("%Y-%m-%d", strict=False)
    read = {"integer": pl.Int64, "number": pl.Float64}
    return series.cast(read[type_of], strict=False) if type_of in read else series


def rows_are_counted(table: Table, declared: Any, file: str, *, same: bool = False) -> Outcomes:
    """Whether a file has the declared number of rows; `file` is `csv` or `parquet`, `same` that both have as many."""
    found = sources.parquet_rows(table) if same or file == "parquet" else sources.csv_rows(table)
    if found != declared:
        text = f"the {file.upper() if file == 'csv' else 'Parquet'} file has {found} rows, expected {shown(declared)}"
        yield fault(
            "row-count",
            f"{text}; restore the file, or describe it as it is now",
            rule="rows",
            value=str(found),
        )
