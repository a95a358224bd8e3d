"""Which way a date lies, past or future, by the verbs and prepositions around it.

No tagger: closed lists of auxiliaries, irregular pasts and words for plans, and "-ed". The nearest verb to the left
in the sentence decides, then the nearest to the right.
"""

import functools
from collections.abc import Sequence

from broadsheet.extract.dates.tokens import Token

REACH = 24
PASSIVE = -2
STOPS = frozenset(".!?;:")
FUTURE = frozenset(
    "will shall won't scheduled expected expects expect plans plan planned planning going due slated upcoming tomorrow should"
    " must 'll hopes hope hoping intends intend aims set ahead forthcoming next forecast predicts predict projected effective"
    " expire payable maturing matures mature coming".split()
)
MAYBE = frozenset(
    "may might can could would opens begins starts reopens resumes meets ends closes leaves arrives returns launches expires".split()
)
PAST = frozenset(
    "was were had did didn't wasn't weren't hadn't been went came took made gave saw found told became left felt brought"
    " began kept held wrote stood heard let meant met ran paid sat spoke lay led read grew lost fell sent built understood"
    " drew broke spent cut rose drove bought wore chose won shot struck sought fought caught taught threw flew hit hurt"
    " swept said says got knew thought put sold hung shut dealt fled bore beat bet burst cost quit shook sank sang slid"
    " sprang stole stuck swore swung tore woke wound ago since last yesterday killed died born hasn't haven't been gone done seen"
    " taken given known grown shown fallen risen written driven broken chosen".split()
)
NEVER_PAST = frozenset(
    "need indeed seed speed feed united bed red breed weed deed hundred sacred wicked naked unprecedented".split()
)
UNTIL = frozenset(("until", "till"))
AFTER_TO = frozenset("the a an his her its their our my your this that these those".split())


def cue(tokens: Sequence[Token], at: int) -> int:
    """What one word says of the time of its clause: as `direction`."""
    token = tokens[at]
    if token.shape != "WORD":
        return 0
    said = _said(token.text)
    if said == PASSIVE and at and tokens[at - 1].text.lower() == "be":
        return 0
    if token.text == "to" and at + 1 < len(tokens):
        after = tokens[at + 1]
        return int(after.shape == "WORD" and after.text[0].islower() and after.text not in AFTER_TO)
    return said


@functools.lru_cache(maxsize=8192)
def _said(text: str) -> int:
    """What a word says wherever it stands."""
    word = text.lower().replace("’", "'") if text != "May" else ""
    if word in FUTURE or word.endswith("'ll"):
        return 2
    if word in PAST or (word.endswith("ed") and len(word) > 4 and word not in NEVER_PAST):
        return PASSIVE
    return int(word in MAYBE)


def _ends(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text in STOPS


def _is_past(tokens: Sequence[Token], first: int) -> bool:
    """Whether the nearest verb before says so."""
    cues = (cue(tokens, at) for at in range(first - 1, max(-1, first - REACH), -1) if not _ends(tokens, at))
    return next((found < 0 for found in cues if found), False)


def sentence_start(tokens: Sequence[Token], first: int) -> int:
    """The offset at which the sentence of a token begins, of a long one a place in its midst."""
    at = first
    while at > max(0, first - REACH) and not _ends(tokens, at - 1):
        at -= 1
    return tokens[at].start


def direction(tokens: Sequence[Token], first: int, end: int) -> int:
    """Below 0 for the past, above 0 for the future (2 where it is sure, 1 for "may"), 0 where nothing tells.

    >>> from broadsheet.extract.dates.tokens import scan
    >>> line = scan("It shut Friday. It will open Monday.", 0, 36)
    >>> direction(line, 2, 3), direction(line, 7, 8)
    (-2, 2)
    """
    if first and tokens[first - 1].text.lower() in UNTIL and not _is_past(tokens, first):
        return 1
    for at in range(first - 1, max(-1, first - REACH), -1):
        if _ends(tokens, at):
            break
        if found := cue(tokens, at):
            return found
    for at in range(end, min(len(tokens), end + REACH)):
        if _ends(tokens, at):
            break
        if found := cue(tokens, at):
            return found
    return 0
