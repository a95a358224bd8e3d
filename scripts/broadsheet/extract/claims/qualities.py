"""How a content is put forward: negated or not, how certain, and which words hedge it."""

import re
from typing import NamedTuple

from broadsheet.extract.claims import words
from broadsheet.extract.claims.words import word_set
from broadsheet.records import Span

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[?,]")
NEGATIONS = word_set("not never cannot neither nobody none nor no")
HEDGE_WORDS = word_set(
    "may might could possibly perhaps maybe probably likely presumably supposedly reportedly allegedly apparently "
    "seemingly seem seems seemed appear appears appeared suspected purportedly rumored rumoured"
)
HEDGE_PHRASES = re.compile(
    r"(?i)\b(?:(?:is|are|was|were) (?:said|believed|thought|understood|reported|rumou?red|alleged|suspected) to"
    r"|as per (?:sources|reports)|according to (?:reports|sources)|it (?:seems|appears))\b"
)
FUTURE = word_set("will won't shall he'll she'll they'll we'll i'll you'll it'll")
CONDITIONS = frozenset(["if", "unless"])
NO_CONDITION_AFTER = frozenset(["as", "even", "what", "only"])
QUESTION_LEMMAS = word_set("ask question wonder inquire query")
PROMISES = word_set("promise pledge vow threaten offer agree swear plan")


BOUNDS = frozenset(["fewer", "more", "less", "later", "earlier", "sooner"])
Token = tuple[str, int, int]
"""A word in lower case with its offsets."""


class Manner(NamedTuple):
    """Whether a content is negated, how certain it is, and the spans of its hedges."""

    negated: bool
    certainty: str
    hedge: tuple[Span, ...]


def of(text: str, start: int, end: int, cue: str | None = None) -> Manner:
    """The manner of a content's first clause.

    >>> of("the bridge has not been closed", 0, 30).negated, of("it may rain", 0, 11).certainty
    (True, 'hedged')
    """
    tokens = _main_clause(
        [
            (m.group().lower().replace("’", "'"), m.start(), m.end())
            for m in WORD.finditer(text, start, min(end, start + 300))
        ]
    )
    low = _without_nouns([token[0] for token in tokens])
    verb = _main_verb(low)
    hedge = _hedges(text, tokens, low, verb, start, end)
    return Manner(_is_negated(low, verb), _certainty(text, low, verb, end, cue, bool(hedge)), hedge)


def _main_clause(tokens: list[Token]) -> list[Token]:
    """The words without a relative clause that belongs to the subject: "the man who could not swim | was saved"."""
    low = [token[0] for token in tokens]
    first = next((at for at in range(1, len(low)) if low[at] in ("who", "which") and low[at - 1] != ","), None)
    if first is None or any(map(words.is_finite, low[:first])):
        return tokens
    verb = next((at for at in range(first + 1, len(low)) if words.is_finite(low[at])), len(low))
    while verb < len(low) and (words.is_finite(low[verb]) or words.is_adverb(low[verb])):
        verb += 1
    rest = next((at for at in range(verb + 1, len(low)) if words.is_finite(low[at])), None)
    return tokens if rest is None else [*tokens[:first], *tokens[rest:]]


def _without_nouns(low: list[str]) -> list[str]:
    """The words with a blank for "will" and "might" as nouns and for "no" in "no fewer than"."""
    noun = {at for at in range(1, len(low)) if low[at] in ("will", "might") and low[at - 1] in words.DETERMINERS}
    bound = {
        at for at in range(len(low) - 2) if low[at] in ("no", "not") and low[at + 1] in BOUNDS and low[at + 2] == "than"
    }
    return ["" if at in noun or at in bound else word for at, word in enumerate(low)]


def _main_verb(low: list[str]) -> int:
    """Number of the last word of the first verb group: "has not been | closed" ends at "closed"."""
    at = _after_condition(low)
    while at < len(low) and not words.is_finite(low[at]):
        at = _after_relative(low, at) if low[at] == "," else at + 1
    while at + 1 < len(low) and (
        words.is_auxiliary(low[at]) or words.is_adverb(low[at]) or words.CONTRACTED.search(low[at])
    ):
        at += 1
    return at


def _after_relative(low: list[str], comma: int) -> int:
    """Past a relative clause between commas: "the town, which is old, | was not taken"."""
    if low[comma + 1 : comma + 2] not in (["which"], ["who"], ["whose"], ["where"]) or "," not in low[comma + 1 :]:
        return comma + 1
    return low.index(",", comma + 1) + 1


def _after_condition(low: list[str]) -> int:
    return 1 if low[:1] == ["that"] else 0


def _is_negated(low: list[str], verb: int) -> bool:
    group = low[max(0, verb - 7) : verb + 1]
    if any(word in NEGATIONS or word.endswith("n't") for word in group):
        return not ("only" in group and "not" in group)
    if (
        low[verb : verb + 1]
        and low[verb] in ("failed", "fails", "fail", "failing")
        and low[verb + 1 : verb + 2] == ["to"]
    ):
        return True
    return low[verb + 1 : verb + 2] in (["no"], ["nothing"], ["never"]) or low[:2] == ["not", "to"]


def _hedges(text: str, tokens: list[Token], low: list[str], verb: int, start: int, end: int) -> tuple[Span, ...]:
    found = [
        Span(at, stop) for (_, at, stop), word in zip(tokens[: verb + 2], low, strict=False) if word in HEDGE_WORDS
    ]
    found += [Span(*match.span()) for match in HEDGE_PHRASES.finditer(text, start, min(end, start + 300))]
    kept: list[Span] = []
    for span in sorted(found):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _certainty(text: str, low: list[str], verb: int, end: int, cue: str | None, hedged: bool) -> str:
    if text[end - 1 : end] == "?" or (
        cue in QUESTION_LEMMAS and low[:1] and low[0] in ("whether", "if", "why", "how", "what", "when", "who")
    ):
        return "question"
    for at, word in enumerate(low):
        if (
            word in CONDITIONS
            and (at == 0 or low[at - 1] not in NO_CONDITION_AFTER)
            and (at > 0 or cue not in QUESTION_LEMMAS)
        ):
            return "conditional"
    if hedged:
        return "hedged"
    group = low[max(0, verb - 6) : verb + 1]
    if any(word in FUTURE for word in group) or "would" in group or (cue in PROMISES and low[:1] == ["to"]):
        return "future"
    if low[verb : verb + 2] == ["going", "to"]:
        return "future"
    return "asserted"
