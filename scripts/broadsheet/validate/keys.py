"""Checks of keys: unique ones, and foreign ones that point to a row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from broadsheet.schemas import ForeignKey, foreign_keys, primary_key, unique_keys
from broadsheet.validate import hashes, sources
from broadsheet.validate.contents import Table
from broadsheet.validate.key_sets import KeySet, Room
from broadsheet.validate.report import KEPT, NOT_APPLICABLE, Faults, Finding, Outcomes, Unmade, UnreadableError
from broadsheet.validate.shown import quoted


def primary_key_holds(table: Table, room: Room) -> Outcomes:
    """Whether every row has a primary key, and each its own."""
    key = primary_key(table.schema)
    if absent := table.logical.absent_key if table.logical is not None else ():
        yield Unmade(f"there is no column {', '.join(map(quoted, absent))}")
        return
    if not key:
        yield Unmade("the schema has no primary key", NOT_APPLICABLE)
        return
    yield from _missing_keys(table, key)
    yield from _repeated(table, key, "primary-key", room)


def unique_keys_hold(table: Table, room: Room) -> Outcomes:
    """Whether no unique key occurs twice; a key with a missing part is never the same as another."""
    keys = unique_keys(table.schema)
    if not keys:
        yield Unmade("the schema has no unique keys", NOT_APPLICABLE)
    for key in keys:
        if unknown := {*key} - {*table.fields}:
            yield Unmade(f"there is no field {', '.join(map(quoted, sorted(unknown)))}")
            continue
        alone = len(key) == 1 and table.fields[key[0]].get("constraints", {}).get("unique")
        yield from _repeated(table, key, "unique-error" if alone else "unique-key", room)


def foreign_keys_hold(table: Table, tables: Mapping[str, Table], room: Room) -> Outcomes:
    """Whether every foreign key points to a row; a key with a missing part points nowhere, rightly."""
    keys = foreign_keys(table.name, table.schema)
    if not keys:
        yield Unmade("the schema has no foreign keys", NOT_APPLICABLE)
    for key in keys:
        referred = tables.get(key.table)
        if referred is None:
            yield Unmade(f"{quoted(key.table)} is no table that can be read")
            continue
        if len(key.fields) != len(key.reference):
            yield Unmade(f"{len(key.fields)} fields refer to {len(key.reference)}")
            continue
        if unknown := {*key.fields} - {*table.fields} | {*key.reference} - {*referred.fields}:
            yield Unmade(f"there is no field {', '.join(map(quoted, sorted(unknown)))}")
            continue
        try:
            yield from _dangling(table, key, referred, room)
        except UnreadableError as error:
            yield Unmade(f"{key.table}: {error}" if referred is not table else str(error))


def needed(tables: Mapping[str, Table]) -> dict[str, set[tuple[tuple[str, ...], bool]]]:
    """The keys of each table whose hashes its own checks and those of others ask for, and if of values as texts."""
    found: dict[str, set[tuple[tuple[str, ...], bool]]] = {name: set() for name in tables}
    for name, table in tables.items():
        own = [key for key in (primary_key(table.schema), *unique_keys(table.schema)) if key]
        found[name] |= {(key, False) for key in own if not {*key} - {*table.fields}}
        for key in foreign_keys(name, table.schema):
            referred = tables.get(key.table)
            if referred is None or {*key.fields} - {*table.fields} | {*key.reference} - {*referred.fields}:
                continue
            as_text = _types(table, key.fields) != _types(referred, key.reference)
            found[name].add((key.fields, as_text))
            found[key.table].add((key.reference, as_text))
    return found


def _missing_keys(table: Table, key: Sequence[str]) -> Iterator[Faults]:
    if table.logical is not None and table.logical.gathered.is_whole(key):
        return
    text = "the primary key is missing; every row needs one"
    for first, name, rows in _missing_cells(table, key):
        if rows:
            yield Faults([Finding("primary-key", text, "", first + row, name) for row in rows[:KEPT]], len(rows))


def _missing_cells(table: Table, key: Sequence[str]) -> Iterator[tuple[int, str, list[int]]]:
    """Places of missing cells in batches, each with the number of its first row; a wrong cell is not missing."""
    import pyarrow.compute as pc

    if table.logical is not None:
        for first, _, texts in table.logical.columns(key):
            yield from ((first, name, texts[name].is_null().arg_true().to_list()) for name in key)
        return
    for first, batch in sources.numbered(sources.batches(table, key)):
        yield from ((first, name, pc.indices_nonzero(pc.is_null(batch[name])).to_pylist()) for name in key)


def _repeated(table: Table, key: Sequence[str], code: str, room: Room) -> Iterator[Faults]:
    """Rows whose key a row before them has already."""
    import numpy as np

    twice = _set_of(table, key, room).repeated()
    if not len(twice):
        return
    first, others = np.zeros(len(twice), np.int64), np.zeros(len(twice), np.uint64)
    for rows in hashes.hashed(table, key):
        among = hashes.places(rows.hashes, twice)
        found = ((among >= 0) & rows.whole).nonzero()[0]
        if not len(found):
            continue
        among, second = among[found], hashes.hashes_of(rows.batch, key, 1)[found]
        _note_first(first, among, rows.first + found)
        _note_first(others, among, second)
        again = (first[among] < rows.first + found) & (others[among] == second)
        pairs = zip(found[again][:KEPT].tolist(), first[among[again]][:KEPT].tolist(), strict=True)
        if count := int(again.sum()):
            yield Faults([_repetition(rows, place, before, key, code) for place, before in pairs], count)


def _note_first(known: Any, places: Any, values: Any) -> None:
    """Note at each place that is still zero the first of the values that are for it."""
    import numpy as np

    new, at = np.unique(places, return_index=True)
    is_new = known[new] == 0
    known[new[is_new]] = values[at[is_new]]


def _repetition(rows: hashes.Hashed, place: int, before: int, key: Sequence[str], code: str) -> Finding:
    value = _value(rows, place, key)
    word, rule = code.replace("unique-error", "unique-value").replace("-", " "), f"unique {', '.join(key)}"
    text = f"{word} {quoted(value)} stands in row {before} too; make it unique, or remove one of the rows"
    return Finding(code, text, "", rows.first + place, ", ".join(key), rule, value)


def _dangling(table: Table, key: ForeignKey, referred: Table, room: Room) -> Iterator[Faults]:
    """Rows whose foreign key is in no row of the table it refers to."""
    as_text = _types(table, key.fields) != _types(referred, key.reference)
    there = _set_of(referred, key.reference, room, as_text=as_text)
    lacking = _set_of(table, key.fields, room, as_text=as_text).lacking(there)
    if not len(lacking):
        return
    if ragged := referred.logical.gathered.ragged if referred.logical is not None else 0:
        raise UnreadableError(f"rows with too many or too few cells ({ragged:,}) may be those that are referred to")
    for rows in hashes.hashed(table, key.fields, as_text=as_text):
        bad = ((hashes.places(rows.hashes, lacking) >= 0) & rows.whole).nonzero()[0].tolist()
        if bad:
            yield Faults([_dangle(rows, place, key) for place in bad[:KEPT]], len(bad))


def _set_of(table: Table, key: Sequence[str], room: Room, *, as_text: bool = False) -> KeySet:
    """The keys of a table: as they were gathered with its cells, or else read now."""
    known: KeySet | None = table.logical.gathered.of(key, as_text=as_text) if table.logical is not None else None
    if known is not None:
        return known
    return room.set_of(
        (table.name, tuple(key), as_text),
        lambda: (rows.hashes[rows.whole] for rows in hashes.hashed(table, key, as_text=as_text)),
    )


def _dangle(rows: hashes.Hashed, place: int, key: ForeignKey) -> Finding:
    value, target = _value(rows, place, key.fields), f"{key.table}.{', '.join(key.reference)}"
    text = f"{quoted(value)} is not in {target}; correct it, or add the row that it points to"
    return Finding("foreign-key", text, "", rows.first + place, ", ".join(key.fields), f"in {target}", value)


def _types(table: Table, names: Sequence[str]) -> list[str]:
    return [table.fields[name]["type"] for name in names]


def _value(rows: hashes.Hashed, place: int, key: Sequence[str]) -> str:
    return ", ".join(str(rows.batch[name][place].as_py()) for name in key)
