"""broadsheet compiles raw news articles into validated, versioned Data Packages.

The command line is the main way in (`broadsheet --help`); the modules below it are importable. Their order
from the command down to the errors is a contract that import-linter holds (see `pyproject.toml`).

For readers of a dataset, `broadsheet.load` gives a table of a package as a frame, and `broadsheet.Dataset` is what
it gives without a table. Both are imported when they are first asked for, so that `import broadsheet` stays fast.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.dataset import Dataset, load

__version__ = "0.1.0"
__all__ = ["Dataset", "__version__", "load"]


def __getattr__(name: str) -> Any:
    if name in ("Dataset", "load"):
        from broadsheet import dataset

        return getattr(dataset, name)
    raise AttributeError(f"module 'broadsheet' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
