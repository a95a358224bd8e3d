"""The authority file `raw/authority.csv`: entities that the maintainer has settled, which win over the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet import sidecars
from broadsheet.resolve.keys import LISTED
from broadsheet.resolve.names import Words, coarse, form, normal, words
from broadsheet.resolve.people import Named

AUTHORITY = "authority.csv"
PARTED = "|"
Group = tuple[str, Words]


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the authority file; `not_same_as` holds ids and names."""

    entity_id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    wikidata_id: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    not_same_as: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Authority:
    """The listed entities by id, and what each name means.

    `exact` has the names as they are written (case, accents and hyphens apart) with the entity's id, `spelled` their
    normal forms where these mean one entity only, `apart` normal names with the ids that they never mean.
    """

    entities: Mapping[str, Listed] = field(default_factory=dict)
    exact: Mapping[Words, str] = field(default_factory=dict)
    spelled: Mapping[Words, str] = field(default_factory=dict)
    apart: Mapping[Words, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Listed]) -> "Authority":
        """The authority of these rows, which are known to contradict each other nowhere."""
        entities = {row.entity_id: row for row in rows}
        spelled: dict[Words, set[str]] = {}
        apart: dict[Words, set[str]] = {}
        for row in entities.values():
            for name in row.names:
                for words_ in {normal(name), form(name, coarse(row.type))}:
                    spelled.setdefault(words_, set()).add(row.entity_id)
            for other in row.not_same_as:
                for name in entities[other].names if other in entities else (other,):
                    apart.setdefault(normal(name), set()).add(row.entity_id)
                if other in entities:
                    for name in row.names:
                        apart.setdefault(normal(name), set()).add(other)
        return cls(
            entities,
            {words(name): row.entity_id for row in entities.values() for name in row.names},
            {words_: next(iter(ids)) for words_, ids in spelled.items() if len(ids) == 1},
            {words_: frozenset(ids) for words_, ids in apart.items()},
        )

    def within_articles(self) -> list[list[object]]:
        """All that can change the rows of single articles: names and types, not places and identifiers."""
        return [[one.entity_id, one.type, *one.names, one.not_same_as] for _, one in sorted(self.entities.items())]

    def meant(self, name: str, kind: str = "OTHER") -> str | None:
        """The id of the entity that a name is listed for, whatever its type; None where it is not listed."""
        if not self.entities:
            return None
        found = self.exact.get(words(name)) or self.spelled.get(normal(name)) or self.spelled.get(form(name, kind))
        return None if found in self.apart.get(normal(name), ()) else found

    def of_group(self, group: Group) -> Listed | None:
        """The listed entity that a settled group stands for."""
        return self.entities[group[1][0]] if group[0] == LISTED else None

    def settled(self, named: Sequence[Named], groups: Sequence[Group]) -> list[Group]:
        """The groups of an article's mentions, with the listed entity in the place of those that mean one.

        A listed name means its entity; so does what was found to be the same, unless it is to be kept apart.
        """
        if not self.entities:
            return list(groups)
        own = [self.meant(item.surface, coarse(item.type)) for item in named]
        means: dict[Group, set[str]] = {}
        for group, found in zip(groups, own, strict=True):
            if found:
                means.setdefault(group, set()).add(found)
        return [
            self._settled(item, group, found, means.get(group, set()))
            for item, group, found in zip(named, groups, own, strict=True)
        ]

    def _settled(self, item: Named, group: Group, found: str | None, others: set[str]) -> Group:
        if found:
            return LISTED, (found,)
        kept_apart = self.apart.get(item.words, frozenset())
        if len(others) == 1 and not others & kept_apart:
            return LISTED, tuple(others)
        return (group[0], form(item.surface, group[0])) if others else group


def read_authority(raw: Path) -> Authority:
    """The authority file of a raw folder, which was checked before; an empty one where there is none."""
    return Authority.of(_listed(row) for row in sidecars.rows(raw / AUTHORITY))


def _listed(row: Mapping[str, str]) -> Listed:
    def cell(name: str) -> str | None:
        return (row.get(name) or "").strip() or None

    geonames_id, latitude, longitude = cell("geonames_id"), cell("latitude"), cell("longitude")
    return Listed(
        entity_id=row["entity_id"],
        name=" ".join(row["name"].split()),
        type=row["type"],
        aliases=parted(row.get("aliases") or ""),
        wikidata_id=cell("wikidata_id"),
        geonames_id=int(geonames_id) if geonames_id else None,
        country_code=cell("country_code"),
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        not_same_as=parted(row.get("not_same_as") or ""),
    )


def parted(cell: str) -> tuple[str, ...]:
    """The names in a cell, parted by |.

    >>> parted("Oruna| City  of Oruna |")
    ('Oruna', 'City of Oruna')
    """
    return tuple(filter(None, (" ".join(name.split()) for name in cell.split(PARTED))))
