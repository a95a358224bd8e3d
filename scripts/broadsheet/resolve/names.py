"""Names brought to a common form, so that two spellings of one name are equal.

`words` only folds letters; `normal` takes listed names to the name that stands for them, and single words to their
usual spelling; `form` is what names of one class are compared by: a person without titles, a company without "Inc.".
"""

import functools
import re
from pathlib import Path

from broadsheet.extract.entities import lexicon

Words = tuple[str, ...]
"""A name as words in lower case."""

CLASSES = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "NORP"}
INNER_ARTICLES = frozenset({"al", "el", "the"})
PREFIXED = re.compile(r"(?<!\w)(?:al|el|an|as|ash|ar|ad|at|az)[-‐‑–’'](?=\w)", re.IGNORECASE)
"""An Arabic article, which is written in many ways or left out: al-Qaeda, Ar-Rashid."""
EXPANDED = {"US": "United States", "UK": "United Kingdom", "UN": "United Nations", "EU": "European Union"}
SHORTENED = re.compile(r"(?<!\S)(?:U\.S\.(?=\s)|U\.N\.(?=\s)|U\.K\.(?=\s)|E\.U\.(?=\s)|(?:US|UK|UN|EU)(?!\S))")
FAMILY = frozenset({"jr", "sr", "ii", "iii", "iv"})
COMPANY = frozenset(
    {
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "co",
        "ltd",
        "limited",
        "llc",
        "llp",
        "plc",
        "ag",
        "se",
        "gmbh",
        "nv",
    }
)
PARTICLES = frozenset({"bin", "ibn", "van", "von", "de", "der", "da", "dos", "le", "la", "abu"})
BREAKS = re.compile(r"[\s\-‐‑–—/_,]+")
DROPPED = re.compile(r"[^\w\s']")
POSSESSIVE = re.compile(r"'s?$")
PLAIN = re.compile(r"[A-Za-z ]+")
CACHED = 100_000
"""So many names are remembered."""
FOLDER = Path(__file__).parent


def coarse(kind: str) -> str:
    """The class within which names may be one: PERSON, ORG, PLACE, NORP or OTHER.

    >>> coarse("GPE"), coarse("EVENT")
    ('PLACE', 'OTHER')
    """
    return CLASSES.get(kind, "OTHER")


def _listed(name: str) -> list[tuple[str, list[str]]]:
    """The lines of a data file: what stands before the tab, and the words behind it that are parted by |."""
    lines = (line for line in (FOLDER / name).read_text("utf-8").splitlines() if line and line[0] != "#")
    return [(usual, others.split("|")) for usual, _, others in (line.partition("\t") for line in lines)]


@functools.cache
def spellings() -> dict[str, str]:
    """The usual spelling of every word in spellings.tsv."""
    return {other: usual for usual, others in _listed("spellings.tsv") for other in others}


@functools.cache
def nicknames() -> dict[str, frozenset[str]]:
    """The given names that every short or pet name in nicknames.tsv may stand for.

    >>> sorted(nicknames()["alex"])
    ['alexander', 'alexandra']
    """
    found: dict[str, set[str]] = {}
    for given, others in _listed("nicknames.tsv"):
        for other in others:
            found.setdefault(other, set()).add(given)
    return {other: frozenset(given) for other, given in found.items()}


@functools.cache
def titles() -> tuple[frozenset[str], frozenset[str]]:
    """Words before a name that are no part of it, and those that a given name alone needs: King, Pope."""
    listed = {name: frozenset(found) for name, found in _listed("titles.tsv")}
    return listed["title"], listed["regnal"]


def canonical(name: str) -> str:
    """The listed name that the name is another spelling, short form or acronym of; else the name itself.

    >>> canonical("USA"), canonical("Al Qaida"), canonical("Afghan"), canonical("Kara Vey")
    ('United States', 'al-Qaeda', 'Afghans', 'Kara Vey')
    """
    return _known(name) or name


def is_listed(name: str) -> bool:
    """Whether the name, in any case and spelling, is one that the program knows.

    >>> is_listed("al Qaida"), is_listed("Kara Vey")
    (True, False)
    """
    return _known(name) is not None


@functools.lru_cache(maxsize=CACHED)
def _known(name: str) -> str | None:
    known = _canonicals()
    return known.get(name) or known.get(_plain(name))


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


def words(name: str) -> Words:
    """The words of a name in lower case, without diacritics, punctuation and possessive endings.

    >>> words("Abu Musab al-Zarqawi"), words("U.S. Army’s"), words("Orvale & Sons")
    (('abu', 'musab', 'al', 'zarqawi'), ('us', 'army'), ('orvale', 'and', 'sons'))
    """
    if PLAIN.fullmatch(name):
        return tuple(name.casefold().split())
    low = lexicon.fold(name).replace("’", "'").replace("&", " and ").casefold()
    parts = (DROPPED.sub("", part).lstrip("'") for part in BREAKS.split(low))
    return tuple(filter(None, (POSSESSIVE.sub("", part) for part in parts)))


@functools.lru_cache(maxsize=CACHED)
def normal(name: str) -> Words:
    """The words of a name's canonical form, spelled as usual, without articles such as al.

    >>> normal("Mohammed al-Masri") == normal("Muhammad Al Masri")
    True
    >>> normal("El Paso"), normal("Al Gore"), normal("UN Women")
    (('el', 'paso'), ('al', 'gore'), ('united', 'nations', 'women'))
    """
    usual = canonical(name)
    if usual == name:
        usual = SHORTENED.sub(lambda found: EXPANDED[found[0].replace(".", "")], usual)
    found = words(PREFIXED.sub("", usual)) or words(usual)
    kept = tuple(word for at, word in enumerate(found) if word not in INNER_ARTICLES or (at == 0 and word != "the"))
    known = spellings()
    return tuple(known.get(word, word) for word in kept or found or (name,))


@functools.lru_cache(maxsize=CACHED)
def form(name: str, kind: str) -> Words:
    """What names of a class are compared by.

    >>> form("Prime Minister Kara Vey", "PERSON"), form("Orvale Inc.", "ORG"), form("Veskans", "NORP")
    (('kara', 'vey'), ('orvale',), ('veskan',))
    """
    if kind == "PERSON":
        return person(name)
    found = normal(name)
    if is_listed(name):
        return found
    if kind == "ORG":
        return organisation(found)
    if kind == "NORP" and len(found[-1]) > 4 and not found[-1].endswith("ss"):
        return (*found[:-1], found[-1].removesuffix("s"))
    return found


def person(name: str) -> Words:
    """The words of a person's name in their usual spelling, without titles, Jr. and the like.

    A given name alone keeps the title that makes it a name.

    >>> person("Mr. Vey"), person("Sir Ana Rey, Jr."), person("Pope Orvale")
    (('vey',), ('ana', 'rey'), ('pope', 'orvale'))
    """
    found = normal(name)
    if is_listed(name):
        return found
    plain, regnal = titles()
    kept = tuple(word for word in found if word not in FAMILY) or found
    at = next((at for at, word in enumerate(kept) if word not in plain and word not in regnal), 0)
    if at and at == len(kept) - 1 and kept[at - 1] in regnal:
        at -= 1
    return kept[at:] or found


def organisation(found: Words) -> Words:
    """The words without what only says that it is a company."""
    end = len(found)
    while end > 1 and found[end - 1] in COMPANY:
        end -= 1
    return found[:end]


def surname(parts: Words) -> str:
    """What a person is called by alone; with its particle: bin laden."""
    if len(parts) > 2 and parts[-2] in PARTICLES:
        return " ".join(parts[-2:])
    return parts[-1]


def without_initials(parts: Words) -> Words:
    """The words of a full name that are more than a letter, as long as two remain.

    >>> without_initials(("kara", "b", "vey")), without_initials(("k", "vey"))
    (('kara', 'vey'), ('k', 'vey'))
    """
    kept = tuple(word for word in parts if len(word) > 1)
    return kept if len(kept) > 1 else parts
