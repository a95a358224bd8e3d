"""Names of people, places, organisations and so on, found by rules and lists.

Runs of capitalised tokens (`runs`) are taken apart by titles, listed names, head words (`heads`, `split`);
others are guessed (`guess`) and settled by the rest of the article (`memory`). Types are those of OntoNotes.
"""

from collections.abc import Iterable, Iterator, Sequence

from broadsheet.extract.entities.draft import OPEN, Draft
from broadsheet.extract.entities.memory import settle
from broadsheet.extract.entities.runs import runs
from broadsheet.extract.entities.split import drafts
from broadsheet.extract.entities.tokens import Token, tokenize
from broadsheet.records import Article, Found, Mention, Passage

EXTRACTOR = "rules"
LONGEST_HEADLINE = 30
STOPS = frozenset(".;:")


def extract(article: Article, found: Found) -> tuple[Mention, ...]:  # noqa: ARG001 - extractors share a signature
    """The names in the article's passages, in order, never overlapping; keys are left to `resolve`."""
    spans: list[tuple[int, int]] = []
    named: list[tuple[str, Draft]] = []
    for passage in article.passages:
        for span, draft in _in_passage(article, passage):
            spans.append(span)
            named.append((article.text[slice(*span)], draft))
    return tuple(
        Mention(*spans[index], type=draft.type, form=draft.form, extractor=EXTRACTOR) for index, draft in settle(named)
    )


def _in_passage(article: Article, passage: Passage) -> list[tuple[tuple[int, int], Draft]]:
    tokens = tokenize(article.text, passage.start, passage.end)
    plain = not is_headline(tokens)
    if not plain:
        tokens = [token._replace(initial=True) for token in tokens]
    found = (draft for run in runs(tokens) for draft in drafts(tokens, run, plain))
    return [((tokens[draft.at].start, tokens[draft.to - 1].end), draft) for draft in paired(tokens, found)]


def paired(tokens: Sequence[Token], found: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts; an unknown name behind a place and a comma or "and" is a place too."""
    last = Draft(0, 0, "")
    for draft in found:
        joined = [token.text for token in tokens[last.to : draft.at]] in (
            ["and"],
            ["or"],
            [","],
            [",", "and"],
        )
        if draft.type == "" and draft.grade != OPEN and joined and last.type == "GPE":
            draft = draft._replace(type="GPE")
        yield draft
        last = draft


def is_headline(tokens: list[Token]) -> bool:
    """Whether this is no sentence and most words have a capital, so that a capital says nothing.

    >>> is_headline(tokenize("Rebels Take Northern City After Fight", 0, 37))
    True
    """
    words = [token for token in tokens if token.text[0].isalpha() and len(token.text) > 3]
    if len(words) < 4 or len(tokens) > LONGEST_HEADLINE or tokens[-1].text in STOPS:
        return False
    return sum(token.capital for token in words) > 0.7 * len(words)
