"""Attributions by a noun: "her claim that the bridge was closed", "a promise by the mayor to close it"."""

from collections.abc import Collection
from functools import cache

from broadsheet.extract.claims import endings, words
from broadsheet.extract.claims.attribution import Attribution, Found
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA, Range
from broadsheet.extract.claims.words import word_set

THAT = word_set(
    "claim assertion allegation accusation argument suggestion warning announcement report promise pledge vow "
    "prediction complaint insistence declaration admission confession remark contention assurance denial "
    "statement rumour rumor revelation charge acknowledgement confirmation boast hint"
)
TO = word_set("promise pledge vow offer threat")
"""Nouns that take an infinitive, where it is said whose they are."""
MOST_BETWEEN = 4
"""Adjectives between a possessive and its noun, at most."""
LONGEST_BY = 9
"""Tokens of "by the mayor of Springfield" between a noun and its clause, at most."""
MARKS = COMMA | frozenset([";", ":", "("])
MADE = word_set("made make makes issued published released gave given received wrote heard repeated denied")
"""Verbs at whose end a clause after "that" is a relative one: "the claim that she made"."""


@cache
def forms() -> dict[str, str]:
    """Singulars and plurals of the nouns, with their lemma."""
    plural = {noun: f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s" for noun in THAT | TO}
    return {noun: noun for noun in plural} | {many: noun for noun, many in plural.items()}


def find(sentence: Sentence, verbs: Collection[int]) -> Found:
    """The attributions of a sentence that are made by a noun, from left to right; `verbs` are tokens that are none."""
    table = forms()
    nouns = [(at, table[word]) for at, word in enumerate(sentence.low) if word in table and at not in verbs]
    return [made for at, lemma in nouns if (made := _at(sentence, at, lemma)) is not None]


def _at(sentence: Sentence, at: int, lemma: str) -> Attribution | None:
    start, by = _opening(sentence, at, lemma)
    if start is None or not _is_noun(sentence, at):
        return None
    stop = _stop(sentence, at, start)
    if stop - start < 3 or _is_relative(sentence, start, stop):
        return None
    source = by or _owner(sentence, at)
    if source is None and sentence.low[start] == "to":
        return None
    return Attribution(sentence, (at, at + 1), lemma, "noun-clause", source, [(start, stop)])


def _opening(sentence: Sentence, at: int, lemma: str) -> tuple[int | None, Range | None]:
    """Where the clause begins after the noun, and who is named between them after "by" or "from"."""
    low, by = sentence.low, None
    start = at + 1
    if start < len(low) and low[start] in ("by", "from"):
        stop = next((i for i in range(start + 1, min(len(low), start + LONGEST_BY)) if low[i] in ("that", "to")), None)
        if stop is None or stop == start + 1 or any(words.is_finite(w) or w in COMMA for w in low[start + 1 : stop]):
            return None, None
        by, start = (start + 1, stop), stop
    opens = start + 2 < len(low) and (
        (low[start] == "that" and lemma in THAT) or (low[start] == "to" and lemma in TO and low[start + 1].isalpha())
    )
    return (start if opens else None), by


def _is_noun(sentence: Sentence, at: int) -> bool:
    """Whether a determiner, a possessive, an adjective or nothing at all stands before it, but no subject."""
    before = sentence.low[at - 1] if at else ""
    bare = sentence.low[at].endswith(("s", "tion", "ment", "nce"))
    if bare and (at == 0 or before in words.PREPOSITIONS or words.is_finite(before)):
        return True
    return _determiner(sentence, at) is not None


def _determiner(sentence: Sentence, at: int) -> int | None:
    """The article, possessive or name's genitive before the noun."""
    low = sentence.low
    for found in range(at - 1, max(-1, at - 2 - MOST_BETWEEN), -1):
        word = low[found]
        if _determines(word) or _is_genitive(word):
            return found
        if word in COMMA or words.is_auxiliary(word) or word in words.PREPOSITIONS or word == QUOTE:
            return None
    return None


def _is_genitive(word: str) -> bool:
    return word.endswith(("'s", "s'")) and word.split("'")[0] not in words.PRONOUNS


def _owner(sentence: Sentence, at: int) -> Range | None:
    """Whose claim it is: "her", "the mayor's", "Ann Lee's"."""
    found = _determiner(sentence, at)
    if found is None:
        return None
    if sentence.low[found] in words.POSSESSIVES:
        return (found, found + 1)
    if not _is_genitive(sentence.low[found]):
        return None
    start = found
    while start and sentence.is_name(start - 1) and sentence.is_name(start):
        if sentence.low[start - 1] in words.PREPOSITIONS:
            break
        start -= 1
    first = next((i for i in range(start, max(-1, start - MOST_BETWEEN), -1) if _determines(sentence.low[i])), start)
    return (first, found + 1)


def _determines(word: str) -> bool:
    return word in words.DETERMINERS or word in words.POSSESSIVES


def _stop(sentence: Sentence, at: int, start: int) -> int:
    """Where the clause ends: at a mark after its verb, or before the verb of which the noun is the subject."""
    low, end = sentence.low, endings.sentence_end(sentence)
    is_subject = not any(words.is_finite(word) for word in low[:at])
    verbs = int(low[start] == "to")
    for found in range(start + 2, end):
        if low[found] in MARKS and (verbs or low[start + 1] == QUOTE):
            return found
        if low[found - 1] == QUOTE and sentence.quotes[found - 1].last == ",":
            return found
        if words.is_finite(low[found]) and _begins_group(low[found - 1], low[found]):
            verbs += 1
            if is_subject and verbs == 2:
                return found
    return end


def _begins_group(before: str, word: str) -> bool:
    """Whether a verb begins a group of its own: "was" in "… was closed was false", but not in "has been closed"."""
    if words.is_finite(before):
        return not words.is_auxiliary(before) and word not in ("not", "been", "being", "be")
    return before not in ("and", "or")


def _is_relative(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether "that" stands for the noun itself: "the report that was published", "the claim that she made"."""
    low = sentence.low
    if low[start] != "that":
        return False
    made = (at for at in range(start + 2, stop) if low[at] in MADE)
    return words.is_finite(low[start + 1]) or any(at + 1 == stop or words.is_finite(low[at + 1]) for at in made)
