"""What the network's margins are worth: `python -m train.calibrate --data FOLDER`.

Of every second text of the development corpora the names are found as the program finds them; the share that is right
in span and type, as it rises with the margin (isotonic regression), becomes the confidence. On the other texts the
table is printed that docs/entities.md shows.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from broadsheet.extract.entities import names
from broadsheet.extract.entities.confidence import Table
from broadsheet.extract.entities.judge import coarse
from broadsheet.extract.entities.network import FOLDER
from broadsheet.records import Article, Passage
from train import corpora

CORPORA = ("CrossNER politics", "UNER-EWT")
"""Texts and conventions that nothing was learnt from."""
MARGIN_STEP = 250
"""Margins are told apart in steps of so much, in 1/1000 of a logarithm."""
LOOSE = {"NORP": "MISC"}
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


Pair = tuple[int | None, bool]


def judged(samples: Sequence[corpora.Sample]) -> Iterator[Pair]:
    """Margin of each name of a type that the corpus has, and whether the annotation has it too."""
    types: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        types[sample.corpus] |= {LOOSE.get(one.type, one.type) for one in sample.entities}
    for sample in samples:
        gold = {(one.start, one.end): LOOSE.get(one.type, one.type) for one in sample.entities}
        start = len(sample.text) - len(sample.text.lstrip())
        article = Article(sample.text, (Passage("paragraph", start, len(sample.text.rstrip())),))
        for span, draft in names(article):
            kind = LOOSE.get(coarse(draft.type), coarse(draft.type))
            if kind in types[sample.corpus]:
                yield draft.margin, gold.get((span.start, span.end)) == kind


def fitted(pairs: Sequence[Pair]) -> Table:
    """The table that the pairs come to."""
    from scipy.optimize import isotonic_regression

    margins = np.array([margin // MARGIN_STEP for margin, _ in pairs if margin is not None])
    right = np.array([ok for margin, ok in pairs if margin is not None], float)
    levels, places, counts = np.unique(margins, return_inverse=True, return_counts=True)
    shares = np.bincount(places, weights=right) / counts
    risen = np.round(isotonic_regression(shares, weights=counts).x, 2)
    rises = np.flatnonzero(np.diff(risen)) + 1
    rules = [ok for margin, ok in pairs if margin is None]
    return Table(
        tuple(int(step) for step in levels[rises] * MARGIN_STEP),
        tuple(float(share) for share in risen[[0, *rises]]),
        float(np.round(np.mean(rules) if rules else 0.5, 2)),
    )


def main() -> None:
    """Fit on one half, show on the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    halves: tuple[list[corpora.Sample], list[corpora.Sample]] = ([], [])
    for name in CORPORA:
        for index, sample in enumerate(corpora.read(options.data, {name: corpora.DEVELOPMENT[name]})):
            halves[index % 2].append(sample)
    found = fitted(list(judged(halves[0])))
    np.savez_compressed(FOLDER / "calibration.npz", **found._asdict())
    show(found, list(judged(halves[1])))


def show(found: Table, pairs: Sequence[Pair]) -> None:
    """Print how often names of each range of confidence are right."""
    said = np.array([found.of(margin) for margin, _ in pairs])
    right = np.array([ok for _, ok in pairs], float)
    places = np.digitize(said, BINS)
    for place in range(len(BINS) + 1):
        chosen = places == place
        if chosen.any():
            print(f"said {said[chosen].mean():.2f}  right {right[chosen].mean():.2f}  names {chosen.sum()}")


if __name__ == "__main__":
    main()
