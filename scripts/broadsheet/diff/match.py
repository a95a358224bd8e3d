"""Pairs the rows of two tables by the hashes of their keys: 32 bytes a row, whatever a row is made of.

Rows whose key stands at the same place of both tables, which mostly are nearly all, are paired as they are read and
held no longer, the others by sorting. Tables of more rows than fit are split by hash into parts on disk, and matched
part by part. The rows need no order; a key that stands on several rows, which a valid table has not, pairs those at
the same place first, and then the others one by one in their order.
"""

import itertools
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet.validate.hashes import FACTOR

MOST = 8_000_000
"""Rows of a table that are held in memory to be matched."""

PARTS = 32
"""Parts on disk that more rows are split into."""

BUFFER, BATCHES = 1 << 20, 64
"""Rows that are gathered before they are split into parts, and batches that are split at once."""

KEY, ORIGIN, ROW, CELLS = range(4)
"""What `Rows.held` has of each row: hashes of its key and of what it came from, its number, a hash of other cells."""

Array = Any
"""A numpy array; of rows one of uint64 with a line for each of KEY, ORIGIN and ROW, and mostly CELLS."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that stand one after the other, as hashes; `cells` are those of single columns, where they are counted."""

    held: Array
    cells: Mapping[str, Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.held.shape[1])

    def part(self, begin: int, end: int) -> "Rows":
        """The rows of these places."""
        return Rows(self.held[:, begin:end], {name: found[begin:end] for name, found in self.cells.items()})


@dataclass(frozen=True, slots=True)
class Differing:
    """Rows that only one table has, and rows of one key that differ in their cells: the same ones of either table.

    The changed cells of the first `placed` changed rows are counted in `cells` by column. `rows` is the number of all
    rows of either table.
    """

    rows: tuple[int, int]
    added: Array
    removed: Array
    changed: tuple[Array, Array]
    cells: Mapping[str, int]
    placed: int


def rows_of(keys: Array, cells: Array, origins: Array, first: int, columns: Mapping[str, Array] | None = None) -> Rows:
    """Hashes as rows that are numbered from `first`."""
    import numpy as np

    held = np.empty((4, len(keys)), np.uint64)
    held[KEY], held[ORIGIN], held[CELLS] = keys, origins, cells
    held[ROW] = np.arange(first, first + len(keys))
    return Rows(held, columns or {})


def differing(old: Iterable[Rows], new: Iterable[Rows]) -> Differing:
    """The rows that differ in cells or that only one table has, in no order."""
    with _Held() as then, _Held() as now:
        placed, cells, rows = _walk(old, new, then, now)
        parts = PARTS if then.folder or now.folder else 1
        pairs = [_paired(then.taken(part, parts), now.taken(part, parts)) for part in range(parts)]
    changed = [placed, *(pair[:2] for pair in pairs)]
    return Differing(
        rows=rows,
        added=_joined([pair[3] for pair in pairs]),
        removed=_joined([pair[2] for pair in pairs]),
        changed=(_joined([before for before, _ in changed]), _joined([after for _, after in changed])),
        cells=cells,
        placed=placed[0].shape[1],
    )


def _joined(some: list[Array], lines: int = 3) -> Array:
    import numpy as np

    return some[0] if len(some) == 1 else np.concatenate([np.empty((lines, 0), np.uint64), *some], axis=1)


# Rows at the same place


def _walk(
    old: Iterable[Rows], new: Iterable[Rows], then: "_Held", now: "_Held"
) -> tuple[tuple[Array, Array], dict[str, int], tuple[int, int]]:
    """Changed rows whose key stands at the same place of both, their changed cells, and the number of all rows.

    Rows whose keys stand at other places are held.
    """
    import numpy as np

    pairs: list[tuple[Array, Array]] = []
    cells: dict[str, int] = {}
    rows = [0, 0]
    for before, after in abreast(old, new):
        rows = [rows[0] + len(before or ()), rows[1] + len(after or ())]
        if before is None or after is None:
            (then if after is None else now).add((after or before).held)  # type: ignore[union-attr]
            continue
        same = before.held[KEY] == after.held[KEY]
        changed = np.flatnonzero(same & (before.held[CELLS] != after.held[CELLS]))
        if len(changed):
            pairs.append((before.held[:CELLS, changed], after.held[:CELLS, changed]))
            for name, found in before.cells.items():
                cells[name] = cells.get(name, 0) + int((found[changed] != after.cells[name][changed]).sum())
        if not same.all():
            elsewhere = np.flatnonzero(~same)
            then.add(before.held[:, elsewhere])
            now.add(after.held[:, elsewhere])
    return (_joined([pair[0] for pair in pairs]), _joined([pair[1] for pair in pairs])), cells, (rows[0], rows[1])


def abreast(old: Iterable[Rows], new: Iterable[Rows]) -> Iterator[tuple[Rows | None, Rows | None]]:
    """Both tables in pieces of the same numbers of rows, with None where one has come to its end."""
    streams = [filter(len, iter(old)), filter(len, iter(new))]
    before, after = (next(stream, None) for stream in streams)
    while before is not None and after is not None:
        size = min(len(before), len(after))
        yield before.part(0, size), after.part(0, size)
        before = before.part(size, len(before)) if size < len(before) else next(streams[0], None)
        after = after.part(size, len(after)) if size < len(after) else next(streams[1], None)
    yield from ((rows, None) for rows in itertools.chain([before] if before else [], streams[0]))
    yield from ((None, rows) for rows in itertools.chain([after] if after else [], streams[1]))


# Parts


class _Held:
    """Rows of one table: in memory, and split by hash into files as soon as they are more than fit."""

    def __init__(self) -> None:
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.some: list[Array] = []
        self.size = 0

    def __enter__(self) -> "_Held":
        return self

    def __exit__(self, *_: object) -> None:
        if self.folder:
            self.folder.cleanup()

    def add(self, rows: Array) -> None:
        self.some.append(rows)
        self.size += rows.shape[1]
        if self.size >= (BUFFER if self.folder else MOST):
            self._split()

    def taken(self, part: int, parts: int) -> Array:
        """The rows of a part, and no longer held in memory."""
        import numpy as np

        if parts == 1:
            joined = _joined(self.some, 4)
            self.some = []
            return joined
        file = Path(self._split()) / str(part)
        return np.fromfile(file, np.uint64).reshape(-1, 4).T if file.exists() else np.empty((4, 0), np.uint64)

    def _split(self) -> str:
        """The folder into whose files, one for each part, all rows are written."""
        import numpy as np

        self.folder = self.folder or tempfile.TemporaryDirectory(prefix="broadsheet-diff-")
        while self.some:
            rows, self.some = _joined(self.some[:BATCHES], 4), self.some[BATCHES:]
            numbers = rows[KEY] % np.uint64(PARTS)
            for part in range(PARTS):
                with Path(self.folder.name, str(part)).open("ab") as file:
                    np.ascontiguousarray(rows[:, numbers == part].T).tofile(file)
        self.size = 0
        return self.folder.name


# Rows at other places


def _paired(old: Array, new: Array) -> tuple[Array, Array, Array, Array]:
    """Changed rows of either table, removed rows, added rows."""
    import numpy as np

    before, after = _by_key(old[KEY]), _by_key(new[KEY])
    places: Array = np.searchsorted(after[0], np.asarray(before[0]))
    places[places == len(after[0])] = 0
    both = after[0][places] == before[0] if len(after[0]) else np.zeros(len(before[0]), bool)
    matched = np.zeros(len(after[0]), bool)
    matched[places[both]] = True
    here, there = before[1][both], after[1][places[both]]
    changed = old[CELLS][here] != new[CELLS][there]
    return (
        old[:CELLS, here[changed]],
        new[:CELLS, there[changed]],
        old[:CELLS, np.sort(before[1][~both])],
        new[:CELLS, np.sort(after[1][~matched])],
    )


def _by_key(keys: Array) -> tuple[Array, Array]:
    """The keys in order and their places; the second, third … of one key has a key of its own."""
    import numpy as np

    order = order_of(keys)
    keys = keys[order]
    while len(keys) > 1 and (again := np.r_[False, keys[1:] == keys[:-1]]).any():
        starts = np.maximum.accumulate(np.where(again, 0, np.arange(len(keys))))
        with np.errstate(over="ignore"):
            keys = keys + (np.arange(len(keys)) - starts).astype(np.uint64) * np.uint64(FACTOR)
        after = order_of(keys)
        keys, order = keys[after], order[after]
    return keys, order


def order_of(numbers: Array) -> Array:
    """The places of numbers of 64 bits in their order, of equal ones that of their places.

    Numbers that carry their place in their low bits are sorted, in a fifth of the time that sorting places takes.

    >>> import numpy as np
    >>> order_of(np.array([9 << 60, 3, 9 << 60, 0], np.uint64)).tolist()
    [3, 1, 0, 2]
    """
    import numpy as np

    bits = len(numbers).bit_length()
    low = np.full(1, (1 << bits) - 1, np.uint64)
    carried = (numbers & ~low) | np.arange(len(numbers), dtype=np.uint64)
    carried.sort()
    order = (carried & low).astype(np.int64)
    carried >>= np.uint64(bits)
    again = np.flatnonzero(carried[1:] == carried[:-1])
    if len(again):  # numbers that are the same but for their low bits
        tied = np.union1d(again, again + 1)
        some = order[tied]
        order[tied] = some[np.argsort(numbers[some], kind="stable")]
    return order
