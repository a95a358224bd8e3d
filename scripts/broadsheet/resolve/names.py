"""Names brought to a common form, so that two spellings of one name are equal."""

import functools
import re
from pathlib import Path

from broadsheet.extract.entities import lexicon

CLASSES = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "NORP"}
ARTICLES = frozenset({"al", "el", "an", "as", "ash", "ar", "ad", "at", "az", "the"})
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "president", "senator", "gen", "general", "col"}
)
FAMILY = frozenset({"jr", "sr", "ii", "iii", "iv"})
BREAKS = re.compile(r"[\s\-‐‑–—/_,]+")
DROPPED = re.compile(r"[^\w\s']")


def coarse(kind: str) -> str:
    """The class within which names may be one: PERSON, ORG, PLACE, NORP or OTHER.

    >>> coarse("GPE"), coarse("EVENT")
    ('PLACE', 'OTHER')
    """
    return CLASSES.get(kind, "OTHER")


@functools.cache
def spellings() -> dict[str, str]:
    """The usual spelling of every word in spellings.tsv."""
    found: dict[str, str] = {}
    for line in (Path(__file__).parent / "spellings.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            usual, others = line.split("\t")
            found |= dict.fromkeys(others.split("|"), usual)
    return found


@functools.lru_cache(maxsize=100_000)
def canonical(name: str) -> str:
    """The listed name that the name is another spelling, short form or acronym of; else the name itself.

    >>> canonical("USA"), canonical("Al Qaida"), canonical("Afghan"), canonical("Kara Vey")
    ('United States', 'al-Qaeda', 'Afghans', 'Kara Vey')
    """
    known = _canonicals()
    return known.get(name) or known.get(_plain(name)) or name


@functools.cache
def _canonicals() -> dict[str, str]:
    found = {name: entry.canonical for name, entry in lexicon.names().items()}
    for land in filter(lambda land: land.people, lexicon.countries()):
        found |= dict.fromkeys(land.people, _people(land.people))
    found |= {_plain(name): to for name, to in found.items() if len(name) > 4}
    return found


def _people(names: tuple[str, ...]) -> str:
    """The plural, if it is listed: Afghans for Afghan."""
    plural = f"{names[0]}s"
    return plural if plural in names else names[0]


def _plain(name: str) -> str:
    """In lower case without diacritics, articles, dots; hyphens as blanks."""
    return " ".join(word for word in words(name) if word != "the")


@functools.lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without diacritics and punctuation.

    >>> words("Abu Musab al-Zarqawi"), words("U.S. Army")
    (('abu', 'musab', 'al', 'zarqawi'), ('us', 'army'))
    """
    low = lexicon.fold(name).replace("’", "'").casefold()
    return tuple(filter(None, (DROPPED.sub("", part).strip("'") for part in BREAKS.split(low))))


@functools.lru_cache(maxsize=100_000)
def normal(name: str) -> tuple[str, ...]:
    """The words of a name's canonical form, spelled as usual, without articles such as al.

    >>> normal("Mohammed al-Masri") == normal("Muhammad Al Masri")
    True
    """
    found = words(canonical(name))
    usual = tuple(spellings().get(word, word) for word in found if word not in ARTICLES)
    return usual or found


def person(name: str) -> tuple[str, ...]:
    """The words of a person's name in their usual spelling, without titles, Jr. and the like."""
    found = normal(name)
    kept = tuple(word for word in found if word not in FAMILY)
    while len(kept) > 1 and kept[0] in TITLES:
        kept = kept[1:]
    return kept or found


def surname(parts: tuple[str, ...]) -> str:
    """What a person is called by alone; with its particle: bin laden."""
    if len(parts) > 2 and parts[-2] in (
        "bin",
        "ibn",
        "van",
        "von",
        "de",
        "der",
        "da",
        "dos",
        "le",
        "la",
        "abu",
    ):
        return " ".join(parts[-2:])
    return parts[-1]
