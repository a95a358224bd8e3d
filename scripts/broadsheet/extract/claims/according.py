"""Attributions without a verb: "according to the mayor", "as per sources"."""

from broadsheet.extract.claims import endings, starts, words
from broadsheet.extract.claims.attribution import Attribution, Found
from broadsheet.extract.claims.sentences import Sentence
from broadsheet.extract.claims.subjects import COMMA

LONGEST_APPOSITION = 9
SPEAKERS = frozenset(
    ["police", "media", "press", "management", "legend", "him", "her", "them", "it", "me", "you", "us"]
)
"""Nouns and pronouns that may stand alone for a source."""
LEMMA_OF_PHRASE = {"according": "according", "as": "per"}


def find(sentence: Sentence) -> Found:
    """The attributions of a sentence that are made by "according to" or "as per"."""
    low = sentence.low
    made = []
    for at in range(len(low) - 2):
        if (low[at], low[at + 1]) in (("according", "to"), ("as", "per")) and not _is_measure(sentence, at + 2):
            one = _according_at(sentence, at)
            if one is not None:
                made.append(one)
    return made


def _is_measure(sentence: Sentence, at: int) -> bool:
    """Whether what follows is a bare noun of no people: "according to plan", "grouped according to age"."""
    word, end = sentence.low[at], endings.sentence_end(sentence)
    alone = at + 1 >= end or sentence.low[at + 1] in COMMA or sentence.low[at + 1] in words.COORDINATORS
    return alone and word.islower() and not sentence.is_name(at) and not word.endswith("s") and word not in SPEAKERS


def _according_at(sentence: Sentence, at: int) -> Attribution | None:
    low = sentence.low
    end = endings.sentence_end(sentence)
    if starts.before(sentence, at, 0) == at:
        comma = next((i for i in range(at + 2, end) if low[i] in COMMA and not _continues(sentence, i)), None)
        stop = _uncomma(sentence, at + 2, end if comma is None else comma)
        if stop is None and comma is None:
            return None
        source, first = (at + 2, stop or comma or end), stop if stop is not None else (comma or end) + 1
        return Attribution(sentence, (at, at + 2), LEMMA_OF_PHRASE[low[at]], "according-first", source, [(first, end)])
    stop = at - 1 if low[at - 1] in COMMA else at
    source = (at + 2, _according_end(sentence, at + 2, end))
    start = starts.before(sentence, stop, 0)
    if start >= stop or source[0] >= source[1]:
        return None
    if source[1] < end and low[source[1]] in COMMA and not any(map(words.is_finite, low[source[1] : end])):
        source = (source[0], end)
    parts = [(start, stop)]
    if source[1] + 2 < end and low[source[1]] in COMMA and low[at - 1] in COMMA and stop - start < 6:
        parts.append((source[1] + 1, end))
    return Attribution(sentence, (at, at + 2), LEMMA_OF_PHRASE[low[at]], "according-last", source, parts)


def _uncomma(sentence: Sentence, start: int, stop: int) -> int | None:
    """Where a clause begins that no comma parts from the source: "According to the Ministry of Health 300 died"."""
    low = sentence.low
    verb = next((at for at in range(start, stop) if words.is_finite(low[at]) and low[at - 1] != "who"), None)
    if verb is None or any(word in ("who", "which", "that") for word in low[start:verb]):
        return None
    for at in range(start + 2, verb):
        starts_phrase = low[at] in words.DETERMINERS or low[at] in words.PERSONAL or low[at][0].isdigit()
        if starts_phrase and low[at - 1] not in words.PREPOSITIONS:
            return at
    return None


def _continues(sentence: Sentence, comma: int) -> bool:
    """Whether the noun phrase goes on after the comma: "Ann Lee, a nurse at the clinic, …"."""
    low = sentence.low
    after = low[comma + 1] if comma + 1 < len(low) else ""
    if after in ("a", "an", "who", "which", "whose", "one") or after.endswith("based"):
        return True
    return _is_apposition(sentence, comma)


def _is_apposition(sentence: Sentence, comma: int) -> bool:
    """Whether a name after a role, or a role after a name, stands between two commas."""
    low = sentence.low
    stop = next((at for at in range(comma + 1, min(len(low), comma + LONGEST_APPOSITION)) if low[at] in COMMA), None)
    if stop is None or stop < comma + 2 or any(words.is_finite(word) for word in low[comma + 1 : stop]):
        return False
    if not sentence.is_name(comma - 1):
        return all(map(sentence.is_name, range(comma + 1, stop)))
    goes_on = stop + 1 < len(low) and (low[stop + 1] in ("who", "which", "whose") or words.is_finite(low[stop + 1]))
    return low[comma + 1] in ("the", "its", "their", "his", "her") and not sentence.is_name(stop - 1) and not goes_on


def _according_end(sentence: Sentence, start: int, stop: int) -> int:
    low = sentence.low
    for at in range(start + 1, stop):
        if (low[at] in COMMA and not _continues(sentence, at)) or low[at] in (";", ":"):
            return at
    return stop
