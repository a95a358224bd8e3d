"""Checks of keys, by DuckDB over streams of the key columns, one part of the keys after another."""

import atexit
import contextlib
import functools
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import ForeignKey, foreign_keys, primary_key, unique_keys
from broadsheet.validate import sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import (
    KEPT,
    NOT_APPLICABLE,
    Faults,
    Finding,
    Outcomes,
    Unmade,
    UnreadableError,
)
from broadsheet.validate.shown import quoted

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY = "400MB"
THREADS = 2

PART = 500_000
"""Rows, about, whose keys are looked at together: so memory depends on this, and not on the number of rows."""

Streams = Mapping[str, tuple[Table, Sequence[str]]]
"""What a query reads: by name a table and its columns, which the query knows as k0, k1, …"""


def primary_key_holds(table: Table) -> Outcomes:
    """Whether every row has a primary key, and each its own."""
    key = primary_key(table.schema)
    if not key:
        yield Unmade("the schema has no primary key", NOT_APPLICABLE)
        return
    yield from _missing_keys(table, key)
    yield from _repeated(table, key, "primary-key")


def unique_keys_hold(table: Table) -> Outcomes:
    """Whether no unique key occurs twice; a key with a missing part is never the same as another."""
    keys = unique_keys(table.schema)
    if not keys:
        yield Unmade("the schema has no unique keys", NOT_APPLICABLE)
    for key in keys:
        alone = len(key) == 1 and table.fields[key[0]].get("constraints", {}).get("unique")
        yield from _repeated(table, key, "unique-error" if alone else "unique-key")


def foreign_keys_hold(table: Table, tables: Mapping[str, Table]) -> Outcomes:
    """Whether every foreign key points to a row; a key with a missing part points nowhere, rightly."""
    keys = foreign_keys(table.name, table.schema)
    if not keys:
        yield Unmade("the schema has no foreign keys", NOT_APPLICABLE)
    for key in keys:
        referred = tables.get(key.table)
        if referred is None:
            yield Unmade(f"{quoted(key.table)} is no table that can be read")
            continue
        try:
            yield from _dangling(table, key, referred)
        except UnreadableError as error:
            yield Unmade(f"{key.table}: {error}" if referred is not table else str(error))


def _missing_keys(table: Table, key: Sequence[str]) -> Iterator[Faults]:
    import pyarrow.compute as pc

    for first, batch in sources.numbered(sources.batches(table, key)):
        for name in key:
            rows = pc.indices_nonzero(pc.is_null(batch[name])).to_pylist()
            text = "the primary key is missing; every row needs one"
            if rows:
                findings = [Finding("primary-key", text, "", first + row, name) for row in rows[:KEPT]]
                yield Faults(findings, len(rows))


def _repeated(table: Table, key: Sequence[str], code: str) -> Iterator[Faults]:
    """Rows whose key another row has already; of each key one row is named."""
    columns = ", ".join(f"k{place}" for place in range(len(key)))
    present = " and ".join(f"k{place} is not null" for place in range(len(key)))
    bad = f"""
        select max(row) as row, min(row) as earlier, count(*) - 1 as times, {columns}
        from here where {present} group by {columns} having count(*) > 1"""
    rows, count = worst({"here": (table, key)}, columns, bad, "sum(times)")
    word, rule = code.replace("unique-error", "unique-value").replace("-", " "), f"unique {', '.join(key)}"
    findings = []
    for row, earlier, _, *values in rows:
        value = _joined(values)
        text = f"{word} {quoted(value)} stands in row {earlier} too; make it unique, or remove one of the rows"
        findings.append(Finding(code, text, "", row, ", ".join(key), rule, value))
    if count:
        yield Faults(findings, count)


def _dangling(table: Table, key: ForeignKey, referred: Table) -> Iterator[Faults]:
    """Rows whose foreign key is in no row of the table it refers to."""
    places = range(len(key.fields))
    columns = ", ".join(f"here.k{place}" for place in places)
    present = " and ".join(f"here.k{place} is not null" for place in places)
    cast = "" if _types(table, key.fields) == _types(referred, key.reference) else "::varchar"
    equal = " and ".join(f"here.k{place}{cast} = there.k{place}{cast}" for place in places)
    bad = f"select row, {columns} from here anti join there on {equal} where {present}"
    streams = {"here": (table, key.fields), "there": (referred, key.reference)}
    rows, count = worst(streams, ", ".join(f"k{place}{cast}" for place in places), bad, "count(*)")
    target = f"{key.table}.{', '.join(key.reference)}"
    findings = []
    for row, *values in rows:
        value = _joined(values)
        text = f"{quoted(value)} is not in {target}; correct it, or add the row that it points to"
        findings.append(Finding("foreign-key", text, "", row, ", ".join(key.fields), f"in {target}", value))
    if count:
        yield Faults(findings, count)


def _types(table: Table, names: Sequence[str]) -> list[str]:
    return [table.fields[name]["type"] for name in names]


def _joined(values: Sequence[object]) -> str:
    return ", ".join("" if value is None else str(value) for value in values)


def worst(streams: Streams, key: str, bad: str, counted: str) -> tuple[list[tuple[Any, ...]], int]:
    """The first of the rows that the query `bad` finds, by `row`, and how many faults all of them stand for.

    The query is asked of one part of all rows after another, those whose `key` has the same remainder: so it may
    group or join by the key alone. The last of the streams is the one that it holds in memory. `counted` is an
    aggregate over what it finds.
    """
    held, _ = list(streams.values())[-1]
    parts = 1 + sources.rows(held) // PART
    found: list[tuple[Any, ...]] = []
    total = 0
    for part in range(parts):
        some = ", ".join(f"{name} as (from all_{name} where hash({key}) % {parts} = {part})" for name in streams)
        with database() as connection, reading():
            for name, (table, columns) in streams.items():
                connection.register(f"all_{name}", stream(table, columns))
            connection.execute(f"create temp table bad as with {some} {bad}")
            total += int(connection.execute(f"select coalesce({counted}, 0) from bad").fetchone()[0])
            found += connection.execute(f"select * from bad order by row limit {KEPT}").fetchall()
    return sorted(found)[:KEPT], total


@contextlib.contextmanager
def database() -> Iterator[Any]:
    """A DuckDB connection of bounded memory that spills to a folder of its own and reads no file by itself."""
    with _engine().cursor() as connection:
        yield connection


@functools.cache
def _engine() -> Any:
    """The one DuckDB of this process; each query has a connection, and so temporary tables, of its own."""
    import duckdb

    folder = tempfile.mkdtemp(prefix="broadsheet-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings: dict[str, Any] = {"memory_limit": MEMORY, "threads": THREADS, "temp_directory": folder}
    settings |= {"preserve_insertion_order": False, "autoinstall_known_extensions": False}
    return duckdb.connect(":memory:", config=settings)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Says *unreadable* where a query fails for what it reads or for want of room, not for what it asks."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.OutOfMemoryException) as error:
        raise UnreadableError(str(error).splitlines()[0]) from error


def stream(table: Table, columns: Sequence[str]) -> "pa.RecordBatchReader":
    """The columns as k0, k1, … and the number of each row as `row`; for one query only."""
    import pyarrow as pa

    types = sources.columns_of(table.schema, columns).types
    schema = pa.schema([*((f"k{place}", type_of) for place, type_of in enumerate(types)), ("row", pa.int64())])
    return pa.RecordBatchReader.from_batches(schema, _with_rows(sources.batches(table, columns), schema))


def _with_rows(some: "Iterator[pa.RecordBatch]", schema: "pa.Schema") -> "Iterator[pa.RecordBatch]":
    import numpy as np
    import pyarrow as pa

    for first, batch in sources.numbered(some):
        numbers = pa.array(np.arange(first, first + batch.num_rows), pa.int64())
        yield pa.RecordBatch.from_arrays([*batch.columns, numbers], schema=schema)
