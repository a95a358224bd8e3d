"""Samples as the numbers that the network learns from."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.extract.entities.judge import OWN
from broadsheet.extract.entities.looks import TYPES, look
from broadsheet.extract.entities.words import NO_AFFIX, Vectors, affixes, shape
from train.corpora import Sample
from train.mending import labelled

LABELS = 1 + 2 * len(OWN)
RULES = 1 + 2 * 3 * len(TYPES)
FLAGS = 8
SHAPES = 80
"""Shapes told apart; the last is for all others."""
SEEN_OFTEN = 6
"""A word that comes so often in the training texts gets a row of its own."""

Ints = NDArray[np.int64]


class Encoded(NamedTuple):
    """A sample: the words, and for each the rules' draft, the flags and the label."""

    words: list[str]
    rules: Ints
    flags: Ints
    labels: Ints


def encode(sample: Sample) -> Encoded:
    """The sample, read as the program reads a passage."""
    seen = look(sample.text, 0, len(sample.text))
    words, rules, flags = seen.seen()
    labels = labelled(seen, list(sample.entities))
    return Encoded(words, np.array(rules, np.int64), np.array(flags, np.int64), labels)


class Vocabulary:
    """Everything about each distinct word, by its number; number 0 is the gap between two passages."""

    def __init__(self, training: Iterable[Encoded], others: Iterable[Encoded], vectors: Vectors) -> None:
        counts = Counter(word for encoded in training for word in encoded.words)
        words = sorted(counts.keys() | {word for encoded in others for word in encoded.words})
        self.ids = {word: number for number, word in enumerate(words, 1)}
        kinds = Counter(shape(word) for word, count in counts.items() for _ in range(count))
        self.shapes = [kind for kind, _ in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))[: SHAPES - 1]]
        self.known = [word for word in words if counts[word] >= SEEN_OFTEN]
        self.vector = np.concatenate([np.zeros((1, 100), np.float32), vectors.rows(words)])
        self.affixes = np.array([[NO_AFFIX] * len(affixes("x")), *(affixes(word) for word in words)])
        by_shape = {kind: number for number, kind in enumerate(self.shapes)}
        self.shape = np.array([SHAPES, *(by_shape.get(shape(word), SHAPES - 1) for word in words)])
        rows = {word: number for number, word in enumerate(self.known, 1)}
        self.row = np.array([0, *(rows.get(word, 0) for word in words)])

    def numbers(self, encoded: Encoded) -> tuple[Ints, Ints, Ints, Ints]:
        """Words, rules, flags, labels of a sample."""
        words = np.array([self.ids[word] for word in encoded.words], np.int64)
        return words, encoded.rules, encoded.flags, encoded.labels
