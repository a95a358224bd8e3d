"""Hashes of the keys of a table, taken while its cells are checked, so that its rows are read once."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.validate import hashes
from broadsheet.validate.key_sets import KeySet, Room
from broadsheet.validate.report import UnreadableError

if TYPE_CHECKING:
    import polars as pl

Key = tuple[tuple[str, ...], bool]
"""The fields of a key, and whether their values are hashed as texts: those that refer to values of another type."""


@dataclass(slots=True)
class Gathered:
    """The sets of the whole keys of a table's rows, the keys that some row has not whole, and the number of rows.

    `ragged` of them, which have too many or too few cells, are in no set.
    """

    sets: dict[Key, KeySet] = field(default_factory=dict)
    partial: set[Key] = field(default_factory=set)
    rows: int = 0
    ragged: int = 0
    is_complete: bool = False

    def begin(self, keys: Iterable[Key], room: Room) -> None:
        """Take these keys from now on."""
        self.sets = {key: KeySet(room) for key in sorted(keys)}

    @property
    def fields(self) -> set[str]:
        """The fields of all keys."""
        return {name for names, _ in self.sets for name in names}

    def see(self, columns: "Mapping[str, pl.Series]", rows: int) -> None:
        """Take the keys of so many rows, given their columns by name; none where there is no room for them."""
        self.rows += rows
        with contextlib.suppress(UnreadableError):
            self._take(columns, rows)
            return
        for found in self.sets.values():
            found.forget()
        self.sets = {}

    def _take(self, columns: "Mapping[str, pl.Series]", rows: int) -> None:
        for key, found in self.sets.items():
            names, as_text = key
            own = [columns[name] for name in names]
            some = hashes.key_hashes(own, rows, 0, as_text=as_text)
            if any(column.null_count() for column in own):
                self.partial.add(key)
                some = some[hashes.whole_rows(own, rows)]
            found.add(some)

    def of(self, names: Sequence[str], *, as_text: bool = False) -> KeySet | None:
        """The set of the key; None where it was not taken of all rows."""
        return self.sets.get((tuple(names), as_text)) if self.is_complete else None

    def is_whole(self, names: Sequence[str]) -> bool:
        """Whether every row is known to have all fields of the key."""
        key = (tuple(names), False)
        return self.is_complete and key in self.sets and key not in self.partial
