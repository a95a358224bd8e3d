"""Noun phrases beside a cue: the subject before it, the inverted subject after it, the antecedent of "who"."""

from broadsheet.extract.claims import cues, words
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.words import word_set

Range = tuple[int, int]
"""Half-open range of token numbers within a sentence."""

COMMA = frozenset([",", "--", "—", "–", "-"])
BREAKS = frozenset(['"', "“", "”", ";", ":", QUOTE, "(", ")", ".", "?", "!", "...", "…"])
LONGEST_RELATIVE = 12
"""Tokens back from the end of a subject in which a relative clause may have begun."""
RIGHT_STOPS = words.TIME_WORDS | word_set(
    "in on at during after before as when while via through last this earlier later following by amid "
    "referring speaking adding saying noting who"
)
ROLE_STARTS = word_set(
    "head son daughter leader director founder author spokesman spokeswoman chief member professor president editor "
    "chairman chairwoman secretary minister commander deputy brother sister wife husband owner co-founder"
)
"""Nouns that may stand without an article after a name: "Ann Lee, head of research, said"."""


def before(sentence: Sentence, stop: int) -> Range | None:
    """The noun phrase that ends right before the token `stop`."""
    if stop == 0:
        return None
    last = sentence.low[stop - 1]
    if last in words.PERSONAL and last != "who":
        return (stop - 1, stop)
    if words.CONTRACTED.search(last) and last.split("'")[0] in words.PERSONAL:
        return (stop - 1, stop)
    if last in ("who", "which", "that"):
        return antecedent(sentence, stop - 1)
    if last == QUOTE and stop > 3 and sentence.quotes[stop - 1].last == ",":
        return _with_apposition(sentence, stop) if sentence.low[stop - 2] not in COMMA else None
    if last in BREAKS:
        return _with_bracket(sentence, stop) if last == ")" else None
    if last in COMMA:
        return _with_apposition(sentence, stop - 1)
    end = _before_time(sentence, stop)
    start = chunk_start(sentence, end)
    relative = _relative_before(sentence, start)
    if relative is not None:
        whole = antecedent(sentence, relative)
        return (whole[0], end) if whole else (start, end)
    if start >= end:
        return None
    return (_title_before(sentence, start), end)


def _relative_before(sentence: Sentence, start: int) -> int | None:
    """The "who" of a clause without commas that a subject ends with: "the engineer who built it in the 1990s"."""
    low = sentence.low
    for at in range(start - 1, max(-1, start - LONGEST_RELATIVE), -1):
        if low[at] in ("who", "that", "which"):
            near = at == start - 1 or low[at] == "who"
            return at if near and words.is_finite(low[at + 1]) else None
        if low[at] in COMMA or low[at] in BREAKS or low[at] in words.COORDINATORS or cues.forms().get(low[at]):
            return None
    return None


def _title_before(sentence: Sentence, start: int) -> int:
    """Where a subject begins whose name is an apposition: "a spokeswoman, Ann Lee said"."""
    low = sentence.low
    if start and low[start] in ROLE_STARTS and low[start - 1] in COMMA and sentence.is_name(start - 2):
        name = chunk_start(sentence, start - 1)
        return name if name < start - 1 else start
    if start < 3 or low[start - 1] not in COMMA or not sentence.is_name(start):
        return start
    head = chunk_start(sentence, start - 1)
    follows_quote = head > 0 and low[head - 1] == QUOTE
    plain = head < start - 1 and low[head] in words.DETERMINERS and not sentence.is_name(start - 2)
    return head if plain and follows_quote else start


def _before_time(sentence: Sentence, stop: int) -> int:
    """The end of a subject without the time after it: "the mayor on Monday announced"."""
    low = sentence.low
    at = stop
    while at > 1 and low[at - 1] in words.TIME_WORDS - {"may", "march"}:
        at -= 1
    if at == stop or at < 2:
        return stop
    if low[at - 1] in ("on", "in", "last", "this", "late", "early"):
        return at - 1
    return at if low[stop - 1] in words.DAYS and sentence.is_name(at - 1) else stop


def antecedent(sentence: Sentence, stop: int) -> Range | None:
    """The noun phrase before a relative pronoun at `stop`."""
    end = stop - 1 if stop and sentence.low[stop - 1] in COMMA else stop
    start = chunk_start(sentence, end)
    return (start, end) if start < end else None


def inverted(sentence: Sentence, start: int, stop: int) -> Range | None:
    """The noun phrase that begins at `start`, right after "said"."""
    low = sentence.low
    if start >= stop or low[start] in words.SUBORDINATORS or low[start] in COMMA or low[start] in BREAKS:
        return None
    if low[start] in words.PREPOSITIONS or low[start] in words.TIME_WORDS:
        return None
    if low[start] in words.PERSONAL and not _owns(sentence, start, stop):
        return (start, start + 1)
    at = start + 1
    while at < stop and not _ends_inverted(sentence, at, stop):
        at += 1
    while at > start and (low[at - 1] in COMMA or low[at - 1] == "."):
        at -= 1
    return (start, at)


def _owns(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether "her" belongs to a noun: "said her neighbour, Ann Lee"."""
    after = sentence.low[start + 1] if start + 1 < stop else ""
    return sentence.low[start] == "her" and after.isalpha() and after not in RIGHT_STOPS and not words.is_finite(after)


def _ends_inverted(sentence: Sentence, at: int, stop: int) -> bool:
    low = sentence.low
    word = low[at]
    if word in (QUOTE, ":", ";"):
        return True
    if word in COMMA and at + 1 < stop:
        if words.is_auxiliary(low[at + 1]):
            return True
        return low[at + 1] in RIGHT_STOPS - {"who"} or low[at + 1] == QUOTE or low[at + 1] in words.COORDINATORS
    if word == "who":
        return False
    return word in RIGHT_STOPS and (sentence.is_name(at - 1) or word in words.DAYS)


def _with_bracket(sentence: Sentence, stop: int) -> Range | None:
    """A subject with a bracket at its end: "Senator Ann Lee (D-Ohio) said"."""
    at = stop - 1
    while at and sentence.low[at] != "(":
        at -= 1
    start = chunk_start(sentence, at)
    return (_title_before(sentence, start), stop) if start < at else None


def _with_apposition(sentence: Sentence, comma: int) -> Range | None:
    """A subject with an apposition at its end: "Ann Lee, the mayor of Springfield, said"."""
    low = sentence.low
    cut = comma - 1
    while cut > 0:
        while cut > 0 and low[cut] not in COMMA and low[cut] not in (";", ":"):
            cut -= 1
        if cut <= 0 or low[cut] in (";", ":"):
            return None
        start = chunk_start(sentence, cut)
        if low[cut - 1] == QUOTE:
            return None
        if start < cut and _may_head(sentence, start, cut):
            return (_name_before(sentence, start), comma)
        cut -= 1
    return None


def _name_before(sentence: Sentence, start: int) -> int:
    """Where a subject begins that has two appositions: the name before the first of them."""
    low = sentence.low
    if start < 2 or low[start - 1] not in COMMA or low[start] not in words.DETERMINERS:
        return start
    name = chunk_start(sentence, start - 1)
    alone = name == 0 or low[name - 1] == QUOTE
    return name if name < start - 1 and alone and sentence.is_name(start - 2) else start


def _may_head(sentence: Sentence, start: int, stop: int) -> bool:
    if sentence.low[stop - 1] in words.TIME_WORDS or sentence.low[start] in words.PREPOSITIONS:
        return False
    return sentence.is_name(stop - 1) or sentence.is_name(start) or sentence.low[start] in words.DETERMINERS


def chunk_start(sentence: Sentence, stop: int) -> int:
    """Where the noun phrase begins that ends before `stop`; `stop` itself where there is none."""
    start = stop
    while start:
        if sentence.low[start - 1] == ")" and start < stop and (opening := _bracket(sentence, start - 1)) is not None:
            start = opening
        elif _breaks_chunk(sentence, start - 1, stop):
            break
        else:
            start -= 1
    return skip_openers(sentence, start, stop)


def _bracket(sentence: Sentence, at: int) -> int | None:
    """Where a short bracket opens that closes at a token: "the Green Party (GP) leader"."""
    return next((opening for opening in range(at - 1, max(0, at - 4), -1) if sentence.low[opening] == "("), None)


def _breaks_chunk(sentence: Sentence, at: int, stop: int) -> bool:
    low = sentence.low
    word = low[at]
    if word in COMMA or word in BREAKS:
        return True
    if word == "and":
        return not _joins_names(sentence, at, stop)
    if word == "as" and at and low[at - 1] == "such":
        return False
    if word in words.SUBORDINATORS or word in ("but", "or") or word in words.AUXILIARIES:
        return True
    if sentence.is_name(at) and at:
        return False
    cue = cues.forms().get(word)
    if cue is not None and cue.frames != "x" and ((cue.form == "s" and "n" not in cue.frames) or cue.form == "past"):
        return low[at + 1] != "by"
    return word in words.PAST_IRREGULAR or word in words.VERB_OTHER


def _joins_names(sentence: Sentence, at: int, stop: int) -> bool:
    if at == 0 or at + 1 >= stop:
        return False
    before_word, after = sentence.low[at - 1], sentence.low[at + 1]
    if _completes(sentence, at - 1):
        return False
    return after not in words.PERSONAL and before_word not in COMMA and not words.is_adverb(after)


def _completes(sentence: Sentence, at: int) -> bool:
    """Whether a word ends a clause rather than a noun phrase: "open" in "was open and Ann Lee"."""
    low = sentence.low
    for back in range(at, max(-1, at - 3), -1):
        if sentence.is_name(back) or low[back] in words.DETERMINERS:
            return False
        if low[back] in words.AUXILIARIES:
            return True
    return False


def skip_openers(sentence: Sentence, start: int, stop: int) -> int:
    """Skip "But", "Meanwhile" and a leading prepositional phrase: "On Monday the mayor" begins at "the"."""
    low = sentence.low
    while start < stop and (
        low[start] in words.OPENERS or low[start] in words.COORDINATORS or words.is_adverb(low[start])
    ):
        if low[start] in ("all", "both", "once") or (
            sentence.is_name(start) and low[start] not in words.OPENERS and start
        ):
            break
        start += 1
    if start < stop and low[start] in words.PREPOSITIONS:
        return _after_preposition(sentence, start, stop)
    while start + 1 < stop and low[start] in words.TIME_WORDS and low[start] not in ("may", "week", "year"):
        start += 1
    return start


def _after_preposition(sentence: Sentence, start: int, stop: int) -> int:
    low = sentence.low
    at = stop - 1
    if low[at] in words.PERSONAL:
        return at
    while at > start and low[at] not in words.DETERMINERS and low[at] not in words.PREPOSITIONS:
        if low[at] in words.TIME_WORDS:
            return at + 1
        at -= 1
    if low[at] in words.DETERMINERS and at > start + 1:
        return at
    return at + 1 if at > start else stop


def main_subject(sentence: Sentence, stop: int) -> Range | None:
    """The subject of the sentence's first clause, for participles: "She sighed, adding that …"."""
    low = sentence.low
    start = 0
    while True:
        start = skip_openers_only(sentence, start, stop)
        comma = next((at for at in range(start, stop) if low[at] in COMMA), stop)
        if start < comma and words.CONTRACTED.search(low[start]) and low[start].split("'")[0] in words.PERSONAL:
            return (start, start + 1)
        end = start
        while end < comma and not words.is_finite(low[end]) and not words.is_adverb(low[end]):
            end += 1
        if start < end < comma and low[start] not in words.PREPOSITIONS and not low[start].endswith("ing"):
            return (start, end)
        if comma >= stop:
            return None
        start = comma + 1


def skip_openers_only(sentence: Sentence, start: int, stop: int) -> int:
    """Skip conjunctions and sentence adverbs."""
    low = sentence.low
    while start < stop and (
        low[start] in words.OPENERS or low[start] in words.COORDINATORS or words.is_adverb(low[start])
    ):
        start += 1
    return start
