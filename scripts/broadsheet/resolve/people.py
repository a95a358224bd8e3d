"""Which person a name means: full names first, then partial ones by who is in play.

Nobody is merged by surname alone: a father and a son share it. A partial name that fits several people means
the one last named in full as more than somebody's relative; where one sentence names two, nobody.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from broadsheet.records import Article
from broadsheet.resolve.names import person, surname

Words = tuple[str, ...]
KIN = re.compile(
    r"\b(?:son|daughter|brother|sister|father|mother|wife|husband|widow|nephew|niece|cousin|uncle|heir|successor)s?"
    r" (?:of|to)\b[^.;]{0,60}$"
    r"|(?:\b(?:his|her|their)|['’]s?) (?:late )?(?:father|mother|brother|sister|son|daughter|wife|husband)"
    r",?\s[^.;]{0,30}$"
)
KIN_WINDOW = 90
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]?\s+(?=[A-Z\"'“‘])|\n\s*\n")


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
    parts = {item.place: person(item.surface) for item in named}
    full = merged({words for words in parts.values() if len(words) > 1})
    explicit = [(item.start, full[parts[item.place]]) for item in named if len(parts[item.place]) > 1]
    play = Play(article.text, explicit)
    return {item.place: full.get(parts[item.place]) or play.meant(parts[item.place], item.start) for item in named}


def merged(names: Iterable[Words]) -> dict[Words, Words]:
    """Each full name, and the fuller one that it is a form of if there is exactly one.

    Initials may be left out, and names in front; a full name in the middle makes another person.

    >>> found = merged([("george", "bush"), ("george", "w", "bush"), ("ana", "rey"), ("ana", "sol", "rey")])
    >>> found[("george", "bush")], found[("ana", "rey")]
    (('george', 'w', 'bush'), ('ana', 'rey'))
    """
    ordered = sorted(names)
    fuller: dict[Words, set[Words]] = defaultdict(set)
    for words in ordered:
        for form in _forms(words):
            fuller[form].add(words)
    return {words: next(iter(fuller[words])) if len(fuller[words]) == 1 else words for words in ordered}


def _forms(words: Words) -> set[Words]:
    """Shorter ways to write a full name."""
    without_initials = tuple(word for word in words if len(word) > 1)
    forms = {words[index:] for index in range(1, len(words) - 1)} | {without_initials}
    return {form for form in forms if 1 < len(form) < len(words)}


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
        return next((found[word] for found in self.by_part if word in found), set())

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
