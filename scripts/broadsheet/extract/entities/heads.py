"""What the words of a run say of a name: titles stand before it, head words end it."""

from collections.abc import Sequence
from functools import cache

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.runs import listed_end, written
from broadsheet.extract.entities.tokens import Token

TYPES = ("ORG", "FAC", "LOC", "GPE", "EVENT", "LAW", "WORK_OF_ART")
"""Types that head words give; the first wins where a word gives several."""


@cache
def heads() -> dict[str, str]:
    """Type that a name has by its last word."""
    return {word: kind for kind in reversed(TYPES) for word in lexicon.words(f"head.{kind}")}


@cache
def heads_of() -> dict[str, str]:
    """Type that a name has by the word before its "of"."""
    return {word: kind for kind in reversed(TYPES) for word in lexicon.words(f"of.{kind}")}


def head_end(tokens: Sequence[Token], at: int, to: int) -> tuple[int, str] | None:
    """End and type of the name that the first "of" or the last head word makes of the tokens."""
    for index in range(at, to):
        if tokens[index].text in ("of", "for", "on") and index > at:
            kind = heads_of().get(tokens[index - 1].text)
            return (_tail_end(tokens, index, to), kind) if kind else None
    for index in range(to - 1, at, -1):
        kind = heads().get(tokens[index].text)
        if kind:
            return _first_alike(tokens, at + 1, index) + 1, kind
    return None


def _first_alike(tokens: Sequence[Token], at: int, to: int) -> int:
    """Civic Party / Green Party: a head that comes twice ends two names."""
    return next((index for index in range(at, to) if tokens[index].text == tokens[to].text), to)


def _tail_end(tokens: Sequence[Token], joint: int, to: int) -> int:
    """Bank of Japan / Toshihiko Fukui: a listed place ends the name unless a head or small word follows."""
    start = joint + 1 + (not tokens[joint + 1].capital)
    end = max(listed_end(tokens, start, to), start + 1)
    if end >= to or written(tokens, start, end) not in lexicon.names():
        return to
    follows = tokens[end].text
    cuts = lexicon.type_of(tokens[start].text) in ("GPE", "LOC", "") and tokens[end].capital
    return to if follows in heads() or not cuts or lexicon.type_of(tokens[end].text) else end


def title_end(tokens: Sequence[Token], at: int, to: int) -> int:
    """Where the title that begins at the token ends: Foreign Minister, Vice President, Gen.; `at` if none."""
    titles, fronts = lexicon.words("title"), lexicon.words("title.front")
    end = at
    for index in range(at, to):
        text = tokens[index].text
        if text in titles and not (text in lexicon.words("title.weak") and not _title_next(tokens, index, to)):
            end = index + 1
        elif text == "-" or text in fronts:
            continue
        else:
            break
    return end


def _title_next(tokens: Sequence[Token], at: int, to: int) -> bool:
    return at + 1 < to and tokens[at + 1].text in lexicon.words("title") | lexicon.words("title.front")


def named_by_head(tokens: Sequence[Token], at: int, to: int) -> bool:
    """General Assembly, King Abdullah University: what begins like a title is the name of something."""
    if tokens[at].text in lexicon.words("title.person"):
        return False
    if listed_end(tokens, at, to) > at:
        return True
    head = head_end(tokens, at, to)
    return head is not None and head[0] > title_end(tokens, at, to) and not _title_within(tokens, at + 1, head[0])


def _title_within(tokens: Sequence[Token], at: int, to: int) -> bool:
    return any(title_end(tokens, index, to) > index for index in range(at, to))
