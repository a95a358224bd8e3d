"""What was learnt, rounded to the whole numbers that the program reckons with."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from broadsheet.extract.entities.labels import NEVER
from broadsheet.extract.entities.words import NO_AFFIX
from train.encode import SHAPES, Vocabulary
from train.network import DILATIONS, STEP, Tagger

Floats = NDArray[np.float64]
Stored = dict[str, NDArray[Any]]


def rounded(weights: Floats) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The weights as whole numbers up to 127, and the scale of each column."""
    scale = np.abs(weights).max(axis=0) / 127
    scale[scale == 0] = 1
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def stored(tagger: Tagger, vocabulary: Vocabulary, inner: Iterable[float]) -> Stored:
    """The arrays of tagger.npz; `inner` is the largest activation that each layer must hold."""
    found = _first(tagger, vocabulary)
    for index, (layer, highest) in enumerate(zip([*_layers(tagger)], inner, strict=True)):
        weights, scale, bias = layer
        name = "_out" if index == len(DILATIONS) else str(index)
        found[f"weights{name}"] = weights
        found[f"inner{name}"] = np.asarray(127 / highest, np.float32)
        found[f"scale{name}"] = (scale * highest / 127).astype(np.float32)
        found[f"bias{name}"] = bias.astype(np.float32)
    transitions = np.rint(_array(tagger.transitions) * 1000).astype(np.int64)
    transitions[_array(tagger.forbidden) < 0] = NEVER
    return found | {"transitions": transitions, "dilations": np.array(DILATIONS, np.int8)}


def _array(tensor: torch.Tensor) -> Floats:
    return tensor.detach().double().numpy()


def _norm(norm: Any) -> tuple[Floats, Floats]:
    """Factor and summand that a batch normalisation comes to."""
    factor = _array(norm.weight) / np.sqrt(_array(norm.running_var) + norm.eps)
    return factor, _array(norm.bias) - _array(norm.running_mean) * factor


def _first(tagger: Tagger, vocabulary: Vocabulary) -> Stored:
    factor, summand = _norm(tagger.norm)
    affix = _array(tagger.affix.weight) @ _array(tagger.affix_out.weight).T * factor
    affix[NO_AFFIX] = 0
    known = _array(tagger.known.weight)[1:] @ _array(tagger.known_out.weight).T * factor
    parts = {"vector": _array(tagger.vector.weight).T / STEP * factor, "affix": affix, "known": known}
    found: Stored = {}
    for name, weights in parts.items():
        found[name], found[f"{name}_scale"] = rounded(weights)
    rows = {name: _array(getattr(tagger, name).weight) * factor for name in ("shape", "rule", "flag")}
    bias = _array(tagger.vector.bias) * factor + summand
    found |= {name: row.astype(np.float32) for name, row in rows.items()}
    found["shape"] = found["shape"][:SHAPES]
    found["bias"] = bias.astype(np.float32)
    found["gap"] = (rows["shape"][SHAPES] + rows["rule"][0] + rows["flag"][0] + bias).astype(np.float32)
    found["shapes"] = np.array("\n".join(vocabulary.shapes))
    found["known_words"] = np.array("\n".join(vocabulary.known))
    return found


def _layers(tagger: Tagger) -> Iterable[tuple[NDArray[np.int8], NDArray[np.float32], Floats]]:
    """Weights of shape (inputs, outputs), three taps side by side in a convolution; scale and bias by output."""
    for convolution, norm in zip(tagger.convolutions, tagger.norms, strict=True):
        factor, summand = _norm(norm)
        taps = _array(convolution.weight) * factor[:, None, None]
        whole, scale = rounded(np.concatenate([taps[:, :, tap].T for tap in range(3)]))
        yield np.concatenate(np.split(whole, 3), axis=1), scale, summand
    whole, scale = rounded(_array(tagger.out.weight).T)
    yield whole, scale, _array(tagger.out.bias)
