"""Resolution across articles: keys with one normal name and class are one entity.

The result depends on the set of names alone, never on their order.
"""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from broadsheet.extract.entities import lexicon
from broadsheet.resolve import places
from broadsheet.resolve.names import canonical, normal, person, surname
from broadsheet.resolve.records import Entity, Name, Resolution

TYPES = (
    "GPE",
    "ORG",
    "PERSON",
    "LOC",
    "FAC",
    "NORP",
    "EVENT",
    "LAW",
    "WORK_OF_ART",
    "PRODUCT",
    "LANGUAGE",
    "MISC",
)
CLASS_ORDER = ("PLACE", "ORG", "PERSON", "NORP", "OTHER")
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
LONGEST_SLUG = 80
WORDS_OF_SLUG = 5


class Group(NamedTuple):
    """What names have in common that are one entity: their class and normal name."""

    kind: str
    words: tuple[str, ...]


def across(names: Iterable[Name]) -> Resolution:
    r"""The entities of a dataset, in the order of their ids, and the id that each key stands for.

    >>> counts = {"mention_count": 1, "article_count": 1}
    >>> full, short = Name("Kara Vey\tPERSON", "PERSON", **counts), Name("Vey\tPERSON", "PERSON", **counts)
    >>> across([full, short]).entity_of
    {'Kara Vey\tPERSON': 'e-kara-vey', 'Vey\tPERSON': 'e-kara-vey'}
    """
    ordered = sorted(names, key=lambda name: (name.key, name.type))
    groups = _groups(ordered)
    members: dict[Group, list[Name]] = defaultdict(list)
    for name in ordered:
        members[groups[name.key]].append(name)
    ids = _ids({group: _display(found) for group, found in members.items()})
    entities = sorted((_entity(ids[group], found) for group, found in members.items()), key=lambda e: e.entity_id)
    return Resolution(tuple(entities), {key: ids[group] for key, group in groups.items()})


def split_key(key: str) -> tuple[str, str]:
    """Name and class of a key."""
    name, _, kind = key.partition("\t")
    return name, kind or "OTHER"


def _groups(names: Sequence[Name]) -> dict[str, Group]:
    groups = {name.key: _group(name.key) for name in names}
    bearers: dict[str, set[Group]] = defaultdict(set)
    for group in groups.values():
        if group.kind == "PERSON" and len(group.words) > 1:
            bearers[surname(group.words)].add(group)
    return {key: _joined(group, bearers) for key, group in groups.items()}


def _group(key: str) -> Group:
    name, kind = split_key(key)
    found = person(name) if kind == "PERSON" else normal(name)
    return Group(kind, found or (name,))


def _joined(group: Group, bearers: dict[str, set[Group]]) -> Group:
    """The only person of the dataset with that surname; else the name stays alone."""
    if group.kind != "PERSON" or surname(group.words) != " ".join(group.words):
        return group
    known = bearers.get(" ".join(group.words), set())
    return next(iter(known)) if len(known) == 1 else group


def _display(names: Sequence[Name]) -> str:
    """The spelling met most often of those with most words; a listed name wins."""
    counts: Counter[str] = Counter()
    for name in names:
        counts[split_key(name.key)[0]] += name.mention_count
    listed = sorted({canonical(spelling) for spelling in counts} & lexicon.names().keys())
    if listed:
        return listed[0]
    return min(counts, key=lambda spelling: (-min(len(spelling.split()), 2), -counts[spelling], spelling))


def _ids(displays: dict[Group, str]) -> dict[Group, str]:
    """An id per group; namesakes are numbered by class and normal name."""
    taken: set[str] = set()
    last: Counter[str] = Counter()
    ids: dict[Group, str] = {}
    for group in sorted(displays, key=lambda group: (CLASS_ORDER.index(coarse_of(group)), group.words)):
        slug = f"e-{slugify(displays[group])}"
        wanted = slug
        while wanted in taken:
            last[slug] += 1
            wanted = f"{slug}-{last[slug] + 1}"
        taken.add(wanted)
        ids[group] = wanted
    return ids


def coarse_of(group: Group) -> str:
    """The group's class, OTHER where the key names none that is known."""
    return group.kind if group.kind in CLASS_ORDER else "OTHER"


def slugify(name: str) -> str:
    """The name in `[a-z0-9-]`; names without Latin letters or digits become x and a hash.

    Of a longer name the first words and a hash are taken, so that an id holds no more words than may be published.

    >>> slugify("Côte d’Ivoire"), slugify("U.S. Army"), slugify("北京")
    ('cote-divoire', 'us-army', 'x68c77e15513')
    >>> slugify("Office for the Protection of the Northern Coast")
    'office-for-the-protection-of-8ebffa'
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    kept = re.sub(r"['’.]", "", "".join(c for c in folded if not unicodedata.combining(c)))
    words = re.findall(r"[a-z0-9]+", kept)
    letters = sum(c.isalnum() for c in kept)
    if not words or letters > 2 * sum(len(word) for word in words):
        return "x" + _hash(name, 11)
    slug = "-".join(words)
    if len(words) <= WORDS_OF_SLUG and len(slug) <= LONGEST_SLUG:
        return slug
    return f"{'-'.join(words[:WORDS_OF_SLUG])[:LONGEST_SLUG].rstrip('-')}-{_hash(name, 6)}"


def _hash(name: str, digits: int) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:digits]


def _entity(entity_id: str, names: Sequence[Name]) -> Entity:
    entity = Entity(
        entity_id=entity_id,
        name=_display(names),
        type=_type(names),
        mention_count=sum(name.mention_count for name in names),
        article_count=sum(name.article_count for name in names),
        first_published=min((name.first_published for name in names if name.first_published), default=None),
        last_published=max((name.last_published for name in names if name.last_published), default=None),
    )
    return places.located(entity, names)


def _type(names: Sequence[Name]) -> str:
    counts: Counter[str] = Counter()
    for name in names:
        counts[name.type] += name.mention_count
    return min(counts, key=lambda kind: (-counts[kind], TYPES.index(kind) if kind in TYPES else len(TYPES), kind))
