"""Table Schemas as schemas of pandera.polars, for pipelines that work with pandera, and as a check of our own checks.

pandera must get DataFrames: of a LazyFrame it checks the types alone. Importing it takes up to a CPU-second, so that
builds and `validate` compile the same rules by themselves (`constraints`); docs/decisions/0020-pandera.md.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import Schema, primary_key, unique_keys
from broadsheet.validate.constraints import REQUIRED, checked, kept, polars_type, rule
from broadsheet.validate.tabular.rules import category_values

if TYPE_CHECKING:
    import pandera.polars as pandera


def pandera_schema(schema: Schema) -> "pandera.DataFrameSchema":
    """The schema's columns in order, with their types and constraints, and its primary and unique keys.

    >>> from broadsheet.schemas import load_schemas
    >>> list(pandera_schema(load_schemas()["passages"]).columns)[:3]
    ['passage_id', 'article_id', 'position']
    """
    import pandera.polars as pandera

    key = primary_key(schema)
    return pandera.DataFrameSchema(
        {field["name"]: _column(field, key) for field in schema["fields"]},
        checks=[_unique(names) for names in (key, *unique_keys(schema)) if names],
        strict=True,
        ordered=True,
    )


def _column(field: dict[str, Any], key: Sequence[str]) -> "pandera.Column":
    import pandera.polars as pandera

    checks = [_check(name, value, field["type"]) for name, value in checked(field).items()]
    if "categories" in field:
        checks.append(_check("enum", category_values(field), field["type"]))
    closed = field["type"] == "string" and any(check.name == "enum" for check in checks)
    return pandera.Column(
        None if closed else polars_type(field["type"]),
        checks=[_is_text(), *checks] if closed else checks,
        nullable=not field.get("constraints", {}).get(REQUIRED) and field["name"] not in key,
    )


def _is_text() -> "pandera.Check":
    """Whether a column of closed values is text; polars has three types for these, and `broadsheet.load` gives Enum."""
    import pandera.polars as pandera
    import polars as pl

    def holds(data: Any) -> bool:
        return data.lazyframe.collect_schema()[data.key] in (pl.String, pl.Enum, pl.Categorical)

    return pandera.Check(holds, name="type", error="type String, Enum or Categorical")


def _unique(names: Sequence[str]) -> "pandera.Check":
    """Whether no key occurs twice; a key with a missing part is never the same as another."""
    import pandera.polars as pandera
    import polars as pl

    def holds(data: Any) -> Any:
        whole = pl.all_horizontal(pl.col(name).is_not_null() for name in names)
        return data.lazyframe.select(~(pl.struct(names).is_duplicated() & whole))

    return pandera.Check(holds, name="unique", error=f"unique {', '.join(names)}")


def _check(name: str, value: Any, type_of: str) -> "pandera.Check":
    """One constraint as a check that leaves missing cells alone."""
    import pandera.polars as pandera
    import polars as pl

    def holds(data: Any) -> Any:
        cells = data.lazyframe
        if type_of == "string":
            cells = cells.with_columns(pl.col(data.key).cast(pl.String))
        return cells.select(kept(data.key, name, value, type_of))

    return pandera.Check(holds, name=name, error=rule(name, value))
