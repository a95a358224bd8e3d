"""What the network sees of a word by itself: its vector, its endings, its shape; one row a word, kept for the next."""

import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

AFFIXES = (2, 3, 4)
BUCKETS = 4096
NO_AFFIX = BUCKETS
MOST_KEPT = 50_000
"""Rows kept at a time: 26 MB at a width of 128."""

LETTER = re.compile(r"[^\W\d_]")
DIGIT = re.compile(r"\d")
TWICE = re.compile(r"(.)\1+")


def shape(word: str) -> str:
    """How the word is written: X for capitals, x for small letters, d for digits, each once in a row.

    >>> shape("McDonald's"), shape("2021"), shape("I"), shape("NRF")
    ("XxXx'x", 'd', 'X1', 'X')
    """
    letters = LETTER.sub(lambda match: "X" if match[0].isupper() else "x", word)
    return TWICE.sub(r"\1", DIGIT.sub("d", letters))[:8] + ("1" if len(word) == 1 else "")


def affixes(word: str) -> list[int]:
    """Buckets of the word's first and last letters and of the whole word, all in lower case; always seven."""
    low = word.lower()
    parts = [f"^{low[:size]}" if len(low) > size else "" for size in AFFIXES]
    parts += [f"{low[-size:]}$" if len(low) > size else "" for size in AFFIXES]
    return [zlib.crc32(part.encode()) % BUCKETS if part else NO_AFFIX for part in (*parts, f"={low}")]


class Vectors:
    """Word vectors of 100 dimensions in four bits each, looked up by the word in lower case."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            listed = stored["words"].tobytes().decode("utf-8").split("\n")
            self.codes: NDArray[np.uint8] = stored["codes"]
        self.ids = {word: index for index, word in enumerate(listed)}

    def rows(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The vectors, whole numbers from -7 to 7; zeros for a word that has none. Shape (words, 100)."""
        ids = [self._id(word.lower()) for word in words]
        packed = self.codes[[max(index, 0) for index in ids]]
        unpacked = np.empty((len(words), packed.shape[1] * 2), np.float32)
        unpacked[:, 0::2] = packed & 15
        unpacked[:, 1::2] = packed >> 4
        unpacked -= 7
        unpacked[[index < 0 for index in ids]] = 0
        return unpacked

    def _id(self, low: str) -> int:
        return self.ids.get(low, -1) if low.isascii() else self.ids.get(low.replace("’", "'"), -1)


class WordRows:
    """Rows of the network's first layer by word; each is reckoned once."""

    def __init__(self, vectors: Vectors, weights: "dict[str, NDArray[Any]]") -> None:
        self.vectors = vectors
        self.weights = {name: weights[name].astype(np.float32) for name in ("vector", "affix", "shape", "known")}
        self.scales = {name: weights[f"{name}_scale"] for name in ("vector", "affix", "known")}
        self.known = {word: index for index, word in enumerate(str(weights["known_words"]).split("\n"))}
        self.bias: NDArray[np.float32] = weights["bias"]
        self.shapes = {kind: index for index, kind in enumerate(str(weights["shapes"]).split("\n"))}
        self._empty()

    def _empty(self) -> None:
        self.ids: dict[str, int] = {}
        self.rows = np.empty((1024, len(self.bias)), np.float32)

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """One row a word, shape (words, width)."""
        if len(self.ids) > MOST_KEPT:
            self._empty()
        new = [word for word in dict.fromkeys(words) if word not in self.ids]
        if new:
            self._add(new)
        return self.rows[[self.ids[word] for word in words]]

    def _add(self, new: list[str]) -> None:
        first, last = len(self.ids), len(self.ids) + len(new)
        if last > len(self.rows):
            more = np.empty((max(last, 2 * len(self.rows)), len(self.bias)), np.float32)
            self.rows = np.concatenate([self.rows, more])
        self.rows[first:last] = self._made(new)
        self.ids.update(zip(new, range(first, last), strict=True))

    def _made(self, new: list[str]) -> NDArray[np.float32]:
        unknown = len(self.shapes)
        row = (self.vectors.rows(new) @ self.weights["vector"]) * self.scales["vector"]
        row += self.weights["affix"][np.array([affixes(word) for word in new])].sum(axis=1) * self.scales["affix"]
        row += self.weights["shape"][[self.shapes.get(shape(word), unknown) for word in new]]
        row += self.bias
        known = [(at, self.known[word]) for at, word in enumerate(new) if word in self.known]
        if known:
            places, ids = zip(*known, strict=True)
            row[list(places)] += self.weights["known"][list(ids)] * self.scales["known"]
        return np.asarray(row, np.float32)
