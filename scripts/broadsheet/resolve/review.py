"""Doubtful merges and splits among the entities of a dataset, for a person to look at.

Everything is read from what a build has made: entities, and which forms of their names stand in which articles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from broadsheet.resolve.names import Words, coarse, form, is_listed, surname
from broadsheet.resolve.people import MANY, forms
from broadsheet.resolve.short_forms import PLACE_TYPES, initials, is_acronym
from broadsheet.resolve.spelling import same_body, same_person

MERGED, SPLIT = "merged", "split"


@dataclass(frozen=True, slots=True)
class Use:
    """How often an entity is named by one surface in one article."""

    entity_id: str
    surface: str
    article_id: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of two names: an entity, or what was taken for it."""

    entity_id: str
    name: str
    type: str
    mentions: int
    example: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two names that were made one entity (merged) or two (split), and why that may be wrong."""

    what: str
    one: Side
    other: Side
    why: str

    @property
    def weight(self) -> int:
        """How many mentions would move at least."""
        return min(self.one.mentions, self.other.mentions)


Named = Mapping[str, tuple[str, str]]
"""Name and type of each entity by its id."""


def doubts(named: Named, uses: Iterable[Use]) -> list[Doubt]:
    """The doubts about these entities, those that concern most mentions first."""
    by_entity: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        by_entity[use.entity_id].append(use)
    sides = {entity_id: _side(entity_id, *named[entity_id], some) for entity_id, some in by_entity.items()}
    found = [doubt for entity_id, some in by_entity.items() for doubt in _merged(sides[entity_id], some)]
    found += _splits(sorted(sides.values(), key=lambda side: side.entity_id))
    return sorted(found, key=lambda doubt: (-doubt.weight, doubt.one.entity_id, doubt.other.name, doubt.why))


def _side(entity_id: str, name: str, kind: str, uses: Sequence[Use]) -> Side:
    example = min(uses, key=lambda use: (-use.mentions, use.article_id)).article_id
    return Side(entity_id, name, kind, sum(use.mentions for use in uses), example)


def _merged(entity: Side, uses: Sequence[Use]) -> Iterator[Doubt]:
    """Forms that stand for the entity in articles which never name it in full."""
    own = form(entity.name, coarse(entity.type))
    by_form: dict[Words, list[Use]] = defaultdict(list)
    for use in uses:
        by_form[form(use.surface, coarse(entity.type))].append(use)
    full = {use.article_id for words, some in by_form.items() if words == own for use in some}
    for words, some in sorted(by_form.items()):
        apart = [use for use in some if use.article_id not in full and not is_listed(use.surface)]
        if words != own and apart:
            name = min((use.surface for use in apart), key=lambda surface: (len(surface), surface))
            yield Doubt(MERGED, entity, _side(entity.entity_id, name, entity.type, apart), _why_one(own, words, name))


def _why_one(own: Words, words: Words, name: str) -> str:
    if len(words) == 1 < len(own):
        return "an acronym that the article does not explain" if is_acronym(name) else "a part of the name alone"
    return "another form of the name"


def _splits(sides: Sequence[Side]) -> Iterator[Doubt]:
    """Pairs of entities that may be one, each pair once."""
    seen: set[tuple[str, str]] = set()
    for why, pairs in _candidates(sides):
        for one, other in pairs:
            big, small = sorted((one, other), key=lambda side: (-side.mentions, side.entity_id))
            if (big.entity_id, small.entity_id) not in seen:
                seen.add((big.entity_id, small.entity_id))
                yield Doubt(SPLIT, big, small, why)


Pairs = Iterable[tuple[Side, Side]]


def _candidates(sides: Sequence[Side]) -> Iterator[tuple[str, Pairs]]:
    people = [(form(side.name, "PERSON"), side) for side in sides if side.type == "PERSON"]
    others = [(form(side.name, coarse(side.type)), side) for side in sides if side.type != "PERSON"]
    yield (
        "the same name, with two types: the line makes them one",
        _in_blocks((form(side.name, "OTHER"), side) for side in sides),
    )
    yield "a surname that several people have", _bare(people)
    yield "a name that may be a form of the other", _forms(people)
    yield "first name and surname are the same", _in_blocks(((w[0], w[-1]), s) for w, s in people if len(w) > 1)
    yield "spelled nearly alike", _alike(people, others)
    yield "a place and what is called after it", _places(others)
    yield "an acronym with these initials", _acronyms(others)


def _in_blocks(keyed: Iterable[tuple[tuple[str, ...], Side]]) -> Iterator[tuple[Side, Side]]:
    blocks: dict[tuple[str, ...], list[Side]] = defaultdict(list)
    for key, side in keyed:
        blocks[key].append(side)
    for block in blocks.values():
        yield from combinations(block[:MANY], 2)


def _bare(people: Sequence[tuple[Words, Side]]) -> Iterator[tuple[Side, Side]]:
    """Surnames alone, each with the bearer who is named most."""
    bearers: dict[str, list[Side]] = defaultdict(list)
    for words, side in people:
        if len(words) > 1:
            bearers[surname(words)].append(side)
    for words, side in people:
        if len(words) == 1 and words[0] in bearers:
            yield side, max(bearers[words[0]], key=lambda bearer: (bearer.mentions, bearer.entity_id))


def _forms(people: Sequence[tuple[Words, Side]]) -> Iterator[tuple[Side, Side]]:
    known: dict[Words, list[Side]] = defaultdict(list)
    for words, side in people:
        known[words].append(side)
    for words, side in people:
        for other in sorted(forms(words) & known.keys()) if len(words) > 1 else ():
            yield from ((side, one) for one in known[other] if one is not side)


def _alike(people: Sequence[tuple[Words, Side]], others: Sequence[tuple[Words, Side]]) -> Iterator[tuple[Side, Side]]:
    for test, some in ((same_person, people), (same_body, others)):
        blocks: dict[tuple[int, Words], list[tuple[Words, Side]]] = defaultdict(list)
        for words, side in some:
            for at in range(len(words)) if len(words) > 1 else ():
                blocks[at, (*words[:at], *words[at + 1 :])].append((words, side))
        for block in blocks.values():
            yield from ((a, b) for (one, a), (other, b) in combinations(block[:MANY], 2) if test(one, other))


def _places(others: Sequence[tuple[Words, Side]]) -> Iterator[tuple[Side, Side]]:
    known = {words: side for words, side in others if coarse(side.type) == "PLACE"}
    for words, side in known.items():
        if words[-1] in PLACE_TYPES and words[:-1] in known:
            yield side, known[words[:-1]]


def _acronyms(others: Sequence[tuple[Words, Side]]) -> Iterator[tuple[Side, Side]]:
    by_initials: dict[str, list[Side]] = defaultdict(list)
    for words, side in others:
        for letters in initials(side.name) if len(words) > 1 else ():
            by_initials[letters].append(side)
    for words, side in others:
        if len(words) == 1 and is_acronym(side.name) and not is_listed(side.name):
            yield from ((side, one) for one in by_initials.get(side.name.replace(".", ""), ())[:MANY])
