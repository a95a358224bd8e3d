"""Table Schemas as schemas of pandera.polars, for pipelines that work with pandera, and as a check of our own checks.

pandera must get DataFrames: of a LazyFrame it checks the types alone. Importing it takes a CPU-second, so that
`validate` compiles the same rules by itself (`constraints`).
"""

from typing import TYPE_CHECKING, Any

from broadsheet.schemas import Schema
from broadsheet.validate.constraints import REQUIRED, checked, kept, polars_type, rule

if TYPE_CHECKING:
    import pandera.polars as pandera


def pandera_schema(schema: Schema) -> "pandera.DataFrameSchema":
    """The schema's columns in order, with their types and constraints; keys are not among them.

    >>> from broadsheet.schemas import load_schemas
    >>> list(pandera_schema(load_schemas()["passages"]).columns)[:3]
    ['passage_id', 'article_id', 'position']
    """
    import pandera.polars as pandera

    return pandera.DataFrameSchema(
        {field["name"]: _column(field) for field in schema["fields"]}, strict=True, ordered=True
    )


def _column(field: dict[str, Any]) -> "pandera.Column":
    import pandera.polars as pandera

    return pandera.Column(
        polars_type(field["type"]),
        checks=[_check(name, value, field["type"]) for name, value in checked(field).items()],
        nullable=not field.get("constraints", {}).get(REQUIRED),
    )


def _check(name: str, value: Any, type_of: str) -> "pandera.Check":
    """One constraint as a check that leaves missing cells alone."""
    import pandera.polars as pandera

    def holds(data: Any) -> Any:
        return data.lazyframe.select(kept(data.key, name, value, type_of))

    return pandera.Check(holds, name=name, error=rule(name, value))
