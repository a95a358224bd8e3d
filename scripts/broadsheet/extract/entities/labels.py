"""From scores to labels: the best sequence in which every I follows its B (Viterbi), in whole numbers.

Labels are BIO: O, then B and I of each type in turn. Where nothing comes near O, O it is; between such words the
stretches are decoded side by side.
"""

import numpy as np
from numpy.typing import NDArray

OPEN = 5000
"""A word whose best name is less likely than O by more than this (in 1/1000 of a logarithm) is no name."""
NEVER = -(10**9)
POWERS = 2 ** np.arange(40)
"""Stretches of about one length are decoded together: none is padded to twice its length."""

Ints = NDArray[np.int64]


def decode(scores: Ints, transitions: Ints) -> Ints:
    """The label of each word; scores of shape (words, labels), transitions (from, to), forbidden ones `NEVER`."""
    labels = np.zeros(len(scores), np.int64)
    if not len(scores):
        return labels
    near = scores[:, 1:].max(axis=1) > scores[:, 0] - OPEN
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(np.int8)))
    starts, sizes = edges[0::2], edges[1::2] - edges[0::2]
    orders = np.searchsorted(POWERS, sizes)
    for order in np.unique(orders):
        chosen = orders == order
        _decode(scores, transitions, starts[chosen], sizes[chosen], labels)
    return labels


def _decode(scores: Ints, transitions: Ints, starts: Ints, sizes: Ints, labels: Ints) -> None:
    """Label the stretches, padded to one length with words that are surely none."""
    length, kinds = int(sizes.max()), scores.shape[1]
    places = starts[:, None] + np.arange(length)
    inside = np.arange(length) < sizes[:, None]
    block = scores[np.minimum(places, len(scores) - 1)]
    block[~inside] = [0] + [NEVER] * (kinds - 1)
    best = block[:, 0] + transitions[0]
    back = np.zeros((len(starts), length, kinds), np.int64)
    for at in range(1, length):
        ways = best[:, :, None] + transitions
        back[:, at] = ways.argmax(axis=1)
        best = np.take_along_axis(ways, back[:, at, None], axis=1)[:, 0] + block[:, at]
    last = (best + transitions[:, 0]).argmax(axis=1)
    found = np.empty((len(starts), length), np.int64)
    rows = np.arange(len(starts))
    for at in range(length - 1, -1, -1):
        found[:, at] = last
        last = back[rows, at, last]
    labels[places[inside]] = found[inside]


def margins(scores: Ints, labels: Ints) -> Ints:
    """How far each word's label is above the best of the others; below 0 where its neighbours decided."""
    rows = np.arange(len(scores))
    others = scores.copy()
    others[rows, labels] = NEVER
    return np.asarray(scores[rows, labels] - others.max(axis=1))
