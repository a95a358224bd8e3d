"""Which names of a place English-language news may use."""

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from broadsheet.gazetteer import MOST_WORDS, normal

SHORTEST = 3
CODE = 4
"""Names in capitals of so few letters are codes of airports and the like."""

ALIKE = 0.6
"""From what share of common letters on two names are spellings of one."""


def spellings(name: str, others: Iterable[str]) -> list[str]:
    """The normal forms of the name and its alternates in the letters of English, but for codes and romanised words.

    >>> spellings("Kyiv", ["Kiev", "KIEV", "IEV", "kyyf", "Київ"])
    ['kyiv', 'kiev']
    """
    kept = [name, *(other for other in others if _is_written(other, name))]
    forms = dict.fromkeys(map(normal, kept))
    return [form for form in forms if form.isascii() and 1 <= len(form.split()) <= MOST_WORDS]


def _is_written(other: str, name: str) -> bool:
    """Whether the alternate may stand in a newspaper: names that begin with a small letter are romanisations."""
    form = normal(other)
    if len(form) < SHORTEST or form.isdigit() or (other.isupper() and len(other) <= CODE):
        return False
    return is_latin(other) and (not other[0].islower() or name[0].islower())


def alike(one: str, other: str) -> bool:
    """Whether one name, both in normal form, is a longer form or another spelling of the other.

    >>> alike("odessa", "odesa"), alike("santiago", "santiago de cuba"), alike("alexandria", "mashhad")
    (True, True, False)
    """
    words, others = set(one.split()), set(other.split())
    return words <= others or others <= words or SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def is_latin(name: str) -> bool:
    """Whether all letters of the name are Latin ones.

    >>> is_latin("Mazār-e Sharīf"), is_latin("Мазари-Шариф")
    (True, False)
    """
    return name.isascii() or all("LATIN" in word for word in _letters(name))


def _letters(name: str) -> Iterator[str]:
    return (unicodedata.name(c, "") for c in name if c.isalpha() and unicodedata.category(c) != "Lm")
