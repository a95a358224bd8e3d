"""Which countries the articles that name a place name beside it: what an ambiguous name is settled by."""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from broadsheet import gazetteer

if TYPE_CHECKING:
    import pyarrow as pa

CLASSES = r"\t(PLACE|NORP)(\t|$)"
RIVAL = 10
"""A country's name is no evidence where a place of that name abroad has a tenth of its people or more: Georgia."""

GREAT = 1_000_000
"""Fewest people of a place that tells its country."""


class Beside:
    """Sets of countries by the key of a place; memory grows by one number per distinct name of a place."""

    def __init__(self) -> None:
        self._sets: dict[str, int] = {}

    def add(self, mentions: "pa.RecordBatch") -> None:
        """Add a batch of `mentions`; all mentions of one article must be in one batch."""
        for keys in _by_article(mentions):
            numbers = {key: _number(key) for key in keys}
            named = Counter(filter(None, numbers.values()))
            everywhere = sum(named)
            for key, own in numbers.items():
                if _is_place(key):
                    others = everywhere - own if named[own] == 1 else everywhere
                    self._sets[key] = self._sets.get(key, 0) | others

    def countries(self, key: str) -> frozenset[str]:
        """The alpha-3 codes of all countries that are named beside the key in some article."""
        number = self._sets.get(key, 0)
        return frozenset(code for place, code in enumerate(_codes()) if number >> place & 1)


def _by_article(mentions: "pa.RecordBatch") -> Iterable[list[str]]:
    """The keys of places and peoples that each article has, every one once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    pairs = pa.table({"article": mentions["article_id"], "key": mentions["entity_id"]})
    pairs = pairs.filter(pc.match_substring_regex(pairs["key"], CLASSES)).group_by(["article", "key"]).aggregate([])
    found: dict[str, list[str]] = defaultdict(list)
    for article, key in zip(pairs["article"].to_pylist(), pairs["key"].to_pylist(), strict=True):
        found[article].append(key)
    return found.values()


def _is_place(key: str) -> bool:
    return key.split("\t", 2)[1] == "PLACE"


def country_of(key: str) -> str | None:
    r"""The country that a key names for certain, or whose people it names.

    >>> country_of("Lebanon\tPLACE"), country_of("Lebanese\tNORP"), country_of("Georgia\tPLACE")
    ('LBN', 'LBN', None)
    """
    name = key.split("\t")[0]
    if not _is_place(key):
        land = gazetteer.country_of_people(name)
        return land.code if land else None
    land = gazetteer.country_named(name)
    places = gazetteer.places(name)
    people = max(land.population, GREAT) if land else max((place.population for place in places), default=0)
    if land is None and people < GREAT:
        return None
    codes = {place.country for place in places if place.population * RIVAL >= people} | ({land.code} if land else set())
    return codes.pop() if len(codes) == 1 else None


@functools.cache
def _codes() -> tuple[str, ...]:
    return tuple(sorted(gazetteer.countries()))


@functools.lru_cache(maxsize=100_000)
def _number(key: str) -> int:
    """The set of the one country that the key names: one bit per country, so that sets are small and quickly joined."""
    code = country_of(key)
    return 1 << _codes().index(code) if code else 0
