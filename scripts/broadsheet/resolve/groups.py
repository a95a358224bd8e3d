"""Which keys of a dataset name one entity: those with one normal form and class, and forms that can mean only one.

Everything follows from the set of keys and the authority file, nothing from their order or number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from broadsheet.extract.entities import lexicon
from broadsheet.resolve.authority import Authority
from broadsheet.resolve.keys import LISTED, Key
from broadsheet.resolve.names import Words, canonical, coarse, form, is_listed, nicknames, surname, without_initials
from broadsheet.resolve.short_forms import is_acronym, spells
from broadsheet.resolve.spelling import spelled_out

BODIES = ("ORG", "PLACE", "OTHER")
"""Classes that one name of several words has often been given in turn; the first is kept."""


class Group(NamedTuple):
    """What keys have in common that are one entity: class and normal name; of a listed entity `=` and its id."""

    kind: str
    words: Words


class Place(NamedTuple):
    """Where a key belongs: to the group of its own normal name, and with that to the group that this is a form of."""

    own: Group
    root: Group


def grouped(keys: Iterable[str], authority: Authority) -> dict[str, Place]:
    """The place of every key."""
    read = {text: Key.read(text) for text in sorted(keys)}
    found = {text: _group(key, authority) for text, key in read.items()}
    kinds = _kinds(found.values())
    found = {text: _settled(group, read[text].name, kinds[group.words]) for text, group in found.items()}
    joins = Joins(found, read, authority)
    return {text: Place(group, joins.root(group)) for text, group in found.items()}


def _group(key: Key, authority: Authority) -> Group:
    if key.is_listed:
        return Group(LISTED, (key.name,))
    if listed := authority.meant(key.name, key.kind):
        return Group(LISTED, (listed,))
    return Group(key.kind, form(key.name, key.kind) or (key.name,))


def _kinds(groups: Iterable[Group]) -> dict[Words, set[str]]:
    kinds: dict[Words, set[str]] = defaultdict(set)
    for group in groups:
        kinds[group.words].add(group.kind)
    return kinds


def _settled(group: Group, name: str, kinds: set[str]) -> Group:
    """The group with the class that its name has in this dataset, where that is safe to say.

    A person is never taken for something else, but for names of several words that nobody else bears; a city is not
    taken for a club of its name.
    """
    kind, words = group
    known = lexicon.type_of(canonical(name)) if kind != LISTED else ""
    if known and (
        len(words) > 1 or (kind != "PERSON" and (known != "GPE" or canonical(name) in lexicon.country_names()))
    ):
        return group._replace(kind=coarse(known))
    if kind == "NORP" and "ORG" in kinds:
        return group._replace(kind="ORG")
    if len(words) > 1 and kind in BODIES:
        if kind == "OTHER" and "PERSON" in kinds and not kinds & {"ORG", "PLACE"}:
            return group._replace(kind="PERSON")
        return group._replace(kind=next(one for one in BODIES if one in kinds))
    others = sorted(kinds - {"OTHER", "PERSON", LISTED} - ({"NORP"} if "ORG" in kinds else set()))
    return group._replace(kind=others[0]) if kind == "OTHER" and len(others) == 1 else group


class Joins:
    """Groups that are another form of one other group only, and of which one that is."""

    def __init__(self, found: Mapping[str, Group], keys: Mapping[str, Key], authority: Authority) -> None:
        self._authority = authority
        self._to: dict[Group, Group] = {}
        self._people = self._named_in_full(found)
        self._spelled_out(found, keys)
        self._without_initials()
        self._nicknamed()
        self._by_surname(found, keys)
        self._acronyms(found, keys)

    def root(self, group: Group) -> Group:
        """The group that the group belongs to."""
        while group in self._to:
            group = self._to[group]
        return group

    def _named_in_full(self, found: Mapping[str, Group]) -> dict[Words, Group]:
        """People of the dataset by their full names, those of the authority file by all of their names."""
        people = {group.words: group for group in found.values() if group.kind == "PERSON" and len(group.words) > 1}
        for group in sorted({group for group in found.values() if group.kind == LISTED}):
            row = self._authority.entities.get(group.words[0])
            if row and row.type == "PERSON":
                people |= {words: group for name in row.names if len(words := form(name, "PERSON")) > 1}
        return people

    def _join(self, group: Group, others: Iterable[Group]) -> None:
        """Let the group belong to the one among the others, if there is one only that it may belong to."""
        roots = {self.root(other) for other in others} - {group}
        if len(roots) == 1 and group.kind != LISTED and self.root(group) == group:
            (root,) = roots
            if root.kind != LISTED or root.words[0] not in self._authority.apart.get(group.words, ()):
                self._to[group] = root

    def _spelled_out(self, found: Mapping[str, Group], keys: Mapping[str, Key]) -> None:
        """Koehler is Köhler."""
        known = set(found.values())
        for text, group in found.items():
            if (other := spelled_out(keys[text].name)) and group.kind != LISTED:
                spelled = Group(group.kind, form(other, group.kind))
                if spelled in known and spelled != group:
                    self._join(spelled, [group])

    def _without_initials(self) -> None:
        """Kara Vey and K. Vey are Kara B. Vey, if nobody else is."""
        fuller: dict[Words, list[Group]] = defaultdict(list)
        for words, group in sorted(self._people.items()):
            base = without_initials(words)
            for other in {base, (base[0][0], *base[1:])} - {words}:
                fuller[other].append(group)
        for words, group in sorted(self._people.items(), key=lambda item: (-len(item[0]), item)):
            self._join(group, fuller.get(words, ()))

    def _nicknamed(self) -> None:
        """Bill Vey is William Vey, if there is no other Bill that he could be."""
        for words, group in sorted(self._people.items()):
            given = ((name, *words[1:]) for name in nicknames().get(words[0], ()))
            self._join(group, [self._people[other] for other in given if other in self._people])

    def _by_surname(self, found: Mapping[str, Group], keys: Mapping[str, Key]) -> None:
        """A surname alone is the one person of the dataset who has it."""
        bearers: dict[str, list[Group]] = defaultdict(list)
        for words, group in self._people.items():
            bearers[surname(words)].append(group)
        for text, group in found.items():
            alone = group.kind == "PERSON" and surname(group.words) == " ".join(group.words)
            if alone and not is_listed(keys[text].name):
                self._join(group, bearers.get(surname(group.words), ()))

    def _acronyms(self, found: Mapping[str, Group], keys: Mapping[str, Key]) -> None:
        """An acronym is the one name that articles give it for."""
        full: dict[str, list[Group]] = defaultdict(list)
        for text, group in found.items():
            for acronym in keys[text].acronyms:
                if spells(acronym, keys[text].name):
                    full[acronym.replace(".", "")].append(group)
        for text, group in found.items():
            name = keys[text].name
            if is_acronym(name) and not is_listed(name):
                self._join(group, full.get(name.replace(".", ""), ()))
