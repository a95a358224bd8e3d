"""The grammar at work: at each token where a rule may begin, the rule that matches most tokens wins.

Of equally long matches the rule that stands first in the grammar is taken.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from broadsheet.extract.dates.alphabet import Alphabet, Data
from broadsheet.extract.dates.grammar import MACROS, RULES
from broadsheet.extract.dates.numbers import merged
from broadsheet.extract.dates.patterns import ITEM, Parser
from broadsheet.extract.dates.readings import Reading
from broadsheet.extract.dates.rules import Part, Parts, Rule, Slots
from broadsheet.extract.dates.tokens import Token, scan

GROUP_NAME = re.compile(r"\(\?P<\w+>")
# A letter met so often is worth one more pattern, which tells at once where none of its rules matches.
OFTEN = 1000
# Whose years these are, and so when they begin, the text does not say.
FISCAL = frozenset(("fiscal", "financial"))
WORD_OR_SIGN = re.compile(r"[a-z][a-z'.]*|[^\w\s\[\]()|?^]")


@dataclass(frozen=True, slots=True)
class Line:
    """One passage, read: its tokens, their data, and their letters as one string."""

    tokens: list[Token]
    data: list[Data]
    letters: str


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule matched (token indices), and its reading."""

    rule: str
    first: int
    end: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule ready to run."""

    rule: Rule
    regex: re.Pattern[str]
    captures: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Start:
    """The rules that may begin with one letter, in their order."""

    entries: list[Entry] = field(default_factory=list)
    met: int = 0
    any_of: re.Pattern[str] | None = None

    def may_match(self, letters: str, at: int) -> bool:
        """Whether any of the rules matches here; of a letter seldom met this is not worth knowing."""
        if self.any_of is None:
            self.met += 1
            if self.met < OFTEN:
                return True
            self.any_of = re.compile("|".join(GROUP_NAME.sub("(?:", entry.regex.pattern) for entry in self.entries))
        return self.any_of.match(letters, at) is not None


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar: rules by the letters with which they may begin."""

    alphabet: Alphabet
    starts: Mapping[str, Start]
    opening: re.Pattern[str]


def literals() -> frozenset[str]:
    """The words and signs that the rules name."""
    items = {
        item for pattern in (*(rule.pattern for rule in RULES), *MACROS.values()) for item in ITEM.findall(pattern)
    }
    return frozenset(item for item in items if WORD_OR_SIGN.fullmatch(item))


@functools.cache
def grammar() -> Grammar:
    """The grammar, compiled at its first use."""
    alphabet = Alphabet(literals())
    chars_of = functools.cache(alphabet.chars_of)
    starts: dict[str, Start] = {}
    for rule in RULES:
        compiled = Parser(chars_of, MACROS).compile(rule.pattern)
        entry = Entry(rule, re.compile(compiled.regex), compiled.captures)
        for letter in sorted(compiled.first):
            starts.setdefault(letter, Start()).entries.append(entry)
    return Grammar(alphabet, starts, re.compile("[" + "".join(sorted(starts)) + "]"))


def read(text: str, start: int, end: int) -> Line:
    """A stretch of the text as the grammar sees it."""
    tokens = merged(scan(text, start, end))
    letter_of = grammar().alphabet.read
    pairs = [letter_of(token) for token in tokens]
    return Line(tokens, [data for _, data in pairs], "".join(letter for letter, _ in pairs))


def matches(line: Line) -> Iterator[Match]:
    """The expressions of one passage, from left to right, none meeting another."""
    compiled, at = grammar(), 0
    while found := compiled.opening.search(line.letters, at):
        at = found.start()
        if compiled.starts[line.letters[at]].may_match(line.letters, at):
            hits, at = _at(compiled, line, at)
            yield from hits
        else:
            at += 1


def _at(compiled: Grammar, line: Line, at: int) -> tuple[list[Match], int]:
    """What the rule that takes most tokens from here finds, and the token at which it ends."""
    hits = [
        (-hit.end(), order, hit, entry)
        for order, entry in enumerate(compiled.starts[line.letters[at]].entries)
        if (hit := entry.regex.match(line.letters, at))
    ]
    for _, _, hit, entry in sorted(hits, key=lambda item: item[:2]):
        slots = Slots(hit, line.tokens, line.data, entry.captures)
        meaning = entry.rule.meaning(slots)
        if isinstance(meaning, Parts):
            return [_part(entry.rule.id, slots, part) for part in meaning.parts], hit.end()
        if meaning is not None:
            reading = replace(meaning, bounded=False) if slots.holds(FISCAL) else meaning
            return [Match(entry.rule.id, hit.start(), hit.end(), reading)], hit.end()
    return [], at + 1


def _part(id_: str, slots: Slots, part: Part) -> Match:
    group = slots.group(part.slot)
    if group is None:
        raise LookupError(f"rule {id_} has no slot {part.slot}")
    return Match(id_, *slots.match.span(group), part.reading)
