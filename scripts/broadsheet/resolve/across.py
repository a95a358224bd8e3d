"""Resolution across articles: from the keys of a dataset to its entities.

`groups` says which keys are one entity, `ids` what it is called; here they become rows. The result depends on the
set of names and the authority file alone, never on an order.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace

from broadsheet.resolve import places
from broadsheet.resolve.authority import Authority, Listed
from broadsheet.resolve.groups import Group, Place, grouped
from broadsheet.resolve.ids import Wanted, ids_of
from broadsheet.resolve.keys import LISTED, Key
from broadsheet.resolve.names import canonical, is_listed, without_initials
from broadsheet.resolve.records import Entity, Name, Resolution

TYPES = (
    "GPE",
    "ORG",
    "PERSON",
    "LOC",
    "FAC",
    "NORP",
    "EVENT",
    "LAW",
    "WORK_OF_ART",
    "PRODUCT",
    "LANGUAGE",
    "MISC",
)
NOTHING_LISTED = Authority()
STATED = ("name", "type", "wikidata_id", "geonames_id", "country_code", "latitude", "longitude")
"""What an authority file may state of an entity."""
PLACED = ("geonames_id", "country_code", "latitude", "longitude")
"""Where one of these is stated, none is looked up: half of one place and half of another would be neither."""


def across(names: Iterable[Name], authority: Authority = NOTHING_LISTED) -> Resolution:
    r"""The entities of a dataset, in the order of their ids, and the id that each key stands for.

    >>> counts = {"mention_count": 1, "article_count": 1}
    >>> full, short = Name("Kara Vey\tPERSON", "PERSON", **counts), Name("Vey\tPERSON", "PERSON", **counts)
    >>> across([full, short]).entity_of
    {'Kara Vey\tPERSON': 'e-kara-vey', 'Vey\tPERSON': 'e-kara-vey'}
    """
    ordered = sorted(names, key=lambda name: (name.key, name.type))
    grouping = grouped((name.key for name in ordered), authority)
    members: dict[Group, list[Name]] = defaultdict(list)
    for name in ordered:
        members[grouping[name.key].root].append(name)
    ids = ids_of({group: _wanted(group, found, grouping) for group, found in members.items()}, authority.entities)
    entities = (_entity(ids[group], found, authority.entities.get(ids[group])) for group, found in members.items())
    return Resolution(
        tuple(sorted(entities, key=lambda entity: entity.entity_id)),
        {key: ids[place.root] for key, place in grouping.items()},
    )


def _wanted(group: Group, names: Sequence[Name], places: Mapping[str, Place]) -> Wanted:
    """What the group's id is made from: a listed name, else the full form that was published first.

    A surname or an acronym that was joined to a name is no full form of it.
    """
    full = [name for name in names if _is_full(places[name.key])]
    first_name = min(full, key=lambda name: (name.first_published or datetime.date.max, places[name.key].own))
    first = first_name.first_published
    if group.kind == LISTED:
        return Wanted(group.words[0], first)
    if listed := _listed(Key.read(name.key).name for name in names):
        return Wanted(listed, first)
    words = places[first_name.key].own.words
    words = without_initials(words) if group.kind == "PERSON" else words
    return Wanted(" ".join(words), first)


def _is_full(place: Place) -> bool:
    return place.own == place.root or (place.own.kind == place.root.kind and len(place.own.words) > 1)


def _listed(spellings: Iterable[str]) -> str | None:
    """The first of the names that the program knows behind the spellings."""
    return min((canonical(spelling) for spelling in spellings if is_listed(spelling)), default=None)


def _display(names: Sequence[Name]) -> str:
    """The spelling met most often of those with most words; a listed name wins."""
    if len(names) == 1:
        return canonical(Key.read(names[0].key).name)
    counts: Counter[str] = Counter()
    for name in names:
        counts[Key.read(name.key).name] += name.mention_count
    return _listed(counts) or min(counts, key=lambda s: (-min(len(s.split()), 2), s.isupper(), -counts[s], s))


def _entity(entity_id: str, names: Sequence[Name], listed: Listed | None = None) -> Entity:
    display = listed.name if listed else _display(names)
    kind = listed.type if listed else _type(names)
    entity = Entity(
        entity_id=entity_id,
        name=display,
        type=kind,
        mention_count=sum(name.mention_count for name in names),
        article_count=sum(name.article_count for name in names),
        first_published=min((name.first_published for name in names if name.first_published), default=None),
        last_published=max((name.last_published for name in names if name.last_published), default=None),
    )
    if listed and any(getattr(listed, field) is not None for field in PLACED):
        return _stated(entity, listed)
    placed = places.located(entity, names)
    return _stated(placed, listed) if listed else placed


def _stated(entity: Entity, listed: Listed) -> Entity:
    """The entity with all that the authority file states of it."""
    stated = {name: value for name, value in asdict(listed).items() if name in STATED and value is not None}
    return replace(entity, **stated)


def _type(names: Sequence[Name]) -> str:
    if len(names) == 1:
        return names[0].type
    counts: Counter[str] = Counter()
    for name in names:
        counts[name.type] += name.mention_count
    return min(counts, key=lambda kind: (-counts[kind], TYPES.index(kind) if kind in TYPES else len(TYPES), kind))
