"""Countries: codes and GeoNames ids from the gazetteer's file, the names that newspapers use from countries.tsv.

The entity extractor reads that list too.
"""

import functools
from pathlib import Path
from typing import NamedTuple

from broadsheet.gazetteer.file import cells, tables
from broadsheet.gazetteer.normal import normal
from broadsheet.gazetteer.records import Country

USUAL_NAMES = Path(__file__).with_name("countries.tsv")


class Usual(NamedTuple):
    """What newspapers call a country and its people."""

    name: str
    others: tuple[str, ...]
    people: tuple[str, ...]


def country(name_or_code: str) -> Country | None:
    """The country of that name or ISO 3166-1 code; None for names of peoples, former states and anything else.

    >>> country("Burma").code, country("KOR").name, country("U.K.").code, country("Afghans")
    ('MMR', 'South Korea', 'GBR', None)
    """
    return countries().get(name_or_code) or _by_alpha2().get(name_or_code) or country_named(name_or_code)


def country_named(name: str) -> Country | None:
    """The country of that name; codes are no names, unless newspapers use them (USA)."""
    return _by_name().get(_bare(name))


def country_of_people(name: str) -> Country | None:
    """The country whose people or adjective that is, if it is one country's only.

    >>> country_of_people("Afghans").code, country_of_people("Afghanistan")
    ('AFG', None)
    """
    return _by_people().get(normal(name))


@functools.cache
def countries() -> dict[str, Country]:
    """Every country by its alpha-3 code."""
    usual = dict(_usual())
    return {land.code: land for land in (_country(line, usual) for line in tables().countries)}


def _country(line: bytes, usual: dict[str, Usual]) -> Country:
    code, alpha2, number, population, names = cells(line)
    listed = tuple(names.split("|"))
    known = usual.get(code) or Usual(listed[0], (), ())
    others = tuple(dict.fromkeys(name for name in (*known.others, *listed) if name != known.name))
    return Country(code, alpha2, known.name, others, known.people, int(number), int(population))


@functools.cache
def _usual() -> tuple[tuple[str, Usual], ...]:
    """Codes with what newspapers say; the code of a land that is no state today is empty."""
    lines = USUAL_NAMES.read_text("utf-8").splitlines()
    rows = [(line + "\t\t\t").split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((row[0], Usual(row[1], _listed(row[2]), _listed(row[3]))) for row in rows)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _bare(name: str) -> str:
    return normal(name).removeprefix("the ")


@functools.cache
def _by_name() -> dict[str, Country]:
    """Countries by all their names; those that newspapers use win, and Congo or Korea may mean two."""
    lands = countries().values()
    found = {_bare(name): land for land in lands for name in land.other_names}
    found |= {_bare(land.name): land for land in lands}
    unclear = {_bare(name) for code, usual in _usual() if not code for name in (usual.name, *usual.others)}
    return {name: land for name, land in found.items() if name not in unclear}


@functools.cache
def _by_alpha2() -> dict[str, Country]:
    return {land.alpha2: land for land in countries().values()}


@functools.cache
def _by_people() -> dict[str, Country]:
    bearers: dict[str, set[str]] = {}
    for land in countries().values():
        for name in land.people:
            bearers.setdefault(normal(name), set()).add(land.code)
    return {name: countries()[min(codes)] for name, codes in bearers.items() if len(codes) == 1}
