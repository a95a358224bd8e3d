"""What a rule of the grammar is, and what its meaning gets to see: the slots that its pattern filled."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from broadsheet.extract.dates.alphabet import Data
from broadsheet.extract.dates.lexicon import Value
from broadsheet.extract.dates.readings import Reading
from broadsheet.extract.dates.tokens import Token


@dataclass(frozen=True, slots=True)
class Slots:
    """What a pattern matched: values and words by slot name. `first` is the token at which the expression begins."""

    match: re.Match[str]
    tokens: list[Token]
    data: list[Data]
    captures: Mapping[str, tuple[str, ...]]

    @property
    def first(self) -> int:
        """Index of the first token."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Index after the last token."""
        return self.match.end()

    def group(self, name: str) -> str | None:
        """The name under which the slot was filled: a slot may stand in several alternatives."""
        n, free = 2, name
        while free in self.captures:
            if self.match.start(free) >= 0:
                return free
            free, n = f"{name}__{n}", n + 1
        return None

    def __contains__(self, name: str) -> bool:
        return self.group(name) is not None

    def value(self, name: str) -> Value | None:
        """What the first token of the slot stands for, None where the slot is empty."""
        group = self.group(name)
        if group is None:
            return None
        data = self.data[self.match.start(group)]
        if not isinstance(data, dict):
            return data
        for kind in self.captures[group]:
            if kind in data:
                return data[kind]
        return self.word(name)

    def number(self, name: str) -> int | float:
        """The number in the slot; 1 for "a", 0 where it is empty."""
        value = self.value(name)
        return value if isinstance(value, int | float) else 1 if value else 0

    def word(self, name: str) -> str:
        """The words of the slot in lower case, "" where it is empty."""
        group = self.group(name)
        if group is None:
            return ""
        start, end = self.match.span(group)
        return " ".join(token.text.lower() for token in self.tokens[start:end])

    def near(self, words: frozenset[str], reach: int = 14) -> bool:
        """Whether one of the words stands so near, in lower case."""
        around = self.tokens[max(0, self.first - reach) : self.end + reach]
        return any(token.text.lower() in words for token in around)

    def holds(self, words: frozenset[str]) -> bool:
        """Whether one of the words is part of the expression."""
        return any(token.text.lower() in words for token in self.tokens[self.first : self.end])

    def around(self, offset: int) -> str:
        """The word so many tokens before the expression (negative) or after it (positive), in lower case."""
        at = self.first + offset if offset < 0 else self.end + offset - 1
        return self.tokens[at].text.lower() if 0 <= at < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several expressions that a rule finds at once: the slot that is its span, and its reading."""

    slot: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Parts:
    """The expressions that a rule finds at once, in the order of the text."""

    parts: tuple[Part, ...]


Meaning = Callable[[Slots], Reading | Parts | None]


def always(reading: Reading | Parts) -> Meaning:
    """The same reading, whatever the slots hold."""
    return lambda _: reading


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern (see `patterns`), what it means, and an example: `text with [expression] => TYPE value mod`.

    The examples are read as if published on Wednesday 15 September 2021.
    """

    id: str
    pattern: str
    meaning: Meaning
    examples: tuple[str, ...]


def rule(id_: str, pattern: str, meaning: Meaning, *examples: str) -> Rule:
    """A rule as the tables of the grammar write it."""
    return Rule(id_, pattern, meaning, examples)
