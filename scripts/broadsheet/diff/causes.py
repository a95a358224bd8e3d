"""Why a row differs: its raw file, the program, or neither.

An article is *touched* where it is new or gone, its text has another hash, or the raw record that it was read from
has. Rows of touched articles differ for their raw files; so do rows without an article (entities) that a row of a
touched article points to. All others differ for the program where version, libraries or options are not the same in
both packages, else by a correction: a sidecar, an entity resolved otherwise for another article, an edit by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from broadsheet.diff.cell_hashes import Hashes, folded, hashed
from broadsheet.diff.match import KEY, ORIGIN, Array, Differing, Rows, differing, rows_of
from broadsheet.schemas import arrow_types, foreign_keys, primary_key
from broadsheet.validate.contents import Table
from broadsheet.validate.hashes import places

ARTICLE = "article_id"
ORIGINS = {"articles": "text_sha256", "raw_records": "sha256"}
"""Tables with a hash of what each row came from."""

Tables = Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Causes:
    """What is needed to say why rows differ: sorted hashes of touched articles, and of the rows they point to."""

    articles: Array
    pointed: Mapping[str, Array] = field(default_factory=dict)

    def column(self, table: Table) -> str | None:
        """The column that says what a row came from."""
        wanted = ORIGINS.get(table.name, ARTICLE)
        if wanted in table.fields:
            return wanted
        key = primary_key(table.schema)
        return key[0] if len(key) == 1 and table.name in self.pointed else None

    def origins(self, table: Table, hashes: Hashes, side: int) -> Array:
        """A number for each row that is another in the other package, or not 0, where its raw files are the cause."""
        import numpy as np

        column = self.column(table)
        if column is None:
            return np.zeros(len(next(iter(hashes.values()))), np.uint64)
        of_origin = hashes[column]
        if ORIGINS.get(table.name) == column:
            return np.maximum(of_origin, np.uint64(1))
        touched = self.articles if column == ARTICLE else self.pointed[table.name]
        return (places(of_origin, touched) >= 0).astype(np.uint64) * np.uint64(side + 1)


def causes(old: Tables, new: Tables) -> Causes:
    """What is needed to say why rows of these packages differ."""
    import numpy as np

    touched = np.unique(np.concatenate([_touched_articles(old, new), _touched_records(old, new)]))
    if not len(touched):
        return Causes(touched)
    both = Causes(touched)
    pointed: dict[str, list[Array]] = {}
    for tables in (old, new):
        for name, found in _pointed(tables, both):
            pointed.setdefault(name, []).append(found)
    return Causes(touched, {name: np.unique(np.concatenate(found)) for name, found in pointed.items()})


def _touched_articles(old: Tables, new: Tables) -> Array:
    import numpy as np

    columns = (ARTICLE, ORIGINS["articles"])
    if not all(_has_texts(tables.get("articles"), columns) for tables in (old, new)):
        return np.zeros(0, np.uint64)
    found = _differing(old["articles"], new["articles"], (ARTICLE,), columns[1], ARTICLE)
    return np.concatenate([rows[KEY] for rows in (found.added, found.removed, found.changed[0])])


def _touched_records(old: Tables, new: Tables) -> Array:
    """Articles of the raw records whose bytes are others, that are new or that are gone."""
    import numpy as np

    columns = ("path", "record", ORIGINS["raw_records"], ARTICLE)
    if not all(_has_records(tables.get("raw_records"), columns) for tables in (old, new)):
        return np.zeros(0, np.uint64)
    found = _differing(old["raw_records"], new["raw_records"], columns[:2], columns[2], ARTICLE)
    return found.changed[1][ORIGIN]


def _differing(old: Table, new: Table, key: tuple[str, ...], cells: str, origin: str) -> Differing:
    """Rows whose cells in one column differ; their origins are the hashes of another."""
    return differing(_hashed(old, key, cells, origin), _hashed(new, key, cells, origin))


def _hashed(table: Table, key: tuple[str, ...], cells: str, origin: str) -> Iterator[Rows]:
    first = 0
    for hashes in hashed(table, [*key, cells, origin], {}):
        keys = folded(hashes, key)
        yield rows_of(keys, hashes[cells], hashes[origin], first)
        first += len(keys)


def _pointed(tables: Tables, known: Causes) -> Iterator[tuple[str, Array]]:
    """Hashes of keys that rows of touched articles point to, by table; only of tables whose rows have no article."""
    for table in tables.values():
        if ARTICLE not in table.fields or table.name in ORIGINS:
            continue
        for key in foreign_keys(table.name, table.schema):
            to = tables.get(key.table)
            is_plain = to is not None and ARTICLE not in to.fields and primary_key(to.schema) == key.reference
            if is_plain and len(key.fields) == 1 and key.fields[0] in table.fields:
                yield key.table, _keys_of_touched(table, key.fields[0], known)


def _keys_of_touched(table: Table, column: str, known: Causes) -> Array:
    import numpy as np

    some = hashed(table, [column, ARTICLE], {})
    found = (np.unique(hashes[column][known.origins(table, hashes, 0) > 0]) for hashes in some)
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *found]))


def _has_texts(table: Table | None, columns: tuple[str, ...]) -> bool:
    return table is not None and primary_key(table.schema) == (ARTICLE,) and _are_texts(table, columns)


def _has_records(table: Table | None, columns: tuple[str, ...]) -> bool:
    return table is not None and primary_key(table.schema) == columns[:2] and _are_texts(table, columns[2:])


def _are_texts(table: Table, columns: tuple[str, ...]) -> bool:
    return all(table.fields.get(name, {}).get("type") == "string" for name in columns) and "string" in arrow_types()
