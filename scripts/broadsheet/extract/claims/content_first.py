"""Attributions whose content, or its first part, stands before the cue."""

from broadsheet.extract.claims import endings, starts, subjects, words
from broadsheet.extract.claims.attribution import Attribution
from broadsheet.extract.claims.hits import Hit
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA, RIGHT_STOPS, Range

LONGEST_TITLE = 5
"""Words in the name of a programme, at most."""


def trailing(sentence: Sentence, hit: Hit) -> Attribution | None:
    """The bridge was closed, she said. Everything before the sentence's last cue is its content."""
    low = sentence.low
    if hit.subject is None or hit.shares or not hit.takes("cdvtl") or hit.subject[0] < 3:
        return None
    comma = hit.subject[0] - 1
    if low[comma] not in COMMA or hit.subject[1] > hit.group[0] or not _ends_sentence(sentence, hit):
        return None
    start = starts.before(sentence, comma, 0)
    if not _is_clause(sentence, start, comma) or low[start] in ("as", "and"):
        return None
    return Attribution(sentence, hit.group, hit.cue.lemma, "clause-source-verb", hit.subject, [(start, comma)])


def _ends_sentence(sentence: Sentence, hit: Hit) -> bool:
    end = endings.sentence_end(sentence)
    if _nothing_after(sentence, hit.group[1], end):
        return True
    return hit.takes("t") and _only_addressee(sentence, hit.group[1], end)


def _is_clause(sentence: Sentence, start: int, stop: int) -> bool:
    low = sentence.low[start:stop]
    if not low or stop - start < 3:
        return False
    if low[0] in words.PREPOSITIONS or low[0].endswith("ing"):
        return any(words.is_finite(word) for word in low)
    if low[0] in words.SUBORDINATORS:
        if "," not in low:
            return False
        low = low[len(low) - low[::-1].index(",") :]
    if not low:
        return False
    return any(words.is_finite(word) or word == QUOTE for word in low) or (
        stop - start > 4 and low[0] not in words.TIME_WORDS
    )


def _nothing_after(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether what follows the cue is no content: nothing, a time or an adverbial."""
    low = sentence.low
    if start >= stop:
        return True
    rest = low[start:stop]
    if low[start] in ("as", "when", "after", "while", "before"):
        return True
    return low[start] in RIGHT_STOPS and not any(word in ("that", QUOTE) or words.is_finite(word) for word in rest)


def _only_addressee(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether only someone told follows: "the mayor told Radio Nine on Monday"."""
    rest = sentence.low[start:stop]
    return len(rest) < 12 and not any(w == "that" or w == QUOTE or words.is_finite(w) for w in rest)


def quote_before(sentence: Sentence, hit: Hit, done: int) -> Attribution | None:
    """A quotation before its cue: “…,” she said, “…” and “…,” said the mayor."""
    low = sentence.low
    if not hit.takes("cqvtl"):
        return None
    inverted = _quote_end_before(low, hit.group[0])
    if inverted is not None and not hit.shares:
        quote, source = inverted, subjects.inverted(sentence, hit.group[1], len(low))
        rule = "quote-verb-source"
    elif hit.subject is not None and hit.subject[0] > 0:
        quote, source, rule = hit.subject[0] - 1, hit.subject, "quote-source-verb"
        if low[quote] in COMMA and quote:
            quote -= 1
    else:
        return None
    if low[quote] != QUOTE or quote < done or source is None or _is_title(sentence, quote, hit):
        return None
    if not (sentence.quotes[quote].last in ",?!.…—-" or low[quote + 1] in COMMA):
        return None
    begin = quote if quote and low[quote - 1] == ":" else starts.before(sentence, quote + 1, done)
    parts = [(begin, quote + 1)]
    more = quote_after(sentence, max(hit.group[1], source[1]))
    if more is not None:
        parts.append(more)
    return Attribution(sentence, hit.group, hit.cue.lemma, rule, source, parts)


def _is_title(sentence: Sentence, quote: int, hit: Hit) -> bool:
    """Whether a quotation before a cue names a programme: on Radio Nine's “Morning,” Ann Lee said the bridge fell."""
    named = sentence.quotes[quote]
    if not (named.titled and named.word_count <= LONGEST_TITLE and quote and named.last == ","):
        return False
    before = sentence.low[quote - 1]
    return (before.endswith("'s") or before in ("on", "in", "show", "program", "programme", "film", "book")) and any(
        map(words.is_finite, sentence.low[hit.group[1] :])
    )


def _quote_end_before(low: list[str], at: int) -> int | None:
    """The quotation right before a token, a comma between them or not."""
    if at and low[at - 1] == QUOTE:
        return at - 1
    return at - 2 if at > 1 and low[at - 1] in COMMA and low[at - 2] == QUOTE else None


def quote_after(sentence: Sentence, start: int) -> Range | None:
    """The rest of the content after "she said," up to the end, where it begins with a quotation."""
    low = sentence.low
    for at in range(start, min(len(low), start + 14)):
        if low[at] == QUOTE and (low[at - 1] in COMMA or low[at - 1] == ":" or at == start):
            return (at, endings.sentence_end(sentence))
    return None


def content_before(sentence: Sentence, hit: Hit, limit: int, done: int) -> Attribution | None:
    """The bridge is closed, she said. The bridge is closed, said the mayor. The bridge, she said, is closed."""
    low = sentence.low
    if not hit.takes("cdvl") or hit.shares:
        return None
    if "v" in hit.cue.frames and hit.group[0] > done + 2 and low[hit.group[0] - 1] in COMMA:
        made = _verb_source(sentence, hit, limit, done)
        if made is not None:
            return made
    if hit.subject is None or hit.subject[0] <= done + 1 or low[hit.subject[0] - 1] not in COMMA:
        return None
    stop = hit.subject[0] - 1
    start = starts.before(sentence, stop, done)
    if hit.group[1] < limit and low[hit.group[1]] in COMMA and start < stop:
        return _split(sentence, hit, start, stop, limit)
    if not _nothing_after(sentence, hit.group[1], limit) or not _is_clause(sentence, start, stop):
        return None
    return Attribution(sentence, hit.group, hit.cue.lemma, "clause-source-verb", hit.subject, [(start, stop)])


def _split(sentence: Sentence, hit: Hit, start: int, stop: int, limit: int) -> Attribution | None:
    """A content around its cue; a quotation after it would stand alone: on the bridge, she said, “…”."""
    after = hit.group[1] + 1
    if sentence.low[after] in ("adding", "and", QUOTE) or not hit.takes("cqvl"):
        return None
    parts = [(start, stop), (after, limit)]
    return Attribution(sentence, hit.group, hit.cue.lemma, "clause-split", hit.subject, parts)


def _verb_source(sentence: Sentence, hit: Hit, limit: int, done: int) -> Attribution | None:
    source = subjects.inverted(sentence, hit.group[1], limit)
    low = sentence.low
    if source is None:
        return None
    goes_on = source[1] + 1 < limit and low[source[1]] in COMMA and words.is_auxiliary(low[source[1] + 1])
    if not goes_on and not _nothing_after(sentence, source[1], limit):
        return None
    phrase = low[source[0] : source[1]]
    if "who" not in phrase and any(words.is_finite(word) for word in phrase):
        return None
    stop = hit.group[0] - 1
    start = starts.before(sentence, stop, done)
    if goes_on:
        parts = [(start, stop), (source[1] + 1, limit)]
        return Attribution(sentence, hit.group, hit.cue.lemma, "clause-split", source, parts)
    if not any(words.is_finite(word) or word == QUOTE or word in words.PERSONAL for word in low[start:stop]):
        return None
    return Attribution(sentence, hit.group, hit.cue.lemma, "clause-verb-source", source, [(start, stop)])
