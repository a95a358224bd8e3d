"""Hashes of the keys of a table, taken while its cells are checked, so that its rows are read once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
    sorted_keys: set[Key] = field(default_factory=set)
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
            found, whole = key_hashes([columns[name] for name in names], as_text=as_text)
            if whole is not None:
                self.partial.add(key)
                found = found[whole]
            parts.append(found)

    def of(self, names: Sequence[str], *, as_text: bool = False) -> "hashes.Hashes | None":
        """The hashes of the key, sorted; None where they were not taken."""
        import numpy as np

        parts = self.kept.get((tuple(names), as_text))
        if not self.is_complete or parts is None:
            return None
        if (tuple(names), as_text) not in self.sorted_keys:
            joined = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
            parts.clear()
            joined.sort()
            parts.append(joined)
            self.sorted_keys.add((tuple(names), as_text))
        return parts[0]

    def is_whole(self, names: Sequence[str]) -> bool:
        """Whether every row is known to have all fields of the key."""
        key = (tuple(names), False)
        return self.is_complete and key in self.kept and key not in self.partial


def key_hashes(columns: "Sequence[pl.Series]", *, as_text: bool) -> "tuple[hashes.Hashes, Any]":
    """The hashes of rows, and which rows have every column; None where all have."""
    import polars as pl

    texts = [column.cast(pl.String) if as_text else column for column in columns]
    found = hashes.folded((column.hash(hashes.SEEDS[0]).to_numpy() for column in texts), len(columns[0]))
    whole = None
    for column in columns:
        if column.null_count():
            there = column.is_not_null().to_numpy()
            whole = there if whole is None else whole & there
    return found, whole
