"""Which entity speaks: the key of a source, through names, pronouns and common nouns."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from broadsheet.extract.claims import people, words
from broadsheet.extract.claims.sentences import Sentence
from broadsheet.extract.claims.subjects import ROLE_STARTS, Range
from broadsheet.records import Mention, Span

ROLE_LEADS = words.word_set("a an the its their his her who")
SENTENCE_MARKS = (". ", "? ", "! ", "\n", "”", '"', "[", "(")


@dataclass(frozen=True, slots=True)
class Source:
    """The form of a source and, where it is known, the key of the entity."""

    form: str
    key: str | None = None


@dataclass(slots=True)
class Speakers:
    """Who was named and who spoke so far; made once for an article and fed in the order of the text."""

    text: str
    mentions: Sequence[Mention]
    genders: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    focus: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    _seen: int = 0

    def resolve(self, sentence: Sentence, source: Range | None) -> Source:
        """The entity that a source means; None for the key where it is not known."""
        if source is None:
            return Source("implicit")
        self._read_until(sentence.start[source[0]])
        low = sentence.low[source[0] : source[1]]
        if len(low) == 1 and (pronoun := self._pronoun(low[0])) is not None:
            return pronoun
        inside = self._inside(Span(sentence.start[source[0]], sentence.end[source[1] - 1]))
        found = self._named(sentence, source, inside)
        if found.key is None and found.form == "nominal":
            found = Source("nominal", self._nominal(low))
        if found.key:
            self._remember(found.key, inside)
        return found

    def _pronoun(self, word: str) -> Source | None:
        if word in people.HE:
            return Source("pronoun", self._person("m"))
        if word in people.SHE:
            return Source("pronoun", self._person("f"))
        if word in people.THEY:
            return Source("pronoun", self.last.get("body"))
        if word in people.IT:
            return Source("pronoun", self.last.get("body"))
        return Source("pronoun") if word in people.FIRST or word in words.PRONOUNS else None

    def _person(self, gender: str) -> str | None:
        """The last speaker or subject of a gender that fits, else the last person named."""
        near = next(
            (key for keys in (self.focus, self.persons) for key in reversed(keys[-6:]) if self._may_be(key, gender)),
            None,
        )
        if near is None or self.genders.get(near) == gender:
            return near
        known = {key for key in (*self.focus[-2:], *self.persons[-2:]) if self.genders.get(key) == gender}
        return next(iter(known)) if len(known) == 1 else near

    def _may_be(self, key: str, gender: str) -> bool:
        return self.genders.get(key, gender) == gender

    def _inside(self, span: Span) -> list[Mention]:
        first = bisect_left(self.mentions, span.start, key=lambda mention: mention.start)
        found = []
        while first < len(self.mentions) and self.mentions[first].start < span.end:
            if self.mentions[first].end <= span.end + 2 and self.mentions[first].key:
                found.append(self.mentions[first])
            first += 1
        return found

    def _named(self, sentence: Sentence, source: Range, inside: list[Mention]) -> Source:
        persons = [m for m in inside if m.type == "PERSON" and not self._is_possessive(m)]
        if persons:
            joined = len(persons) > 1 and "and" in self.text[persons[0].end : persons[1].start].split()
            return Source("named", None if joined else persons[0].key)
        bodies = [m for m in inside if m.type != "PERSON" or self._is_possessive(m)]
        if not bodies:
            return Source("nominal")
        end = sentence.end[source[1] - 1]
        last = bodies[-1]
        if last.end >= end - 2 and self._starts_phrase(sentence, source, last):
            return Source("named", last.key)
        low = sentence.low[source[0] : source[1]]
        if any(word in people.SPEAKS_FOR for word in low[-1:]) or any(word in people.SPEAKS_FOR for word in low[:4]):
            return Source("nominal", bodies[0].key)
        return Source("nominal")

    def _starts_phrase(self, sentence: Sentence, source: Range, mention: Mention) -> bool:
        """Whether nothing but an article and adjectives stands before the name."""
        before = [
            word
            for at, word in enumerate(sentence.low[source[0] : source[1]], source[0])
            if sentence.end[at] <= mention.start
        ]
        return not any(word in words.PREPOSITIONS or word in (",", "and") for word in before) and len(before) <= 2

    def _is_where(self, mention: Mention) -> bool:
        """Whether the name only says where something is: "in Durban", "at the port of Durban"."""
        before = self.text[max(0, mention.start - 12) : mention.start].lower().split()[-1:]
        return before != [] and before[0] in ("in", "at", "near", "from", "to", "of", "outside", "across")

    def _is_possessive(self, mention: Mention) -> bool:
        return self.text[mention.end : mention.end + 2] in ("'s", "’s", "' ", "’ ")

    def _nominal(self, low: list[str]) -> str | None:
        """The entity that a common noun meant before: "the mayor", "the group"."""
        if not low or low[0] not in ("the", "this", "that", "his", "her", "its", "their"):
            return None
        head = low[-1]
        if head.endswith("-year-old"):
            return next(iter([*self.focus[-1:], *self.persons[-1:]]), None)
        for at, word in enumerate(low):
            if word in words.PREPOSITIONS or word in (",", "who", "which"):
                head = low[at - 1]
                break
        if head in self.roles:
            return self.roles[head]
        return self.last.get("org") if head in people.BODIES and len(low) == 2 else None

    # ------------------------------------------------------------------ what the text said so far
    def _read_until(self, offset: int) -> None:
        while self._seen < len(self.mentions) and self.mentions[self._seen].start < offset:
            mention = self.mentions[self._seen]
            self._seen += 1
            if mention.key:
                self._note(mention)

    def _note(self, mention: Mention) -> None:
        if mention.type == "PERSON":
            self._note_person(mention)
        elif mention.type in people.BODY_TYPES and mention.form != "adjectival":
            if mention.type == "ORG" or not self._is_where(mention):
                self.last["body"] = mention.key
            if mention.type == "ORG":
                self.last["org"] = mention.key
            self._note_roles(mention, people.BODIES)

    def _note_person(self, mention: Mention) -> None:
        self._gender(mention)
        self._note_roles(mention, None)
        if not self._is_possessive(mention):
            (self.focus if self._is_subject(mention) else self.persons).append(mention.key)

    def _gender(self, mention: Mention) -> str:
        known = self.genders.get(mention.key)
        if known:
            return known
        before = self.text[max(0, mention.start - 24) : mention.start].lower().split()
        names = [word.lower().rstrip(".") for word in self.text[mention.start : mention.end].split()]
        first = names[0] if names else ""
        gender = ""
        if (before and before[-1] in people.FEMALE_TITLES) or first in people.FEMALE_NAMES:
            gender = "f"
        elif (before and before[-1] in people.MALE_TITLES) or first in people.MALE_NAMES:
            gender = "m"
        if gender:
            self.genders[mention.key] = gender
        return gender

    def _is_subject(self, mention: Mention) -> bool:
        """Whether the name stands near the beginning of its sentence or caption."""
        before = self.text[max(0, mention.start - 60) : mention.start]
        opening = max((before.rfind(mark) for mark in SENTENCE_MARKS), default=-1)
        if opening < 0 and mention.start > len(before):
            return False
        words_before = before[opening + 1 :].lower().split()
        return len(words_before) <= 4 and not any(words.is_finite(word) for word in words_before)

    def _note_roles(self, mention: Mention, allowed: frozenset[str] | None) -> None:
        """Remember the common nouns beside a name: "Mayor Ann Lee", "Ann Lee, the mayor of Springfield,"."""
        before = self.text[max(0, mention.start - 40) : mention.start]
        if before.endswith(" "):
            word = before.split()[-1:]
            if word and (
                word[0].isalpha() or (word[0][:-1].isalpha() and word[0][-1] == "," and "the" in before.split()[-2:])
            ):
                self._role(word[0].lower().rstrip(","), mention.key, allowed)
        after = self.text[mention.end : mention.end + 60]
        if after.startswith(", "):
            phrase = after[2:].replace("’", "'").lower().split()
            if phrase and (phrase[0] in ROLE_LEADS or phrase[0].rstrip(",.") in ROLE_STARTS):
                head = _head(phrase if phrase[0].rstrip(",.") in ROLE_STARTS else phrase[1:])
                if head:
                    self._role(head, mention.key, allowed)

    def _role(self, word: str, key: str, allowed: frozenset[str] | None) -> None:
        if (
            word in words.PREPOSITIONS
            or word in words.DETERMINERS
            or words.is_finite(word)
            or word in words.COORDINATORS
        ):
            return
        if allowed is None or word in allowed:
            self.roles[word] = key

    def _remember(self, key: str, inside: list[Mention]) -> None:
        kinds = {mention.type for mention in inside if mention.key == key}
        if "PERSON" in kinds:
            self.focus.append(key)
        elif kinds:
            self.last["body"] = key


def _head(phrase: list[str]) -> str | None:
    """The head of a noun phrase: the last word before a preposition, a comma or a relative pronoun."""
    head = None
    for word in phrase[:7]:
        bare = word.rstrip(",.;:")
        if bare in words.PREPOSITIONS or bare in ("who", "which", "that"):
            break
        head = bare if bare.isalpha() else head
        if bare != word:
            break
    return head
