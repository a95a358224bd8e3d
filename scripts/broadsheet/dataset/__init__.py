"""Tables of a package as frames: pandas, polars, pyarrow or DuckDB, with the types that the schemas state.

The way of a table: `located` finds the package, `sources` its files, `rows` reads them into Arrow with columns and
filters pushed down to Parquet, `frames` makes of that what the engine calls a table. `words` finds what stands around
a row. Descriptors come from strangers: paths that lead out of the package are refused, and a file's hash is checked
before it is first read.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from broadsheet.dataset.dataset import Dataset, open_dataset
from broadsheet.dataset.filters import Filters
from broadsheet.dataset.frames import Engine
from broadsheet.dataset.located import Place, located
from broadsheet.dataset.words import Context
from broadsheet.errors import UsageError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Context", "Dataset", "load", "located"]


@overload
def load(
    where: Place, table: None = None, *, engine: Engine = "pandas", verify: bool = True, registry: Place | None = None
) -> Dataset: ...
@overload
def load(
    where: Place,
    table: str,
    *,
    engine: Literal["pandas"] = "pandas",
    columns: Sequence[str] | None = None,
    filters: Filters = None,
    verify: bool = True,
    registry: Place | None = None,
) -> "pd.DataFrame": ...
@overload
def load(
    where: Place,
    table: str,
    *,
    engine: Literal["polars"],
    columns: Sequence[str] | None = None,
    filters: Filters = None,
    verify: bool = True,
    registry: Place | None = None,
) -> "pl.DataFrame": ...
@overload
def load(
    where: Place,
    table: str,
    *,
    engine: Literal["pyarrow"],
    columns: Sequence[str] | None = None,
    filters: Filters = None,
    verify: bool = True,
    registry: Place | None = None,
) -> "pa.Table": ...
@overload
def load(
    where: Place,
    table: str,
    *,
    engine: Literal["duckdb"],
    columns: Sequence[str] | None = None,
    filters: Filters = None,
    verify: bool = True,
    registry: Place | None = None,
) -> "duckdb.DuckDBPyRelation": ...
def load(
    where: Place,
    table: str | None = None,
    *,
    engine: Engine = "pandas",
    columns: Sequence[str] | None = None,
    filters: Filters = None,
    verify: bool = True,
    registry: Place | None = None,
) -> Any:
    """A table of a package as a frame of the engine; without a table, the whole as a `Dataset`.

    `where` is a package's folder or its datapackage.json, the address of either (https://, s3://, …), or a name with a
    range of versions, such as `"panjshir@1"`. What is not a folder is pulled into the cache, of a table no more than
    its own file; `registry` is then where the name is looked for, by default `BROADSHEET_REGISTRY` or the registry in
    a broadsheet.lock of the current folder, whose version is the one taken.

    `columns` are the columns wanted, in their order. `filters` are tuples of column, operator and value, all of which
    must hold, or a pyarrow expression. `verify=False` leaves out the check of the file's hash. Rows stand in the
    package's order.

    Missing is missing, whatever the engine, and the word NA is a word. In pandas, dates are `datetime64[s]` (which
    `.dt`, `resample` and plots understand, and which reaches from the year 1 to 9999), columns with a fixed list of
    values are categories in the schema's order, whole numbers `Int64`, numbers `Float64`, truth values `boolean`, the
    rest `string`. polars has Enum, Date, Int64, Float64, Boolean and String; pyarrow and DuckDB have strings for
    categories.

    Raises `UsageError` for a table, column, engine or value that cannot be, `ReadError` for what cannot be read and
    `IntegrityError` for bytes that are not what the descriptor says.

    >>> import broadsheet
    >>> broadsheet.load("build/package", "claims", columns=["kind", "negated"]).dtypes.astype(str).to_dict()
    {'kind': 'category', 'negated': 'boolean'}
    >>> quoted = broadsheet.load("build/package", "claims", engine="polars", filters=[("kind", "==", "direct")])
    >>> quoted["kind"].unique().to_list()
    ['direct']
    """
    dataset = open_dataset(where, engine=engine, verify=verify, registry=registry, table=table)
    if table is not None:
        return dataset.table(table, columns=columns, filters=filters)
    if columns is not None or filters is not None:
        raise UsageError("columns and filters are of one table", tip="name the table: load(where, table, columns=…)")
    return dataset
