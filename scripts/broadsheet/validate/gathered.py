"""Hashes of the keys of a table, taken while its cells are checked, so that its rows are read once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.validate import hashes

if TYPE_CHECKING:
    import polars as pl

Key = tuple[tuple[str, ...], bool]
"""The fields of a key, and whether their values are hashed as texts: those that refer to values of another type."""

MOST = 1 << 27
"""Hashes that are kept of a table at most: a gigabyte. Where there are more, each key is read by itself."""


@dataclass(slots=True)
class Gathered:
    """The hashes of the whole keys of a table's rows, in no order, and the keys that some row has not whole."""

    kept: dict[Key, "list[hashes.Hashes]"] = field(default_factory=dict)
    partial: set[Key] = field(default_factory=set)
    sorted: dict[Key, "hashes.Hashes"] = field(default_factory=dict)
    rows: int = 0
    is_complete: bool = False

    def begin(self, keys: Iterable[Key]) -> None:
        """Take hashes of these keys from now on."""
        self.kept = {key: [] for key in sorted(keys)}

    def see(self, columns: "Mapping[str, pl.Series]", rows: int) -> None:
        """Take the hashes of so many rows, given their columns by name."""
        self.rows += rows
        if self.rows * len(self.kept) > MOST:
            self.kept = {}
        for key, parts in self.kept.items():
            names, as_text = key
            own = [columns[name] for name in names]
            found = hashes.key_hashes(own, rows, 0, as_text=as_text)
            if any(column.null_count() for column in own):
                self.partial.add(key)
                found = found[hashes.whole_rows(own, rows)]
            parts.append(found)

    def of(self, names: Sequence[str], *, as_text: bool = False) -> "hashes.Hashes | None":
        """The hashes of the key, sorted; None where they were not taken."""
        import numpy as np

        key = (tuple(names), as_text)
        if not self.is_complete or key not in self.kept:
            return None
        if key not in self.sorted:
            joined = np.concatenate(self.kept[key]) if self.kept[key] else np.zeros(0, np.uint64)
            self.kept[key].clear()
            joined.sort()
            self.sorted[key] = joined
        return self.sorted[key]

    def is_whole(self, names: Sequence[str]) -> bool:
        """Whether every row is known to have all fields of the key."""
        key = (tuple(names), False)
        return self.is_complete and key in self.kept and key not in self.partial
