"""Readable ids of entities, made from the normal form of their names."""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from broadsheet.resolve.groups import Group
from broadsheet.resolve.keys import LISTED

CLASS_ORDER = ("PLACE", "ORG", "PERSON", "NORP", "OTHER")
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
SIMPLE = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
LONGEST_SLUG = 80
WORDS_OF_SLUG = 5


class Wanted(NamedTuple):
    """What an id is made from: the normal name, and when the entity was first met."""

    name: str
    first_published: datetime.date | None


def ids_of(wanted: Mapping[Group, Wanted], reserved: Iterable[str] = ()) -> dict[Group, str]:
    """An id per group, none of them reserved: listed entities have their own.

    Of namesakes the one that was published first has the plain id, the others are numbered in that order; those of
    one day by class and normal name. A number that another name would give of itself is left out.
    """
    slugs = {group: f"e-{slugify(one.name)}" for group, one in wanted.items() if group.kind != LISTED}
    taken = set(reserved) | {group.words[0] for group in wanted if group.kind == LISTED}
    natural = set(slugs.values())
    ids = {group: group.words[0] for group in wanted if group.kind == LISTED}
    last: dict[str, int] = {}
    for group in sorted(slugs, key=lambda group: _rank(group, wanted[group])):
        slug = slugs[group]
        ids[group] = _free(slug, taken, natural, last)
        taken.add(ids[group])
    return ids


def _rank(group: Group, wanted: Wanted) -> tuple[datetime.date, int, Group]:
    first = wanted.first_published or datetime.date.max
    return first, CLASS_ORDER.index(group.kind) if group.kind in CLASS_ORDER else len(CLASS_ORDER), group


def _free(slug: str, taken: Container[str], natural: Container[str], last: dict[str, int]) -> str:
    """The slug, or the first number of it that is free; `last` remembers how far the numbers are used up."""
    if slug not in taken:
        return slug
    number = last.get(slug, 1) + 1
    while (numbered := f"{slug}-{number}") in taken or numbered in natural:
        number += 1
    last[slug] = number
    return numbered


def slugify(name: str) -> str:
    """The name in `[a-z0-9-]`; names without Latin letters or digits become x and a hash.

    Of a longer name the first words and a hash are taken, so that an id holds no more words than may be published.

    >>> slugify("Côte d’Ivoire"), slugify("U.S. Army"), slugify("北京")
    ('cote-divoire', 'us-army', 'x68c77e15513')
    >>> slugify("Office for the Protection of the Northern Coast")
    'office-for-the-protection-of-8ebffa'
    """
    if SIMPLE.fullmatch(name):
        return _shortened(name.split(" "), name)
    folded = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    kept = re.sub(r"['’.]", "", "".join(c for c in folded if not unicodedata.combining(c)))
    words = re.findall(r"[a-z0-9]+", kept)
    letters = sum(c.isalnum() for c in kept)
    if not words or letters > 2 * sum(len(word) for word in words):
        return "x" + _hash(name, 11)
    return _shortened(words, name)


def _shortened(words: list[str], name: str) -> str:
    slug = "-".join(words)
    if len(words) <= WORDS_OF_SLUG and len(slug) <= LONGEST_SLUG:
        return slug
    return f"{'-'.join(words[:WORDS_OF_SLUG])[:LONGEST_SLUG].rstrip('-')}-{_hash(name, 6)}"


def _hash(name: str, digits: int) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:digits]
