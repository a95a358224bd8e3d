"""The outlet's own checkable statements: sentences with a figure, or a past event with a named actor."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from broadsheet.extract.claims import endings, places, verbs, words
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA
from broadsheet.extract.claims.words import word_set
from broadsheet.records import Figure, Mention, Span

STATIVE = word_set(
    "have seem want think believe know like feel hope need love hate fear own belong matter mean sound look appear "
    "resemble depend consist contain deserve expect consider regard concern involve include wish prefer doubt suppose "
    "base suit fit cost owe relate tend use remain"
)
OPINION = word_set(
    "should must would could may might will shall can cannot can't won't wouldn't couldn't ought i we you my our your "
    "i'm we're you're let let's imagine perhaps maybe"
)
OPENERS = words.OPENERS - word_set("as if since when after before until unless because")
PERFECT = word_set("has have had hasn't haven't hadn't")


class Statement(NamedTuple):
    """A range of tokens that states something checkable, with the rule that says so and the event's verb."""

    start: int
    stop: int
    rule: str
    event: tuple[int, str] | None


def find(sentence: Sentence, mentions: Sequence[Mention], figures: Sequence[Figure]) -> list[Statement]:
    """The statements of a sentence that attributes nothing, clause by clause."""
    if sentence.role != "paragraph" or sentence.low[-1] in ("?", "!", ":") or sentence.low[0] == QUOTE:
        return []
    found = []
    for start, stop in _clauses(sentence):
        span = Span(sentence.start[start], sentence.end[stop - 1])
        made = _statement(sentence, start, stop, _any(mentions, span), _any(figures, span))
        if made is not None:
            found.append(made)
    return found


def _any(records: Sequence[Mention] | Sequence[Figure], span: Span) -> bool:
    index = bisect_left(records, span.start, key=lambda record: record.start)
    return index < len(records) and records[index].end <= span.end


def _clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """The main clauses: one, or two where an "although" clause comes first."""
    low, end = sentence.low, endings.sentence_end(sentence)
    start = 0
    while start < end and (low[start] in OPENERS or low[start] in COMMA):
        start += 1
    if low[0] in ("although", "though", "while", "whereas"):
        for comma in range(start + 4, end - 4):
            if (
                low[comma] in COMMA
                and any(words.is_finite(word) for word in low[start:comma])
                and (
                    low[comma + 1] in words.DETERMINERS
                    or sentence.is_name(comma + 1)
                    or low[comma + 1] in words.PERSONAL
                )
            ):
                return [(start, comma), (comma + 1, end)]
    return [(start, end)] if end - start > 3 else []


def _statement(sentence: Sentence, start: int, stop: int, named: bool, counted: bool) -> Statement | None:
    low = sentence.low[start:stop]
    verb = _main_verb(sentence, start, stop)
    if any(word in OPINION for word in (low[: verb[0] - start + 1] if verb else low)):
        return None
    event = places.event(sentence, start, stop)
    if counted:
        return Statement(start, stop, "statement-figure", event)
    if verb is None or not named or not verb[2] or verb[1] in STATIVE:
        return None
    return Statement(start, stop, "statement-event", event)


def _main_verb(sentence: Sentence, start: int, stop: int) -> tuple[int, str, bool] | None:
    """Token and dictionary form of the first main verb, and whether it tells of the past."""
    low = sentence.low
    at = start
    while at < stop:
        word = low[at]
        if word in ("which", "who", "that", "wherein", "where") and at > start:
            at = _after_relative(sentence, at, stop)
            continue
        if word in words.AUXILIARIES or words.is_adverb(word):
            if word in words.AUXILIARIES:
                return _group(sentence, at, stop)
        elif (lemma := verbs.lemma(word)) is not None and not _modifies(sentence, at, start, stop):
            return at, lemma, True
        at += 1
    return None


def _after_relative(sentence: Sentence, at: int, stop: int) -> int:
    """Past the verb group of a relative clause that comes before the main verb."""
    low = sentence.low
    at += 1
    while at < stop and not words.is_finite(low[at]):
        at += 1
    while at < stop and (words.is_finite(low[at]) or words.is_adverb(low[at])):
        at += 1
    if at < stop and low[at].endswith("ing"):
        at += 1
    return at


def _modifies(sentence: Sentence, at: int, start: int, stop: int) -> bool:
    return places.is_modifier(sentence, at, start, stop)


def _group(sentence: Sentence, at: int, stop: int) -> tuple[int, str, bool] | None:
    """A verb group that begins with an auxiliary: "has been imposing", "was killed", "is leading"."""
    low = sentence.low
    past = low[at] in PERFECT or low[at] in ("was", "were", "did", "didn't", "wasn't", "weren't")
    end = at
    while end < stop and (low[end] in words.AUXILIARIES or words.is_adverb(low[end])):
        end += 1
    if end >= stop:
        return None
    lemma = verbs.lemma(low[end])
    if lemma is not None:
        return end, lemma, past or low[at] in ("been", "being")
    if low[end].endswith("ing"):
        return end, low[end], low[at] in PERFECT or low[at] in ("was", "were")
    return end, "be", False
