"""Places by their names."""

import functools

from broadsheet.gazetteer.file import tables
from broadsheet.gazetteer.normal import normal
from broadsheet.gazetteer.records import Place


def places(name: str) -> tuple[Place, ...]:
    """Every populated place and first-level division of that name, in any of its spellings; the largest first.

    >>> [place.country for place in places("Mazar-i-Sharif")], places("Nowhere in Particular")
    (['AFG'], ())
    >>> places("Kiev")[0].name
    'Kyiv'
    """
    return tuple(tables().place(line) for line in tables().lines_of(normal(name)))


def doubtful(name: str) -> tuple[Place, ...]:
    """Small places with another name of their own, of which some language has this one: `places` has them not.

    They say that a place of that name may not be the one that is meant, and never that they are.

    >>> [place.name for place in doubtful("Mascara")], doubtful("Kabul")
    ([], ())
    """
    return tuple(tables().place(line) for line in tables().doubtful_lines_of(normal(name)))


@functools.cache
def names() -> frozenset[str]:
    """Every name of a place in its normal form, of at most `MOST_WORDS` words, for those who look for names in texts.

    >>> normal("Mazar-e-Sharif") in names(), normal("Cabbage Soup") in names()
    (True, False)
    """
    return frozenset(tables().names)
