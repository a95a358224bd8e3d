"""Where the content of a cue begins: after "that", at a quotation, after the addressee or a time."""

from functools import cache

from broadsheet.extract.claims import cues, nominal, words
from broadsheet.extract.claims.hits import Hit
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA
from broadsheet.extract.claims.words import word_set

PREPOSITIONS_OF_CUES = """
speak: about of against
talk: about of
point: to
warn: of about against
complain: about of
boast: about of
joke: about
refer: to
allude: to
ask: about for
comment: on
call: for
"""
Start = tuple[int, str]
"""The first token of a content, and the id of the rule that found it."""

SAYINGS = word_set(
    "criticism criticisms idea ideas notion notions concern concerns call calls comparison comparisons theory theories "
    "view views question questions characterization talk speculation as that how any comments attack attacks "
    "criticized description label narrative story stories"
)
"""What is rejected or dismissed in words."""
LITTLE = word_set("nothing something so little much more anything otherwise less")
"""What is said when nothing is told: "said nothing"."""
LONGEST_ASIDE = 14
TIME_LEADS = word_set("on in late early last this earlier next")
REFUSALS = word_set("comment say speak discuss answer respond elaborate")
CLAUSE_WORDS = word_set("that whether if how why what where when who")
ADVERBIAL_STARTS = word_set(
    "following amid upon despite without in on at during via through to for by after before with from late early last "
    "this"
)
SKIPPED_BEFORE = word_set("and but yet so ; : , — – -- (")


def before(sentence: Sentence, stop: int, done: int) -> int:
    """Where a content begins that ends before `stop`: after what is done, "But" and the like."""
    low = sentence.low
    while done < stop and low[done] in SKIPPED_BEFORE:
        done += 1
    return done


def after(sentence: Sentence, hit: Hit, limit: int) -> Start | None:
    """Where a content begins that follows its cue."""
    at = hit.group[1]
    for find in (_that, _quote, _prepositional, _by_frame):
        found = find(sentence, hit, at, limit)
        if found is None and find is _prepositional and hit.cue.lemma in ("speak", "talk", "point"):
            return None
        if found is not None:
            return found
    return None


def _that(sentence: Sentence, hit: Hit, at: int, limit: int) -> Start | None:
    """As in "that" right after the cue, or after an addressee and adverbials without a verb."""
    low = sentence.low
    if not hit.takes("ctqvdol"):
        return None
    for found in range(at, min(limit, at + 18)):
        word = low[found]
        if word == "that" and found > at and low[found - 1] in nominal.forms() and not hit.takes("ctl"):
            return None
        if word == "that":
            return (found, "verb-that") if found == at or _is_lead(sentence, hit, at) else None
        if word in words.SUBORDINATORS and word not in ("before", "after", "since", "as", "once"):
            return None
        if word in words.AUXILIARIES or word == QUOTE or word in words.PAST_IRREGULAR:
            return None
    return None


def _is_lead(sentence: Sentence, hit: Hit, at: int) -> bool:
    low = sentence.low
    if hit.takes("t"):
        return True
    return low[at] in ADVERBIAL_STARTS or low[at] in words.TIME_WORDS or low[at] in COMMA or words.is_adverb(low[at])


def _quote(sentence: Sentence, hit: Hit, at: int, limit: int) -> Start | None:
    low = sentence.low
    if not hit.takes("cqtvdol"):
        return None
    for found in range(at, min(limit, at + 24)):
        if low[found] == QUOTE and hit.takes("t") and _is_programme(sentence, found):
            continue
        if low[found] == QUOTE:
            if found == at or low[found - 1] in COMMA or low[found - 1] == ":":
                return found, "verb-quote"
            return None
        if low[found] in words.SUBORDINATORS or low[found] in words.AUXILIARIES or low[found] == ";":
            return None
    return None


def _is_programme(sentence: Sentence, at: int) -> bool:
    """Whether a quotation after "told" is a title: "told “Morning Nine” the bridge was closed"."""
    quote = sentence.quotes[at]
    return quote.word_count <= 4 and quote.last not in (",", ".", "?", "!") and at + 2 < len(sentence.low)


@cache
def _prepositions() -> dict[str, list[str]]:
    lines = (line.split(":") for line in PREPOSITIONS_OF_CUES.strip().splitlines())
    return {lemma: prepositions.split() for lemma, prepositions in lines}


def _prepositional(sentence: Sentence, hit: Hit, at: int, limit: int) -> Start | None:
    low = sentence.low
    if at >= limit:
        return None
    lemma, word = hit.cue.lemma, low[at]
    if lemma == "point" and word == "out":
        return at + 1, "point-out"
    if word in _prepositions().get(lemma, ()):
        return at + 1, "verb-about"
    return None


def _by_frame(sentence: Sentence, hit: Hit, at: int, limit: int) -> Start | None:
    at = skip_times(sentence, at, limit)
    if at >= limit:
        return None
    for frame, find in BY_FRAME:
        if frame in hit.cue.frames and (found := find(sentence, hit, at, limit)) is not None:
            return found
        if frame in hit.cue.frames and frame in FINAL_FRAMES:
            return None
    return None


def _accused(sentence: Sentence, _hit: Hit, at: int, _limit: int) -> Start | None:
    """Someone and then "of", "for" or "with" what: "accused the mayor of neglect"."""
    return (at, "accuse-of") if any(word in ("of", "for", "with") for word in sentence.low[at : at + 9]) else None


def _asked_to(sentence: Sentence, _hit: Hit, at: int, limit: int) -> Start | None:
    """Someone and then an infinitive: "urged the mayor to resign"."""
    return (at, "verb-to") if _infinitive(sentence.low, at, limit) is not None else None


def _to(sentence: Sentence, _hit: Hit, at: int, limit: int) -> Start | None:
    """An infinitive right away: "promised to resign"."""
    if _infinitive(sentence.low, at, min(limit, at + 3)) != at or sentence.is_name(at + 1):
        return None
    return at, "verb-to"


def _clause_or_object(sentence: Sentence, hit: Hit, at: int, limit: int) -> Start | None:
    """A clause without "that", or else the object of the cue."""
    low, frames = sentence.low, hit.cue.frames
    if _is_act(hit.cue.lemma, low[at:limit]):
        return None
    bare = "c" in frames and "o" not in frames
    if bare or (("c" in frames or "l" in frames) and _shows_verb(low, at, limit)):
        return _clause(sentence, at, limit)
    if low[at] in words.PREPOSITIONS:
        return None
    if _is_act(hit.cue.lemma, low[at:limit]):
        return None
    if "d" in frames and "l" in frames and _from_document(sentence, hit):
        return at, "document-shows"
    return (at, "verb-object") if "o" in frames and low[at] not in COMMA else None


def _is_act(lemma: str, rest: list[str]) -> bool:
    """Whether an object makes the verb one of doing: claimed nine lives, rejected the treaty."""
    if lemma == "claim":
        return any(word in ("life", "lives", "victims") for word in rest[:5])
    if lemma in ("reject", "dismiss"):
        return not any(word in SAYINGS or word in nominal.forms() or word == QUOTE for word in rest)
    return False


def _from_document(sentence: Sentence, hit: Hit) -> bool:
    if hit.subject is None:
        return False
    return any(word in cues.DOCUMENTS for word in sentence.low[hit.subject[0] : hit.subject[1]])


def _shows_verb(low: list[str], at: int, limit: int) -> bool:
    """Whether a finite verb comes early enough to show a clause."""
    if low[at] in CLAUSE_WORDS:
        return True
    for found in range(at + 1, min(limit, at + 12)):
        if low[found] in COMMA or low[found] in ("and", "that", "who", "which"):
            return False
        if words.is_finite(low[found]):
            return True
    return False


def _clause(sentence: Sentence, at: int, limit: int) -> Start | None:
    """A clause without "that"; one that begins with a preposition needs a comma and a verb after it."""
    low = sentence.low
    if low[at] in COMMA and (behind := _behind_aside(sentence, at, limit)) is not None:
        return behind, "verb-clause"
    if low[at] in COMMA or low[at] in ("to", "as", "by") or (low[at] in LITTLE and at + 1 >= limit):
        return None
    if low[at] in words.PREPOSITIONS:
        comma = next((found for found in range(at, limit) if low[found] in COMMA), limit)
        if not any(words.is_finite(word) for word in low[comma:limit]):
            return None
    return at, "verb-clause"


def _behind_aside(sentence: Sentence, comma: int, limit: int) -> int | None:
    """The clause after what stands between two commas behind a cue: "She says, win or lose, she will stay"."""
    low = sentence.low
    close = next((at for at in range(comma + 2, min(limit - 2, comma + LONGEST_ASIDE)) if low[at] in COMMA), None)
    if close is None or any(map(words.is_finite, low[comma + 1 : close])):
        return None
    first = low[close + 1]
    opens = first.split("'")[0] in words.PERSONAL or first in words.DETERMINERS or sentence.is_name(close + 1)
    return close + 1 if opens and any(map(words.is_finite, low[close + 1 : limit])) else None


def skip_times(sentence: Sentence, at: int, limit: int) -> int:
    """Skip "on Monday", "Tuesday evening", "last week" between the cue and its content."""
    low = sentence.low
    end = at
    while end < limit and (low[end] in TIME_LEADS or low[end] in words.TIME_WORDS or low[end][:1].isdigit()):
        end += 1
    while end > at and low[end - 1] not in words.TIME_WORDS:
        end -= 1
    return end


def _infinitive(low: list[str], at: int, limit: int) -> int | None:
    for found in range(at, min(limit, at + 8)):
        if low[found] == "not" and found + 2 < limit and low[found + 1] == "to":
            return found
        if low[found] == "to" and found + 1 < limit and _is_base(low[found + 1]):
            return found
    return None


def _is_base(word: str) -> bool:
    return (
        (word.isalpha() or word == QUOTE)
        and word not in words.DETERMINERS
        and word not in words.PERSONAL
        and word not in REFUSALS
    )


def _appealed(sentence: Sentence, _hit: Hit, at: int, limit: int) -> Start | None:
    """As in "appealed to the neighbours to help", "appealed for help"."""
    low = sentence.low
    if low[at] == "for":
        return at + 1, "verb-about"
    if low[at] != "to":
        return None
    found = _infinitive(low, at + 2, limit)
    return (found, "verb-to") if found is not None else None


def _told(sentence: Sentence, _hit: Hit, at: int, limit: int) -> Start | None:
    """Content after an addressee: "told Radio Nine the bridge was closed"."""
    low = sentence.low
    if low[at] in CLAUSE_WORDS:
        return at, "told-clause"
    found = skip_times(sentence, _addressee_end(sentence, at, limit), limit)
    if found >= limit or found == at:
        return None
    if low[found] == "to" and found + 1 < limit and _is_base(low[found + 1]):
        return at, "told-to"
    if low[found] in words.PREPOSITIONS or low[found] in COMMA:
        return None
    if low[found] in ("who", "which", "where"):
        return None
    if low[found] in CLAUSE_WORDS or any(word == QUOTE or words.is_finite(word) for word in low[found:limit]):
        return found, "told-clause"
    return None


def _addressee_end(sentence: Sentence, at: int, limit: int) -> int:
    """The token after an addressee: after a pronoun, or where a new noun phrase, "to" or a clause begins."""
    low = sentence.low
    if low[at] in words.PERSONAL or low[at] in ("me", "us"):
        return at + 1
    found = at + 1
    while found < limit and not _begins_clause(sentence, found):
        found += 1
    return found


def _begins_clause(sentence: Sentence, at: int) -> bool:
    low = sentence.low
    word, before_word = low[at], low[at - 1]
    if word in CLAUSE_WORDS or word in COMMA or word == "to" or word == QUOTE or word in words.DAYS:
        return True
    if word in words.PERSONAL or word.split("'")[0] in words.PERSONAL or word == "there":
        return True
    if before_word in words.PREPOSITIONS or (before_word in words.DETERMINERS and not sentence.is_name(at - 1)):
        return False
    if word in ("of", "in", "at", "from"):
        return False
    if word in words.PREPOSITIONS or (word in words.DETERMINERS and not sentence.is_name(at)):
        return True
    return sentence.is_name(at) and before_word.endswith("s") and not sentence.is_name(at - 1)


def _called(sentence: Sentence, _hit: Hit, at: int, limit: int) -> Start | None:
    low = sentence.low
    if low[at] in ("on", "upon"):
        return at + 1, "call-on"
    if low[at] in words.PREPOSITIONS or low[at] in COMMA or not _characterises(sentence, at, limit):
        return None
    return at, "called"


def _characterises(sentence: Sentence, at: int, limit: int) -> bool:
    """Whether an object has a second part that says what it is: "called the plan a disaster"."""
    low = sentence.low
    return QUOTE in low[at:limit] or any(
        low[i] in ("a", "an", "as", "the", "one", "not", "too") and low[i - 1] not in words.PREPOSITIONS
        for i in range(at + 1, limit)
    )


BY_FRAME = (
    ("s", _called),
    ("k", _called),
    ("p", _accused),
    ("w", lambda *_: None),
    ("e", _appealed),
    ("a", _asked_to),
    ("i", _to),
    ("t", _told),
    ("o", _clause_or_object),
    ("c", _clause_or_object),
    ("l", _clause_or_object),
    ("d", _clause_or_object),
)
"""The finders of each frame, in the order in which they are tried."""
FINAL_FRAMES = frozenset("skpwet")
"""Frames after which no other is tried."""
