"""Resolution within an article: every mention gets the key of the entity that it names there."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from broadsheet.records import Article, Mention
from broadsheet.resolve import people, short_forms
from broadsheet.resolve.names import canonical, coarse, normal
from broadsheet.resolve.people import Named

PREFERENCE = ("PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "NORP")


def within(article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with their keys: canonical name, tab, class; those of one entity share key and type."""
    named = [_named(article, place, mention) for place, mention in enumerate(mentions)]
    named = _agreed(named)
    groups = _groups(article, named)
    keys = {group: _key(members) for group, members in _by_group(named, groups).items()}
    return tuple(
        replace(mentions[item.place], type=keys[group][1], key=keys[group][0])
        for item, group in zip(named, groups, strict=True)
    )


def _named(article: Article, place: int, mention: Mention) -> Named:
    surface = " ".join(article.text[mention.start : mention.end].split())
    return Named(place, mention.start, mention.end, surface, mention.type, mention.form, normal(surface))


def _agreed(named: list[Named]) -> list[Named]:
    """One type for one name: the one that most of its mentions have."""
    counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for item in named:
        counts[item.words][item.type] += 1
    return [item._replace(type=_most(counts[item.words])) for item in named]


def _most(counts: Counter[str]) -> str:
    def rank(kind: str) -> tuple[int, int, str]:
        return -counts[kind], PREFERENCE.index(kind) if kind in PREFERENCE else len(PREFERENCE), kind

    return min(counts, key=rank)


Group = tuple[str, tuple[str, ...]]


def _groups(article: Article, named: list[Named]) -> list[Group]:
    """The class and normal name of the entity that each mention names."""
    chosen = people.resolve(article, [item for item in named if item.type == "PERSON"])
    full = short_forms.resolve(article, [item for item in named if item.type != "PERSON"])
    return [
        ("PERSON", chosen[item.place]) if item.type == "PERSON" else (coarse(item.type), full[item.place])
        for item in named
    ]


def _by_group(named: list[Named], groups: list[Group]) -> dict[Group, list[Named]]:
    found: dict[Group, list[Named]] = defaultdict(list)
    for item, group in zip(named, groups, strict=True):
        found[group].append(item)
    return found


def _key(members: list[Named]) -> tuple[str, str]:
    """Key and type of the entity that the mentions name."""
    kind = _most(Counter(item.type for item in members))
    return f"{_display(members)}\t{coarse(kind)}", kind


def _display(members: list[Named]) -> str:
    """A listed name, else the fullest spelling: most words, not in capitals, most often, first."""
    counts = Counter(item.surface for item in members)
    listed = [spelling for spelling in counts if canonical(spelling) != spelling]
    if listed:
        return canonical(min(listed, key=lambda spelling: (-counts[spelling], spelling)))
    return min(counts, key=lambda s: (-len(s.split()), s.isupper(), -counts[s], s))
