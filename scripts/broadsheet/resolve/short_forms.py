"""Acronyms, short forms and type words of organisations, places and other names within one article.

A short form means a longer name where only one name of its class fits; a name that the program knows is its own.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from broadsheet.extract.entities import lexicon
from broadsheet.records import Article
from broadsheet.resolve.names import Words, canonical, coarse, form, is_listed
from broadsheet.resolve.people import MANY, Named
from broadsheet.resolve.spelling import same_body, spelled_out

Classed = tuple[str, Words]
"""A class with a normal name."""

BRACKET = re.compile(r"\s*[\"”'’]?\s*\(\s*(?:the |or |also )?(?:known as )?[\"“'‘]?", re.IGNORECASE)
PLACE_TYPES = frozenset(
    {"province", "district", "city", "county", "region", "state", "governorate", "prefecture", "oblast"}
)
DIRECTIONS = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"})
SMALL = frozenset({"of", "for", "and", "in", "on", "to", "de", "the", "against"})


def resolve(named: Sequence[Named], defined: Mapping[Words, Words]) -> dict[int, Words]:
    """The normal name of what each mention names, by the mention's number; `defined` are acronyms of the article."""
    own = {item.place: (coarse(item.type), form(item.surface, coarse(item.type))) for item in named}
    names = sorted({(*own[item.place], item.surface) for item in named})
    by_initials, by_part = _indexes(names)
    first: dict[Classed, int] = {}
    for item in named:
        first.setdefault(own[item.place], item.place)
    alike = _alike(names)
    found: dict[int, Words] = {}
    for item in named:
        kind, words = own[item.place]
        if full := defined.get(item.words):
            words = full
        elif not is_listed(item.surface) or is_generic(item.words):
            words = _only(by_initials, kind, item) or _only_fuller(by_part, (kind, words))
            if is_generic(item.words) and first.get((kind, words), 0) > item.place:
                words = own[item.place][1]
        found[item.place] = alike.get((kind, words), words)
    return found


def bracketed(article: Article, named: Sequence[Named]) -> dict[Words, Words]:
    """Acronyms with the full name before whose bracket, or in the bracket behind which, they stand.

    The words are those of `Named`; an acronym that the program knows as another's is none of this name.
    """
    links: dict[Words, Words] = {}
    for one, other in pairwise(named):
        if not BRACKET.fullmatch(article.text, one.end, other.start):
            continue
        for short, full in ((other, one), (one, other)):
            if is_acronym(short.surface) and len(full.words) > 1 and _may_stand_for(short, full):
                links.setdefault(short.words, full.words)
                break
    return links


def _may_stand_for(short: Named, full: Named) -> bool:
    if coarse(full.type) == coarse(short.type):
        if full.type == "PERSON" or canonical(short.surface) not in (short.surface, canonical(full.surface)):
            return False
        return not is_listed(full.surface) or spells(short.surface, full.surface)
    return not is_listed(short.surface) and spells(short.surface, full.surface)


def spells(acronym: str, name: str) -> bool:
    """Whether the acronym's letters stand in the name in their order, half of them at least at the head of a word.

    >>> spells("NRF", "National Resistance Front of Afghanistan"), spells("RADAR", "radio detecting and ranging")
    (True, True)
    >>> spells("DW", "United Nations")
    False
    """
    letters = acronym.replace(".", "").replace("-", "").casefold()
    heads = "".join(part[0] for part in re.split(r"[\W_]+", name.casefold()) if part)
    rest = iter(name.casefold())
    at_heads = sum(letter in heads for letter in set(letters))
    return letters[:1] in heads and 2 * at_heads >= len(set(letters)) and all(letter in rest for letter in letters)


Initials = dict[tuple[str, str], set[Words]]
Parts = dict[Classed, set[Words]]


def _indexes(names: Sequence[tuple[str, Words, str]]) -> tuple[Initials, Parts]:
    """The names of the article, by class, under their initials and under what they may be cut down to."""
    by_initials: Initials = defaultdict(set)
    by_part: Parts = defaultdict(set)
    for kind, words, surface in names:
        for letters in initials(surface):
            by_initials[kind, letters].add(words)
        for part in parts(kind, words):
            by_part[kind, part].add(words)
        if spelled := spelled_out(surface):
            by_part[kind, form(spelled, kind)].add(words)
    return by_initials, by_part


def parts(kind: str, words: Words) -> Iterator[Words]:
    """Shorter ways to write a name."""
    if kind == "PLACE":
        if words[-1] in PLACE_TYPES and not _is_country(words[:-1]):
            yield words[:-1]
        if words[0] in DIRECTIONS and len(words) > 1:
            yield words[1:]
        return
    if kind not in ("ORG", "OTHER"):
        return
    fewest = 1 if kind == "ORG" else 2
    yield from (words[:end] for end in range(fewest, len(words)) if words[end - 1] not in SMALL)
    yield from (words[at:] for at in range(1, len(words) - 1) if words[at] not in SMALL)
    if kind == "ORG" and len(words) > 1 and not _is_country(words[-1:]):
        yield words[-1:]


def _is_country(words: Words) -> bool:
    return " ".join(words) in _countries()


@functools.cache
def _countries() -> frozenset[str]:
    return frozenset(land.name.casefold() for land in lexicon.countries())


def is_generic(words: Words) -> bool:
    """Whether the name is made of words that many bodies have: Supreme Court, Army.

    >>> is_generic(("supreme", "court")), is_generic(("orvale",))
    (True, False)
    """
    return words[-1].capitalize() in lexicon.words("head.ORG") and all(lexicon.is_common(word) for word in words)


def _only(by_initials: Initials, kind: str, item: Named) -> Words | None:
    """The only name with the initials that the mention consists of."""
    if not is_acronym(item.surface):
        return None
    full = by_initials.get((kind, item.surface.replace(".", "")), set())
    return next(iter(full)) if len(full) == 1 else None


def _only_fuller(by_part: Parts, own: Classed) -> Words:
    """The only longer name that the name is a short form of, however many names between them; else itself."""
    full = by_part.get(own, set()) - {own[1]}
    longest = [words for words in full if not by_part.get((own[0], words), set()) - {words}]
    return longest[0] if len(longest) == 1 else own[1]


def _alike(names: Sequence[tuple[str, Words, str]]) -> dict[Classed, Words]:
    """Names of organisations that differ from a longer one by an ending of one word."""
    blocks: dict[Words, list[Words]] = defaultdict(list)
    for words in sorted({words for kind, words, _ in names if kind == "ORG" and len(words) > 2}, key=len):
        blocks[words[0][:1], words[-1]].append(words)
    pairs = (pair for block in blocks.values() for pair in combinations(block[:MANY], 2) if same_body(*pair))
    return {("ORG", short): long for short, long in (sorted(pair, key=lambda words: len(str(words))) for pair in pairs)}


def is_acronym(surface: str) -> bool:
    """Whether the name is written in capitals, two to seven letters, most of them.

    >>> is_acronym("N.R.F."), is_acronym("M5S"), is_acronym("Nrf")
    (True, True, False)
    """
    letters = surface.replace(".", "").replace("-", "")
    if not (2 <= len(letters) <= 7 and letters.isalnum() and letters[0].isupper()):
        return False
    return 2 * sum(c.isupper() for c in letters) > len(letters) and not letters[1:].islower()


def initials(surface: str) -> set[str]:
    """Acronyms that a name may have: with and without small words, and of what stands before "of".

    >>> sorted(initials("National Front of Kareva"))
    ['NF', 'NFK', 'NFoK']
    """
    parts = surface.replace("-", " ").split()
    head = surface.partition(" of ")[0].replace("-", " ").split()
    capitals = ["".join(word[0] for word in words if not word[0].islower()) for words in (parts, head)]
    return {letters for letters in ("".join(part[0] for part in parts), *capitals) if len(letters) > 1}
