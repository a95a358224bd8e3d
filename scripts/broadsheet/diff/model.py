"""What a comparison of two packages says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet.diff.recipe import Rule, Step

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
KINDS = (ADDED, REMOVED, CHANGED)
RAW, PROGRAM, CORRECTION = "raw", "program", "correction"
CAUSES = (RAW, PROGRAM, CORRECTION)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a descriptor: in which table (empty: the package), what, and the rule that it falls under."""

    table: str
    what: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is added, removed or changed.

    `cells` hold each cell then and now, but for those that are the same or missing in both.
    """

    kind: str
    cause: str
    key: Mapping[str, Any]
    cells: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """The rows of a table that differ: all are counted, the first are shown.

    `counts` has a number for each kind and cause, `cells` the number of changed cells by column. `key` are the
    columns that rows are matched by. `uncompared` says why rows, or some of their cells, were not compared.
    `repeated` is how many of the rows that differ repeat the key of another of them: these are paired in their order.
    """

    name: str
    rows: tuple[int, int]
    key: Sequence[str] = ()
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    cells: Mapping[str, int] = field(default_factory=dict)
    shown: Sequence[RowChange] = ()
    rules: Sequence[Rule] = ()
    uncompared: str = ""
    repeated: int = 0

    def total(self, kind: str) -> int:
        """Rows of a kind, whatever their cause."""
        return sum(count for (found, _), count in self.counts.items() if found == kind)

    @property
    def differs(self) -> bool:
        """Whether any row differs, or may."""
        return any(self.counts.values()) or bool(self.uncompared)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two packages, as far as it says what it is."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Diff:
    """The whole comparison; `program` is what of program, libraries and options is not the same in both builds.

    `notes` say what could not be compared or known. `next_version` is the least that NEW may have, None where OLD
    states no semantic version; `enough` says whether NEW's stated version is one, None where that is not known.
    """

    old: Side
    new: Side
    changes: Sequence[Change]
    tables: Sequence[TableDiff]
    program: Sequence[str]
    notes: Sequence[str]
    step: Step
    next_version: str | None
    enough: bool | None

    @property
    def differs(self) -> bool:
        """Whether the packages differ in a row, or in what their descriptors say."""
        return bool(self.changes) or any(table.differs for table in self.tables)
