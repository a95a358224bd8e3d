"""What goes into the resolution across articles, and what comes out."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A key with a type, summed over the dataset; of a place with the countries that the same articles name."""

    key: str
    type: str
    mention_count: int
    article_count: int
    first_published: datetime.date | None = None
    last_published: datetime.date | None = None
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of `entities`."""

    entity_id: str
    name: str
    type: str
    mention_count: int
    article_count: int
    first_published: datetime.date | None = None
    last_published: datetime.date | None = None
    wikidata_id: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities in the order of their ids, and the id of the entity that each key means."""

    entities: tuple[Entity, ...]
    entity_of: dict[str, str]
