"""A name that may be a mention, before the rest of the article has settled what it is."""

from typing import NamedTuple

SURE, WEAK, OPEN = 2, 1, 0
"""How well a draft stands: by a list or head word; by default; only with support elsewhere in the article."""

NOTHING = "-"
"""Type of listed words that are no name: Prime Minister, New Year."""


class Draft(NamedTuple):
    """A range of tokens with the type and form that it has as a name, and how well that stands.

    `margin` is how far the network holds it above anything else, in 1/1000 of a logarithm; None where a rule alone
    speaks for it.
    """

    at: int
    to: int
    type: str
    form: str = "name"
    grade: int = SURE
    margin: int | None = None
