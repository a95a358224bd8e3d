"""Names of places brought to a common form: one name in any case, with or without diacritics and hyphens."""

import functools
import unicodedata

LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "a", "ħ": "h"}
)
"""Letters that Unicode does not take apart, as newspapers write them; those of `ß` come with the case."""

SILENT = frozenset("'’‘‛`´.·")
"""Apostrophes and dots, which are dropped, so that N'Djamena is one word; so are letters like the ʻ of Hawaiʻi."""


@functools.lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """The name in lower case, without diacritics, apostrophes and dots; any other sign is a blank.

    >>> normal("Mazār-e Sharīf"), normal("N’Djamena"), normal("WASHINGTON, D.C."), normal("Łódź")
    ('mazar e sharif', 'ndjamena', 'washington dc', 'lodz')
    """
    plain = name.casefold() if name.isascii() else _plain(name)
    kept = "".join(c if c.isalnum() else "" if c in SILENT else " " for c in plain)
    return " ".join(kept.split())


def _plain(name: str) -> str:
    """In lower case without diacritics: taken apart before and after, for each step can make work for the other."""
    return _bare(_bare(name).casefold()).translate(LETTERS)


def _bare(name: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", name)
    return "".join(c for c in taken_apart if not unicodedata.combining(c) and unicodedata.category(c) != "Lm")
