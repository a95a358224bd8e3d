"""Pairs the rows of two tables by the hashes of their keys: 32 bytes a row, whatever a row is made of.

Tables of more rows than fit are split by hash into parts on disk, and matched part by part. The rows need no order,
and a key that stands on several rows, which a valid table has not, pairs them one by one in their order.
"""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from broadsheet.validate.hashes import FACTOR

PART = 8_000_000
"""Rows of the larger table that are matched at once."""

BUFFER = 1 << 20
"""Rows that are gathered before they are split into parts."""

ROW = [("key", "<u8"), ("cells", "<u8"), ("origin", "<u8"), ("row", "<i8")]
"""A row as hashes of its key, its other cells and what it came from, and its number."""

PAIR = [("key", "<u8"), ("old", "<i8"), ("new", "<i8"), ("old_origin", "<u8"), ("new_origin", "<u8")]
"""A row that is not the same in both tables: its numbers there, -1 and origin 0 where it is missing."""

Array = Any
"""A numpy array of rows or pairs."""


def rows_of(keys: Array, cells: Array, origins: Array, first: int) -> Array:
    """Hashes as rows that are numbered from `first`."""
    import numpy as np

    found = np.empty(len(keys), ROW)
    found["key"], found["cells"], found["origin"] = keys, cells, origins
    found["row"] = np.arange(first, first + len(keys))
    return found


def differing_pairs(old: Iterable[Array], new: Iterable[Array], most: int) -> Array:
    """The rows that differ in cells or that only one table has, in the order of their numbers.

    `most` is the number of rows that the larger table may have.
    """
    import numpy as np

    parts = 1 + max(0, most - 1) // PART
    with _split(old, parts) as then, _split(new, parts) as now:
        found = [_pairs(_whole(then, part), _whole(now, part)) for part in range(parts)]
    joined = np.concatenate(found)
    place = np.where(joined["new"] >= 0, joined["new"], joined["old"])
    return joined[np.argsort(place, kind="stable")]


# Parts


@contextlib.contextmanager
def _split(rows: Iterable[Array], parts: int) -> Iterator[list[Array] | Path]:
    """The rows in memory where there is one part, else a folder with a file for each part."""
    if parts == 1:
        yield list(rows)
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-diff-") as made:
        for some in _gathered(rows):
            _append(Path(made), some, parts)
        yield Path(made)


def _gathered(rows: Iterable[Array]) -> Iterator[Array]:
    import numpy as np

    held, size = [], 0
    for some in rows:
        held.append(some)
        size += len(some)
        if size >= BUFFER:
            yield np.concatenate(held)
            held, size = [], 0
    if held:
        yield np.concatenate(held)


def _append(folder: Path, rows: Array, parts: int) -> None:
    import numpy as np

    numbers = rows["key"] % np.uint64(parts)
    for part in range(parts):
        with (folder / str(part)).open("ab") as file:
            rows[numbers == part].tofile(file)


def _whole(held: list[Array] | Path, part: int) -> Array:
    """One part, and no longer held elsewhere in memory."""
    import numpy as np

    if isinstance(held, Path):
        file = held / str(part)
        return np.fromfile(file, ROW) if file.exists() else np.empty(0, ROW)
    joined = np.concatenate([np.empty(0, ROW), *held])
    held.clear()
    return joined


# Matching


def _pairs(old: Array, new: Array) -> Array:
    import numpy as np

    old, new = _in_place(old, new)
    old, new = _distinct(old), _distinct(new)
    places = np.searchsorted(new["key"], old["key"])
    places[places == len(new)] = 0
    both = new["key"][places] == old["key"] if len(new) else np.zeros(len(old), bool)
    matched = np.zeros(len(new), bool)
    matched[places[both]] = True
    here, there = old[both], new[places[both]]
    changed = here["cells"] != there["cells"]
    return np.concatenate(
        [_paired(here[changed], there[changed]), _paired(old[~both], None), _paired(None, new[~matched])]
    )


def _in_place(old: Array, new: Array) -> tuple[Array, Array]:
    """The rows without those that are the same at the same place of both, of which there mostly are many."""
    import numpy as np

    size = min(len(old), len(new))
    differs = (old["key"][:size] != new["key"][:size]) | (old["cells"][:size] != new["cells"][:size])
    kept = np.flatnonzero(differs)
    return np.concatenate([old[kept], old[size:]]), np.concatenate([new[kept], new[size:]])


def _distinct(rows: Array) -> Array:
    """The rows by key, the second, third … of one key with a key of its own."""
    import numpy as np

    order = np.argsort(rows["key"])  # of equal keys, which are rare, it loses the order
    keys = rows["key"][order]
    if not (keys[1:] == keys[:-1]).any():
        return rows[order]
    rows = rows[np.argsort(rows["key"], kind="stable")]
    while len(rows) > 1 and (again := np.r_[False, rows["key"][1:] == rows["key"][:-1]]).any():
        starts = np.maximum.accumulate(np.where(again, 0, np.arange(len(rows))))
        with np.errstate(over="ignore"):
            number = (np.arange(len(rows)) - starts).astype(np.uint64) * np.uint64(FACTOR)
        rows["key"] += number
        rows = rows[np.argsort(rows["key"], kind="stable")]
    return rows


def _paired(old: Array | None, new: Array | None) -> Array:
    import numpy as np

    some = old if old is not None else new
    assert some is not None
    found = np.zeros(len(some), PAIR)
    found["key"] = some["key"]
    for name, rows in (("old", old), ("new", new)):
        found[name] = -1 if rows is None else rows["row"]
        found[f"{name}_origin"] = 0 if rows is None else rows["origin"]
    return found
