"""broadsheet compiles raw news articles into validated, versioned Data Packages.

The command line is the main way in (`broadsheet --help`); the modules below it are importable. Their order
from the command down to the errors is a contract that import-linter holds (see `pyproject.toml`).

For readers of a dataset, `broadsheet.load` gives a table of a package as a frame, and `broadsheet.Dataset` is what
it gives without a table. `broadsheet.schema` is a table's schema, also for pandera. All are imported when they are
first asked for, so that `import broadsheet` stays fast.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.dataset import Dataset, load
    from broadsheet.validate.table_schema import schema

__version__ = "0.1.0"
__all__ = ["Dataset", "__version__", "load", "schema"]


def __getattr__(name: str) -> Any:
    if name in ("Dataset", "load"):
        from broadsheet import dataset

        return getattr(dataset, name)
    if name == "schema":
        from broadsheet.validate import table_schema

        return table_schema.schema
    raise AttributeError(f"module 'broadsheet' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
