"""The rules by id, each with an example, and how often each was right on the data it was measured on."""

from functools import cache
from importlib import resources

RULES = {
    "according-first": "According to the mayor, [the bridge is closed].",
    "according-last": "[The bridge is closed], according to the mayor.",
    "accuse-of": "She accused [the mayor of neglect].",
    "call-on": "She called on [the mayor to resign].",
    "as-worded": "As the mayor put it, [the bridge is closed].",
    "asked": "Asked [whether the bridge was closed], she nodded.",
    "called": "She called [the plan “a disaster”].",
    "clause-source-verb": "[The bridge is closed], the mayor said.",
    "clause-split": "[The bridge], the mayor said, [is closed].",
    "clause-verb-source": "[The bridge is closed], said the mayor.",
    "colon": "The mayor was brief: “[The bridge is closed.]”",
    "document-shows": "The survey shows [a majority against the bridge].",
    "headline": "Mayor: [Bridge to close]",
    "noun-clause": "Her claim [that the bridge was closed] was false.",
    "point-out": "She pointed out [that the bridge was closed].",
    "quote-dash-name": "“[The bridge is closed.]” — Ann Lee",
    "quote-source-other": "“[The bridge is closed],” the mayor bellowed.",
    "quote-source-verb": "“[The bridge is closed],” the mayor said.",
    "quote-verb-source": "“[The bridge is closed],” said the mayor.",
    "statement-event": "[The army captured the bridge on Monday].",
    "statement-figure": "[Some 300 people live beside the bridge].",
    "told-clause": "She told reporters [the bridge was closed].",
    "told-to": "She told [them to leave].",
    "transcript": "LEE: [The bridge is closed.] [It will open on Monday.]",
    "verb-about": "She warned of [a flood].",
    "verb-clause": "She said [the bridge was closed].",
    "verb-colon": "She said:\n\n“[The bridge is closed.]”",
    "verb-object": "She announced [the closure of the bridge].",
    "verb-quote": "She said, “[The bridge is closed.]”",
    "verb-source-quote": "Said the mayor: “[The bridge is closed.]”",
    "verb-that": "She said [that the bridge was closed].",
    "verb-to": "She promised [to close the bridge].",
}


@cache
def _measured() -> dict[str, float]:
    """Precision by rule, as `calibrate` wrote it."""
    file = resources.files(__package__) / "confidence.tsv"
    if not file.is_file():
        return {}
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[1:]]
    return {rule: float(precision) for rule, precision, _ in rows}


def confidence(rule: str) -> float | None:
    """How often a rule was right where it was measured; None where it was not measured.

    >>> confidence("no-such-rule") is None
    True
    """
    return _measured().get(rule)
