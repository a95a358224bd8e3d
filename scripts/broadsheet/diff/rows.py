"""The rows of a table that differ between two packages, counted by kind and cause; the first are shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.diff.causes import Causes
from broadsheet.diff.cells import Shared, folded, hashed, most_rows, rows_at
from broadsheet.diff.match import Array, differing_pairs, rows_of
from broadsheet.diff.model import ADDED, CHANGED, KINDS, RAW, REMOVED, RowChange
from broadsheet.validate.contents import Table

CELLS = 32_000_000
"""Changed cells of a side that are held as hashes at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that differ, as pairs of numbers with the kind of each and whether its raw files are the cause."""

    pairs: Array
    kinds: Array
    raw: Array

    def of_kind(self, kind: str) -> Array:
        """Which pairs are of the kind."""
        return self.kinds == KINDS.index(kind)


def find(old: Table, new: Table, columns: Shared, causes: Causes) -> Found:
    """The rows that differ in the shared columns."""
    import numpy as np

    most = max(most_rows(old), most_rows(new))
    pairs = differing_pairs(_hashed(old, columns, causes, 0), _hashed(new, columns, causes, 1), most)
    kinds = np.select([pairs["old"] < 0, pairs["new"] < 0], [KINDS.index(ADDED), KINDS.index(REMOVED)], 2)
    return Found(pairs, kinds, pairs["old_origin"] != pairs["new_origin"])


def _hashed(table: Table, columns: Shared, causes: Causes, side: int) -> Iterator[Array]:
    """The rows of a table as hashes."""
    origin = causes.column(table)
    extra = [origin] if origin and origin not in columns.types else []
    first = 0
    for hashes in hashed(table, [*columns.key, *columns.others, *extra], columns.types):
        keys, cells = folded(hashes, columns.key), folded(hashes, columns.others)
        yield rows_of(keys, cells, causes.origins(table, hashes, side), first)
        first += len(keys)


def counted(found: Found, cause: str) -> dict[tuple[str, str], int]:
    """The number of rows by kind and cause; `cause` is that of rows whose raw files are the same."""
    counts = {}
    for kind in KINDS:
        here = found.of_kind(kind)
        counts[kind, RAW] = int((here & found.raw).sum())
        counts[kind, cause] = int((here & ~found.raw).sum())
    return {what: count for what, count in counts.items() if count}


def changed_cells(old: Table, new: Table, columns: Shared, found: Found) -> dict[str, int]:
    """The number of changed cells by column, of those columns that have any."""
    pairs = found.pairs[found.of_kind(CHANGED)]
    counts: dict[str, int] = {}
    for begin in range(0, len(pairs), CELLS):
        some = pairs[begin : begin + CELLS]
        width = max(1, CELLS // len(some))
        for place in range(0, len(columns.others), width):
            names = columns.others[place : place + width]
            then, now = (_hashes_at(*side, names, columns) for side in ((old, some["old"]), (new, some["new"])))
            for name in names:
                counts[name] = counts.get(name, 0) + int((then[name] != now[name]).sum())
    return {name: count for name, count in counts.items() if count}


def _hashes_at(table: Table, numbers: Array, names: Sequence[str], columns: Shared) -> dict[str, Array]:
    """The hashes of cells in the rows of the numbers, by column."""
    import numpy as np

    order = np.argsort(numbers, kind="stable")
    wanted, first, done = numbers[order], 0, 0
    found = {name: np.zeros(len(numbers), np.uint64) for name in names}
    for hashes in hashed(table, names, columns.types) if len(numbers) else ():
        size = len(hashes[names[0]])
        end = int(np.searchsorted(wanted, first + size))
        for name in names:
            found[name][order[done:end]] = hashes[name][wanted[done:end] - first]
        first, done = first + size, end
        if done == len(wanted):
            break
    return found


# Rows that are shown


def first_rows(old: Table, new: Table, columns: Shared, found: Found, cause: str, limit: int) -> list[RowChange]:
    """The first rows of each kind, so many in all; a kind with few rows leaves its share to the others."""
    import numpy as np

    kinds = {kind: np.flatnonzero(found.of_kind(kind)) for kind in KINDS}
    shares = _shares({kind: len(places) for kind, places in kinds.items()}, limit)
    places = [int(place) for kind in KINDS for place in kinds[kind][: shares[kind]]]
    names = [*columns.key, *columns.others]
    numbers = [[int(found.pairs[side][place]) for place in places] for side in ("old", "new")]
    then, now = (
        rows_at(table, [number for number in some if number >= 0], names, columns.types)
        for table, some in zip((old, new), numbers, strict=True)
    )
    return [
        _row_change(then.get(before), now.get(after), columns, RAW if found.raw[place] else cause)
        for place, before, after in zip(places, *numbers, strict=True)
    ]


def _shares(counts: Mapping[str, int], limit: int) -> dict[str, int]:
    """How many of each are shown.

    >>> _shares({"added": 1, "removed": 0, "changed": 50}, 10)
    {'added': 1, 'removed': 0, 'changed': 9}
    """
    shares = dict.fromkeys(counts, 0)
    while sum(shares.values()) < limit and (more := [name for name in counts if shares[name] < counts[name]]):
        fair = max(1, (limit - sum(shares.values())) // len(more))
        for name in more:
            shares[name] += min(fair, counts[name] - shares[name], limit - sum(shares.values()))
    return shares


def _row_change(then: dict[str, Any] | None, now: dict[str, Any] | None, columns: Shared, cause: str) -> RowChange:
    known = now or then or {}
    kind = ADDED if then is None else REMOVED if now is None else CHANGED
    before, after = then or {}, now or {}
    cells = {name: (before.get(name), after.get(name)) for name in columns.others}
    differing = {name: pair for name, pair in cells.items() if not _same(*pair)}
    return RowChange(kind, cause, {name: known.get(name) for name in columns.key}, differing)


def _same(one: Any, other: Any) -> bool:
    """Whether two cells are equal; a number that is none equals itself here."""
    return bool(one == other) or (one != one and other != other)
