"""What other tables say of rows by pointing to them: whether any did, and whether rows were split."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from broadsheet.diff.causes import ORIGINS, Causes
from broadsheet.diff.cell_hashes import folded, hashed
from broadsheet.diff.cells import Shared, shared
from broadsheet.diff.match import Array
from broadsheet.diff.model import ADDED, CHANGED
from broadsheet.schemas import arrow_schema, foreign_keys, primary_key
from broadsheet.validate.contents import Table
from broadsheet.validate.hashes import places

Referring = Sequence[tuple[Table, Table | None]]
"""The other tables of the older package, each with the one of its name in the newer."""


def is_referenced(table: Table, columns: Shared, keys: Array, referring: Referring) -> bool:
    """Whether a row of another table points to one of the table's rows, which are known by the hashes of their keys."""
    import numpy as np

    keys = np.sort(keys)
    for other, _ in referring if len(keys) else ():
        for fields, types in _links(table, columns, other):
            if any(_is_among(folded(hashes, fields), keys).any() for hashes in hashed(other, fields, types)):
                return True
    return False


def is_split(old: Table, columns: Shared, keys: Mapping[str, Array], referring: Referring, causes: Causes) -> bool:
    """Whether a row that pointed to a changed row points to an added one now, and not because its article changed.

    That is what a split leaves behind whose one part keeps the key. Where the row that keeps it is just the same, a
    split cannot be told from a reference that was wrong, and is not taken for one. `keys` are hashes by kind of change.
    """
    import numpy as np

    if not (len(keys[ADDED]) and len(keys[CHANGED])):
        return False
    added, changed = np.sort(keys[ADDED]), np.sort(keys[CHANGED])
    for before, after in referring:
        if after is None or after.limit or before.limit or not _have_one_key(before, after):
            continue
        same = shared(before, after)
        for fields, types in _links(old, columns, before):
            if not _can_be_read(after, types):
                continue
            types = same.types | types
            moved = np.sort(_pointing(after, same.key, fields, types, added, causes))
            if len(moved) and _is_among(_pointing(before, same.key, fields, types, changed, causes), moved).any():
                return True
    return False


def _links(table: Table, columns: Shared, other: Table) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """The fields of another table that point to the table's key, in its order, and the types they are compared in."""
    for key in foreign_keys(other.name, other.schema) if not other.limit else ():
        named = dict(zip(key.reference, key.fields, strict=False))
        if key.table == table.name and {*named} == {*columns.key}:
            types = {named[name]: columns.types[name] for name in columns.key}
            if _can_be_read(other, types):
                yield [named[name] for name in columns.key], types


def _can_be_read(table: Table, types: Mapping[str, Any]) -> bool:
    """Whether the table has these columns, in types that can be read as those given; any can be as text."""
    import pyarrow as pa

    if not {*types} <= {*table.fields}:
        return False
    stated = arrow_schema(table.schema)
    return all(
        wanted in (stated.field(name).type, pa.string())
        or (stated.field(name).type, wanted) == (pa.int64(), pa.float64())
        for name, wanted in types.items()
    )


def _have_one_key(before: Table, after: Table) -> bool:
    key = primary_key(after.schema)
    return bool(key) and key == primary_key(before.schema) and {*key} <= {*before.fields} & {*after.fields}


def _pointing(
    table: Table, key: Sequence[str], fields: list[str], types: dict[str, Any], to: Array, causes: Causes
) -> Array:
    """Hashes of the keys of rows that point to one of the sorted hashes, and whose articles are not touched."""
    import numpy as np

    origin = causes.column(table) if table.name not in ORIGINS else None
    found = [np.zeros(0, np.uint64)]
    for hashes in hashed(table, [*key, *fields, *([origin] if origin else [])], types):
        kept = _is_among(folded(hashes, fields), to)
        if origin:
            kept &= causes.origins(table, hashes, 0) == 0
        found.append(folded(hashes, key)[kept])
    return np.concatenate(found)


def _is_among(hashes: Array, some: Array) -> Array:
    return places(hashes, some) >= 0
