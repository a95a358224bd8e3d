"""DuckDB, for questions whose rows do not fit into memory."""

import atexit
import contextlib
import functools
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

from broadsheet.validate.report import UnreadableError

MEMORY = "400MB"
THREADS = 2


@contextlib.contextmanager
def database() -> Iterator[Any]:
    """A DuckDB connection of bounded memory that spills to a folder of its own and reads no file by itself."""
    with connected() as connection:
        yield connection


def connected() -> Any:
    """Such a connection, to be closed by whoever asked for it."""
    return _engine().cursor()


@functools.cache
def _engine() -> Any:
    """The one DuckDB of this process; each query has a connection, and so temporary tables, of its own."""
    import duckdb

    folder = tempfile.mkdtemp(prefix="broadsheet-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings: dict[str, Any] = {"memory_limit": MEMORY, "threads": THREADS, "temp_directory": folder}
    settings |= {"preserve_insertion_order": False, "autoinstall_known_extensions": False}
    return duckdb.connect(":memory:", config=settings)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Says *unreadable* where a query fails for what it reads or for want of room, not for what it asks."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.OutOfMemoryException) as error:
        raise UnreadableError(str(error).splitlines()[0]) from error
