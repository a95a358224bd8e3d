"""A small convolutional network over the words of an article, in whole numbers.

Words and activations are rounded to whole numbers of at most 127 and multiplied as float32, which holds their sums
exactly (127 * 127 * 3 * 128 < 2^24). So the scores are the same on every machine, whatever its BLAS does and however
the articles are dealt out. The parts are those of an iterated dilated convolution (Strubell et al. 2017).
"""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.extract.entities.words import Vectors, WordRows

FOLDER = Path(__file__).parent / "model"
HIGHEST = np.float32(127)
GAP = 2
"""Rows of nothing between two passages, and at the ends."""
BLOCK = 4096
"""Rows reckoned at a time: some 10 MB."""

Floats = NDArray[np.float32]


class Layer(NamedTuple):
    """A convolution of width three: weights of shape (width, 3 * width), whole numbers."""

    dilation: int
    inner: np.float32
    weights: Floats
    scale: Floats
    bias: Floats


class Network:
    """The trained network; `scores` is all that it is for."""

    def __init__(self, stored: "dict[str, NDArray[Any]]", vectors: Vectors) -> None:
        self.words = WordRows(vectors, stored)
        self.context: Floats = stored["rule"].astype(np.float32)[:, None] + stored["flag"].astype(np.float32)[None]
        self.gap: Floats = stored["gap"]
        self.layers = [_layer(stored, str(index), int(dilation)) for index, dilation in enumerate(stored["dilations"])]
        self.last = _layer(stored, "_out", 0)
        self.reach = sum(layer.dilation for layer in self.layers)
        self.transitions: NDArray[np.int64] = stored["transitions"].astype(np.int64)

    def scores(self, passages: "list[Seen]") -> NDArray[np.int64]:
        """Scores of every label for every word of the passages, one after another. Shape (words, labels).

        A score is the logarithm of a weight in 1/1000. Rows are reckoned by the block, with as many more on either side
        as can have a say in it, so that memory does not grow with the article.
        """
        words = [word for seen in passages for word in seen.words]
        rules = [rule for seen in passages for rule in seen.rules]
        flags = [flag for seen in passages for flag in seen.flags]
        places = _places(passages)
        found = np.empty((len(words), self.last.weights.shape[1]), np.int64)
        end = int(places[-1]) + 1 + GAP
        for start in range(0, end, BLOCK):
            low, high = max(0, start - self.reach), min(end, start + BLOCK + self.reach)
            seen = slice(*np.searchsorted(places, (low, high)))
            x = np.empty((high - low, len(self.gap)), np.float32)
            x[:] = self.gap
            x[places[seen] - low] = self.words.of(words[seen]) + self.context[rules[seen], flags[seen]]
            own = slice(*np.searchsorted(places, (start, start + BLOCK)))
            found[own] = self._labelled(x)[places[own] - low]
        return found

    def _labelled(self, x: Floats) -> NDArray[np.int64]:
        """Scores of rows of the first layer, which are changed."""
        for layer in self.layers:
            x += _convolved(_rounded(x, layer.inner), layer)
        logits = (_rounded(x, self.last.inner) @ self.last.weights) * self.last.scale + self.last.bias
        return np.asarray(np.rint(logits * 1000), np.int64)


def _layer(stored: "dict[str, NDArray[Any]]", name: str, dilation: int) -> Layer:
    inner, weights, scale, bias = (stored[f"{part}{name}"].astype(np.float32) for part in LAYER)
    return Layer(dilation, np.float32(inner), weights, scale, bias)


LAYER = ("inner", "weights", "scale", "bias")


class Seen(NamedTuple):
    """A passage as the network sees it, word by word: text, what the rules take it for, how it stands there."""

    words: list[str]
    rules: list[int]
    flags: list[int]


def _places(passages: "list[Seen]") -> NDArray[np.int64]:
    """Rows in which the words stand, gaps left between passages."""
    sizes = [len(seen.words) for seen in passages]
    shifts = np.repeat(np.arange(1, len(sizes) + 1) * GAP, sizes)
    return np.arange(sum(sizes)) + shifts


def _rounded(x: Floats, inner: np.float32) -> Floats:
    """The positive part in steps of `inner`, whole numbers up to 127."""
    steps = x * inner
    np.rint(steps, out=steps)
    return np.clip(steps, 0, HIGHEST, out=steps)


def _convolved(x: Floats, layer: Layer) -> Floats:
    size, width = x.shape
    d = layer.dilation
    product = x @ layer.weights
    total = product[:, width : 2 * width].copy()
    if size > d:
        total[d:] += product[:-d, :width]
        total[:-d] += product[d:, 2 * width :]
    total *= layer.scale
    total += layer.bias
    return total


@cache
def network() -> Network:
    """The network that is shipped, read once. BLAS keeps to one thread from then on: a worker has one core."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    with np.load(FOLDER / "tagger.npz") as stored:
        return Network(dict(stored), Vectors(FOLDER / "vectors.npz"))
