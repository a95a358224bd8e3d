"""Cue words in a sentence, each with its verb group and its subject."""

from dataclasses import dataclass

from broadsheet.extract.claims import cues, subjects, words
from broadsheet.extract.claims.cues import Cue
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import COMMA, Range
from broadsheet.extract.claims.words import word_set

BE = word_set("is was are were be been being 's 're 'm am")
NOUN_BEFORE = words.DETERMINERS | (words.PREPOSITIONS - frozenset(["as", "because", "since", "while"]))
LONGEST_AGENT = 10
"""Tokens of "by the mayor of Springfield" between a passive and its clause, at most."""
GOES_ON = word_set("went goes going go gone continued continues proceeded began begins moved came")


NOUN_LIKE = word_set("all both many some most this that one another each others neither few")
CLAUSE_OPENERS = (
    words.DETERMINERS
    | words.PERSONAL
    | word_set(
        "that how whether why what there he's she's they're it's he'd she'd they'd he'll she'll they'll it'll no if"
    )
)
PLURALS = word_set(
    "they we you i who that some many most both others few several those these people police men women children "
    "data media percent majority half two three four five six seven eight nine ten dozens all which"
)


@dataclass(slots=True)
class Hit:
    """A cue word at a token, with the verb group around it and its subject, if it has one."""

    head: int
    cue: Cue
    group: Range
    subject: Range | None
    shares: bool = False
    passive: bool = False

    def takes(self, frames: str) -> bool:
        """Whether the cue allows one of these frames."""
        return any(frame in self.cue.frames for frame in frames)


def find(sentence: Sentence) -> list[Hit]:
    """The cues of a sentence that are used as verbs, from left to right."""
    table = cues.forms()
    found = []
    for index, low in enumerate(sentence.low):
        cue = table.get(low)
        if low in cues.ADJECTIVES and (hit := _adjective(sentence, index)) is not None:
            found.append(hit)
        if (
            cue is not None
            and (cue.frames != "x" or low == "quoted")
            and (hit := _hit(sentence, index, cue)) is not None
        ):
            found.append(hit)
    return found


def _hit(sentence: Sentence, head: int, cue: Cue) -> Hit | None:
    low = sentence.low
    first = head
    while first and (low[first - 1] in words.AUXILIARIES or words.is_adverb(low[first - 1])):
        first -= 1
    before = low[first - 1] if first else ""
    auxiliaries = [word for word in low[first:head] if word in words.AUXILIARIES]
    if cue.form == "ing":
        return _participle(sentence, head, cue, (first, head + 1), before, auxiliaries)
    if before == "to":
        return _goes_on_to(sentence, head, cue, first)
    if _is_noun_use(sentence, head, cue, before, auxiliaries):
        return None
    return _finite(sentence, head, cue, first, before, auxiliaries)


def _finite(sentence: Sentence, head: int, cue: Cue, first: int, before: str, auxiliaries: list[str]) -> Hit | None:
    """A finite verb or a passive, with its subject or none where it shares that of the cue before it."""
    low, group = sentence.low, (first, head + 1)
    if _is_passive(cue, auxiliaries):
        return _passive(sentence, head, group)
    if cue.form == "part" and not auxiliaries:
        return None
    if before in ("and", "or", "but", "then") and first > 1 and _coordinates(sentence, first - 1, cue):
        return Hit(head, cue, group, None, shares=True)
    if before in COMMA and not auxiliaries and _lists(sentence, head, first, cue):
        return Hit(head, cue, group, None, shares=True)
    subject = subjects.before(sentence, first)
    if cue.form == "base" and not auxiliaries and not _is_plural(sentence, subject):
        return Hit(head, cue, group, None) if "v" in cue.frames and (before in COMMA or before == QUOTE) else None
    if subject is None and first and low[first - 1] in COMMA and cue.form != "base" and first < head:
        return None
    return Hit(head, cue, group, subject)


def _lists(sentence: Sentence, head: int, comma: int, cue: Cue) -> bool:
    """Whether a cue goes on with the list of an earlier one: "said it was old, warned that it could fall and …"."""
    low, table = sentence.low, cues.forms()
    if cue.form != "past" or low[head + 1 : head + 2] not in (["that"], [QUOTE]) or comma < 5:
        return False
    earlier = next((at for at in range(comma - 3, 0, -1) if (one := table.get(low[at])) and one.form == "past"), None)
    return earlier is not None and any(map(words.is_finite, low[earlier + 1 : comma - 1]))


def _adjective(sentence: Sentence, at: int) -> Hit | None:
    """As in "has been vocal about", "is adamant that"."""
    low = sentence.low
    if at + 1 >= len(low) or low[at + 1] not in cues.ADJECTIVES[low[at]]:
        return None
    first = at
    while first and (low[first - 1] in words.AUXILIARIES or words.is_adverb(low[first - 1])):
        first -= 1
    if not any(word in BE for word in low[first:at]):
        return None
    that = low[at + 1] == "that"
    cue = Cue(low[at], "c" if that else "o", "past")
    return Hit(at, cue, (first, at + 1 if that else at + 2), subjects.before(sentence, first))


def _coordinates(sentence: Sentence, at: int, cue: Cue) -> bool:
    return cue.form in ("past", "s", "part") or sentence.low[at] == "and"


def _goes_on_to(sentence: Sentence, head: int, cue: Cue, first: int) -> Hit | None:
    """As in "went on to say", "continued to insist"."""
    low = sentence.low
    at = first - 2
    while at > 0 and low[at] in ("on", "far", "as", "further", "so"):
        at -= 1
    if at <= 0 or low[at] not in GOES_ON:
        return None
    start = at
    while start and (low[start - 1] in words.AUXILIARIES or words.is_adverb(low[start - 1])):
        start -= 1
    if low[start - 1] in ("and", "then"):
        return Hit(head, cue, (start, head + 1), None, shares=True)
    return Hit(head, cue, (start, head + 1), subjects.before(sentence, start))


def _is_passive(cue: Cue, auxiliaries: list[str]) -> bool:
    return cue.form in ("past", "part") and bool(auxiliaries) and auxiliaries[-1] in BE


def _passive(sentence: Sentence, head: int, group: Range) -> Hit | None:
    """As in "was quoted as saying", "was told that"."""
    low = sentence.low
    if low[head] == "quoted":
        saying = _quoted_as(low, head)
        cue = cues.forms()["saying"]
        return Hit(head, cue, (group[0], saying), subjects.before(sentence, group[0])) if saying else None
    cue = cues.forms()[low[head]]
    that = next((at for at in range(head + 1, min(len(low), head + LONGEST_AGENT)) if low[at] == "that"), None)
    if that is None or any(words.is_finite(word) for word in low[head + 1 : that]):
        return None
    if not ("t" in cue.frames or low[max(0, group[0] - 1)] == "it"):
        return None
    agent = (head + 2, that) if low[head + 1] == "by" and that > head + 2 else None
    return Hit(head, cue, group, agent, passive=True)


def _quoted_as(low: list[str], head: int) -> int | None:
    """The token after "quoted as saying", "quoted by Radio Nine as telling"."""
    for at in range(head + 1, min(len(low) - 1, head + LONGEST_AGENT)):
        if low[at] == "as" and low[at + 1] in ("saying", "telling", "stating", "adding", "writing"):
            return at + 2
        if words.is_finite(low[at]):
            return None
    return None


def _participle(
    sentence: Sentence, head: int, cue: Cue, group: Range, before: str, auxiliaries: list[str]
) -> Hit | None:
    if before in words.DETERMINERS or before in words.POSSESSIVES or before.endswith(("'s", "s'")):
        return None
    if any(word in BE for word in auxiliaries):
        return Hit(head, cue, group, subjects.before(sentence, group[0]))
    contracted = before[:-2] if words.CONTRACTED.search(before) else ""
    if contracted in words.PRONOUNS:
        return Hit(head, cue, group, (group[0] - 1, group[0]))
    if before in COMMA or before in ("by", "while", "and", QUOTE):
        return Hit(head, cue, group, None, shares=True)
    if group[0] and _announces(sentence, head):
        return Hit(head, cue, group, subjects.before(sentence, group[0]))
    return None


def _announces(sentence: Sentence, head: int) -> bool:
    """Whether a participle right after a noun introduces a clause or a quotation: "a letter saying that …"."""
    after = sentence.low[head + 1] if head + 1 < len(sentence.low) else ""
    opens = after in ("that", QUOTE, ":", "there") or after.split("'")[0] in words.PERSONAL
    return opens and sentence.low[head - 1] not in words.PREPOSITIONS


def _is_noun_use(sentence: Sentence, head: int, cue: Cue, before: str, auxiliaries: list[str]) -> bool:
    """Whether a form that may be a noun or an adjective is likely one here."""
    low = sentence.low
    if before in words.DETERMINERS and sentence.is_name(head - 1) and head > 1:
        before = ""
    after = low[head + 1] if head + 1 < len(low) else ""
    if cue.form == "s" and auxiliaries:
        return True
    if cue.form in ("base", "s") and not auxiliaries:
        if before in NOUN_BEFORE and before not in NOUN_LIKE:
            return True
        return "n" in cue.frames and _reads_as_noun(sentence, head, before, after)
    if cue.form in ("past", "part"):
        if after == "by" and not auxiliaries and before not in words.PERSONAL:
            return True
        if not auxiliaries and (
            (before[:1].isdigit() and not before.endswith("-old")) or before in ("of", "for", "with", "in", "from")
        ):
            return True
        return not auxiliaries and before in words.DETERMINERS and before not in (
            "this", "that", "all", "both", "some", "many", "most", "one", "another", "others",
        )  # fmt: skip
    return False


def _is_plural(sentence: Sentence, subject: Range | None) -> bool:
    """Whether a subject may go with a bare verb: "they say", "the police say", "Ann and Bob say"."""
    if subject is None:
        return False
    phrase = sentence.low[subject[0] : subject[1]]
    last = phrase[-1].rstrip("'")
    if sentence.word[subject[1] - 1].isupper() and len(last) > 1:
        return True
    return last in PLURALS or "and" in phrase or (last.endswith("s") and not last.endswith(("ss", "'s"))) or any(
        word in PLURALS or (word.endswith("s") and len(word) > 3) for word in phrase[:-1]
    )  # fmt: skip


def _reads_as_noun(sentence: Sentence, head: int, before: str, after: str) -> bool:
    """Whether a form like "claims" or "report" is a noun, by the words around it."""
    if after in ("", ".", ",", QUOTE, ":") and head > 1 and (sentence.is_name(head - 1) or before in words.PERSONAL):
        return False
    if before.endswith("'s") or before == "'" or head == 0 or before[:1].isdigit():
        return True
    if before in words.PERSONAL or after in (QUOTE, ":") or sentence.low[head + 1 : head + 3] == [",", QUOTE]:
        return False
    if after not in CLAUSE_OPENERS and not _is_name_at(sentence, head + 1):
        return True
    start = subjects.chunk_start(sentence, head)
    if start >= head:
        return True
    stands = (
        sentence.low[start] in words.DETERMINERS or sentence.is_name(start) or sentence.low[start] in words.PRONOUNS
    )
    plain = before not in words.PREPOSITIONS and not words.is_adverb(before)
    if sentence.low[head].endswith("s"):
        return not (stands and plain and not (before.endswith("s") and not sentence.is_name(head - 1)))
    return not plain


def _is_name_at(sentence: Sentence, at: int) -> bool:
    return at < len(sentence.low) and sentence.is_name(at)
