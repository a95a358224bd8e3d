"""What the rest of the article says of an uncertain name: surnames, short forms, acronyms, repeated names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.draft import OPEN, SURE, WEAK, Draft

Named = tuple[str, Draft]
"""A draft with its words."""


@dataclass(slots=True)
class Memory:
    """Types by whole name, by part of a person's name, by first word or initials of an organisation.

    `sure` are the whole names that some draft is sure of.
    """

    whole: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sure: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    short: dict[str, str] = field(default_factory=dict)

    def learn(self, name: str, draft: Draft) -> None:
        """Take in a draft that stands alone."""
        self.whole[name][draft.type] += 2 if draft.grade == SURE else 1
        if draft.grade == SURE:
            self.sure.add(name)
        if draft.type == "GPE" and draft.grade == SURE:
            self.places.add(name)
        parts = name.split()
        if len(parts) < 2:
            return
        if draft.type == "PERSON":
            self.people.update(
                part for part in (parts[-1], parts[0]) if not lexicon.is_common(part) or part == parts[-1]
            )
        elif draft.type in ("ORG", "LAW", "EVENT"):
            self.short.setdefault(initials(name), draft.type)
            if draft.grade == SURE and (parts[1] == "of" or not _says_little(parts[0])):
                self.short.setdefault(parts[0], draft.type)

    def type_of(self, name: str) -> str:
        """What the article makes of the name; "" if nothing."""
        if name in self.people and name not in self.places:
            return "PERSON"
        if name in self.whole and (name in self.sure or name not in self.short):
            return max(sorted(self.whole[name].items()), key=lambda pair: pair[1])[0]
        return self.short.get(name, "")


def _says_little(word: str) -> bool:
    """National, Security, Northern: the first word of too many names to stand for one."""
    classes = ("title.front", "domain", "region.front", "direction", "title")
    return any(word in lexicon.words(kind) for kind in classes) or word in lexicon.names()


def initials(name: str) -> str:
    """The first letters of the capitalised words.

    >>> initials("National Front of Salvation")
    'NFS'
    """
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def settle(found: Sequence[Named]) -> Iterable[tuple[int, Draft]]:
    """The drafts that are mentions, by their place in the list, with the type that the article gives them."""
    memory = Memory()
    for name, draft in found:
        if draft.type and draft.grade != OPEN:
            memory.learn(name, draft)
    for index, (name, draft) in enumerate(found):
        settled = _settle(name, draft, memory)
        if settled:
            yield index, settled


def _settle(name: str, draft: Draft, memory: Memory) -> Draft | None:
    if draft.grade == SURE:
        return draft
    kind = memory.type_of(name)
    if draft.grade == OPEN and not (kind and (kind != "PERSON" or name in memory.people)):
        return None
    kind = kind or draft.type or "PERSON"
    form = "alias" if draft.grade == OPEN and kind == "ORG" else draft.form
    return draft._replace(type=kind, form=form, grade=WEAK)
