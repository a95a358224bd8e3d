"""Checks of keys: unique ones, and foreign ones that point to a row."""

from collections.abc import Iterator, Mapping, Sequence

from broadsheet.schemas import ForeignKey, foreign_keys, primary_key, unique_keys
from broadsheet.validate import hashes, sources
from broadsheet.validate.contents import Table
from broadsheet.validate.report import KEPT, NOT_APPLICABLE, Faults, Finding, Outcomes, Unmade, UnreadableError
from broadsheet.validate.shown import quoted


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
        if unknown := {*key} - {*table.fields}:
            yield Unmade(f"there is no field {', '.join(map(quoted, sorted(unknown)))}")
            continue
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
        if unknown := {*key.fields} - {*table.fields} | {*key.reference} - {*referred.fields}:
            yield Unmade(f"there is no field {', '.join(map(quoted, sorted(unknown)))}")
            continue
        try:
            yield from _dangling(table, key, referred)
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


def _repeated(table: Table, key: Sequence[str], code: str) -> Iterator[Faults]:
    """Rows whose key a row before them has already."""
    import numpy as np

    known = hashes.sorted_hashes(table, key)
    twice = np.unique(known[1:][known[1:] == known[:-1]])
    if not len(twice):
        return
    first: dict[tuple[int, int], int] = {}
    for rows in hashes.hashed(table, key):
        again = [
            (place, first[exact])
            for place, exact in _suspects(rows, key, twice)
            if first.setdefault(exact, rows.first + place) != rows.first + place
        ]
        if again:
            yield Faults([_repetition(rows, place, before, key, code) for place, before in again[:KEPT]], len(again))


def _suspects(rows: hashes.Hashed, key: Sequence[str], twice: "hashes.Hashes") -> Iterator[tuple[int, tuple[int, int]]]:
    """Places of rows whose hash occurs twice, each with two hashes: those of equal keys alone are both the same."""
    found = ((hashes.places(rows.hashes, twice) >= 0) & rows.whole).nonzero()[0]
    if len(found):
        others = hashes.hashes_of(rows.batch, key, 1)
        for place in found.tolist():
            yield place, (int(rows.hashes[place]), int(others[place]))


def _repetition(rows: hashes.Hashed, place: int, before: int, key: Sequence[str], code: str) -> Finding:
    value = _value(rows, place, key)
    word, rule = code.replace("unique-error", "unique-value").replace("-", " "), f"unique {', '.join(key)}"
    text = f"{word} {quoted(value)} stands in row {before} too; make it unique, or remove one of the rows"
    return Finding(code, text, "", rows.first + place, ", ".join(key), rule, value)


def _dangling(table: Table, key: ForeignKey, referred: Table) -> Iterator[Faults]:
    """Rows whose foreign key is in no row of the table it refers to."""
    as_text = _types(table, key.fields) != _types(referred, key.reference)
    there = hashes.sorted_hashes(referred, key.reference, as_text=as_text)
    mine = table.logical.gathered.of(key.fields, as_text=as_text) if table.logical is not None else None
    if mine is not None and (hashes.places(mine, there) >= 0).all():
        return
    for rows in hashes.hashed(table, key.fields, as_text=as_text):
        bad = ((hashes.places(rows.hashes, there) < 0) & rows.whole).nonzero()[0].tolist()
        if bad:
            yield Faults([_dangle(rows, place, key) for place in bad[:KEPT]], len(bad))


def _dangle(rows: hashes.Hashed, place: int, key: ForeignKey) -> Finding:
    value, target = _value(rows, place, key.fields), f"{key.table}.{', '.join(key.reference)}"
    text = f"{quoted(value)} is not in {target}; correct it, or add the row that it points to"
    return Finding("foreign-key", text, "", rows.first + place, ", ".join(key.fields), f"in {target}", value)


def _types(table: Table, names: Sequence[str]) -> list[str]:
    return [table.fields[name]["type"] for name in names]


def _value(rows: hashes.Hashed, place: int, key: Sequence[str]) -> str:
    return ", ".join(str(rows.batch[name][place].as_py()) for name in key)
