"""The network's labels and the rules' drafts brought together: which names a passage may have, and of what type."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.draft import NOTHING, OPEN, SURE, WEAK, Draft
from broadsheet.extract.entities.guess import is_acronym
from broadsheet.extract.entities.heads import heads, heads_of
from broadsheet.extract.entities.looks import Look
from broadsheet.extract.entities.runs import written
from broadsheet.extract.entities.tokens import Token

OWN = ("PERSON", "ORG", "LOC", "NORP", "MISC")
"""The network's types, in the order of its labels: O, then B and I of each."""
COARSE = {"GPE": "LOC", "FAC": "LOC"}
EVENTS = ("EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "LANGUAGE")
PLACES = ("GPE", "LOC", "FAC")
MARKED = (*EVENTS, "NORP")
"""Types of which the network has seen too little; the rules' word is enough."""
JOINTS = frozenset({"and", "-", "–", "/", ",", "&"})
FIRM = 2500
"""A name that the network holds so far above anything else is not changed by the rest of the article."""


def coarse(kind: str) -> str:
    """The network's type for an OntoNotes type.

    >>> coarse("GPE"), coarse("EVENT"), coarse("ORG")
    ('LOC', 'MISC', 'ORG')
    """
    return COARSE.get(kind, kind if kind in OWN else "MISC")


def judge(look: Look, labels: NDArray[np.int64], margins: NDArray[np.int64]) -> list[Draft]:
    """The names of a passage in order and apart; with them, as `OPEN`, those that only the rules take for names."""
    named = _named(look, labels, margins)
    owner: list[Draft | None] = [None] * len(look.tokens)
    for found in named:
        owner[found.at : found.to] = [found] * (found.to - found.at)
    gone: set[Draft] = set()
    for draft in look.drafts:
        meets = _met(owner, draft)
        if draft.type == NOTHING or _agrees(draft, meets):
            continue
        if prevails(look.tokens, draft, meets):
            gone.update(meets)
            for other in meets:
                owner[other.at : other.to] = [None] * (other.to - other.at)
        elif meets:
            continue
        else:
            draft = draft._replace(grade=OPEN)
        named.append(draft)
        owner[draft.at : draft.to] = [draft] * (draft.to - draft.at)
    return sorted(draft for draft in named if draft not in gone)


def _named(look: Look, labels: NDArray[np.int64], margins: NDArray[np.int64]) -> list[Draft]:
    """What the network takes for names, with OntoNotes types."""
    drafts = {(draft.at, draft.to): draft for draft in look.drafts}
    starts = {draft.at: draft for draft in look.drafts}
    if look.silent:
        labels = labels.copy()
        labels[look.silent] = 0
    found: list[Draft] = []
    for at, to, kind in spans(labels):
        name = Draft(at, to, kind, margin=int(margins[at:to].min()))
        parts = _joined(look.tokens, name, starts) if kind != "PERSON" else []
        found += parts or [_typed(look.tokens, name, drafts.get((at, to)))]
    return found


def _joined(tokens: Sequence[Token], name: Draft, starts: Mapping[int, Draft]) -> list[Draft]:
    """Mali and Burkina Faso, India-Pakistan: the listed names that one was made of; none where it is one name."""
    parts = []
    at = name.at
    while at < name.to:
        part = starts.get(at)
        if part is None or part.to > name.to or part.grade == OPEN or not is_listed(tokens, part):
            return []
        parts.append(part)
        at = part.to + 1
        if part.to < name.to and tokens[part.to].text not in JOINTS:
            return []
    return parts if len(parts) > 1 else []


def _met(owner: Sequence[Draft | None], draft: Draft) -> list[Draft]:
    """The names that share a word with the draft, in order."""
    if draft.to == draft.at + 1:
        only = owner[draft.at]
        return [only] if only else []
    return [found for found in dict.fromkeys(owner[draft.at : draft.to]) if found]


def _agrees(draft: Draft, meets: Sequence[Draft]) -> bool:
    return any(draft[:2] == other[:2] and coarse(draft.type) == coarse(other.type) for other in meets)


def spans(labels: NDArray[np.int64]) -> Iterator[tuple[int, int, str]]:
    """Names as (first word, behind the last, type) from labels: 0 for none, 1 and 2 for B and I of the first type.

    >>> list(spans(np.array([0, 1, 2, 3])))
    [(1, 3, 'PERSON'), (3, 4, 'ORG')]
    """
    begins = np.flatnonzero(labels % 2 == 1)
    insides = (labels > 0) & (labels % 2 == 0)
    for at in begins.tolist():
        to = at + 1
        while to < len(labels) and insides[to]:
            to += 1
        yield at, to, OWN[int(labels[at]) // 2]


def prevails(tokens: Sequence[Token], draft: Draft, meets: Sequence[Draft]) -> bool:
    """Whether a draft of the rules stands against what the network makes of its words.

    Lists and head words know better than a network that learnt from texts with other conventions: groups and events
    are names, a country is no organisation, one name ends where the next begins.
    """
    if draft.grade == OPEN or not draft.type:
        return False
    listed = is_listed(tokens, draft)
    if not meets:
        return listed or (draft.grade == SURE and draft.type in MARKED) or in_compound(tokens, draft)
    if draft.grade != SURE:
        return listed and draft.type == "GPE" and any(o[:2] == draft[:2] and o.type == "ORG" for o in meets)
    if all(draft.at <= other.at and other.to <= draft.to for other in meets):
        return draft.type != "PERSON" or (len(meets) == 1 and meets[0].type in PLACES)
    return len(meets) == 1 and _is_part(tokens, draft, meets[0])


def is_listed(tokens: Sequence[Token], draft: Draft) -> bool:
    """Whether the lists have the name as it is written, with the draft's type."""
    return lexicon.type_of(written(tokens, draft.at, draft.to)) == draft.type


def in_compound(tokens: Sequence[Token], draft: Draft) -> bool:
    """Whether the name is part of a word with a hyphen: anti-Taliban, Ana Rey-led, Iran-Iraq."""
    return _hyphen(tokens, draft.to) or _hyphen(tokens, draft.at - 1)


def _hyphen(tokens: Sequence[Token], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at].text == "-" and tokens[at].glued and tokens[at + 1].glued


def _is_part(tokens: Sequence[Token], draft: Draft, other: Draft) -> bool:
    """Interior Ministry, General Ana Rey: the name in what the network takes for one organisation."""
    if other.type != "ORG" or not (other.at <= draft.at and draft.to <= other.to):
        return False
    titled = draft.at > 0 and tokens[draft.at - 1].text in lexicon.words("title")
    return draft.type == "ORG" or (draft.type == "PERSON" and titled and draft.to == other.to)


def _typed(tokens: Sequence[Token], found: Draft, draft: Draft | None) -> Draft:
    """The network's name with an OntoNotes type and a form; the rules' where they agree with it."""
    if draft and draft.type and coarse(draft.type) == found.type:
        return draft._replace(grade=max(_grade(tokens, found), draft.grade), margin=found.margin)
    return found._replace(type=fine(tokens, found), form=_form(tokens, found), grade=_grade(tokens, found))


def _grade(tokens: Sequence[Token], found: Draft) -> int:
    """How well the network's name stands: less where it is one word that is also a common word or a place."""
    name = written(tokens, found.at, found.to)
    if found.to == found.at + 1 and lexicon.is_common(name) and name not in lexicon.names():
        return OPEN if found.type == "ORG" else WEAK
    if found.to == found.at + 1 and found.type == "LOC":
        return SURE if (found.margin or 0) >= 2 * FIRM else WEAK
    return SURE if (found.margin or 0) >= FIRM else WEAK


def fine(tokens: Sequence[Token], draft: Draft) -> str:
    """The OntoNotes type of a name whose coarse type is known: by list, then by its last or first word."""
    wanted = {"LOC": PLACES, "MISC": EVENTS}.get(draft.type, ())
    kinds = (
        lexicon.type_of(written(tokens, draft.at, draft.to)),
        heads().get(tokens[draft.to - 1].text),
        _of(tokens, draft),
        _front(tokens, draft),
    )
    return next((kind for kind in kinds if kind in wanted), "GPE" if draft.type == "LOC" else draft.type)


def _of(tokens: Sequence[Token], draft: Draft) -> str | None:
    """Gulf of Oman: the word before "of" says it."""
    texts = [token.text for token in tokens[draft.at : draft.to]]
    return heads_of().get(texts[texts.index("of") - 1]) if "of" in texts[1:] else None


def _front(tokens: Sequence[Token], draft: Draft) -> str | None:
    first = tokens[draft.at].text
    return next((kind for kind in ("LOC", "EVENT") if first in lexicon.words(f"front.{kind}")), None)


def _form(tokens: Sequence[Token], draft: Draft) -> str:
    name = written(tokens, draft.at, draft.to)
    entry = lexicon.names().get(name)
    if entry and coarse(entry.type) == draft.type:
        return entry.form
    if draft.to == draft.at + 1 and draft.type != "PERSON" and is_acronym(name):
        return "acronym"
    return "adjectival" if draft.type == "NORP" else "name"
