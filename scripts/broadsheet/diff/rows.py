"""The rows of a table that differ between two packages, counted by kind and cause; the first are shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.diff.causes import Causes
from broadsheet.diff.cell_hashes import folded, hashed
from broadsheet.diff.cells import Shared, rows_at
from broadsheet.diff.match import KEY, ORIGIN, ROW, Array, Differing, Rows, differing, order_of, rows_of
from broadsheet.diff.model import ADDED, CHANGED, KINDS, RAW, REMOVED, RowChange
from broadsheet.validate.contents import Table

CELLS_AT_ONCE = 16_000_000
"""Changed cells of a side that are held as hashes at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that differ by kind, their numbers in either table, and whether the raw files are the cause.

    `numbers` has two arrays for each kind, of which one is None for rows that only one table has. `keys` are the
    hashes of their keys, `cells` the number of changed cells by column, of columns that have any, `rows` the number of
    all rows of either table. `repeated` is how many of the rows that differ repeat the key of another of them, so that
    they may be paired otherwise.
    """

    rows: tuple[int, int]
    numbers: Mapping[str, tuple[Array, Array]]
    raw: Mapping[str, Array]
    keys: Mapping[str, Array]
    cells: Mapping[str, int]
    repeated: int


def find(old: Table, new: Table, columns: Shared, causes: Causes) -> Found:
    """The rows that differ in the shared columns."""
    found = differing(_hashed(old, columns, causes, 0), _hashed(new, columns, causes, 1))
    then, now = found.changed
    return Found(
        rows=found.rows,
        numbers={
            ADDED: (None, found.added[ROW]),
            REMOVED: (found.removed[ROW], None),
            CHANGED: (then[ROW], now[ROW]),
        },
        raw={
            ADDED: found.added[ORIGIN] != 0,
            REMOVED: found.removed[ORIGIN] != 0,
            CHANGED: then[ORIGIN] != now[ORIGIN],
        },
        keys={ADDED: found.added[KEY], REMOVED: found.removed[KEY], CHANGED: now[KEY]},
        cells=_all_cells(old, new, columns, found),
        repeated=_repeated(found) if columns.others else 0,
    )


def _hashed(table: Table, columns: Shared, causes: Causes, side: int) -> Iterator[Rows]:
    """The rows of a table as hashes."""
    origin = causes.column(table)
    extra = [origin] if origin and origin not in columns.types else []
    first = 0
    for hashes in hashed(table, [*columns.key, *columns.others, *extra], columns.types):
        keys, cells = folded(hashes, columns.key), folded(hashes, columns.others)
        others = {name: hashes[name] for name in columns.others}
        yield rows_of(keys, cells, causes.origins(table, hashes, side), first, others)
        first += len(keys)


def _repeated(found: Differing) -> int:
    import numpy as np

    keys = np.concatenate([rows[KEY] for rows in (found.added, found.removed, found.changed[0])])
    keys.sort()
    return int((keys[1:] == keys[:-1]).sum())


def counted(found: Found, cause: str) -> dict[tuple[str, str], int]:
    """The number of rows by kind and cause; `cause` is that of rows whose raw files are the same."""
    counts = {}
    for kind in KINDS:
        counts[kind, RAW] = int(found.raw[kind].sum())
        counts[kind, cause] = len(found.raw[kind]) - counts[kind, RAW]
    return {what: count for what, count in counts.items() if count}


def _all_cells(old: Table, new: Table, columns: Shared, found: Differing) -> dict[str, int]:
    """The number of changed cells by column, of those columns that have any; rows at other places are read again."""
    counts = dict(found.cells)
    then, now = (side[ROW, found.placed :] for side in found.changed)
    for begin in range(0, len(then), CELLS_AT_ONCE):
        some = slice(begin, begin + CELLS_AT_ONCE)
        width = max(1, CELLS_AT_ONCE // len(then[some]))
        for place in range(0, len(columns.others), width):
            names = columns.others[place : place + width]
            before, after = (_hashes_at(*side, names, columns) for side in ((old, then[some]), (new, now[some])))
            for name in names:
                counts[name] = counts.get(name, 0) + int((before[name] != after[name]).sum())
    return {name: counts[name] for name in columns.others if counts.get(name)}


def _hashes_at(table: Table, numbers: Array, names: Sequence[str], columns: Shared) -> dict[str, Array]:
    """The hashes of cells in the rows of the numbers, by column."""
    import numpy as np

    order = order_of(numbers << np.uint64(64 - int(numbers.max()).bit_length()))
    wanted, first, done = numbers[order].astype(np.int64), 0, 0
    found = {name: np.empty(len(numbers), np.uint64) for name in names}
    for hashes in hashed(table, names, columns.types):
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
    shares = _shares({kind: len(found.raw[kind]) for kind in KINDS}, limit)
    picked = [(kind, place) for kind in KINDS for place in _first(found.numbers[kind], shares[kind])]
    names = [*columns.key, *columns.others]
    numbers = [[_number(found.numbers[kind][side], place) for kind, place in picked] for side in (0, 1)]
    then, now = (
        rows_at(table, [number for number in some if number is not None], names, columns.types)
        for table, some in zip((old, new), numbers, strict=True)
    )
    return [
        _row_change(then.get(before), now.get(after), columns, RAW if found.raw[kind][place] else cause)
        for (kind, place), before, after in zip(picked, *numbers, strict=True)
    ]


def _first(numbers: tuple[Array, Array], count: int) -> list[int]:
    """The places of the smallest numbers: of the newer table where it has these rows."""
    import numpy as np

    known = numbers[1] if numbers[1] is not None else numbers[0]
    some = np.argpartition(known, count - 1)[:count] if count < len(known) and count else np.arange(len(known))[:count]
    return [int(place) for place in some[np.argsort(known[some])]]


def _number(numbers: Array, place: int) -> int | None:
    return None if numbers is None else int(numbers[place])


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
