"""Acronyms, short forms and type words of organisations, places and other names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from broadsheet.records import Article
from broadsheet.resolve.names import canonical, coarse
from broadsheet.resolve.people import Named, Words

Classed = tuple[str, Words]
"""A class with a normal name."""

BRACKET = re.compile(r"\s*[\"”'’]?\s*\(\s*(?:the |or |also )?(?:known as )?[\"“'‘]?", re.IGNORECASE)
PLACE_TYPES = frozenset(
    {"province", "district", "city", "county", "region", "state", "governorate", "prefecture", "oblast"}
)


def resolve(article: Article, named: Sequence[Named]) -> dict[int, Words]:
    """The normal name of what each mention names, by the mention's number."""
    links = _bracketed(article, named)
    by_initials, by_part = _indexes(named)
    found: dict[int, Words] = {}
    for item in named:
        own = coarse(item.type), item.words
        if own in links:
            found[item.place] = links[own]
        elif canonical(item.surface) != item.surface:
            found[item.place] = item.words
        else:
            found[item.place] = _only(by_initials, own[0], item) or _only_fuller(by_part, own)
    return found


def _bracketed(article: Article, named: Sequence[Named]) -> dict[Classed, Words]:
    """Acronyms with the full name before whose bracket, or in the bracket behind which, they stand."""
    links: dict[Classed, Words] = {}
    for one, other in pairwise(named):
        if coarse(one.type) != coarse(other.type) or not BRACKET.fullmatch(article.text, one.end, other.start):
            continue
        if is_acronym(other.surface) and len(one.words) > 1:
            links.setdefault((coarse(other.type), other.words), one.words)
        elif is_acronym(one.surface) and len(other.words) > 1:
            links.setdefault((coarse(one.type), one.words), other.words)
    return links


Initials = dict[tuple[str, str], set[Words]]
Parts = dict[Classed, set[Words]]


def _indexes(named: Sequence[Named]) -> tuple[Initials, Parts]:
    """The names of the article, by class, under their initials and under what they may be cut down to."""
    by_initials: Initials = defaultdict(set)
    by_part: Parts = defaultdict(set)
    for kind, words, surface in sorted({(coarse(item.type), item.words, item.surface) for item in named}):
        for letters in initials(surface):
            by_initials[kind, letters].add(words)
        for part in _parts(kind, words):
            by_part[kind, part].add(words)
    return by_initials, by_part


def _parts(kind: str, words: Words) -> Iterator[Words]:
    if kind == "PLACE" and words[-1] in PLACE_TYPES:
        yield words[:-1]
    elif kind == "ORG":
        yield from (words[:index] for index in range(1, len(words)))
        yield from (words[index:] for index in range(1, len(words) - 1))


def _only(by_initials: Initials, kind: str, item: Named) -> Words | None:
    """The only name with the initials that the mention consists of."""
    if not is_acronym(item.surface):
        return None
    full = by_initials.get((kind, item.surface.replace(".", "")), set())
    return next(iter(full)) if len(full) == 1 else None


def _only_fuller(by_part: Parts, own: Classed) -> Words:
    """The only longer name that the name is a short form of, else itself."""
    full = by_part.get(own, set())
    return next(iter(full)) if len(full) == 1 else own[1]


def is_acronym(surface: str) -> bool:
    """Whether the name is written in capitals, two to seven letters, most of them.

    >>> is_acronym("N.R.F."), is_acronym("NRF"), is_acronym("Nrf")
    (True, True, False)
    """
    letters = surface.replace(".", "").replace("-", "")
    if not (2 <= len(letters) <= 7 and letters.isalpha() and letters[0].isupper()):
        return False
    return 2 * sum(c.isupper() for c in letters) > len(letters) and not letters[1:].islower()


def initials(surface: str) -> set[str]:
    """Acronyms that a name may have: with and without small words, and of what stands before "of".

    >>> sorted(initials("National Front of Kareva"))
    ['NF', 'NFK', 'NFoK']
    """
    parts = surface.replace("-", " ").split()
    head = surface.partition(" of ")[0].replace("-", " ").split()
    capitals = ["".join(word[0] for word in words if word[0].isupper()) for words in (parts, head)]
    return {letters for letters in ("".join(part[0] for part in parts), *capitals) if len(letters) > 1}
