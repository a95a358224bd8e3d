"""Where a name begins and ends: without titles, determiners, genitives, figures and marks at its edges."""

from collections.abc import Iterable, Iterator, Sequence

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.draft import Draft
from broadsheet.extract.entities.tokens import Token

DETERMINERS = frozenset({"the", "The", "THE", "a", "A", "an", "An"})
GENITIVES = frozenset({"'s", "’s", "'S", "’S"})
DASHES = frozenset({"–", "—", "--", "|", "•"})
TITLED = ("WORK_OF_ART", "MISC")
"""Types whose names may begin with a determiner that is part of them."""
WITHOUT_FIGURES = ("PERSON", "GPE", "LOC", "NORP")


def trimmed(tokens: Sequence[Token], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The names without what does not belong to them; one of which nothing is left is none.

    >>> from broadsheet.extract.entities.tokens import tokenize
    >>> tokens = tokenize("Ms Ada Obi's The Hague 2 – 1", 0, 28)
    >>> [d[:2] for d in trimmed(tokens, [Draft(0, 4, "PERSON"), Draft(4, 6, "GPE"), Draft(4, 9, "GPE")])]
    [(1, 3), (4, 6), (4, 6)]
    """
    for draft in drafts:
        at, to = _edges(tokens, draft)
        if at < to:
            yield draft._replace(at=at, to=to)


def _edges(tokens: Sequence[Token], draft: Draft) -> tuple[int, int]:
    at, to = draft.at, _end(tokens, draft)
    while to > at and (tokens[to - 1].text in GENITIVES or not _is_word(tokens, to - 1)):
        to -= 1
    while at < to and _leads(tokens, draft, at, to):
        at += 1
    return at, to


def _end(tokens: Sequence[Token], draft: Draft) -> int:
    """Before a dash between words, and before a figure where names have none: Sweden 2."""
    figures = draft.type in WITHOUT_FIGURES
    for index in range(draft.at + 1, draft.to):
        text = tokens[index].text
        parted = text == "-" and not (tokens[index].glued and tokens[index + 1 : index + 2] and tokens[index + 1].glued)
        if parted or text in DASHES or (figures and text.isdigit()):
            return index
    return draft.to


def _leads(tokens: Sequence[Token], draft: Draft, at: int, to: int) -> bool:
    """Whether the first word only leads up to the name."""
    text = tokens[at].text
    if draft.type == "PERSON" and to - at > 1 and text in lexicon.words("title"):
        return True
    if text in DETERMINERS and draft.type not in TITLED:
        return not (to - at > 1 and _is_listed_with(text, tokens[at + 1].text))
    return not _is_word(tokens, at)


def _is_listed_with(determiner: str, word: str) -> bool:
    """The Hague, but the Philippines."""
    return f"{determiner} {word}" in lexicon.names() and word not in lexicon.names()


def _is_word(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text[0].isalnum()
