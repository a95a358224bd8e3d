"""How likely a name is right in span and type, read off a table that was measured on annotated texts."""

from bisect import bisect_right
from functools import cache

import numpy as np

from broadsheet.extract.entities.network import FOLDER


@cache
def table() -> tuple[tuple[int, ...], tuple[float, ...], float]:
    """Margins at which the confidence rises, the confidences below and above each, and that of a rule alone."""
    with np.load(FOLDER / "calibration.npz") as stored:
        steps = tuple(int(step) for step in stored["steps"])
        return steps, tuple(round(float(share), 4) for share in stored["shares"]), round(float(stored["rule"]), 4)


def confidence(margin: int | None) -> float:
    """The share of names with such a margin that were right; of those by a rule alone where there is none."""
    steps, shares, rule = table()
    return rule if margin is None else shares[bisect_right(steps, margin)]
