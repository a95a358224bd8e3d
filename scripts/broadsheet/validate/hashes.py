"""Keys as hashes: eight bytes for each row, whatever a key is made of, and no more is held in memory.

Hashes are seeded anew in every process, so that nobody can make a table whose keys collide. Two keys of a million
million have the same hash by chance less often than once in ten million tables; where that matters, a second hash is
looked at.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.validate import sources
from broadsheet.validate.contents import Table

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    import pyarrow as pa

    Hashes = np.ndarray[Any, np.dtype[np.uint64]]

SEEDS = (secrets.randbits(64), secrets.randbits(64))
FACTOR = 0x9E3779B97F4A7C15
"""An odd number that spreads the hashes of a key's first fields over those of its last."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A batch of rows with the hashes of their keys; `first` is the number of its first row.

    `whole` says which rows have every field of the key: only these have a hash that means something.
    """

    first: int
    batch: "pa.RecordBatch"
    hashes: "Hashes"
    whole: Any


def hashed(table: Table, key: Sequence[str], *, as_text: bool = False, more: Sequence[str] = ()) -> Iterator[Hashed]:
    """The rows of the key's columns and of `more` in batches with their hashes; `as_text`: of the values as written."""
    for first, batch in sources.numbered(sources.batches(table, tuple(dict.fromkeys((*key, *more))))):
        columns = _columns(batch, key)
        yield Hashed(
            first, batch, key_hashes(columns, batch.num_rows, 0, as_text=as_text), whole_rows(columns, batch.num_rows)
        )


def hashes_of(batch: "pa.RecordBatch", key: Sequence[str], seed: int) -> "Hashes":
    """The hash of each row's key."""
    return key_hashes(_columns(batch, key), batch.num_rows, seed)


def key_hashes(columns: "Sequence[pl.Series]", rows: int, seed: int, *, as_text: bool = False) -> "Hashes":
    """The hash of each of so many rows, given the columns of a key."""
    import polars as pl

    texts = (column.cast(pl.String) if as_text else column for column in columns)
    return folded((column.hash(SEEDS[seed]).to_numpy() for column in texts), rows)


def folded(columns: "Iterable[Hashes]", rows: int) -> "Hashes":
    """One hash for the cells of each row in several columns, of one column its own."""
    import numpy as np

    found: Hashes = np.zeros(rows, np.uint64)
    with np.errstate(over="ignore"):
        for hashes in columns:
            found *= np.uint64(FACTOR)
            found ^= hashes
    return found


def _columns(batch: "pa.RecordBatch", key: Sequence[str]) -> "list[pl.Series]":
    import polars as pl

    return [pl.Series(name, pl.from_arrow(batch[name])) for name in key]


def whole_rows(columns: "Sequence[pl.Series]", rows: int) -> Any:
    """Which rows have every column, as a mask."""
    import numpy as np

    whole = np.ones(rows, dtype=bool)
    for column in columns:
        if column.null_count():
            whole &= column.is_not_null().to_numpy()
    return whole


def places(hashes: "Hashes", among: "Hashes") -> Any:
    """The place of each hash among sorted ones, and -1 where it is not among them."""
    import numpy as np

    if not len(among):
        return np.full(len(hashes), -1)
    found = np.minimum(np.searchsorted(among, hashes), len(among) - 1)
    return np.where(among[found] == hashes, found, -1)
