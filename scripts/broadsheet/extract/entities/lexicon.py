"""Words and names that the rules know, read once from the data files in `lexicon/`."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from broadsheet.gazetteer import USUAL_NAMES

FOLDER = Path(__file__).parent / "lexicon"
LONGEST = 8
"""Most tokens that a listed name may have and still be found."""


@dataclass(frozen=True, slots=True)
class Country:
    """A row of countries.tsv; `code` is ISO 3166-1 alpha-3, empty where the land is no state today."""

    code: str
    name: str
    aliases: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


class Entry(NamedTuple):
    """What a listed name is."""

    type: str
    form: str
    canonical: str


def _lines(name: str | Path) -> Iterator[str]:
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _rows(name: str | Path, width: int) -> Iterator[list[str]]:
    for line in _lines(name):
        cells = line.split("\t")
        yield cells + [""] * (width - len(cells))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


@functools.cache
def countries() -> tuple[Country, ...]:
    """Countries, and lands that news treats like them.

    >>> next(land.code for land in countries() if land.name == "Afghanistan")
    'AFG'
    """
    return tuple(
        Country(code, name, _listed(aliases), _listed(people), _listed(capitals))
        for code, name, aliases, people, capitals in (row[:5] for row in _rows(USUAL_NAMES, 5))
    )


@functools.cache
def country_names() -> frozenset[str]:
    """Every listed name of a country.

    >>> "United States" in country_names(), "USA" in country_names(), "Kabul" in country_names()
    (True, True, False)
    """
    return frozenset(name for land in countries() for name in (land.name, *land.aliases))


@functools.cache
def groups() -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Listed names with their type, other spellings and acronyms."""
    return tuple(
        (name, kind, _listed(aliases), _listed(acronyms))
        for name, kind, aliases, acronyms in (row[:4] for row in _rows("groups.tsv", 4))
    )


@functools.cache
def names() -> dict[str, Entry]:
    """Every listed name as it is written, its tokens joined as in the text, with what it is.

    >>> names()["Kabul"].type, names()["Afghans"].form, names()["NATO"].form
    ('GPE', 'adjectival', 'acronym')
    """
    found: dict[str, Entry] = {}
    for place in _places():
        found[place] = found[fold(place)] = Entry("GPE", "name", place)
    for land in countries():
        for name in (land.name, *land.aliases):
            found[name] = Entry("GPE", _form(name), land.name)
        for name in land.capitals:
            found[name] = Entry("GPE", "name", land.capitals[0] if name in land.capitals[:1] else name)
        for name in land.people:
            found[name] = Entry("NORP", "adjectival", name)
    for name, kind, aliases, acronyms in groups():
        for other in (name, *aliases):
            form = "adjectival" if kind == "NORP" else "name" if _alike(other, name) else "alias"
            found[other] = found[fold(other)] = Entry(kind, form, name)
        for other in acronyms:
            found[other] = Entry(kind, "acronym", name)
    return found


def type_of(name: str) -> str:
    """Type of a listed name; "" if it is not listed.

    >>> type_of("Kabul"), type_of("cabbage")
    ('GPE', '')
    """
    entry = names().get(name)
    return entry.type if entry else ""


def _alike(one: str, other: str) -> bool:
    """Whether two spellings differ in case, blanks and hyphens only, or a listed plural."""
    first, second = (re.sub(r"\W+", "", fold(name)).casefold().removesuffix("s") for name in (one, other))
    return first == second


def _form(name: str) -> str:
    return "acronym" if len(name) < 8 and name.replace(".", "").isupper() else "name"


def _places() -> Iterator[str]:
    for line in _lines("places.txt"):
        yield from filter(None, (name.strip() for name in line.split(";")))


@functools.cache
def starts() -> dict[str, int]:
    """The first word of every listed name of several words, with the most tokens such a name has."""
    found: dict[str, int] = {}
    for name in names():
        parts = WORDS.findall(name)
        if len(parts) > 1:
            found[parts[0]] = min(LONGEST, max(found.get(parts[0], 0), len(parts)))
    return found


WORDS = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]{1,4}\.(?=\s)|['’]s\b|\w+(?:['’](?!s\b)\w+)*|\S")
"""The tokens of a name; the same as those of a text but for abbreviations."""


@functools.cache
def words(kind: str) -> frozenset[str]:
    """The words of a class in words.tsv.

    >>> "Ministry" in words("head.ORG")
    True
    """
    return next(frozenset(_listed(cell)) for name, cell in _rows("words.tsv", 2) if name == kind)


@functools.cache
def common() -> frozenset[str]:
    """Common English words without regular inflections."""
    return frozenset(word for line in _lines("common.txt") for word in line.split())


@functools.cache
def given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Given names that are nothing else, and those that are words or titles as well."""
    sure, _, ambiguous = "\n".join(_lines("given.txt")).partition("%")
    return frozenset(sure.split()), frozenset(ambiguous.split())


@functools.cache
def surnames() -> frozenset[str]:
    """Surnames that are no common words."""
    return frozenset(word for line in _lines("surnames.txt") for word in line.split())


ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ies", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ly", ("",)),
    ("er", ("", "e")),
    ("ness", ("",)),
)


@functools.lru_cache(maxsize=50_000)
def is_common(word: str) -> bool:
    """Whether the word, in any case and regular inflection, is a common English word.

    >>> is_common("Gunmen"), is_common("Militants"), is_common("Massoud")
    (True, True, False)
    """
    return _has_stem(word.lower(), 2)


def _has_stem(low: str, endings: int) -> bool:
    """Whether the word is listed without at most so many of its endings: organ-iz-er-s."""
    if low in common():
        return True
    return endings > 0 and any(
        len(low) > len(ending) + 2
        and low.endswith(ending)
        and any(_has_stem(low[: -len(ending)] + stem, endings - 1) for stem in stems)
        for ending, stems in ENDINGS
    )


@functools.lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word without diacritics.

    >>> fold("Brasília")
    'Brasilia'
    """
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
