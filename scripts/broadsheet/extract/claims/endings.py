"""Where the content of a cue ends: before the next cue, before an adverbial of speaking, at the full stop."""

from broadsheet.extract.claims import words
from broadsheet.extract.claims.hits import Hit
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA
from broadsheet.extract.claims.words import word_set

FINAL = frozenset([".", "!", ";", ":", ",", "—", "–", "--", "...", "…"])
CLAUSE_JOINTS = word_set("and but while though although whereas yet as")
OPENING_CLAUSES = word_set("although though while when after as if since whereas before because once")
RELATIVES = word_set("which who whose where and but or a an")
OCCASIONS = word_set(
    "interview statement speech rally debate tweet tweets post press conference briefing email e-mail letter call "
    "address remarks testimony hearing broadcast appearance article column memo release report op-ed essay "
    "editorial message video podcast"
)
OCCASION_PREPOSITIONS = word_set("in during at")


def sentence_end(sentence: Sentence) -> int:
    """The token after the last word of a sentence, final stops left out."""
    end = len(sentence.low)
    while end and sentence.low[end - 1] in FINAL:
        end -= 1
    return end


def limit(sentence: Sentence, hit: Hit, later: list[Hit]) -> int:
    """The token before which the content after a cue must end, because of what follows."""
    end = min(sentence_end(sentence), _clause_end(sentence, hit))
    for other in later:
        if other.head > hit.head + 1:
            cut = _cut(sentence, hit, other)
            if cut is not None:
                return min(end, cut)
    return end


def _clause_end(sentence: Sentence, hit: Hit) -> int:
    """The comma at which a subordinate clause ends that holds the cue: "While she said it was late, they …"."""
    low = sentence.low
    if low[hit.group[0] - 1] == "who" and hit.group[0] > 1 and low[hit.group[0] - 2] in COMMA:
        ends = (at for at in range(hit.head + 2, len(low) - 1) if low[at] in COMMA and words.is_finite(low[at + 1]))
        return next(ends, len(low))
    if hit.subject is None or not any(
        word in OPENING_CLAUSES for word in low[max(0, hit.subject[0] - 1) : hit.subject[0]]
    ):
        return len(low)
    if hit.subject[0] > 2 and low[hit.subject[0] - 2] not in COMMA:
        return len(low)
    for at in range(hit.head + 2, len(low) - 3):
        if (
            low[at] in COMMA
            and any(words.is_finite(word) for word in low[at + 2 : at + 12])
            and low[at + 1] not in RELATIVES
        ):
            return at
    return len(low)


def _cut(sentence: Sentence, hit: Hit, other: Hit) -> int | None:
    """Where another cue ends the content of a cue, None where it belongs to the content."""
    if not other.takes("ctqvkaipl"):
        return None
    if other.shares:
        return _cut_shared(sentence, other)
    if other.subject is None:
        return None
    if other.subject[0] <= hit.group[0] and other.subject[1] > hit.head:
        return _without_comma(sentence, other.group[0])
    return _cut_at_subject(sentence, hit, other.subject[0] - 1)


def _cut_shared(sentence: Sentence, other: Hit) -> int | None:
    """The cut before a cue without a subject: ", adding …" and "and added …"."""
    low, first = sentence.low, other.group[0]
    joint = low[first - 1]
    if other.cue.form == "ing" and (joint in COMMA or joint == QUOTE):
        return _without_comma(sentence, first)
    if joint in COMMA and other.cue.form == "past":
        return _without_comma(sentence, first)
    if joint not in ("and", "but") or other.cue.form == "base":
        return None
    if not other.takes("ctkaipl") and low[other.group[1] : other.group[1] + 1] not in ([QUOTE], [","], [":"], ["that"]):
        return None
    if other.cue.form == "ing" and low[first - 2] not in COMMA:
        return None
    return _without_comma(sentence, first - 1)


def _cut_at_subject(sentence: Sentence, hit: Hit, at: int) -> int | None:
    """The cut before the subject of another cue, if what joins them parts two clauses."""
    low = sentence.low
    if at <= hit.head:
        return None
    if low[at] in CLAUSE_JOINTS and low[at - 1] in COMMA:
        return at - 1
    if at > hit.head + 2 and low[at] in ("while", "as", "though", "although"):
        return at
    if at > hit.head + 4 and low[at] in COMMA and _is_spliced(low[hit.head + 1 : at]):
        return at
    if low[at] == "and" and at > hit.head + 2 and low[hit.head + 1] != "that" and _is_spliced(low[hit.head + 1 : at]):
        return at
    return at if low[at] in (";", "—", "–") else None


def _without_comma(sentence: Sentence, at: int) -> int:
    return at - 1 if sentence.low[at - 1] in COMMA else at


def _is_spliced(words_between: list[str]) -> bool:
    """Whether the words between two cues are a clause of their own: "she said it was late, he replied …"."""
    rest = words_between[1:] if words_between[0] == "that" else words_between
    if rest[0] in words.PREPOSITIONS or any(word in words.SUBORDINATORS or word in COMMA for word in rest):
        return False
    return any(words.is_finite(word) for word in rest)


def _quotes_go_on(low: list[str], start: int) -> bool:
    return (low[start] in ("and", "or", *COMMA) and QUOTE in low[start : start + 3]) or low[start] == QUOTE


def trimmed(sentence: Sentence, start: int, stop: int) -> int:
    """The end of a content without a closing adverbial of speaking: "… during a speech on Friday"."""
    low = sentence.low
    first = sentence.quotes.get(start)
    if first is not None and start + 1 < stop and first.last in ".!?," and not _quotes_go_on(low, start + 1):
        return start + 1
    for at in range(stop - 2, max(start + 2, stop - 14), -1):
        if low[at] in OCCASION_PREPOSITIONS and low[at + 1] in words.DETERMINERS:
            phrase = low[at + 1 : stop]
            nouns = [index for index, word in enumerate(phrase) if word in OCCASIONS]
            if nouns and nouns[0] <= 4 and not any(words.is_finite(word) for word in phrase):
                return at - 1 if low[at - 1] in COMMA else at
    return stop
