"""The language that the rules are written in, and its compiler.

A pattern is a row of items over tokens, parted by blanks:

    CLASS           a token of that class of `lexicon` or `alphabet` (MONTH, NUM), or a macro of that name
    word  ,  ( | )  that very word or sign; alternatives in parentheses
    x:ITEM          the same, remembered as x
    ITEM?           may be missing
    [A|B] [^A|B]    at the edges: the token there must (must not) be one of these, and is not part of the expression

All quantifiers are `?`, so a pattern matches a bounded number of tokens and no text can make it slow.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ITEM = re.compile(r"\s*(\[\^?|\]|\(|\)|\||\?|[a-z_0-9]+:(?=[\w(])|[A-Z][A-Z_0-9]*|[a-z][a-z'.]*|\S)")


@dataclass(slots=True)
class Compiled:
    """A pattern as a regular expression over kinds; `captures` maps group names to the classes they hold."""

    regex: str
    first: frozenset[str]
    captures: dict[str, tuple[str, ...]]


@dataclass(slots=True)
class _Piece:
    regex: str
    first: frozenset[str]
    nullable: bool
    classes: tuple[str, ...] = ()


@dataclass(slots=True)
class Parser:
    """Reads one pattern. `chars_of` gives the kinds of a class or word; `macros` the patterns behind names."""

    chars_of: Callable[[str], str]
    macros: Mapping[str, str]
    items: list[str] = field(default_factory=list)
    position: int = 0
    captures: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def compile(self, pattern: str) -> Compiled:
        """The pattern as one regular expression."""
        self.items = self._expanded(pattern)
        behind = self._context("(?<={})", "(?<!{})")
        body = self._choice()
        ahead = self._context("(?={})", "(?!{})")
        return Compiled(behind + body.regex + ahead, body.first, self.captures)

    def _expanded(self, pattern: str) -> list[str]:
        items: list[str] = []
        for item in ITEM.findall(pattern):
            items += ["(", *self._expanded(self.macros[item]), ")"] if item in self.macros else [item]
        return items

    def _peek(self) -> str:
        return self.items[self.position] if self.position < len(self.items) else ""

    def _take(self) -> str:
        self.position += 1
        return self.items[self.position - 1]

    def _context(self, wanted: str, unwanted: str) -> str:
        """Brackets at an edge: those before are read from the left, and stand side by side.

        A wanted token must be there; an unwanted one may also be the edge of the passage.
        """
        sets: list[tuple[bool, str]] = []
        while self._peek() in ("[", "[^"):
            negative = self._take() == "[^"
            chars = ""
            while (item := self._take()) != "]":
                chars += "" if item in "|()" else self.chars_of(item)
            sets.append((negative, f"[{chars}]"))
        if not any(negative for negative, _ in sets):
            joined = "".join(chars for _, chars in sets)
            return wanted.format(joined) if joined else ""
        return "".join((unwanted if negative else wanted).format(chars) for negative, chars in sets)

    def _choice(self) -> _Piece:
        branches = [self._sequence()]
        while self._peek() == "|":
            self._take()
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        return _Piece(
            "(?:" + "|".join(branch.regex for branch in branches) + ")",
            frozenset().union(*(branch.first for branch in branches)),
            any(branch.nullable for branch in branches),
            tuple(name for branch in branches for name in branch.classes),
        )

    def _sequence(self) -> _Piece:
        regex, first, nullable = "", frozenset[str](), True
        classes: tuple[str, ...] = ()
        while self._peek() not in ("", "|", ")", "[", "[^"):
            piece = self._item()
            regex += piece.regex
            first |= piece.first if nullable else frozenset()
            nullable, classes = nullable and piece.nullable, classes + piece.classes
        return _Piece(regex, first, nullable, classes)

    def _item(self) -> _Piece:
        item = self._take()
        name = ""
        if item.endswith(":") and len(item) > 1:
            name, item = item[:-1], self._take()
        if item == "(":
            piece = self._choice()
            self._take()
        else:
            chars = self.chars_of(item)
            piece = _Piece(f"[{chars}]", frozenset(chars), False, (item,))
        if name:
            piece = _Piece(f"(?P<{self._group(name, piece)}>{piece.regex})", piece.first, piece.nullable, piece.classes)
        if self._peek() == "?":
            self._take()
            piece = _Piece(f"(?:{piece.regex})?", piece.first, True, piece.classes)
        return piece

    def _group(self, name: str, piece: _Piece) -> str:
        """A group name that is still free: the same name may be used in several alternatives."""
        free, n = name, 2
        while free in self.captures:
            free, n = f"{name}__{n}", n + 1
        self.captures[free] = piece.classes
        return free
