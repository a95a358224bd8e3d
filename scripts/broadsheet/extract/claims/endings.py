"""Where the content of a cue ends: before the next cue, before an adverbial of speaking, at the full stop."""

from broadsheet.extract.claims import words
from broadsheet.extract.claims.hits import Hit
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA

FINAL = frozenset([".", "!", ";", ":", ",", "—", "–", "--", "...", "…"])
CLAUSE_JOINTS = frozenset("and but while though although whereas yet as".split())
OPENING_CLAUSES = frozenset("although though while when after as if since whereas before because once".split())
RELATIVES = frozenset("which who whose where and but or a an".split())
OCCASIONS = frozenset(
    "interview statement speech rally debate tweet tweets post press conference briefing email e-mail letter call "
    "address remarks testimony hearing broadcast appearance article column memo release report op-ed essay "
    "editorial message video podcast".split()
)
OCCASION_PREPOSITIONS = frozenset("in during at".split())


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
    low = sentence.low
    if not other.takes("ctqvkaipl"):
        return None
    first = other.group[0]
    if other.shares:
        joint = low[first - 1]
        if other.cue.form == "ing" and (joint in COMMA or joint == QUOTE):
            return first - 1 if joint in COMMA else first
        if (
            joint in ("and", "but")
            and (other.cue.form != "ing" or low[first - 2] in COMMA)
            and other.cue.form != "base"
        ):
            return first - 2 if low[first - 2] in COMMA else first - 1
        return None
    if other.subject is None:
        return None
    if other.subject[0] <= hit.group[0] and other.subject[1] > hit.head:
        return first - 1 if low[first - 1] in COMMA else first
    at = other.subject[0] - 1
    if at > hit.head and low[at] in CLAUSE_JOINTS and low[at - 1] in COMMA:
        return at - 1
    if at > hit.head + 2 and low[at] in ("while", "as", "though", "although"):
        return at
    if at > hit.head + 4 and low[at] in COMMA and _is_spliced(low[hit.head + 1 : at]):
        return at
    if at > hit.head and low[at] in (";", "—", "–"):
        return at
    return None


def _is_spliced(words_between: list[str]) -> bool:
    """Whether the words between two cues are a clause of their own: "she said it was late, he replied …"."""
    rest = words_between[1:] if words_between[0] == "that" else words_between
    if rest[0] in words.PREPOSITIONS or any(word in words.SUBORDINATORS or word in COMMA for word in rest):
        return False
    return any(words.is_finite(word) for word in rest)


def _quotes_go_on(low: list[str], start: int, stop: int) -> bool:
    return low[start] in ("and", "or", *COMMA) and QUOTE in low[start : start + 3] or low[start] == QUOTE


def trimmed(sentence: Sentence, start: int, stop: int) -> int:
    """The end of a content without a closing adverbial of speaking: "… during a speech on Friday"."""
    low = sentence.low
    first = sentence.quotes.get(start)
    if first is not None and start + 1 < stop and first.last in ".!?," and not _quotes_go_on(low, start + 1, stop):
        return start + 1
    for at in range(stop - 2, max(start + 2, stop - 14), -1):
        if low[at] in OCCASION_PREPOSITIONS and low[at + 1] in words.DETERMINERS:
            phrase = low[at + 1 : stop]
            nouns = [index for index, word in enumerate(phrase) if word in OCCASIONS]
            if nouns and nouns[0] <= 4 and not any(words.is_finite(word) for word in phrase):
                return at - 1 if low[at - 1] in COMMA else at
    return stop
