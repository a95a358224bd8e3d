"""Attributions within one sentence: where source, cue and content stand around each cue word."""

from dataclasses import dataclass, field

from broadsheet.extract.claims import cues, endings, hits, starts, subjects, words
from broadsheet.extract.claims.hits import Hit
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA, RIGHT_STOPS, Range

Found = list["Attribution"]
LEMMA_OF_PHRASE = {"according": "according", "as": "per"}
DASHES = frozenset(["―", "—", "–", "--", "-"])
HEADLINE_SOURCES = frozenset("poll survey study report data review police officials experts".split())
NO_SPEAKERS = frozenset(
    "image photo credit update updates watch live exclusive breaking video photos analysis opinion review more how why the what".split()
)


@dataclass(slots=True)
class Attribution:
    """A claim in the making; ranges are of tokens of `sentence`, None where there is no such part."""

    sentence: Sentence
    cue: Range
    lemma: str
    rule: str
    source: Range | None = None
    content: list[Range] = field(default_factory=list)
    shared: "Attribution | None" = None
    extra: list[tuple[Sentence, Range]] = field(default_factory=list)
    open_colon: bool = False


def attributions(sentence: Sentence) -> list[Attribution]:
    """The attributions of a sentence, in the order of their cues; contents never nest."""
    found = _according(sentence)
    cued = hits.find(sentence)
    last = _trailing(sentence, cued) if cued else None
    if last is not None:
        made, first = last
        found.append(made)
        cued = [hit for hit in cued if hit.group[1] <= first]
    done = 0
    own: Found = []
    for number, hit in enumerate(cued):
        if hit.head >= done and not _inside(hit, found):
            made_one = _attribute(sentence, hit, cued[number + 1 :], done, own, found)
            if made_one is not None:
                own.append(made_one)
                done = max([made_one.cue[1], *(end for _, end in made_one.content)])
    made = found + own + _asked(sentence, found + own)
    if not made:
        made = _headline(sentence) or _signed(sentence) or _other_verb(sentence) or _colon(sentence)
    return sorted(made, key=lambda one: one.cue)


def _inside(hit: Hit, found: Found) -> bool:
    return any(
        start <= hit.head < end
        for made in found
        for start, end in [*made.content, *([made.source] if made.source else [])]
    )


def _attribute(
    sentence: Sentence, hit: Hit, later: list[Hit], done: int, own: Found, found: Found
) -> Attribution | None:
    limit = endings.limit(sentence, hit, later)
    for made in found:
        if made.cue[0] > hit.head:
            limit = min(limit, min(start for start, _ in [made.cue, *made.content]))
    return (
        _quote_before(sentence, hit, limit, done)
        or _content_before(sentence, hit, limit, done)
        or _content_after(sentence, hit, limit, done, own)
    )


# ------------------------------------------------------------------ the content comes first
def _trailing(sentence: Sentence, cued: list[Hit]) -> tuple[Attribution, int] | None:
    """The bridge was closed, she said. Everything before the last cue is its content."""
    hit = cued[-1]
    low = sentence.low
    end = endings.sentence_end(sentence)
    if hit.subject is None or hit.shares or not hit.takes("cdvtl") or hit.subject[0] < 3:
        return None
    comma = hit.subject[0] - 1
    if (
        low[comma] not in COMMA
        or not (
            _nothing_after(sentence, hit.group[1], end)
            or (hit.takes("t") and _only_addressee(sentence, hit.group[1], end))
        )
        or hit.subject[1] > hit.group[0]
    ):
        return None
    start, opening = _after_quote_attribution(sentence, cued[:-1], comma)
    if low[comma - 1] == QUOTE and start == 0 and comma == 1:
        return None
    if not _is_clause(sentence, start, comma) or low[start] in ("as", "and"):
        return None
    made = Attribution(sentence, hit.group, hit.cue.lemma, "clause-source-verb", hit.subject, [(start, comma)])
    return made, opening


def _after_quote_attribution(sentence: Sentence, cued: list[Hit], stop: int) -> tuple[int, int]:
    return starts.before(sentence, stop, 0), 0


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


def _quote_before(sentence: Sentence, hit: Hit, limit: int, done: int) -> Attribution | None:
    """ "…," she said, "…" and "…," said the mayor."""
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
    if low[quote] != QUOTE or quote < done or source is None:
        return None
    if not (sentence.quotes[quote].last in ",?!.…—-" or low[quote + 1] in COMMA):
        return None
    begin = quote if quote and low[quote - 1] == ":" else starts.before(sentence, quote + 1, done)
    parts = [(begin, quote + 1)]
    more = _quote_after(sentence, max(hit.group[1], source[1]))
    if more is not None:
        parts.append(more)
    return Attribution(sentence, hit.group, hit.cue.lemma, rule, source, parts)


def _quote_end_before(low: list[str], at: int) -> int | None:
    """The quotation right before a token, a comma between them or not."""
    if at and low[at - 1] == QUOTE:
        return at - 1
    return at - 2 if at > 1 and low[at - 1] in COMMA and low[at - 2] == QUOTE else None


def _quote_after(sentence: Sentence, start: int) -> Range | None:
    """The rest of the content after "she said," up to the end, where it begins with a quotation."""
    low = sentence.low
    for at in range(start, min(len(low), start + 14)):
        if low[at] == QUOTE and (low[at - 1] in COMMA or low[at - 1] == ":" or at == start):
            return (at, endings.sentence_end(sentence))
    return None


def _content_before(sentence: Sentence, hit: Hit, limit: int, done: int) -> Attribution | None:
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
    if (
        hit.group[1] < limit
        and low[hit.group[1]] in COMMA
        and start < stop
        and low[hit.group[1] + 1] not in ("adding", "and")
    ):
        if low[hit.group[1] + 1] == QUOTE and not low[start] != QUOTE:
            return None
        if not hit.takes("cqvl") or _is_adverbial_quote(sentence, start, stop, hit):
            return None
        parts = [(start, stop), (hit.group[1] + 1, limit)]
        return Attribution(sentence, hit.group, hit.cue.lemma, "clause-split", hit.subject, parts)
    if not _nothing_after(sentence, hit.group[1], limit) or not _is_clause(sentence, start, stop):
        return None
    return Attribution(sentence, hit.group, hit.cue.lemma, "clause-source-verb", hit.subject, [(start, stop)])


def _is_adverbial_quote(sentence: Sentence, start: int, stop: int, hit: Hit) -> bool:
    """On the bridge, she said, "…": the first words do not belong to the content."""
    return sentence.low[hit.group[1] + 1] == QUOTE


def _verb_source(sentence: Sentence, hit: Hit, limit: int, done: int) -> Attribution | None:
    source = subjects.inverted(sentence, hit.group[1], limit)
    if source is None or not _nothing_after(sentence, source[1], limit):
        return None
    low = sentence.low
    if (
        any(words.is_finite(word) for word in low[source[0] : source[1]] if word not in ("who",))
        and "who" not in low[source[0] : source[1]]
    ):
        return None
    stop = hit.group[0] - 1
    start = starts.before(sentence, stop, done)
    if not any(words.is_finite(word) or word == QUOTE for word in low[start:stop]):
        return None
    return Attribution(sentence, hit.group, hit.cue.lemma, "clause-verb-source", source, [(start, stop)])


def _asked(sentence: Sentence, found: Found) -> Found:
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
        if low[found] in ("whether", "if", "why", "how", "what", "who", "which", "where"):
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
    """ "…" — Ann Lee: a quotation with its speaker's name after a dash."""
    low = sentence.low
    end = endings.sentence_end(sentence)
    if low[0] != QUOTE or not 4 <= len(low[:end]) + 1 <= 12 or low[1] not in DASHES or not sentence.is_name(2):
        return []
    if any(words.is_finite(word) for word in low[2:end]):
        return []
    return [Attribution(sentence, (1, 2), "―", "quote-dash-name", (2, end), [(0, 1)])]


def _other_verb(sentence: Sentence) -> Found:
    """ "…," the mayor bellowed: any verb that ends a sentence after a quotation that ends in a comma."""
    low = sentence.low
    for at, quote in sentence.quotes.items():
        if quote.last != "," or quote.word_count < 3 or at + 3 > len(low):
            continue
        verb = next((i for i in range(at + 2, min(len(low), at + 9)) if _is_past(low[i])), None)
        source = subjects.before(sentence, verb) if verb is not None else None
        if verb is not None and source is not None and source[0] == at + 1:
            parts = [(at, at + 1)]
            more = _quote_after(sentence, verb + 1)
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
    """The mayor was brief: a sentence that ends in a colon, before a quotation."""
    low = sentence.low
    if low[-1] != ":" or len(low) < 2:
        return []
    source = subjects.main_subject(sentence, len(low) - 1)
    made = Attribution(sentence, (len(low) - 1, len(low)), ":", "colon", source, open_colon=True)
    return [made]


# ------------------------------------------------------------------ the content comes last
def _content_after(sentence: Sentence, hit: Hit, limit: int, done: int, own: Found) -> Attribution | None:
    """She said that the bridge was closed."""
    low = sentence.low
    source, shared = _source(sentence, hit, own)
    if hit.group[0] < done:
        return None
    if source is None and (hit.cue.form == "base" or not hit.takes("cql") or hit.group[0] == 0):
        return None
    made = Attribution(sentence, hit.group, hit.cue.lemma, "", source, shared=shared)
    at = hit.group[1]
    if low[-1] == ":" and QUOTE not in low[at:] and "that" not in low[at:]:
        made.open_colon, made.rule = True, "verb-colon"
        return made if source is not None else None
    start = starts.after(sentence, hit, limit)
    if start is None or start[0] >= limit:
        return None
    made.content, made.rule = [(start[0], endings.trimmed(sentence, start[0], limit))], start[1]
    return made


def _source(sentence: Sentence, hit: Hit, own: Found) -> tuple[Range | None, Attribution | None]:
    """The subject of a cue, its own or that of the cue before it."""
    if hit.subject is not None or not hit.shares:
        return hit.subject, None
    if own:
        return own[-1].source, own[-1]
    return subjects.main_subject(sentence, hit.group[0]), None


# ------------------------------------------------------------------ according to
def _according(sentence: Sentence) -> Found:
    low = sentence.low
    made = []
    for at in range(len(low) - 2):
        if (low[at], low[at + 1]) in (("according", "to"), ("as", "per")):
            one = _according_at(sentence, at)
            if one is not None:
                made.append(one)
    return made


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
    return after in ("a", "an", "who", "which", "whose", "one") or after.endswith("based")


def _according_end(sentence: Sentence, start: int, stop: int) -> int:
    low = sentence.low
    for at in range(start + 1, stop):
        if (low[at] in COMMA and not _continues(sentence, at)) or low[at] in (";", ":"):
            return at
    return stop
