"""Names of people, places, organisations and so on: the rules propose, a small network decides, the article settles.

Runs of capitalised tokens (`runs`) are taken apart by titles, listed names, head words (`heads`, `split`, `guess`)
into drafts (`looks`). A network over words and drafts (`network`, `labels`) says which words are names; `judge` weighs
both, `edges` trims them; `memory` settles what is uncertain by the rest of the article, in
which `repeats` looks for them again. Types are those of OntoNotes.
"""

from collections.abc import Iterator

from broadsheet.extract.entities.confidence import confidence
from broadsheet.extract.entities.draft import Draft
from broadsheet.extract.entities.edges import trimmed
from broadsheet.extract.entities.judge import judge
from broadsheet.extract.entities.labels import decode, margins
from broadsheet.extract.entities.looks import Look, look
from broadsheet.extract.entities.memory import settle
from broadsheet.extract.entities.network import network
from broadsheet.extract.entities.repeats import repeated
from broadsheet.records import Article, Found, Mention, Span

NETWORK, RULE = "cnn", "rules"
"""What `mentions.extractor` says: found by the network, or by a rule alone."""


def extract(article: Article, found: Found) -> tuple[Mention, ...]:  # noqa: ARG001 - extractors share a signature
    """The names in the article's passages, in order, never overlapping; keys are left to `resolve`."""
    return tuple(
        Mention(
            *span,
            type=draft.type,
            form=draft.form,
            extractor=RULE if draft.margin is None else NETWORK,
            confidence=confidence(draft.margin),
        )
        for span, draft in names(article)
    )


def names(article: Article) -> Iterator[tuple[Span, Draft]]:
    """The names in the article's passages with where they stand, in order, apart."""
    looks = [one for one in (look(article.text, p.start, p.end) for p in article.passages) if one.tokens]
    judged = list(_judged(looks))
    words = [article.text[slice(*_span(one, draft))] for one, draft in judged]
    found = [(judged[at][0], draft) for at, draft in settle(list(zip(words, (d for _, d in judged), strict=True)))]
    found += repeated(looks, found)
    yield from sorted((_span(one, draft), draft) for one, draft in found)


def _span(one: Look, draft: Draft) -> Span:
    return Span(one.tokens[draft.at].start, one.tokens[draft.to - 1].end)


def _judged(looks: list[Look]) -> Iterator[tuple[Look, Draft]]:
    """What may be a name in the passages, each with its passage."""
    if not looks:
        return
    model = network()
    scores = model.scores([one.seen() for one in looks])
    labels = decode(scores, model.transitions)
    above = margins(scores, labels)
    at = 0
    for one in looks:
        to = at + len(one.tokens)
        for draft in trimmed(one.tokens, judge(one, labels[at:to], above[at:to])):
            yield one, draft
        at = to
