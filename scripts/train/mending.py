"""Annotation made partly by machine, and by other conventions, mended before it is learnt from.

GMB has organisations that swallowed the person behind them ("General Ana Rey", "U.N. envoy Ana Rey") or the country
before them ("Norland's Interior Ministry"), leaves groups and names in compounds unmarked ("Kurdish", "US-led"), and
calls countries organisations where they act. The rules, which know titles, genitives, lists and head words, take the
first apart, and prevail over the rest as they prevail over the network when the program runs.
"""

from collections.abc import Iterator

import numpy as np

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.draft import OPEN, Draft
from broadsheet.extract.entities.judge import OWN, coarse, judge
from broadsheet.extract.entities.looks import Look, look
from train.corpora import Entity, Sample

GENITIVES = ("'s", "’s")
CERTAIN = 1_000_000
"""The margin of what people annotated, as if a network were that sure."""


def mended(sample: Sample) -> Sample:
    """The sample as the program would read it if the network said what the annotation says."""
    seen = look(sample.text, 0, len(sample.text))
    if not seen.tokens:
        return sample
    parts = [part for entity in sample.entities for part in _parts(seen, entity)]
    labels = labelled(seen, parts)
    found = [draft for draft in judge(seen, labels, np.full(len(labels), CERTAIN)) if draft.grade != OPEN]
    return sample._replace(entities=tuple(_entity(seen, draft) for draft in found))


def labelled(seen: Look, entities: list[Entity]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Labels word by word: 0 for none, 1 and 2 for B and I of the first type."""
    labels = np.zeros(len(seen.tokens), np.int64)
    for entity in entities:
        inside = [i for i, t in enumerate(seen.tokens) if t.start < entity.end and entity.start < t.end]
        if inside:
            labels[inside] = 2 + 2 * OWN.index(entity.type)
            labels[inside[0]] -= 1
    return labels


def _entity(seen: Look, draft: Draft) -> Entity:
    return Entity(seen.tokens[draft.at].start, seen.tokens[draft.to - 1].end, coarse(draft.type))


def _parts(seen: Look, entity: Entity) -> Iterator[Entity]:
    tokens = seen.tokens
    inside = [i for i, token in enumerate(tokens) if entity.start <= token.start and token.end <= entity.end]
    if entity.type != "ORG" or len(inside) < 2:
        yield entity
        return
    at, to = inside[0], inside[-1] + 1
    drafts = [d for d in seen.drafts if at <= d.at and d.to <= to and d.grade != OPEN and coarse(d.type) in OWN]
    for draft in _person(drafts, at, to) or _genitive(seen, drafts, at, to) or [Draft(at, to, "ORG")]:
        yield _entity(seen, draft)


def _person(drafts: list[Draft], at: int, to: int) -> list[Draft]:
    """The person at the end of the name, and the names before."""
    people = [draft for draft in drafts if draft.type == "PERSON" and at < draft.at and draft.to == to]
    if not people:
        return []
    before = [d for d in drafts if d.to <= people[0].at and d.type in ("ORG", "GPE", "LOC", "NORP")]
    return [*before, people[0]]


def _genitive(seen: Look, drafts: list[Draft], at: int, to: int) -> list[Draft]:
    """The country and its ministry."""
    tokens = seen.tokens
    middle = next((i for i in range(at, to - 1) if tokens[i].text in GENITIVES), None)
    headed = tokens[to - 1].text in lexicon.words("head.ORG")
    if middle is None or not (headed or any(token.text == "of" for token in tokens[middle:to])):
        return []
    country = [draft for draft in drafts if draft.type == "GPE" and draft.at == at and draft.to == middle]
    return [*country, Draft(middle + 1, to, "ORG")] if country or middle == at else []
