"""Resolution within an article: every mention gets the key of the entity that it names there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from broadsheet.extract.entities import lexicon
from broadsheet.records import Article, Mention
from broadsheet.resolve import people, short_forms
from broadsheet.resolve.authority import Authority
from broadsheet.resolve.keys import Key
from broadsheet.resolve.names import Words, canonical, coarse, is_listed, normal
from broadsheet.resolve.people import Named

PREFERENCE = ("PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "NORP")
NOTHING_LISTED = Authority()


def within(article: Article, mentions: Sequence[Mention], authority: Authority = NOTHING_LISTED) -> tuple[Mention, ...]:
    """The mentions with their keys (see `keys`); those of one entity share key and type."""
    named = [_named(article, place, mention) for place, mention in enumerate(mentions)]
    defined = short_forms.bracketed(article, named)
    named = _agreed(named, defined)
    groups = authority.settled(named, _groups(article, named, defined))
    keys = {group: _key(group, members, authority, defined) for group, members in _by_group(named, groups).items()}
    return tuple(
        replace(mentions[item.place], type=keys[group][1], key=keys[group][0])
        for item, group in zip(named, groups, strict=True)
    )


def _named(article: Article, place: int, mention: Mention) -> Named:
    surface = " ".join(article.text[mention.start : mention.end].split())
    return Named(place, mention.start, mention.end, surface, mention.type, mention.form, normal(surface))


def _agreed(named: list[Named], defined: Mapping[Words, Words]) -> list[Named]:
    """One type for one name and its acronym: the one that most mentions of the name have."""
    counts: dict[Words, Counter[str]] = defaultdict(Counter)
    for item in named:
        counts[item.words][item.type] += 1
    agreed = [item._replace(type=_most(counts[defined.get(item.words, item.words)])) for item in named]
    return _people_known(_bodies_known(agreed))


def _bodies_known(named: list[Named]) -> list[Named]:
    """The names, those of no known type as bodies that are short for the one body of which they are a part."""
    bodies = {item.words for item in named if item.type == "ORG" and len(item.words) > 1}
    bearers = Counter(part for words in bodies for part in {*short_forms.parts("ORG", words)})
    acronyms = {item.surface for item in named if item.type == "ORG" and short_forms.is_acronym(item.surface)}

    def is_body(item: Named) -> bool:
        return bearers[item.words] == 1 or not acronyms.isdisjoint(short_forms.initials(item.surface))

    return [item._replace(type="ORG") if item.type == "MISC" and is_body(item) else item for item in named]


def _people_known(named: list[Named]) -> list[Named]:
    """The names, those as people that begin with a given name and end with what a person is called by alone."""
    alone = {item.words[0] for item in named if item.type == "PERSON" and len(item.words) == 1}
    return [item._replace(type="PERSON") if _is_person(item, alone) else item for item in named]


def _is_person(item: Named, alone: Collection[str]) -> bool:
    if item.type == "PERSON" or not 1 < len(item.words) < 4 or item.words[-1] not in alone or is_listed(item.surface):
        return False
    words = item.surface.split()
    given = any(words[0] in names for names in lexicon.given_names())
    return given or (item.type in ("ORG", "GPE") and not any(map(lexicon.is_common, words)))


def _most(counts: Counter[str]) -> str:
    def rank(kind: str) -> tuple[int, int, str]:
        return -counts[kind], PREFERENCE.index(kind) if kind in PREFERENCE else len(PREFERENCE), kind

    return min(counts, key=rank)


Group = tuple[str, Words]


def _groups(article: Article, named: list[Named], defined: Mapping[Words, Words]) -> list[Group]:
    """The class and normal name of the entity that each mention names."""
    chosen = people.resolve(article, [item for item in named if item.type == "PERSON"])
    full = short_forms.resolve([item for item in named if item.type != "PERSON"], defined)
    return [
        ("PERSON", chosen[item.place]) if item.type == "PERSON" else (coarse(item.type), full[item.place])
        for item in named
    ]


def _by_group(named: list[Named], groups: list[Group]) -> dict[Group, list[Named]]:
    found: dict[Group, list[Named]] = defaultdict(list)
    for item, group in zip(named, groups, strict=True):
        found[group].append(item)
    return found


def _key(group: Group, members: list[Named], authority: Authority, defined: Mapping[Words, Words]) -> tuple[str, str]:
    """Key and type of the entity that the mentions name."""
    if listed := authority.of_group(group):
        return Key.of_listed(listed.entity_id).text, listed.type
    kind = _most(Counter(item.type for item in members))
    acronyms = sorted({item.surface for item in members if item.words in defined})
    return Key(_display(members), coarse(kind), tuple(acronyms)).text, kind


def _display(members: list[Named]) -> str:
    """A listed name, else the fullest spelling: most words, not in capitals, most often, first."""
    counts = Counter(item.surface for item in members)
    listed = [spelling for spelling in counts if is_listed(spelling)]
    if listed:
        return canonical(min(listed, key=lambda spelling: (-counts[spelling], spelling)))
    return min(counts, key=lambda s: (-len(s.split()), s.isupper(), -counts[s], s))
