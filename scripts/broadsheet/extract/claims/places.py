"""When and where: the dates of saying and of happening, the event's verb, and the place that is stated."""

from bisect import bisect_left
from collections.abc import Sequence

from broadsheet.extract.claims import verbs, words
from broadsheet.extract.claims.sentences import Sentence
from broadsheet.extract.claims.words import word_set
from broadsheet.records import Date, Mention, Span

PLACE_TYPES = frozenset(["GPE", "LOC", "FAC"])
PLACE_PREPOSITIONS = word_set("in at near outside inside across around throughout off")
MODIFIER_BEFORE = words.DETERMINERS | word_set("of in for with from by to as its their his her")
NOT_EVENTS = word_set("be have do say tell seem need want like use call base name relate title entitle")
LEFT_FOR = word_set(". , on for the in at after before his her their its without home early late yesterday")
POINTS = frozenset(["DATE", "TIME"])


def said_date(dates: Sequence[Date], sentence: Span, parts: Sequence[Span], cue: Span | None) -> Span | None:
    """The date in a sentence outside the content, nearest to the cue: when it was said."""
    if cue is None:
        return None
    outside = [
        date.span
        for date in within(dates, sentence)
        if is_point(date) and not any(part.meets(date.span) for part in parts)
    ]
    return min(outside, key=lambda span: _distance(span, cue), default=None)


def event_date(dates: Sequence[Date], parts: Sequence[Span], event: Span | None) -> Span | None:
    """The date inside the content that tells when it happened: the only one, or the nearest to the event's verb."""
    inside = [date.span for part in parts for date in within(dates, part) if is_point(date)]
    if len(inside) == 1 or event is None:
        return inside[0] if len(inside) == 1 else None
    return min(inside, key=lambda span: _distance(span, event), default=None)


def is_point(date: Date) -> bool:
    """Whether a date lies in the calendar: neither a duration nor a vague "now"."""
    return date.type in POINTS and (date.earliest is not None or date.latest is not None)


def within(dates: Sequence[Date], span: Span) -> list[Date]:
    """The dates that lie wholly in a span."""
    first = bisect_left(dates, span.start, key=lambda date: date.start)
    found = []
    while first < len(dates) and dates[first].start < span.end:
        if dates[first].end <= span.end:
            found.append(dates[first])
        first += 1
    return found


def _distance(first: Span, second: Span) -> int:
    return max(first.start - second.end, second.start - first.end, 0)


def event(sentence: Sentence, start: int, stop: int) -> tuple[int, str] | None:
    """The verb of what happened, between two tokens: its token and its dictionary form."""
    low = sentence.low
    for at in range(start, stop):
        lemma = verbs.lemma(low[at])
        if lemma is None or lemma in NOT_EVENTS or is_modifier(sentence, at, start, stop):
            continue
        return at, lemma
    return None


def is_modifier(sentence: Sentence, at: int, start: int, stop: int) -> bool:
    """Whether a past form stands before a noun or after one as a reduced clause: "armed men", "led by"."""
    low = sentence.low
    before = low[at - 1] if at > start else ""
    if before in MODIFIER_BEFORE or before in (",", "-") or (low[at] == "left" and not _leaves(sentence, at, stop)):
        return True
    if sentence.is_name(at) and at > start:
        return True
    _, participle = verbs.irregular().get(low[at], ("", False))
    passive = before in words.AUXILIARIES or words.is_adverb(before)
    after = low[at + 1] if at + 1 < stop else ""
    if participle or after == "by":
        return not passive
    return False


def _leaves(sentence: Sentence, at: int, stop: int) -> bool:
    """Whether "left" is a verb: "the bus left on Wednesday", not "three left dead"."""
    after = sentence.low[at + 1] if at + 1 < stop else "."
    return after in LEFT_FOR or (at + 1 < stop and sentence.is_name(at + 1))


def place(mentions: Sequence[Mention], sentence: Sentence, start: int, stop: int) -> str | None:
    """Key of the place that the words name after "in", "at", "near" …, the first after the event's verb."""
    low = sentence.low
    for at in range(start, stop - 1):
        if low[at] in PLACE_PREPOSITIONS:
            first = at + 2 if low[at + 1] in ("the", "a", "an") else at + 1
            if first < stop:
                mention = _mention_at(mentions, sentence.start[first])
                if mention is not None:
                    return mention.key or None
    return None


def _mention_at(mentions: Sequence[Mention], offset: int) -> Mention | None:
    index = bisect_left(mentions, offset, key=lambda mention: mention.start)
    while index < len(mentions) and mentions[index].start == offset:
        if mentions[index].type in PLACE_TYPES:
            return mentions[index]
        index += 1
    return None
