"""How likely a name is right in span and type, read off a table that was measured on annotated texts."""

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

import numpy as np

from broadsheet.extract.entities.network import FOLDER


class Table(NamedTuple):
    """Margins at which the confidence rises, the confidences below and above each, and that of a rule alone."""

    steps: tuple[int, ...]
    shares: tuple[float, ...]
    rule: float

    def of(self, margin: int | None) -> float:
        """The share of names with such a margin that were right; of those by a rule alone where there is none.

        >>> Table((500,), (0.4, 0.9), 0.7).of(500), Table((500,), (0.4, 0.9), 0.7).of(None)
        (0.9, 0.7)
        """
        return self.rule if margin is None else self.shares[bisect_right(self.steps, margin)]


@cache
def table() -> Table:
    """The table that is shipped."""
    with np.load(FOLDER / "calibration.npz") as stored:
        steps = tuple(int(step) for step in stored["steps"])
        return Table(
            steps, tuple(round(float(share), 4) for share in stored["shares"]), round(float(stored["rule"]), 4)
        )


def confidence(margin: int | None) -> float:
    """How likely a name with such a margin is right, by the table that is shipped."""
    return table().of(margin)
