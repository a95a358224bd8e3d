"""Train the network: `python -m train.tagger --data FOLDER [--epochs N] [--seed N] [--out FOLDER]`.

FOLDER holds the corpora of `corpora.TRAINING` and `corpora.DEVELOPMENT` as JSON Lines, one text a line: `text`, and
`entities` with `start`, `end`, `type` (PER, ORG, LOC, MISC). The same data, seed and library versions on the same kind
of machine give the same network; training takes about twenty minutes on two cores.
"""

import argparse
import copy
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.progress import track
from torch import Tensor, nn

from broadsheet.extract.entities.judge import spans
from broadsheet.extract.entities.labels import decode
from broadsheet.extract.entities.network import FOLDER
from broadsheet.extract.entities.words import Vectors
from train import corpora
from train.augment import Names, augmented
from train.encode import Encoded, Vocabulary, encode
from train.export import stored
from train.mending import mended
from train.network import Tagger

LENGTH, BATCH = 192, 24
RATE, WARM, DECAY = 2e-3, 200, 0.01
AVERAGED = 0.998
"""How much of the running average of the weights stays at a step; the average is what is kept."""
AUGMENTED = {"GMB": 0.3, "WNUT17": 1.0, "Re-DocRED": 1.0}
"""Share of each corpus that is learnt from a second time, rewritten."""
MENDED = ("GMB",)
LOOSE = {"NORP": "MISC"}
GAPS = 0.6
"""Share of samples with a gap behind them, as between two passages."""

Numbers = tuple[Any, ...]


def main() -> None:
    """Read, learn, tell, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    training = [encode(sample) for sample in _samples(options.data, rng)]
    development = {
        name: [encode(sample) for sample in corpora.read(options.data, {name: corpus})]
        for name, corpus in corpora.DEVELOPMENT.items()
    }
    every = [encoded for part in development.values() for encoded in part]
    vocabulary = Vocabulary(training, every, Vectors(FOLDER / "vectors.npz"))
    tagger = learnt(training, vocabulary, options.epochs, rng, development)
    highest = _highest(tagger, [vocabulary.numbers(encoded) for encoded in training[:4000]])
    arrays: dict[str, Any] = stored(tagger, vocabulary, highest)
    np.savez_compressed(options.out / "tagger.npz", **arrays)
    facts = {"seed": options.seed, "epochs": options.epochs, "sha256": corpora.hashes(options.data)}
    (options.out / "training.json").write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


def _samples(folder: Path, rng: random.Random) -> list[corpora.Sample]:
    """The training samples, mended, and more made of them."""
    read = corpora.read(folder, corpora.TRAINING)
    found = [mended(sample) if sample.corpus in MENDED else sample for sample in read]
    names = Names(found, rng)
    for name, share in AUGMENTED.items():
        found += list(augmented([sample for sample in found if sample.corpus == name], names, share))
    return found


def learnt(
    training: Sequence[Encoded],
    vocabulary: Vocabulary,
    epochs: int,
    rng: random.Random,
    development: dict[str, list[Encoded]],
) -> Tagger:
    """The network after so many epochs, its weights averaged over the last steps."""
    tagger = Tagger(vocabulary)
    average = copy.deepcopy(tagger).eval()
    optimizer = torch.optim.AdamW(tagger.parameters(), lr=RATE, weight_decay=DECAY)
    numbers = [vocabulary.numbers(encoded) for encoded in training]
    steps = epochs * sum(1 for _ in batches(numbers, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    for epoch in range(epochs):
        tagger.train()
        for words, rules, flags, labels in track(batches(numbers, rng), f"epoch {epoch + 1}", total=steps // epochs):
            loss = tagger.loss(tagger(words, rules, flags), labels)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            _average(average, tagger)
        if epoch + 1 not in (epochs // 2, epochs):
            continue
        scores = {name: f"{f1(average, vocabulary, part):.4f}" for name, part in development.items()}
        print(f"epoch {epoch + 1}", json.dumps(scores), flush=True)
    return average


def _rate(step: int, steps: int) -> float:
    """Up in a line, down in half a cosine."""
    return min(1.0, step / WARM) * max(0.02, 0.5 * (1 + float(np.cos(np.pi * min(1.0, step / steps)))))


def _average(average: Tagger, tagger: Tagger) -> None:
    with torch.no_grad():
        for kept, new in zip(average.state_dict().values(), tagger.state_dict().values(), strict=True):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, 1 - AVERAGED)
            else:
                kept.copy_(new)


def batches(numbers: Sequence[Numbers], rng: random.Random) -> Iterator[list[Tensor]]:
    """The samples one behind another in random order, cut to stretches of one length."""
    order = list(range(len(numbers)))
    rng.shuffle(order)
    gap = tuple(np.zeros(2, np.int64) for _ in range(4))
    parts = [part for index in order for part in ((numbers[index], gap) if rng.random() < GAPS else (numbers[index],))]
    joined = [torch.from_numpy(np.concatenate(column)) for column in zip(*parts, strict=True)]
    count = len(joined[0]) // LENGTH
    cut = [column[: count * LENGTH].view(count, LENGTH) for column in joined]
    rows = list(range(count))
    rng.shuffle(rows)
    for at in range(0, count, BATCH):
        yield [column[rows[at : at + BATCH]] for column in cut]


def scored(tagger: Tagger, numbers: Iterable[Numbers]) -> Iterator[np.ndarray[Any, Any]]:
    """Scores of each sample's words, in thousandths as the program has them."""
    with torch.no_grad():
        for words, rules, flags, _ in numbers:
            padded = [torch.from_numpy(np.pad(column, 2))[None] for column in (words, rules, flags)]
            yield np.rint(tagger(*padded)[0, 2:-2].double().numpy() * 1000).astype(np.int64)


def f1(tagger: Tagger, vocabulary: Vocabulary, part: Sequence[Encoded]) -> float:
    """Strict F1 of the network alone, over the types that the part has; NORP counts as MISC."""
    right = found = true = 0
    transitions = stored(tagger, vocabulary, [1.0] * (len(tagger.convolutions) + 1))["transitions"]
    golds = [_loose(spans(encoded.labels)) for encoded in part]
    types = {kind for gold in golds for _, _, kind in gold}
    numbers = [vocabulary.numbers(encoded) for encoded in part]
    for gold, scores in zip(golds, scored(tagger, numbers), strict=True):
        made = {span for span in _loose(spans(decode(scores, transitions))) if span[2] in types}
        right, found, true = right + len(gold & made), found + len(made), true + len(gold)
    return 2 * right / max(1, found + true)


def _loose(found: Iterable[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    return {(at, to, LOOSE.get(kind, kind)) for at, to, kind in found}


def _highest(tagger: Tagger, numbers: Sequence[Numbers]) -> list[float]:
    """The activation before each layer that one in two thousand goes over."""
    seen: dict[int, list[Tensor]] = {}
    layers = [*tagger.convolutions, tagger.out]
    hooks = [
        layer.register_forward_pre_hook(lambda _, given, at=at: seen.setdefault(at, []).append(given[0].flatten()[::7]))
        for at, layer in enumerate(layers)
    ]
    for _ in scored(tagger, numbers):
        pass
    for hook in hooks:
        hook.remove()
    return [float(np.quantile(torch.cat(seen[at]).numpy(), 0.9995)) for at in range(len(layers))]


if __name__ == "__main__":
    main()
