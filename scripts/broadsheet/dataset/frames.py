"""An Arrow table as what each engine calls a table; the cells are the same."""

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from broadsheet.dataset.filters import unknown
from broadsheet.dataset.rows import categories
from broadsheet.errors import UsageError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Engine = Literal["pandas", "polars", "pyarrow", "duckdb"]
Fields = Mapping[str, dict[str, Any]]


def check_engine(engine: str) -> None:
    """Raise `UsageError` for an engine that is not known, or not installed."""
    if engine not in ENGINES:
        raise unknown("engine", engine, ENGINES)
    try:
        importlib.import_module(engine)
    except ImportError as error:
        raise UsageError(f"engine {engine}: {error}", tip=f"install it: pip install {engine}") from error


def as_frame(engine: str, table: "pa.Table", fields: Fields) -> Any:
    """The table for the engine; `fields` are those of its schema by name."""
    return ENGINES[engine](table, fields)


def as_pandas(table: "pa.Table", fields: Fields) -> "pd.DataFrame":
    """Nullable types throughout, so that a missing cell changes no type; dates as `datetime64[s]`."""
    import pandas as pd
    import pyarrow as pa

    types = {
        pa.string(): pd.StringDtype("pyarrow"),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    encoded = table
    for number, name in enumerate(table.column_names):
        if listed := categories(fields[name]):
            column = _encoded(table[name], listed, bool(fields[name].get("categoriesOrdered")))
            encoded = encoded.set_column(number, name, column)
    frame: pd.DataFrame = encoded.to_pandas(types_mapper=types.get, date_as_object=False, ignore_metadata=True)
    dates = [field.name for field in table.schema if pa.types.is_date(field.type)]
    return frame.astype(dict.fromkeys(dates, "datetime64[s]"))


def _encoded(column: "pa.ChunkedArray", listed: list[str], ordered: bool) -> "pa.Array":
    """The column as a dictionary of exactly the listed values, in their order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = pa.array(listed, pa.string())
    places = pc.index_in(column, values).combine_chunks()
    return pa.DictionaryArray.from_arrays(places, values, ordered=ordered)


def as_polars(table: "pa.Table", fields: Fields) -> "pl.DataFrame":
    """Text that is limited to some values is an Enum of them, in the schema's order."""
    import polars as pl

    frame = pl.DataFrame(pl.from_arrow(table))
    enums = {name: pl.Enum(listed) for name in table.column_names if (listed := categories(fields[name]))}
    return frame.with_columns(pl.col(name).cast(enum) for name, enum in enums.items())


def as_pyarrow(table: "pa.Table", _fields: Fields) -> "pa.Table":
    """The table as it was read, with what the file says of itself in the metadata."""
    return table


def as_duckdb(table: "pa.Table", _fields: Fields) -> "duckdb.DuckDBPyRelation":
    """A relation of DuckDB's default connection, so that it joins with others and `duckdb.sql` finds it by name."""
    import duckdb

    return duckdb.from_arrow(table)


ENGINES = {"pandas": as_pandas, "polars": as_polars, "pyarrow": as_pyarrow, "duckdb": as_duckdb}
