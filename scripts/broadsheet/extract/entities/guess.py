"""What an unlisted run of capitalised tokens is, by its own words and those around it."""

from collections.abc import Sequence

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.draft import OPEN, WEAK, Draft
from broadsheet.extract.entities.runs import listed_end, written
from broadsheet.extract.entities.tokens import Token

PEOPLES = ("ists", "ians", "ites", "eans", "iyya")
PLACES = ("stan", "pur", "abad", "grad", "burg", "ville", "shire", "land")
LONGEST_PERSON = 4


def guess(tokens: Sequence[Token], at: int, to: int, titled: bool, plain: bool) -> Draft | None:
    """An unknown run: a person after a title or with a given name, else by what stands around it."""
    end = _name_end(tokens, at, to)
    if end - at == 1:
        return _single(tokens, at, titled, plain)
    return _several(tokens, at, end, titled, plain)


def _name_end(tokens: Sequence[Token], at: int, to: int) -> int:
    """A group's name, or a listed one of several words, begins another name."""
    for index in range(at + 1, to):
        if lexicon.type_of(tokens[index].text) == "NORP":
            return _trim(tokens, at, index)
        if tokens[index].text == "-" and _both_known(tokens, at, index, to):
            return index
        if listed_end(tokens, index, to) > index and tokens[index - 1].text != "-":
            return _trim(tokens, at, index)
    return to


def _both_known(tokens: Sequence[Token], at: int, hyphen: int, to: int) -> bool:
    names = lexicon.names()
    return written(tokens, at, hyphen) in names and (
        tokens[hyphen + 1].text in names or listed_end(tokens, hyphen + 1, to) > hyphen + 1
    )


def _trim(tokens: Sequence[Token], at: int, to: int) -> int:
    while to - 1 > at and not tokens[to - 1].text[0].isalnum():
        to -= 1
    return to


def _single(tokens: Sequence[Token], at: int, titled: bool, plain: bool) -> Draft | None:
    """One unknown token."""
    token = tokens[at]
    text = token.text
    if text in lexicon.words("never") or not text[0].isalpha() or text.endswith("ism"):
        return None
    if titled and (not lexicon.is_common(text) or _capital_title_before(tokens, at)):
        return Draft(at, at + 1, "PERSON")
    if is_acronym(text):
        standing = plain and not lexicon.is_common(text)
        return Draft(at, at + 1, "ORG", "acronym", WEAK if standing else OPEN)
    if lexicon.is_common(text):
        known = text in lexicon.words("surname.common") and not token.initial
        return Draft(at, at + 1, "PERSON" if known else "", "name", WEAK if known else OPEN)
    kind = _by_context(tokens, at, at + 1) or _by_word(text)
    stands = not token.initial or (kind and plain)
    return Draft(at, at + 1, kind, "adjectival" if kind == "NORP" else "name", WEAK if stands else OPEN)


def _capital_title_before(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text in lexicon.words("title")


def is_acronym(text: str) -> bool:
    """Whether the word is written in capitals like ECOWAS or U.K."""
    letters = text.replace(".", "")
    if not (2 <= len(letters) <= 7 and letters.isalpha()):
        return False
    return letters.isupper() or (len(letters) < 6 and letters[-1].isupper() and letters[0].isupper())


def _by_word(text: str) -> str:
    """Type that the word itself suggests; "" for none."""
    if any(c.isdigit() for c in text):
        return "PRODUCT"
    if text in lexicon.given_names()[0] or text in lexicon.surnames():
        return "PERSON"
    if text.endswith(PEOPLES):
        return "NORP"
    return "GPE" if text.endswith(PLACES) else ""


def _by_context(tokens: Sequence[Token], at: int, to: int) -> str:
    """Type that the words around a run suggest; "" for none."""
    before = tokens[at - 1].text if at else ""
    after = tokens[to].text if to < len(tokens) else ""
    behind = tokens[to + 1].text if after == "," and to + 1 < len(tokens) else ""
    if after in lexicon.words("say") or behind.isdigit():
        return "PERSON"
    of_place = before == "of" and at > 1 and tokens[at - 2].text in lexicon.words("place.of")
    if before in ("the", "The") and to == at + 1:
        return "ORG"
    if of_place or before in lexicon.words("place.before") or lexicon.type_of(behind) == "GPE":
        return "GPE"
    return ""


def _several(tokens: Sequence[Token], at: int, to: int, titled: bool, plain: bool) -> Draft | None:
    """Two or more unknown tokens."""
    texts = [token.text for token in tokens[at:to]]
    sure, ambiguous = lexicon.given_names()
    if titled or (texts[0] in sure and len(texts) <= LONGEST_PERSON):
        return Draft(at, to, "PERSON")
    if (texts[0] in ambiguous and not _common(texts[1:])) or _syllables(texts):
        return Draft(at, to, "PERSON", "name", WEAK)
    for kind in ("LOC", "EVENT", "ORG"):
        if texts[0] in lexicon.words(f"front.{kind}"):
            return Draft(at, to, kind)
    if _described(texts) or (tokens[at].initial and lexicon.is_common(texts[0])):
        return None
    if _common(texts) and not texts[-1][0].isdigit():
        return Draft(at, to, "ORG", "name", WEAK) if plain else None
    return Draft(at, to, _several_type(tokens, at, to, texts), "name", WEAK)


def _several_type(tokens: Sequence[Token], at: int, to: int, texts: Sequence[str]) -> str:
    """Type of several words that are no common ones: a place, a product, mostly a person."""
    if texts[-1][0].isdigit():
        return "PRODUCT"
    kind = _by_context(tokens, at, to)
    if texts[0] in lexicon.words("front.GPE") and kind != "PERSON":
        return "GPE"
    return kind or "PERSON"


def _syllables(texts: Sequence[str]) -> bool:
    """Ki-moon, Jae-in: a capital, a hyphen, a small letter."""
    return len(texts) > 3 and texts[-2] == "-" and texts[-1][0].islower()


def _described(texts: Sequence[str]) -> bool:
    """Striker Ana Rey: a plain word before a given name; the name begins behind it."""
    sure, ambiguous = lexicon.given_names()
    if len(texts) < 3 or texts[1] not in sure or texts[0] in ambiguous:
        return False
    return lexicon.is_common(texts[0]) or texts[0].endswith(("ist", "ian"))


def _common(texts: Sequence[str]) -> bool:
    return any(
        text.isalpha() and len(text) > 2 and text not in lexicon.words("particle") and lexicon.is_common(text)
        for text in texts
    )
