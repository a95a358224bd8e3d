"""A passage made ready: its tokens, what the rules take for names in it, and both as the network sees them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from broadsheet.extract.entities.draft import NOTHING, OPEN, Draft
from broadsheet.extract.entities.network import Seen
from broadsheet.extract.entities.runs import runs
from broadsheet.extract.entities.split import drafts
from broadsheet.extract.entities.tokens import Token, tokenize

LONGEST_HEADLINE = 30
STOPS = frozenset(".;:")
JOINED = (["and"], ["or"], [","], [",", "and"])
TYPES = (
    *("", "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "MISC"),
    NOTHING,
)
"""Types of drafts in the order of the network's inputs: changing it means training anew."""


class Look(NamedTuple):
    """What there is to see in a passage before the network has spoken."""

    tokens: list[Token]
    drafts: list[Draft]
    plain: bool
    silent: list[int]
    """Handles, hashtags and addresses: never names."""

    def seen(self) -> Seen:
        """The passage as the network's input."""
        rules = [0] * len(self.tokens)
        for draft in self.drafts:
            first = 1 + 2 * (3 * TYPES.index(draft.type) + draft.grade)
            rules[draft.at : draft.to] = [first] + [first + 1] * (draft.to - draft.at - 1)
        shouted = 0 if self.plain else 4
        flags = [token.initial + 2 * token.glued + shouted for token in self.tokens]
        return Seen([token.text for token in self.tokens], rules, flags)


def look(text: str, start: int, end: int) -> Look:
    """Read `text[start:end]`, one passage."""
    tokens = tokenize(text, start, end)
    plain = not is_headline(tokens)
    if not plain:
        tokens = [token._replace(initial=True) for token in tokens]
    found = (draft for run in runs(tokens) for draft in drafts(tokens, run, plain))
    return Look(tokens, list(paired(tokens, found)), plain, _silent(text[start:end], tokens))


def _silent(text: str, tokens: list[Token]) -> list[int]:
    if not ("@" in text or "#" in text or "://" in text):
        return []
    return [index for index, token in enumerate(tokens) if token.text[0] in "@#" or "://" in token.text]


def paired(tokens: Sequence[Token], found: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts; an unknown name behind a place and a comma or "and" is a place too."""
    last = Draft(0, 0, "")
    for draft in found:
        joined = [token.text for token in tokens[last.to : draft.at]] in JOINED
        if draft.type == "" and draft.grade != OPEN and joined and last.type == "GPE":
            draft = draft._replace(type="GPE")
        yield draft
        last = draft


def is_headline(tokens: list[Token]) -> bool:
    """Whether this is no sentence and most words have a capital, so that a capital says nothing.

    >>> is_headline(tokenize("Rebels Take Northern City After Fight", 0, 37))
    True
    """
    words = [token for token in tokens if token.text[0].isalpha() and len(token.text) > 3]
    if len(words) < 4 or len(tokens) > LONGEST_HEADLINE or tokens[-1].text in STOPS:
        return False
    return sum(token.capital for token in words) > 0.7 * len(words)
