"""The network reckons in whole numbers: the same on every machine, in any company."""

import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from broadsheet.extract.entities.confidence import confidence, table
from broadsheet.extract.entities.labels import NEVER, decode, margins
from broadsheet.extract.entities.looks import look
from broadsheet.extract.entities.network import GAP, LAYER, Network, Seen, network
from broadsheet.extract.entities.words import MOST_KEPT, NO_AFFIX, WordRows, affixes, shape

SENTENCES = (
    "Orla Venn of the Northern Relief Council flew to Kabul on Tuesday.",
    "“The Taliban-led council,” said Gen. Amir Dost, “will not meet.”",
    "北京 and Ōsaka’s U.S.-born mayor: 3.5 per cent!",
)


def seen(text: str) -> Seen:
    return look(text, 0, len(text)).seen()


def exactly(model: Network, passage: Seen) -> list[list[int]]:
    """The scores of one passage by the definition: a convolution with whole numbers of any size, layer by layer."""
    rows = model.words.of(passage.words) + model.context[passage.rules, passage.flags]
    x = np.concatenate([np.tile(model.gap, (GAP, 1)), rows, np.tile(model.gap, (GAP, 1))]).astype(np.float32)
    for layer in model.layers:
        q = steps(x, layer.inner).astype(object)
        width = x.shape[1]
        w = layer.weights.astype(int).astype(object)
        total = np.zeros_like(q)
        for tap, shift in enumerate((-layer.dilation, 0, layer.dilation)):
            for at in range(len(q)):
                if 0 <= at + shift < len(q):
                    total[at] += q[at + shift] @ w[:, tap * width : (tap + 1) * width]
        x = x + (total.astype(np.float32) * layer.scale + layer.bias)
    last = steps(x, model.last.inner).astype(object) @ model.last.weights.astype(int).astype(object)
    logits = last.astype(np.float32) * model.last.scale + model.last.bias
    return np.rint(logits[GAP:-GAP] * np.float32(1000)).astype(int).tolist()


def steps(x: NDArray[np.float32], inner: np.float32) -> NDArray[np.int64]:
    return np.clip(np.rint(x * inner), 0, 127).astype(int)


@pytest.mark.parametrize("text", SENTENCES)
def test_scores_are_those_of_whole_numbers_of_any_size(text):
    assert network().scores([seen(text)]).tolist() == exactly(network(), seen(text))


def test_scores_do_not_depend_on_how_many_threads_multiply():
    passages = [seen(text) for text in SENTENCES * 40]
    with threadpool_limits(1, user_api="blas"):
        alone = network().scores(passages)
    with threadpool_limits(2, user_api="blas"):
        assert np.array_equal(network().scores(passages), alone)


@pytest.mark.parametrize("block", [1, 7, 64])
def test_scores_do_not_depend_on_the_size_of_the_blocks(monkeypatch, block):
    passages = [seen(text) for text in SENTENCES * 3]
    whole = network().scores(passages)
    monkeypatch.setattr(sys.modules[Network.__module__], "BLOCK", block)
    assert np.array_equal(network().scores(passages), whole)


def test_words_beyond_the_reach_of_the_layers_change_nothing():
    reach = sum(layer.dilation for layer in network().layers)
    one, other = (seen(far * reach + "a " * reach + SENTENCES[0]) for far in ("b ", "c "))
    size = len(seen(SENTENCES[0]).words)
    assert np.array_equal(network().scores([one])[-size:], network().scores([other])[-size:])


def test_no_sum_of_a_layer_can_leave_the_numbers_that_a_float_holds_exactly():
    for layer in (*network().layers, network().last):
        taps = layer.weights if layer.dilation == 0 else np.concatenate(np.split(layer.weights, 3, axis=1))
        assert (127 * np.abs(taps).sum(axis=0)).max() < 2**24


def test_words_forgotten_and_met_again_get_the_same_rows():
    words = [f"word{number}" for number in range(MOST_KEPT + 10)]
    rows = network().words
    first = rows.of(words[:50]).copy()
    rows.of(words)
    rows.of(["another"])
    assert len(rows.ids) == 1
    assert np.array_equal(rows.of(words[:50]), first)


def test_every_layer_is_there():
    stored = {name for layer in network().layers for name in layer._fields}
    assert set(LAYER) <= stored


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Kabul", "Xx"), ("KABUL", "X"), ("al-Qaeda", "x-Xx"), ("9/11", "d/d"), ("U.S.", "X.X."), ("’", "’1")],
)
def test_the_shape_of_a_word_is_how_it_is_written(word, expected):
    assert shape(word) == expected


def test_short_words_have_no_affixes_but_themselves():
    assert affixes("of")[:-1] == [NO_AFFIX] * 6
    assert NO_AFFIX not in affixes("officers")


scores = st.lists(st.lists(st.integers(-8000, 8000), min_size=5, max_size=5), min_size=1, max_size=6)


def chain() -> NDArray[np.int64]:
    """O, B and I of two types; an I only behind its own."""
    found = np.zeros((5, 5), np.int64)
    found[:, 2], found[:, 4] = NEVER, NEVER
    found[[1, 2], 2], found[[3, 4], 4] = 300, 300
    return found


@given(scores)
@settings(max_examples=60)
def test_the_best_sequence_is_found_where_names_are_likely(rows):
    block = np.array(rows, np.int64)
    block[:, 1] = np.maximum(block[:, 1], block[:, 0] - 4000)
    found = decode(block, chain())
    assert worth(block, found) == max(worth(block, np.array(p)) for p in paths(len(rows)))


def paths(length: int) -> list[tuple[int, ...]]:
    found = [()]
    for _ in range(length):
        found = [(*path, label) for path in found for label in range(5)]
    return found


def worth(block: NDArray[np.int64], path: NDArray[np.int64]) -> int:
    labels = [0, *path.tolist(), 0]
    own = sum(int(block[at, label]) for at, label in enumerate(path))
    return own + sum(int(chain()[one, other]) for one, other in pairwise(labels))


@given(scores)
def test_an_inside_label_never_stands_without_its_begin(rows):
    found = [0, *decode(np.array(rows, np.int64), chain()).tolist()]
    assert all(label not in (2, 4) or before in (label, label - 1) for before, label in pairwise(found))


def test_stretches_are_decoded_side_by_side_as_they_are_alone():
    rng = np.random.default_rng(3)
    surely_none = [9000, 0, 0, 0, 0]
    parts = [rng.integers(-3000, 3000, (size, 5)) for size in (1, 2, 3, 7, 8, 9, 40, 1, 17, 300)]
    joined = np.concatenate([row for part in parts for row in (part, [surely_none])])
    alone = [label for part in parts for label in (*decode(np.array([*part, surely_none]), chain()),)]
    assert decode(joined, chain()).tolist() == alone


def test_a_margin_is_the_distance_to_the_next_best_label():
    assert margins(np.array([[5, 9, 2], [7, 1, 6]]), np.array([1, 2])).tolist() == [4, -1]


def test_nothing_to_decode_is_nothing():
    assert decode(np.empty((0, 5), np.int64), chain()).tolist() == []


def test_confidence_rises_with_the_margin_and_is_a_share():
    values = [confidence(margin) for margin in range(-3000, 20_000, 50)]
    assert values == sorted(values)
    assert 0 < values[0] < values[-1] <= 1
    assert 0 < confidence(None) < 1
    assert len(table()[0]) + 1 == len(table()[1])


def test_rows_do_not_depend_on_the_order_in_which_words_come():
    rows = network().words
    fresh = WordRows(rows.vectors, stored_weights())
    assert np.array_equal(fresh.of(["Kabul", "zzyzx", "the"]), rows.of(["the", "zzyzx", "Kabul"])[::-1])


def stored_weights() -> dict[str, NDArray[np.float32]]:
    from broadsheet.extract.entities.network import FOLDER

    with np.load(FOLDER / "tagger.npz") as stored:
        return dict(stored)
