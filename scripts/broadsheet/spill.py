"""Rows on their way, kept in Arrow files outside of memory until all names of the dataset are known.

A spill is a folder of Arrow streams, one per table, with the rows of whole articles in the order of article_id;
the stream `index` says which articles these are, each with the key that its rows were made under.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    Batches = Iterable[pa.RecordBatch]

INDEX = "index"

Keys = Sequence[tuple[str, bytes]]
"""Articles by id, each with the key of its rows."""


class Spill:
    """A new folder of streams, one for each table; a context manager while it is written, read afterwards."""

    def __init__(self, folder: Path, columns: "Mapping[str, pa.Schema]") -> None:
        import pyarrow as pa

        folder.mkdir()
        self.folder = folder
        self._writers: dict[str, Any] = {
            name: pa.ipc.new_stream(str(_path(folder, name)), schema)
            for name, schema in {**columns, INDEX: index_columns()}.items()
        }

    def __enter__(self) -> "Spill":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            writer.close()

    def add(self, keys: Keys, batches: "Mapping[str, pa.RecordBatch]") -> None:
        """Append the rows of some articles: a batch for each table."""
        for name, batch in {**batches, INDEX: index_batch(keys)}.items():
            self.write(name, batch)

    def write(self, table: str, batch: "pa.RecordBatch") -> None:
        """Append a batch to one table, or to the index."""
        self._writers[table].write_batch(batch)


def batches(folder: Path, table: str) -> "Iterator[pa.RecordBatch]":
    """The batches of a table (or of the index) in the order in which they were added."""
    import pyarrow as pa

    with pa.OSFile(str(_path(folder, table))) as source, pa.ipc.open_stream(source) as reader:
        yield from reader


def merged(one: "Batches", other: "Batches") -> "Iterator[pa.RecordBatch]":
    """The rows of both in the order of article_id; no article may have rows in both.

    >>> import pyarrow as pa
    >>> odd, even = (pa.record_batch({"article_id": ids}) for ids in (["a1", "a1", "a3"], ["a2"]))
    >>> [batch["article_id"].to_pylist() for batch in merged([odd], [even])]
    [['a1', 'a1'], ['a2'], ['a3']]
    """
    sources = [_filled(one), _filled(other)]
    heads = [next(source, None) for source in sources]
    while (left := heads[0]) is not None and (right := heads[1]) is not None:
        first = 0 if left["article_id"][0].as_py() < right["article_id"][0].as_py() else 1
        here, there = (left, right) if first == 0 else (right, left)
        rows = _before(here, there)
        yield here.slice(0, rows)
        heads[first] = here.slice(rows) if rows < here.num_rows else next(sources[first], None)
    for head, source in zip(heads, sources, strict=True):
        if head is not None:
            yield head
            yield from source


def _filled(some: "Batches") -> "Iterator[pa.RecordBatch]":
    return (batch for batch in some if batch.num_rows)


def _before(here: "pa.RecordBatch", there: "pa.RecordBatch") -> int:
    """How many rows of the one come before the first article of the other."""
    import pyarrow.compute as pc

    return int(pc.sum(pc.less(here["article_id"], there["article_id"][0])).as_py())


def index_columns() -> "pa.Schema":
    """The columns of the index."""
    import pyarrow as pa

    return pa.schema([("article_id", pa.string()), ("key", pa.binary())])


def index_batch(keys: Keys) -> "pa.RecordBatch":
    """Articles and keys as a batch of the index."""
    import pyarrow as pa

    ids, values = [article for article, _ in keys], [key for _, key in keys]
    return pa.RecordBatch.from_arrays(
        [pa.array(ids, pa.string()), pa.array(values, pa.binary())], schema=index_columns()
    )


def _path(folder: Path, table: str) -> Path:
    return folder / f"{table}.arrows"
