"""Sets of keys, held as their hashes: in memory as far as there is room, and beyond that in DuckDB, on disk."""

import contextlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.validate import hashes
from broadsheet.validate.database import connected, reading
from broadsheet.validate.report import UnreadableError

if TYPE_CHECKING:
    from broadsheet.validate.hashes import Hashes

MOST = 100_000_000
"""Hashes that are held in memory at most, of all keys of a package: 800 megabytes."""

WRITTEN = 1 << 20
"""Hashes that are written to disk, or looked up, at once."""


@dataclass(slots=True)
class Room:
    """The room for the keys of one package: so many hashes in memory, and a database for the others."""

    most: int = MOST
    held: int = 0
    names: int = 0
    sets: "list[KeySet]" = field(default_factory=list)
    known: "dict[Hashable, KeySet]" = field(default_factory=dict)
    connection: Any = None

    def set_of(self, name: Hashable, parts: "Callable[[], Iterable[Hashes]]") -> "KeySet":
        """The set of this name, made of the parts when it is asked for first."""
        if name not in self.known:
            found = KeySet(self)
            for part in parts():
                found.add(part)
            self.known[name] = found
        return self.known[name]

    def new_table(self) -> str:
        """The name of a new table of hashes in the database."""
        name = self._new_name()
        self.run(f"create temp table {name} (h ubigint)")
        return name

    def run(self, query: str) -> Any:
        """The result of a query; raises `UnreadableError` where there is no room for it, on disk either."""
        with _there_is_room():
            return self._database().execute(query)

    def asked(self, query: str) -> "Hashes":
        """The hashes that a query finds, sorted."""
        import numpy as np

        with _there_is_room():
            return np.sort(self._database().execute(query).fetchnumpy()["h"])

    @contextlib.contextmanager
    def lent(self, some: "Hashes") -> Iterator[str]:
        """A name by which the database knows the hashes for a while."""
        import pyarrow as pa

        name, database = self._new_name(), self._database()
        database.register(name, pa.table({"h": some}))
        try:
            yield name
        finally:
            database.unregister(name)

    def close(self) -> None:
        """Give up the database, if there is one."""
        if self.connection is not None:
            self.connection.close()

    def _database(self) -> Any:
        self.connection = self.connection or connected()
        return self.connection

    def _new_name(self) -> str:
        self.names += 1
        return f"keys_{self.names}"


@contextlib.contextmanager
def _there_is_room() -> Iterator[None]:
    try:
        with reading():
            yield
    except UnreadableError as error:
        raise UnreadableError(f"its keys fit neither into memory nor on disk: {error}") from error


@dataclass(slots=True)
class KeySet:
    """The hashes of the whole keys of a table's rows, in no order.

    `held` of them are in memory, in `parts`; the others are in the room's database, in the table of this name.
    """

    room: Room
    parts: "list[Hashes]" = field(default_factory=list)
    held: int = 0
    table: str = ""
    is_sorted: bool = False

    def __post_init__(self) -> None:
        self.room.sets.append(self)

    def add(self, some: "Hashes") -> None:
        """Take hashes in; raises `UnreadableError` where neither memory nor disk has room for them."""
        self._hold(some)
        if self.table and self.held >= WRITTEN:
            self._write()
        if self.room.held > self.room.most:
            max(self.room.sets, key=lambda one: one.held)._write()

    def forget(self) -> None:
        """Give up what is in memory."""
        self.room.held -= self.held
        self.held = 0
        self.parts.clear()

    def repeated(self) -> "Hashes":
        """The hashes that are there more than once, each once, sorted."""
        import numpy as np

        if self.table:
            self._write()
            return self.room.asked(f"select h from {self.table} group by h having count(*) > 1")
        known = self._sorted()
        return np.unique(known[1:][known[1:] == known[:-1]])

    def lacking(self, others: "KeySet") -> "Hashes":
        """The hashes that are not among the others, sorted."""
        import numpy as np

        if self is others:
            return np.zeros(0, np.uint64)
        if self.table or others.table:
            with self._as_relation() as mine, others._as_relation() as theirs:
                return self.room.asked(f"select distinct h from {mine} anti join {theirs} using (h)")
        known, there = self._sorted(), others._sorted()
        looked_up = (known[start : start + WRITTEN] for start in range(0, len(known), WRITTEN))
        found = [some[hashes.places(some, there) < 0] for some in looked_up]
        return np.concatenate([np.zeros(0, np.uint64), *found])

    @contextlib.contextmanager
    def _as_relation(self) -> Iterator[str]:
        """A name by which the room's database knows the hashes."""
        if self.table:
            self._write()
            yield self.table
        else:
            with self.room.lent(self._sorted()) as name:
                yield name

    def _hold(self, some: "Hashes") -> None:
        self.parts.append(some)
        self.held += len(some)
        self.room.held += len(some)
        self.is_sorted = False

    def _sorted(self) -> "Hashes":
        """The hashes, all of them in memory, as one sorted array, which is kept."""
        if not self.is_sorted:
            self._hold(self._taken())
            self.parts[0].sort()
            self.is_sorted = True
        return self.parts[0]

    def _taken(self) -> "Hashes":
        """What is in memory, as one array, and there no more; part by part, so that it is never there twice."""
        import numpy as np

        joined, end = np.empty(self.held, np.uint64), self.held
        while self.parts:
            part = self.parts.pop()
            joined[end - len(part) : end] = part
            end -= len(part)
        self.room.held -= self.held
        self.held = 0
        return joined

    def _write(self) -> None:
        """Move to disk what is in memory."""
        self.table = self.table or self.room.new_table()
        found = self._taken()
        for start in range(0, len(found), WRITTEN):
            with self.room.lent(found[start : start + WRITTEN]) as name:
                self.room.run(f"insert into {self.table} select h from {name}")
