"""Countries by their usual names, and the codes of ISO 3166-1."""

import functools
from pathlib import Path

from broadsheet.extract.entities import lexicon


@functools.cache
def _codes() -> dict[str, str]:
    return {land.name: land.code for land in lexicon.countries() if land.code}


def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-3 code of a country by its usual name; None for anything else.

    >>> country_code("Afghanistan"), country_code("Kabul")
    ('AFG', None)
    """
    return _codes().get(name)


@functools.cache
def all_codes() -> frozenset[str]:
    """Every alpha-3 code that may be given.

    >>> len(all_codes()), "NAM" in all_codes(), "XXX" in all_codes()
    (250, True, False)
    """
    lines = (Path(__file__).parent / "iso_3166.txt").read_text("utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())
