"""What the gazetteer holds: places and countries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place or first-level division of a country.

    `country` is ISO 3166-1 alpha-3. `division` is the ISO 3166-2 code of the division, or of the one that the
    populated place lies in. Latitude and longitude are decimal degrees (WGS 84), of a division those of a point
    for its label. The population of a division is that of the towns in it that the source lists: good for a
    comparison, not for a statistic.
    """

    geonames_id: int
    kind: str
    name: str
    country: str
    division: str | None
    latitude: float | None
    longitude: float | None
    population: int

    @property
    def is_division(self) -> bool:
        """Whether it is a province, state or the like, and no populated place."""
        return self.kind == "division"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory that ISO 3166-1 has a code for, and Kosovo.

    `name` and the `other_names` are those that newspapers use, then those of GeoNames; `people` are the names of
    its people and the adjectives.
    """

    code: str
    alpha2: str
    name: str
    other_names: tuple[str, ...]
    people: tuple[str, ...]
    geonames_id: int
    population: int
