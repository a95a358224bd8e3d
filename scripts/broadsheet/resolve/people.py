"""Which person a name means: full names first, then partial ones by who is in play.

Nobody is merged by surname alone: a father and a son share it. A partial name that fits several people means
the one last named in full as more than somebody's relative; where one sentence names two, nobody.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from broadsheet.records import Article
from broadsheet.resolve.names import Words, form, nicknames, surname, titles, without_initials
from broadsheet.resolve.spelling import is_slip, same_person, spelled_out

KIN = re.compile(
    r"\b(?:son|daughter|brother|sister|father|mother|wife|husband|widow|nephew|niece|cousin|uncle|heir|successor)s?"
    r" (?:of|to)\b[^.;]{0,60}$"
    r"|(?:\b(?:his|her|their)|['’]s?) (?:late )?(?:father|mother|brother|sister|son|daughter|wife|husband)"
    r",?\s[^.;]{0,30}$"
)
KIN_WINDOW = 90
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]?\s+(?=[A-Z\"'“‘])|\n\s*\n")
MANY = 30
"""Of more names with a word in common, slips are not looked for."""


class Named(NamedTuple):
    """A mention with its words as written and in their normal form; `place` is its number."""

    place: int
    start: int
    end: int
    surface: str
    type: str
    form: str
    words: Words


def resolve(article: Article, named: Sequence[Named]) -> dict[int, Words]:
    """The full normal name of the person that each mention means, by the mention's number."""
    parts = {item.place: form(item.surface, "PERSON") for item in named}
    counts = Counter(words for words in parts.values() if len(words) > 1)
    full = merged(counts, _spelled_out(named, parts))
    full |= _titled(full)
    explicit = [(item.start, full[parts[item.place]]) for item in named if len(parts[item.place]) > 1]
    play = Play(article.text, explicit)
    return {item.place: full.get(parts[item.place]) or play.meant(parts[item.place], item.start) for item in named}


def _titled(full: Mapping[Words, Words]) -> dict[Words, Words]:
    """Surnames behind a title that may be part of a name, such as Lady Vey, with the one person of that surname."""
    bearers: dict[str, set[Words]] = defaultdict(set)
    for words in full.values():
        if words[0] not in titles()[1]:
            bearers[surname(words)].add(words)
    titled = (words for words in full if words[0] in titles()[1] and len(words) == 2)
    return {words: next(iter(bearers[words[1]])) for words in titled if len(bearers[words[1]]) == 1}


def _spelled_out(named: Sequence[Named], parts: Mapping[int, Words]) -> dict[Words, Words]:
    """What names with umlauts are in two letters, with the names."""
    spelled = ((spelled_out(item.surface), parts[item.place]) for item in named)
    return {form(other, "PERSON"): words for other, words in spelled if other}


def merged(names: Mapping[Words, int], others: Mapping[Words, Words] | None = None) -> dict[Words, Words]:
    """Each full name with its number of mentions, and the fuller one that it is a form of if there is exactly one.

    Initials may be left out, names in front too, and a given name may be short; a full name in the middle makes
    another person. `others` are further spellings, with the names they are spellings of.

    >>> found = merged({("george", "bush"): 1, ("george", "w", "bush"): 1, ("ana", "rey"): 2, ("ana", "sol", "rey"): 1})
    >>> found[("george", "bush")], found[("ana", "rey")]
    (('george', 'w', 'bush'), ('ana', 'rey'))
    """
    ordered = sorted(names)
    fuller: dict[Words, set[Words]] = defaultdict(set)
    for words in ordered:
        for shorter in forms(words) & names.keys():
            fuller[shorter].add(words)
    for spelled, words in (others or {}).items():
        if spelled != words and spelled in names:
            fuller[spelled].add(words)
    roots: dict[Words, Words] = {}
    for words in ordered:
        _root(words, fuller, roots)
    slips = _slips(set(roots.values()), names)
    return {words: slips.get(root, root) for words, root in roots.items()}


def _root(words: Words, fuller: Mapping[Words, Collection[Words]], roots: dict[Words, Words]) -> Words:
    """The fullest form of a name; the name itself where it may be a form of several."""
    if words not in roots:
        roots[words] = words
        found = {_root(other, fuller, roots) for other in sorted(fuller.get(words, ()))}
        roots[words] = next(iter(found)) if len(found) == 1 else words
    return roots[words]


def forms(words: Words) -> set[Words]:
    """Other ways to write a full name, of two words at least.

    >>> sorted(forms(("joe", "b", "vey")))
    [('b', 'vey'), ('j', 'vey'), ('joe', 'vey'), ('joseph', 'vey')]
    """
    base = without_initials(words)
    found = {words[at:] for at in range(1, len(words) - 1)} | {base}
    found |= {(base[0][0], *base[1:]), (base[0][0], base[-1])}
    found |= {(given, *base[1:]) for given in nicknames().get(base[0], ())}
    return {other for other in found if len(other) > 1} - {words}


def _slips(names: Iterable[Words], counts: Mapping[Words, int]) -> dict[Words, Words]:
    """Names that are slips of others, which are met more often."""
    blocks: dict[tuple[int, Words], list[Words]] = defaultdict(list)
    for words in sorted(names, key=lambda words: (-counts.get(words, 0), words)):
        for at in (0, len(words) - 1):
            blocks[at, (*words[:at], *words[at + 1 :])].append(words)
    found: dict[Words, Words] = {}
    for block in blocks.values():
        for one, other in combinations(block[:MANY], 2):
            if same_person(one, other) and one not in found:
                found.setdefault(other, one)
    return found


class Play:
    """Who was named in full, where: what a partial name is looked up in."""

    def __init__(self, text: str, explicit: Sequence[tuple[int, Words]]) -> None:
        self.text = text
        self.counts = Counter(words for _, words in explicit)
        self.by_part: list[dict[str, set[Words]]] = [defaultdict(set) for _ in range(4)]
        for words in self.counts:
            for part, index in (
                (surname(words), 0),
                (words[-1], 0),
                (words[0], 1),
                *((word, 2) for word in words),
            ):
                self.by_part[index][part].add(words)
        self.salient: dict[Words, list[int]] = defaultdict(list)
        for start, words in explicit:
            if not as_kin(text, start):
                self.salient[words].append(start)

    def meant(self, words: Words, at: int) -> Words:
        """The full name that a partial one means at this place; its own words where nothing decides."""
        fitting = self._fitting(words[0])
        if len(fitting) < 2:
            return next(iter(fitting), words)
        return self._in_play(at, fitting) or words

    def _fitting(self, word: str) -> set[Words]:
        """People with that surname, else with that first name, else with that name at all."""
        found = next((found[word] for found in self.by_part if word in found), set())
        return found or self._slipped(word)

    def _slipped(self, word: str) -> set[Words]:
        """People whose surname the word is a slip of."""
        return {words for words in islice(self.counts, MANY) if is_slip(word, words[-1])}

    def _in_play(self, at: int, fitting: set[Words]) -> Words | None:
        last = sorted((start, words) for words in fitting if (start := self._last(words, at)) is not None)
        if not last:
            return self._predominant(fitting)
        start, chosen = last[-1]
        if len(last) > 1 and not SENTENCE_END.search(self.text, last[-2][0], start + 1):
            return None
        return chosen

    def _last(self, words: Words, at: int) -> int | None:
        starts = self.salient[words]
        index = bisect_left(starts, at)
        return starts[index - 1] if index else None

    def _predominant(self, fitting: set[Words]) -> Words | None:
        """Before anybody is named in full: the one who is named twice as often as the next."""
        (one, most), (_, second) = Counter({words: self.counts[words] for words in fitting}).most_common(2)
        return one if most >= 2 * second and most > 1 else None


def as_kin(text: str, start: int) -> bool:
    """Whether the name that starts here only says whose relative somebody is.

    >>> text = "Ana Rey, the daughter of the former mayor Luis Rey, spoke."
    >>> as_kin(text, text.index("Luis")), as_kin(text, 0)
    (True, False)
    """
    return KIN.search(text, max(0, start - KIN_WINDOW), start) is not None
