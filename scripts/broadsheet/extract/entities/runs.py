"""Where names may stand: runs of capitalised tokens with the small words that join them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.tokens import Token

Range = tuple[int, int]
ADJECTIVES = ("ic", "al", "ist", "ive", "ary")
YEAR = re.compile(r"1[89]\d\d|20\d\d")
JOINTS = {"of": "of.", "for": "of.ORG", "on": "of.ORG"}
OF_CLASSES = ("ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "WORK_OF_ART")


@cache
def of_heads(joint: str) -> frozenset[str]:
    """Head words after which the small word goes on with a name: University of, Institute for."""
    if joint == "of":
        return frozenset().union(*(lexicon.words(f"of.{kind}") for kind in OF_CLASSES))
    return lexicon.words("of.ORG") - {"Army", "Forces", "Party", "Corps"}


LONGEST = 25
"""Most tokens of a run: longer ones are no names, and time must stay linear."""


def runs(tokens: Sequence[Token]) -> Iterator[Range]:
    """Ranges of tokens, apart and in order, that may hold one name or several.

    >>> from broadsheet.extract.entities.tokens import tokenize
    >>> text = "The University of Kabul saw pro-Taliban men of al-Jazeera."
    >>> tokens = tokenize(text, 0, len(text))
    >>> [text[tokens[a].start : tokens[b - 1].end] for a, b in runs(tokens)]
    ['The University of Kabul', 'Taliban', 'al-Jazeera']
    """
    at = 0
    while at < len(tokens):
        if begins(tokens, at):
            to = grow(tokens, at)
            yield at, to
            at = to
        else:
            at += 1


def begins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name may begin at the token."""
    token = tokens[at]
    if token.capital:
        return True
    text = token.text
    return (text in lexicon.words("article.prefix") and _hyphen_capital(tokens, at + 1)) or (
        text in lexicon.names() and text[0].isalnum()
    )


def _hyphen_capital(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at].text == "-"
        and tokens[at].glued
        and tokens[at + 1].glued
        and tokens[at + 1].capital
    )


def grow(tokens: Sequence[Token], at: int) -> int:
    """Where the run that begins at the token ends."""
    to = at + 1
    while to < min(len(tokens), at + LONGEST):
        listed = listed_end(tokens, to - 1, len(tokens))
        step = max(listed - to, _step(tokens, at, to))
        if step <= 0:
            break
        to += step
    return to


def listed_end(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Where the longest listed name of several tokens that begins at the token ends; `at` for none."""
    most = lexicon.starts().get(tokens[at].text)
    if not most:
        return at
    for to in range(min(at + most, limit), at + 1, -1):
        if written(tokens, at, to) in lexicon.names():
            return to
    return at


def written(tokens: Sequence[Token], at: int, to: int) -> str:
    """The tokens as a name is written in the lists: one blank for any white space."""
    first = tokens[at].text
    return first + "".join(t.text if t.glued else " " + t.text for t in tokens[at + 1 : to])


def _step(tokens: Sequence[Token], at: int, to: int) -> int:
    """How many more tokens belong to the run; 0 where it ends."""
    token, before = tokens[to], tokens[to - 1]
    text = token.text
    if token.capital:
        return 1
    if text == "-":
        return _after_hyphen(tokens, to)
    if text == "&" and _capital_at(tokens, to + 1):
        return 2
    if text in JOINTS and (before.text in of_heads(text) or _in_tail(tokens, at, to)):
        return _after_joint(tokens, to)
    if text in lexicon.words("election.kind"):
        return _election(tokens, at, to)
    if text == "and":
        return _after_and(tokens, at, to)
    if text in lexicon.words("particle") and (
        text in lexicon.words("particle.close") or not lexicon.is_common(before.text)
    ):
        return _after_particle(tokens, to)
    if text == ",":
        return 2 if to + 1 < len(tokens) and tokens[to + 1].text in lexicon.words("company") else 0
    if text in "'’" or text in ("'s", "’s"):
        return 2 if before.text in lexicon.words("genitive") and token.glued and _capital_at(tokens, to + 1) else 0
    return 1 if _typed_place(tokens, to) else 0


def _typed_place(tokens: Sequence[Token], to: int) -> bool:
    """Panjshir valley, Kunar province: a type word in lower case right behind a name."""
    return (
        tokens[to].text in lexicon.words("place.type")
        and not tokens[to - 1].initial
        and not lexicon.is_common(tokens[to - 1].text)
    )


def _election(tokens: Sequence[Token], at: int, to: int) -> int:
    """2004 Canadian federal election: a year makes a name of it."""
    if at == 0 or not YEAR.fullmatch(tokens[at - 1].text):
        return 0
    end = to
    while end < len(tokens) and end - to < 3 and tokens[end].text in lexicon.words("election.kind"):
        end += 1
    return end - to if tokens[end - 1].text in lexicon.words("election") else 0


def _capital_at(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].capital


def _after_hyphen(tokens: Sequence[Token], to: int) -> int:
    if not tokens[to].glued or to + 1 >= len(tokens) or not tokens[to + 1].glued:
        return 0
    behind = tokens[to + 1]
    if behind.capital or behind.text[0].isdigit() or _name_suffix(behind.text):
        return 2
    joins = behind.text in lexicon.words("suffix.place") or behind.text in lexicon.words("particle")
    return 4 if joins and _hyphen_capital(tokens, to + 2) else 0


def _in_tail(tokens: Sequence[Token], at: int, to: int) -> bool:
    """Front for the Liberation / of: a common word within a name that has a small word already."""
    return lexicon.is_common(tokens[to - 1].text) and any(token.text in JOINTS for token in tokens[at + 1 : to])


def _name_suffix(text: str) -> bool:
    """Ki-moon, Jong-il: no common word, or one of the syllables that are."""
    return text in lexicon.words("suffix.name") or (text.isalpha() and len(text) > 1 and not lexicon.is_common(text))


def _after_joint(tokens: Sequence[Token], to: int) -> int:
    if _capital_at(tokens, to + 1) and tokens[to + 1].text not in lexicon.words("month"):
        return 2
    article = to + 1 < len(tokens) and tokens[to + 1].text in ("the", "les", "la")
    return 3 if article and _capital_at(tokens, to + 2) else 0


def _after_and(tokens: Sequence[Token], at: int, to: int) -> int:
    """Culture and Information, Democratic and Labour: in the name of an office or party."""
    if not _capital_at(tokens, to + 1):
        return 0
    before, behind = tokens[to - 1].text, tokens[to + 1].text
    if to - at > 2 and tokens[to - 2].text in JOINTS and _may_be_paired(before) and _may_be_paired(behind):
        return 2
    if not (before in lexicon.words("domain") or before.endswith(ADJECTIVES)):
        return 0
    heads = lexicon.words("head.ORG")
    if any(token.text in heads for token in tokens[at:to]):
        return 2 if behind in lexicon.words("domain") and before in lexicon.words("domain") else 0
    end = to + 1
    while _capital_at(tokens, end) and end - to < 5:
        end += 1
    return 2 if tokens[end - 1].text in heads else 0


def _may_be_paired(text: str) -> bool:
    return lexicon.type_of(text) == "NORP" if text in lexicon.names() else lexicon.is_common(text)


def _after_particle(tokens: Sequence[Token], to: int) -> int:
    """Of a name: bin Laden, al-Maliki, de la Cruz, ul-Haq."""
    at = to
    while at < len(tokens) and at - to < 3 and tokens[at].text in lexicon.words("particle"):
        if _hyphen_capital(tokens, at + 1):
            return at + 3 - to
        at += 1
    return at + 1 - to if _capital_at(tokens, at) else 0
