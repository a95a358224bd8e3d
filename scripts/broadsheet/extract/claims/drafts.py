"""From attributions and statements to claims: spans, kinds, sources, manner, dates and places."""

import re

from broadsheet.extract.claims import grouping, places, qualities, statements
from broadsheet.extract.claims import sentences as reading
from broadsheet.extract.claims.attribution import Attribution
from broadsheet.extract.claims.rules import confidence
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.sources import Source, Speakers
from broadsheet.extract.claims.statements import Statement
from broadsheet.records import Article, Claim, Found, Span

TRIMMED = " \t\r\n\xa0,;:—–"
SPOKEN = frozenset(["transcript"])
"""Rules whose content is speech without quotation marks."""
FULL_STOP = re.compile(r"(?<![.\s])(?<!\.[A-Za-z])\.\Z")
"""A full stop that ends a sentence, not an abbreviation or an ellipsis."""
JOINING = frozenset([QUOTE, ",", ".", "and", "that"])
Part = tuple[Sentence, tuple[int, int]]


def build(article: Article, found: Found) -> tuple[Claim, ...]:
    """All claims of the article, in order."""
    read = reading.read(article)
    grouped = grouping.attributed(read)
    speakers = Speakers(article.text, found.mentions)
    claims: list[Claim] = []
    for sentence in read:
        own = grouped.get(id(sentence), [])
        claims.extend(_attributed(article.text, found, own, speakers))
        if not own and id(sentence) not in grouped:
            claims.extend(_stated(article.text, found, sentence))
    unique = {(claim.span, claim.kind, claim.cue): claim for claim in claims}
    return tuple(sorted(unique.values(), key=lambda claim: (claim.span, claim.content, claim.cue, claim.kind)))


def _attributed(text: str, found: Found, own: list[Attribution], speakers: Speakers) -> list[Claim]:
    claims = []
    keys: dict[int, Source] = {}
    for one in own:
        first = keys.get(id(one.shared)) if one.shared is not None else None
        source = Source("shared", first.key) if first else speakers.resolve(one.sentence, one.source)
        keys[id(one)] = source
        claim = _claim(text, found, one, source)
        if claim is not None:
            claims.append(claim)
    return claims


def _claim(text: str, found: Found, one: Attribution, source: Source) -> Claim | None:
    parts: list[Part] = [(one.sentence, part) for part in one.content] + one.extra
    spans = sorted(span for sentence, part in parts if (span := _span(text, sentence, part)) is not None)
    if not spans:
        return None
    cue = _plain_span(text, one.sentence, one.cue)
    where = _plain_span(text, one.sentence, one.source)
    whole = Span(one.sentence.start[0], one.sentence.end[-1])
    manner = qualities.of(text, spans[0].start, spans[0].end, one.lemma)
    event, event_span, place = _event(text, found, one)
    return Claim(
        kind="direct" if one.rule in SPOKEN else _kind(parts),
        content=tuple(spans),
        rule=one.rule,
        source=(where,) if where else (),
        cue=(cue,) if cue else (),
        hedge=manner.hedge,
        source_form=source.form if where else "implicit",
        source_key=source.key,
        cue_lemma=one.lemma,
        negated=manner.negated,
        certainty=manner.certainty,
        said_date=places.said_date(found.dates, whole, spans, cue),
        event_date=places.event_date(found.dates, spans, event_span),
        event_lemma=event,
        place_key=place,
        confidence=confidence(one.rule),
    )


def _event(text: str, found: Found, one: Attribution) -> tuple[str | None, Span | None, str | None]:
    """The event that a content tells of: its verb, where the verb stands, and its place."""
    for start, stop in one.content:
        read = reading.unquoted(text, one.sentence, start, stop)
        event = places.event(read, 0, len(read))
        if event is not None:
            at, lemma = event
            place = places.place(found.mentions, read, at, len(read))
            return lemma, Span(read.start[at], read.end[at]), place
    return None, None, None


def _stated(text: str, found: Found, sentence: Sentence) -> list[Claim]:
    return [
        claim
        for made in statements.find(sentence, found.mentions, found.figures)
        if (claim := _statement(text, found, sentence, made)) is not None
    ]


def _statement(text: str, found: Found, sentence: Sentence, made: Statement) -> Claim | None:
    span = _plain_span(text, sentence, (made.start, made.stop))
    if span is None:
        return None
    manner = qualities.of(text, span.start, span.end)
    event_span = Span(sentence.start[made.event[0]], sentence.end[made.event[0]]) if made.event else None
    return Claim(
        kind="statement",
        content=(span,),
        rule=made.rule,
        hedge=manner.hedge,
        source_form="outlet",
        negated=manner.negated,
        certainty=manner.certainty,
        event_date=places.event_date(found.dates, [span], event_span),
        event_lemma=made.event[1] if made.event else None,
        place_key=places.place(found.mentions, sentence, made.event[0] if made.event else made.start, made.stop),
        confidence=confidence(made.rule),
    )


def _kind(parts: list[Part]) -> str:
    """Direct where only quotations (and what joins them) are held, mixed where one is, else indirect."""
    held = [(sentence, at) for sentence, (start, end) in parts for at in range(start, end)]
    if not any(at in sentence.quotes and not sentence.quotes[at].is_name for sentence, at in held):
        return "indirect"
    return "direct" if all(sentence.low[at] in JOINING for sentence, at in held) else "mixed"


def _span(text: str, sentence: Sentence, part: tuple[int, int]) -> Span | None:
    start, end = part
    if start >= end:
        return None
    begin, stop = sentence.start[start], sentence.end[end - 1]
    if end - start == 1 and start in sentence.quotes:
        begin, stop = sentence.quotes[start].inner_start, sentence.quotes[start].inner_end
    span = _trim(text, begin, stop)
    if span is not None and FULL_STOP.search(text, max(span.start, span.end - 5), span.end):
        return Span(span.start, span.end - 1)
    return span


def _plain_span(text: str, sentence: Sentence, part: tuple[int, int] | None) -> Span | None:
    if part is None or part[0] >= part[1]:
        return None
    start, end = sentence.start[part[0]], sentence.end[part[1] - 1]
    return Span(start, end) if end - start == 1 else _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in TRIMMED:
        start += 1
    while end > start and text[end - 1] in TRIMMED:
        end -= 1
    return Span(start, end) if start < end else None
