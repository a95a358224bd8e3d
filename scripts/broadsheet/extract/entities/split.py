"""From a run of capitalised tokens to the names in it: titles off, listed names, head words, others."""

from collections.abc import Iterator, Sequence

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.draft import NOTHING, OPEN, SURE, WEAK, Draft
from broadsheet.extract.entities.guess import guess
from broadsheet.extract.entities.heads import head_end, named_by_head, title_end
from broadsheet.extract.entities.runs import Range, listed_end, written
from broadsheet.extract.entities.tokens import Token


def drafts(tokens: Sequence[Token], run: Range, plain: bool) -> Iterator[Draft]:
    """The names in a run, in order and apart; `plain` is False where capitals say nothing (headlines)."""
    at, to = run
    if tokens[to - 1].text in lexicon.words("election"):
        yield Draft(at - 1, to, "EVENT")
        return
    plain = plain and not _shouted(tokens, at, to)
    titled = _titled_before(tokens, at)
    at = _behind_office(tokens, at, to)
    while at < to:
        after = _skip(tokens, at, to)
        if after > at:
            at = after
            continue
        title = title_end(tokens, at, to)
        if title > at and not named_by_head(tokens, at, to):
            titled, at = True, title
            continue
        draft = _next(tokens, at, to, titled, plain)
        if draft is None:
            at += 1
            continue
        if draft.type != NOTHING:
            yield draft
        titled, at = False, draft.to


def _shouted(tokens: Sequence[Token], at: int, to: int) -> bool:
    """Several words in capitals, a common one among them."""
    run = [token.text for token in tokens[at:to] if len(token.text) > 1]
    return len(run) > 1 and all(text.isupper() for text in run) and any(map(lexicon.is_common, run))


def _titled_before(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text in lexicon.words("title.lower")


def _behind_office(tokens: Sequence[Token], at: int, to: int) -> int:
    """Minister of Foreign Affairs X, Secretary of State X: the office is no name."""
    if at < 2 or tokens[at - 1].text != "of" or tokens[at - 2].text not in lexicon.words("title"):
        return at
    while at < to and tokens[at].text in lexicon.words("domain") | {"State", "Staff", "Parliament", "and"}:
        at += 1
    return at


def _skip(tokens: Sequence[Token], at: int, to: int) -> int:
    """Past what cannot begin a name here: marks, articles, days, months, words that open a sentence."""
    token = tokens[at]
    text = token.text
    if not (text[0].isalnum()):
        return at + 1
    if listed_end(tokens, at, to) > at:
        return at
    if _split_direction(tokens, at, to):
        return at + 3
    if text in lexicon.words("day") or (text in lexicon.words("month") and not _given_with_surname(tokens, at, to)):
        return at + 1
    if text.lower() in lexicon.words("prefix") and at + 1 < to and tokens[at + 1].text == "-":
        return at + 2
    if text in lexicon.words("opener") and not _given_with_surname(tokens, at, to):
        return at + 1
    return at


def _split_direction(tokens: Sequence[Token], at: int, to: int) -> bool:
    """North-East, before a place that is no name with it."""
    regions = lexicon.words("region.front")
    return at + 2 < to and tokens[at].text in regions and tokens[at + 1].text == "-" and tokens[at + 2].text in regions


def _given_with_surname(tokens: Sequence[Token], at: int, to: int) -> bool:
    return tokens[at].text in lexicon.given_names()[1] and at + 1 < to and not lexicon.is_common(tokens[at + 1].text)


def _next(tokens: Sequence[Token], at: int, to: int, titled: bool, plain: bool) -> Draft | None:
    """The name that begins at the token, if one does."""
    listed = _listed(tokens, at, to)
    if listed and listed.to == to and not titled:
        return listed
    end = _segment_end(tokens, at, to)
    head = head_end(tokens, at, end)
    if head and plain and not titled and _may_be_headed(tokens, at, head):
        return Draft(at, head[0], head[1])
    if listed and (listed.to - at > 1 or (not titled and not _is_person(tokens, at, end))):
        return listed
    return guess(tokens, at, end, titled, plain)


def _segment_end(tokens: Sequence[Token], at: int, to: int) -> int:
    """Before the next title or day: Iraqi / Prime Minister, Kofi Annan / Tuesday."""
    for index in range(at + 1, to):
        text = tokens[index].text
        if text in lexicon.words("day") or text in lexicon.words("month") or text in lexicon.words("breaker"):
            return index
        if title_end(tokens, index, to) > index and not _part_of_name(tokens, index, to):
            return index
    return to


def _part_of_name(tokens: Sequence[Token], at: int, to: int) -> bool:
    """Benazir Sultan, Afghan General Staff: a title word that is none here."""
    before = tokens[at - 1].text
    follows_given = before in lexicon.given_names()[0] and before not in lexicon.names()
    return follows_given or named_by_head(tokens, at, to)


def _may_be_headed(tokens: Sequence[Token], at: int, head: tuple[int, str]) -> bool:
    """Not "Thai City": an adjective alone makes no name of a type word."""
    bare = head[0] - at == 2 and head[1] in ("GPE", "LOC")
    return not (bare and lexicon.type_of(tokens[at].text) == "NORP")


def _listed(tokens: Sequence[Token], at: int, to: int) -> Draft | None:
    """The longest listed name that begins at the token."""
    end = max(listed_end(tokens, at, to), at + 1)
    if end == at + 1 and tokens[at].text in lexicon.words("region.front"):
        return _region(tokens, at, to)
    entry = lexicon.names().get(written(tokens, at, end))
    if entry is None:
        return None
    grade = SURE if end > at + 1 or entry.form != "name" else _grade(tokens, at, entry.type)
    return Draft(at, end, entry.type, entry.form, grade)


def _grade(tokens: Sequence[Token], at: int, kind: str) -> int:
    """How well one listed word stands: less where it may be a common word, or somebody's surname."""
    text = tokens[at].text
    if tokens[at].initial and (text in lexicon.words("unsure") or (kind == "GPE" and lexicon.is_common(text))):
        return OPEN
    return WEAK if kind == "GPE" and not _in_place(tokens, at) else SURE


def _in_place(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text in lexicon.words("place.before")


def _region(tokens: Sequence[Token], at: int, to: int) -> Draft | None:
    """West African, Northern California: a direction before a listed place or people; the West."""
    behind = _listed(tokens, at + 1, to) if at + 1 < to else None
    if behind and behind.type in ("GPE", "LOC", "NORP"):
        return behind._replace(at=at)
    entry = lexicon.names().get(tokens[at].text)
    if entry is None or tokens[at].initial or to > at + 1:
        return None
    return Draft(at, to, entry.type, entry.form)


def _is_person(tokens: Sequence[Token], at: int, to: int) -> bool:
    """Jordan Smith, Paris Hilton: a place name that is a given name too, before an unknown word."""
    sure, ambiguous = lexicon.given_names()
    if to - at not in (2, 3) or not (tokens[at].text in sure or tokens[at].text in ambiguous):
        return False
    if lexicon.type_of(tokens[at].text) == "NORP":
        return False
    return not lexicon.is_common(tokens[at + 1].text) and tokens[at + 1].text not in lexicon.names()
