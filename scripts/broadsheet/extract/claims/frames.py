"""Attributions within one sentence: where source, cue and content stand around each cue word."""

from broadsheet.extract.claims import according, content_first, endings, hits, nominal, oddities, starts, subjects
from broadsheet.extract.claims.attribution import Attribution, Found
from broadsheet.extract.claims.hits import Hit
from broadsheet.extract.claims.sentences import QUOTE, Sentence
from broadsheet.extract.claims.subjects import Range


def attributions(sentence: Sentence) -> list[Attribution]:
    """The attributions of a sentence, in the order of their cues; contents never nest."""
    found = according.find(sentence)
    cued = hits.find(sentence)
    last = content_first.trailing(sentence, cued[-1]) if cued else None
    found += [last] if last is not None else _from_cues(sentence, cued, found)
    found += oddities.asked(sentence, found)
    found = _with_nouns(found, nominal.find(sentence, [hit.head for hit in cued]))
    return sorted(found or oddities.find(sentence), key=lambda one: one.cue)


def _with_nouns(found: Found, nouns: Found) -> Found:
    """The attributions with those of nouns that are part of none, without those that are part of a noun's."""
    for made in nouns:
        if not any(_holds(one, made.cue[0]) or _holds(one, made.content[0][0]) for one in found):
            found = [one for one in found if not _holds(made, one.cue[0])] + [made]
    return found


def _holds(made: Attribution, at: int) -> bool:
    return any(start <= at < end for start, end in [made.cue, *made.content, *([made.source] if made.source else [])])


def _from_cues(sentence: Sentence, cued: list[Hit], found: Found) -> Found:
    """An attribution for every cue that is not part of another one."""
    own: Found = []
    done = 0
    for number, hit in enumerate(cued):
        if hit.head >= done and not _inside(hit, found):
            made = _attribute(sentence, hit, cued[number + 1 :], done, own, found)
            if made is not None:
                own.append(made)
                done = max([made.cue[1], *(end for _, end in made.content)])
    return own


def _inside(hit: Hit, found: Found) -> bool:
    return any(_holds(made, hit.head) for made in found)


def _attribute(
    sentence: Sentence, hit: Hit, later: list[Hit], done: int, own: Found, found: Found
) -> Attribution | None:
    limit = endings.limit(sentence, hit, later)
    for made in found:
        if made.cue[0] > hit.head:
            limit = min(limit, min(start for start, _ in [made.cue, *made.content]))
    return (
        content_first.quote_before(sentence, hit, done)
        or content_first.content_before(sentence, hit, limit, done)
        or _content_after(sentence, hit, limit, done, own)
    )


def _content_after(sentence: Sentence, hit: Hit, limit: int, done: int, own: Found) -> Attribution | None:
    """She said that the bridge was closed."""
    low = sentence.low
    source, shared = _source(sentence, hit, own)
    if hit.group[0] < done:
        return None
    if source is None and not hit.passive and (hit.cue.form == "base" or not hit.takes("cql") or hit.group[0] == 0):
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
    if made.rule == "point-out":
        made.cue = (hit.group[0], start[0])
    return made


def _source(sentence: Sentence, hit: Hit, own: Found) -> tuple[Range | None, Attribution | None]:
    """The subject of a cue, its own or that of the cue before it."""
    if hit.subject is not None or not hit.shares:
        return hit.subject, None
    if own:
        return own[-1].source, own[-1]
    return subjects.main_subject(sentence, hit.group[0]), None
