"""Attributions of less common shapes: questions without an asker, headlines, signed quotations, colons."""

from broadsheet.extract.claims import cues, endings, starts, subjects, words
from broadsheet.extract.claims.attribution import Attribution, Found
from broadsheet.extract.claims.content_first import quote_after
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA, Range
from broadsheet.extract.claims.words import word_set

DASHES = frozenset(["―", "—", "–", "--", "-"])
HEADLINE_SOURCES = word_set("poll survey study report data review police officials experts")
NO_SPEAKERS = word_set(
    "image photo credit update updates watch live exclusive breaking video photos analysis opinion review more how why "
    "the what"
)
REPORTED = ("reported", "stated", "claimed", "announced", "noted", "explained", "confirmed", "suggested", "described")
PUT = ("put", "puts", "phrased", "phrases")
QUESTION_WORDS = frozenset(["whether", "if", "why", "how", "what", "who", "which", "where"])


def find(sentence: Sentence) -> Found:
    """The attribution of a sentence in which no cue was found."""
    finders = (_headline, _signed, _inverted_first, _worded, _other_verb, _colon)
    return next((made for finder in finders if (made := finder(sentence))), [])


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
    long_enough = end - colon > 3 or QUOTE in low[colon:end]
    if not speaks or low[0] in NO_SPEAKERS or not long_enough or any(word in COMMA for word in low[:colon]):
        return []
    return [Attribution(sentence, (colon, colon + 1), ":", "headline", (0, colon), [(colon + 1, end)])]


def _signed(sentence: Sentence) -> Found:
    """As in "…" — Ann Lee: a quotation with its speaker's name after a dash."""
    low = sentence.low
    end = endings.sentence_end(sentence)
    if low[0] != QUOTE or not 3 <= end <= 11 or low[1] not in DASHES:
        return []
    if sentence.role == "heading" and sentence.quotes[0].word_count > 2:
        plain = not any(words.is_finite(word) or word[0].isdigit() for word in low[2:end])
        return [Attribution(sentence, (1, 2), "―", "quote-dash-name", (2, end), [(0, 1)])] if plain else []
    if not sentence.is_name(2):
        return []
    if any(words.is_finite(word) or word in COMMA or word[0].isdigit() for word in low[2:end]):
        return []
    if sentence.quotes[0].last not in ".!?…":
        return []
    return [Attribution(sentence, (1, 2), "―", "quote-dash-name", (2, end), [(0, 1)])]


def _inverted_first(sentence: Sentence) -> Found:
    """Said Ann Lee: “…”. A verb of saying that begins the sentence, its subject, a quotation."""
    low = sentence.low
    cue = cues.forms().get(low[0])
    quote = next(iter(sentence.quotes), 0)
    if cue is None or cue.form not in ("past", "s") or "v" not in cue.frames or quote < 3:
        return []
    source = subjects.inverted(sentence, 1, quote - 1)
    if source is None or low[quote - 1] not in (":", ",") or any(words.is_finite(word) for word in low[1:quote]):
        return []
    parts = [(quote, endings.sentence_end(sentence))]
    return [Attribution(sentence, (0, 1), cue.lemma, "verb-source-quote", source, parts)]


def _worded(sentence: Sentence) -> Found:
    """In the words of Ann Lee, the bridge is closed. As Ann Lee put it, the bridge is closed."""
    low, end = sentence.low, endings.sentence_end(sentence)
    for at in range(len(low) - 4):
        if low[at : at + 4] == ["in", "the", "words", "of"]:
            stop = next((comma for comma in range(at + 4, end) if low[comma] in COMMA), end)
            return _around(sentence, at, (at, at + 4), (at + 4, stop), "word")
        if low[at] == "as" and low[at + 2] == "by" and low[at + 1] in REPORTED:
            stop = next((comma for comma in range(at + 3, end) if low[comma] in COMMA), end)
            return _around(sentence, at, (at, at + 3), (at + 3, stop), cues.forms()[low[at + 1]].lemma)
        if low[at] == "as" and (put := _put_it(low, at)) is not None:
            return _around(sentence, at, (put, put + 2), (at + 1, put), "put")
    return []


def _put_it(low: list[str], at: int) -> int | None:
    return next((i for i in range(at + 2, min(len(low) - 1, at + 12)) if low[i] in PUT and low[i + 1] == "it"), None)


def _around(sentence: Sentence, at: int, cue: Range, source: Range, lemma: str) -> Found:
    """The rest of a sentence as the content of a phrase at its beginning or end."""
    low, end = sentence.low, endings.sentence_end(sentence)
    stop = max(cue[1], source[1])
    if source[0] >= source[1]:
        return []
    if at < 2 and stop + 1 < end and low[stop] in (*COMMA, ":"):
        content = (stop + 1, end)
    elif at > 3 and stop >= end and (low[at - 1] in COMMA or low[at - 1] == QUOTE):
        content = (starts.before(sentence, at, 0), at)
    else:
        return []
    return [Attribution(sentence, cue, lemma, "as-worded", source, [content])]


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
