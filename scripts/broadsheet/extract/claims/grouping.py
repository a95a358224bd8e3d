"""Quotations that stand in sentences of their own, joined with the attribution they belong to."""

from broadsheet.extract.claims.attribution import Attribution
from broadsheet.extract.claims.frames import attributions
from broadsheet.extract.claims.sentences import QUOTE, Sentence


def attributed(read: list[Sentence]) -> dict[int, list[Attribution]]:
    """The attributions of an article by the `id` of their sentence.

    A sentence that is a quotation and part of a claim elsewhere has an empty list; a plain one has none.
    """
    grouped: dict[int, list[Attribution]] = {}
    last: Attribution | None = None
    waiting: list[Sentence] = []
    spoken: Attribution | None = None
    for number, sentence in enumerate(read):
        spoken = _transcript(read, number, spoken)
        if spoken is not None:
            grouped[id(sentence)] = [spoken] if spoken.sentence is sentence else []
            last, waiting = None, []
            continue
        if _only_quote(sentence):
            grouped[id(sentence)] = []
            if last is not None and _goes_on(read[number - 1], sentence, last):
                last.extra.append((sentence, (0, len(sentence))))
            else:
                waiting.append(sentence)
                last = None
            continue
        own = attributions(sentence)
        if own and waiting and _is_direct(own[0]) and own[0].content[0][0] == 0:
            own[0].extra.extend((before, (0, len(before))) for before in waiting)
        waiting = []
        if own:
            grouped[id(sentence)] = own
        last = _last_speech(own)
    return grouped


def _transcript(read: list[Sentence], number: int, spoken: Attribution | None) -> Attribution | None:
    """The turn of a transcript that a sentence belongs to: "LEE: The bridge is closed. It will open."."""
    sentence = read[number]
    first = number == 0 or read[number - 1].passage != sentence.passage
    if not first:
        if spoken is not None:
            spoken.extra.append((sentence, (0, len(sentence))))
        return spoken
    colon = sentence.low.index(":") if ":" in sentence.low[1:5] else 0
    label = [word for word in sentence.word[:colon] if word.isalpha()]
    if not label or colon + 1 >= len(sentence) or not all(word.isupper() for word in sentence.word[:colon]):
        return None
    if len(label[0]) < 3 or sentence.role != "paragraph":
        return None
    return Attribution(sentence, (colon, colon + 1), ":", "transcript", (0, colon), [(colon + 1, len(sentence))])


def _last_speech(own: list[Attribution]) -> Attribution | None:
    """The attribution that a quotation after the sentence may go on with: the last quotation, else the last one."""
    quoted = [one for one in own if one.content and _starts_with_quote(one)]
    candidates = quoted or own
    return candidates[-1] if candidates else None


def _only_quote(sentence: Sentence) -> bool:
    return sentence.low[0] == QUOTE and all(word in (QUOTE, ".", ",") for word in sentence.low)


def _is_direct(one: Attribution) -> bool:
    return bool(one.content) and one.sentence.low[one.content[0][0]] == QUOTE and len(one.content[0]) == 2


def _goes_on(before: Sentence, sentence: Sentence, last: Attribution) -> bool:
    """Whether a sentence that is only a quotation goes on with the last claim."""
    quoted = last.open_colon or bool(last.extra) or any(QUOTE in last.sentence.low[a:b] for a, b in last.content)
    if before.passage == sentence.passage:
        return quoted
    ending = before.quotes.get(len(before) - 1)
    if ending is not None and not ending.closed:
        return True
    if last.open_colon:
        return True
    return quoted and _starts_with_quote(last) and _is_speech(sentence)


def _starts_with_quote(one: Attribution) -> bool:
    return one.sentence.low[one.content[0][0]] == QUOTE


def _is_speech(sentence: Sentence) -> bool:
    """Whether a quotation that is a passage of its own is more than a title."""
    quote = sentence.quotes[0]
    return sentence.role == "paragraph" and not quote.single and quote.word_count > 5
