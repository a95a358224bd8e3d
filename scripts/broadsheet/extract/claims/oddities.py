"""Attributions of less common shapes: questions without an asker, headlines, signed quotations, colons."""

from broadsheet.extract.claims import endings, subjects, words
from broadsheet.extract.claims.attribution import Attribution, Found
from broadsheet.extract.claims.content_first import quote_after
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA
from broadsheet.extract.claims.words import word_set

DASHES = frozenset(["―", "—", "–", "--", "-"])
HEADLINE_SOURCES = word_set("poll survey study report data review police officials experts")
NO_SPEAKERS = word_set(
    "image photo credit update updates watch live exclusive breaking video photos analysis opinion review more how why "
    "the what"
)
QUESTION_WORDS = frozenset(["whether", "if", "why", "how", "what", "who", "which", "where"])


def find(sentence: Sentence) -> Found:
    """The attribution of a sentence in which no cue was found."""
    return _headline(sentence) or _signed(sentence) or _other_verb(sentence) or _colon(sentence)


def asked(sentence: Sentence, found: Found) -> Found:
    """Asked whether the bridge was closed, she said … : a question whose asker is left out."""
    low = sentence.low
    for at, word in enumerate(low):
        if word != "asked" or not (at == 0 or low[at - 1] in ("when", "and") or low[at - 1] in COMMA):
            continue
        start = _question_start(low, at + 1)
        if start is None or any(a <= at < b for made in found for a, b in made.content):
            continue
        stop = _question_stop(sentence, start, [made for made in found if made.cue[0] > at])
        if stop > start + 1:
            return [Attribution(sentence, (at, at + 1), "ask", "asked", None, [(start, stop)])]
    return []


def _question_start(low: list[str], at: int) -> int | None:
    for found in range(at, min(len(low), at + 6)):
        if low[found] in QUESTION_WORDS:
            return found
        if low[found] == "about":
            return found + 1
        if (
            low[found] not in words.TIME_WORDS
            and low[found] not in words.PREPOSITIONS
            and low[found] not in words.DETERMINERS
        ):
            return None
    return None


def _question_stop(sentence: Sentence, start: int, later: Found) -> int:
    stop = endings.sentence_end(sentence)
    for made in later:
        first = min([made.cue[0], *([made.source[0]] if made.source else [])])
        if start < first < stop:
            stop = first - 1 if sentence.low[first - 1] in COMMA else first
    comma = next((at for at in range(stop - 1, start, -1) if sentence.low[at] in COMMA and later == []), None)
    return comma if comma is not None and comma > start + 2 else stop


def _headline(sentence: Sentence) -> Found:
    """Mayor: bridge to close. A heading whose first words, before a colon, name who speaks."""
    low = sentence.low
    if (sentence.role != "heading" and sentence.passage > 0) or ":" not in low[1:7]:
        return []
    colon = low.index(":", 1)
    end = endings.sentence_end(sentence)
    speaks = sentence.is_name(colon - 1) or low[colon - 1] in HEADLINE_SOURCES
    if not speaks or low[0] in NO_SPEAKERS or end - colon < 4 or any(word in COMMA for word in low[:colon]):
        return []
    return [Attribution(sentence, (colon, colon + 1), ":", "headline", (0, colon), [(colon + 1, end)])]


def _signed(sentence: Sentence) -> Found:
    """As in "…" — Ann Lee: a quotation with its speaker's name after a dash."""
    low = sentence.low
    end = endings.sentence_end(sentence)
    if low[0] != QUOTE or not 4 <= len(low[:end]) + 1 <= 12 or low[1] not in DASHES or not sentence.is_name(2):
        return []
    if any(words.is_finite(word) or word in COMMA or word[0].isdigit() for word in low[2:end]):
        return []
    if sentence.quotes[0].last not in ".!?…":
        return []
    return [Attribution(sentence, (1, 2), "―", "quote-dash-name", (2, end), [(0, 1)])]


def _other_verb(sentence: Sentence) -> Found:
    """As in "…," the mayor bellowed: any verb that ends a sentence after a quotation that ends in a comma."""
    low = sentence.low
    for at, quote in sentence.quotes.items():
        if quote.last != "," or quote.word_count < 3 or at + 3 > len(low):
            continue
        verb = next((i for i in range(at + 2, min(len(low), at + 9)) if _is_past(low[i])), None)
        source = subjects.before(sentence, verb) if verb is not None else None
        if verb is not None and source is not None and source[0] == at + 1:
            parts = [(at, at + 1)]
            more = quote_after(sentence, verb + 1)
            lemma = low[verb]
            return [
                Attribution(
                    sentence,
                    (verb, verb + 1),
                    lemma,
                    "quote-source-other",
                    source,
                    [*parts, *([more] if more else [])],
                )
            ]
    return []


def _is_past(word: str) -> bool:
    return word in words.PAST_IRREGULAR or (word.endswith("ed") and len(word) > 4)


def _colon(sentence: Sentence) -> Found:
    """The mayor was brief: a clause that ends in a colon, before a quotation."""
    low = sentence.low
    if ":" not in low[1:]:
        return []
    at = low.index(":", 1)
    source = subjects.main_subject(sentence, at)
    made = Attribution(sentence, (at, at + 1), ":", "colon", source, open_colon=at == len(low) - 1)
    if made.open_colon:
        return [made]
    quote = sentence.quotes.get(at + 1)
    if source is None or quote is None or at + 2 < endings.sentence_end(sentence):
        return []
    if quote.word_count < 4 or quote.last not in ".?!":
        return []
    made.content = [(at + 1, at + 2)]
    return [made]
