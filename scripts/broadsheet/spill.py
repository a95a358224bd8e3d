"""Rows on their way, kept in Arrow files outside of memory until all names of the dataset are known."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


class Spill:
    """One Arrow stream per table in a new folder; a context manager while it is written, read afterwards."""

    def __init__(self, folder: Path, columns: "Mapping[str, pa.Schema]") -> None:
        import pyarrow as pa

        folder.mkdir()
        self._folder = folder
        self._writers: dict[str, Any] = {
            name: pa.ipc.new_stream(str(self._path(name)), schema) for name, schema in columns.items()
        }

    def __enter__(self) -> "Spill":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            writer.close()

    def add(self, batches: "Mapping[str, pa.RecordBatch]") -> None:
        """Append a batch to each table."""
        for name, batch in batches.items():
            self._writers[name].write_batch(batch)

    def batches(self, table: str) -> "Iterator[pa.RecordBatch]":
        """The batches of a table in the order in which they were added; its file is removed at the end."""
        import pyarrow as pa

        with pa.memory_map(str(self._path(table))) as source, pa.ipc.open_stream(source) as reader:
            yield from reader
        self._path(table).unlink()

    def _path(self, table: str) -> Path:
        return self._folder / f"{table}.arrows"
