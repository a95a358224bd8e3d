"""Names that the article has elsewhere, where neither the network nor a rule has seen them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.draft import WEAK, Draft
from broadsheet.extract.entities.looks import Look

Words = tuple[str, ...]
Named = tuple[Look, Draft]
LONGEST = 8
"""Most tokens of a name that is looked for again."""


def repeated(looks: Sequence[Look], found: Sequence[Named]) -> Iterator[Named]:
    """Further places of the names found, in the tokens that no name covers; in no order."""
    known = _known(found)
    longest: dict[str, int] = defaultdict(int)
    for words in known:
        longest[words[0]] = max(longest[words[0]], len(words))
    covered: dict[int, set[int]] = defaultdict(set)
    for one, draft in found:
        covered[id(one)].update(range(draft.at, draft.to))
    for one in looks:
        for at, to, draft in _in_passage(one, known, longest, covered[id(one)]):
            yield one, draft._replace(at=at, to=to)


def _known(found: Iterable[Named]) -> dict[Words, Draft]:
    """The names worth looking for: with a capital, and no common word alone."""
    known: dict[Words, Draft] = {}
    for one, draft in found:
        words = tuple(token.text for token in one.tokens[draft.at : draft.to])
        alone = len(words) == 1 and (len(words[0]) < 2 or lexicon.is_common(words[0]))
        if len(words) <= LONGEST and not alone and one.tokens[draft.at].capital:
            known.setdefault(words, draft._replace(grade=WEAK, margin=None))
    return known


def _in_passage(
    one: Look, known: Mapping[Words, Draft], longest: Mapping[str, int], covered: set[int]
) -> Iterator[tuple[int, int, Draft]]:
    """Ranges of tokens that are a known name and in no other, the longest first where several begin."""
    texts = [token.text for token in one.tokens]
    behind = 0
    for at, text in enumerate(texts):
        if at < behind or text not in longest or at in covered:
            continue
        for size in range(min(longest[text], len(texts) - at), 0, -1):
            draft = known.get(tuple(texts[at : at + size]))
            if draft and covered.isdisjoint(range(at, at + size)):
                yield at, at + size, draft
                behind = at + size
                break
