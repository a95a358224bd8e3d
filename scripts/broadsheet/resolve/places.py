"""Where the places that articles name lie: country, GeoNames id and coordinates out of the gazetteer.

A value that would be a guess is missing. docs/places.md tells the rules to those who use the tables.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from broadsheet import gazetteer
from broadsheet.resolve.records import Entity, Name

CLEARLY = 10
"""How many times as many people the largest place must have as the next of its name to be the one that is meant."""

LARGE = 100_000
"""Fewest people of a place that is known without its country, or meant rather than a larger one since the articles name
its country: the United States are named in most, and small towns with their state."""

METROPOLIS = 1_000_000
"""Fewest people of a city that is meant rather than a division of its country that does not hold it: Buenos Aires. A
country counts as no smaller: San Marino."""

DIVISIONS = r"province|state|region|oblast|governorate|prefecture|county|canton|territory|department|voivodeship|krai"
DIVISION = re.compile(rf"(?:the )?(?:(?:{DIVISIONS}) of (?P<after>.+)|(?P<before>.+) (?:{DIVISIONS}))", re.IGNORECASE)
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,4}")
CITY = re.compile(r"(?:the )?(?:city of (?P<after>.+)|(?P<before>.+) city)", re.IGNORECASE)


class Where(NamedTuple):
    """What `entities` says of where an entity lies; countries have no coordinates, for they are no points."""

    country_code: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None


class Bearer(NamedTuple):
    """A country, division or populated place that has the name; `own` if it is no alternate name.

    One that is `doubtful` is in the way of others, but is never meant.
    """

    kind: str
    own: bool
    division: str | None
    population: int
    where: Where
    doubtful: bool = False


NOWHERE = Where()


def located(entity: Entity, names: Iterable[Name]) -> Entity:
    """The entity, which all these names mean, with what the gazetteer says of where it lies; see `where`."""
    named = frozenset[str]().union(*(name.countries for name in names))
    return replace(entity, **where([entity.name], entity.type, named)._asdict())


def where(names: Iterable[str], kind: str, named: Collection[str] = ()) -> Where:
    """Where the entity of that type and these names lies, the first name in the gazetteer deciding.

    `named` are the alpha-3 codes of countries that the same articles name. Only a GPE is looked up, and a LOC that
    says that it is a province or the like: rivers, valleys and mountains are not in the gazetteer, but their
    namesakes are.

    >>> where(["Kabul"], "GPE")
    Where(country_code='AFG', geonames_id=1138958, latitude=34.5281, longitude=69.1723)
    >>> where(["Kabul"], "PERSON"), where(["Tripoli"], "GPE", {"LBN"}).country_code
    (Where(country_code=None, geonames_id=None, latitude=None, longitude=None), 'LBN')
    """
    if kind not in ("GPE", "LOC"):
        return NOWHERE
    for name in names:
        found = [one for one in bearers(name) if kind == "GPE" or says_division(name)]
        if found:
            return _meant(found, frozenset(named))
    return NOWHERE


def says_division(name: str) -> bool:
    """Whether the name has a word such as province beside it.

    >>> says_division("Helmand province"), says_division("State of Vey"), says_division("Panjshir Valley")
    (True, True, False)
    """
    return DIVISION.fullmatch(name) is not None


def bearers(name: str) -> list[Bearer]:
    """All that have the name; a word such as province or city says of what kind they are.

    >>> [one.kind for one in bearers("Herat")], [one.kind for one in bearers("Herat province")]
    (['division', 'place', 'place'], ['division'])
    """
    for pattern, kind in ((DIVISION, "division"), (CITY, "place")):
        if match := pattern.fullmatch(name):
            for form in (name, match["after"] or match["before"]):
                of_kind = [one for one in _all(form) if one.kind == kind]
                if of_kind:
                    return of_kind
    return _all(name)


def _all(name: str) -> list[Bearer]:
    land = gazetteer.country_named(name)
    found = [] if ACRONYM.fullmatch(name) else [_bearer(name, place) for place in gazetteer.places(name)]
    if found:
        found += [_bearer(name, place)._replace(doubtful=True) for place in gazetteer.doubtful(name)]
    if land:
        found = [one for one in found if one.own]
        people = max(land.population, METROPOLIS)
        found.append(Bearer("country", True, None, people, Where(land.code, land.geonames_id)))
    return found


def _bearer(name: str, place: gazetteer.Place) -> Bearer:
    own = _plain(name) == _plain(place.name)
    where = Where(place.country, place.geonames_id, place.latitude, place.longitude)
    return Bearer(place.kind, own, place.division, place.population, where)


def _plain(name: str) -> str:
    form = gazetteer.normal(name)
    return f"saint {form[3:]}" if form.startswith("st ") else form


def _meant(found: Sequence[Bearer], named: frozenset[str]) -> Where:
    """The bearer that is far larger than any other, else the one in a country that is named."""
    near = [one for one in found if one.where.country_code in named and not one.doubtful]
    largest = _largest(found)
    if largest and (largest in near or largest.kind == "country"):
        return largest.where
    if largest and not _foreign(largest, found):
        known = largest.population >= LARGE and not largest.doubtful
        return largest.where if known and not any(one.population >= LARGE for one in near) else NOWHERE
    most = max(one.population for one in found)
    serious = [one for one in near if one.population * CLEARLY > most and one.population >= min(LARGE, most)]
    codes = {one.where.country_code for one in serious}
    if len(codes) == 1:
        return _within([one for one in found if one.where.country_code in codes])
    return NOWHERE if largest or codes else _country_of_all(found)


def _foreign(largest: Bearer, found: Sequence[Bearer]) -> bool:
    """Whether the name is the place's name in some language, but its own that of a place abroad: Bethlehem, Odessa."""
    return not largest.own and any(one.own and one.where.country_code != largest.where.country_code for one in found)


def _within(found: Sequence[Bearer]) -> Where:
    """The bearer meant among those of one country, or no more than the country."""
    largest = _largest(found)
    return largest.where if largest and not largest.doubtful else _country_of_all(found)


def _country_of_all(found: Sequence[Bearer]) -> Where:
    """The country that all lie in, but for far smaller ones."""
    most = max(one.population for one in found)
    codes = {one.where.country_code for one in found if one.population * CLEARLY > most}
    return Where(codes.pop()) if len(codes) == 1 else NOWHERE


def _largest(found: Sequence[Bearer]) -> Bearer | None:
    """The only bearer, or the one that has many times the people of the next, its namesakes about it left out."""
    first, *others = sorted(_heads(found), key=lambda one: -one.population)
    if not others or (first.population and first.population >= CLEARLY * others[0].population):
        return first
    return None


def _heads(found: Sequence[Bearer]) -> list[Bearer]:
    """Those that do not stand back behind another of their country."""
    return [one for one in found if not any(_stands_back(one, other) for other in found)]


def _stands_back(one: Bearer, other: Bearer) -> bool:
    """Whether the name means rather the other: the country, or the town that its division is named after.

    >>> kabul = bearers("Kabul")
    >>> [one.kind for one in kabul if not any(_stands_back(one, other) for other in kabul)]
    ['place', 'place']
    """
    if one.where.country_code != other.where.country_code or one.kind == other.kind:
        return False
    if one.doubtful or other.doubtful:
        return one.doubtful and one.division == other.division
    if "country" in (one.kind, other.kind):
        return other.kind == "country"
    if one.kind == "place":
        return False
    return one.division == other.division or (other.own and (not one.own or other.population >= METROPOLIS))
