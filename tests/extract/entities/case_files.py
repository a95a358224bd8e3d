"""The hand-made cases of cases/*.jsonl: mini articles with every name that careful annotators would mark in them.

One case a line: `id`, `text`, `entities`, each [surface, type] or [surface, type, skip] in the order of the text. A
surface stands at its next occurrence after the entity before it, or after `skip` more of them; a list holds all spans
that are right, each at its own next occurrence. Types that are both right are joined: `ORG|GPE`. A span has neither
title nor determiner nor possessive, the longest name wins, and a type word belongs to it ("Kunda Valley").

What an extractor makes of them:

    python -m tests.extract.entities.case_files [rules] [--misses]
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from broadsheet import plugins
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found, Mention, Span

FOLDER = Path(__file__).with_name("cases")
Extract = Callable[[Article, Found], Sequence[Mention]]


class Entity(NamedTuple):
    """A name of a case: the spans and the types that are right."""

    spans: tuple[Span, ...]
    types: tuple[str, ...]


class Case(NamedTuple):
    """A case; `file` is the stem of its file's name."""

    file: str
    id: str
    text: str
    entities: tuple[Entity, ...]

    def article(self) -> Article:
        """The case as an article, parted into passages as the plain text reader does."""
        return Article(self.text, split_passages(self.text))


def read() -> list[Case]:
    """All cases, in the order of the files' names."""
    return [case for path in sorted(FOLDER.glob("*.jsonl")) for case in _read(path)]


def _read(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        assert found.keys() == {"id", "text", "entities"}, f"{path.name}: {line}"
        yield Case(path.stem, found["id"], found["text"], tuple(entities(found["text"], found["entities"])))


def entities(text: str, stated: Iterable[Sequence[Any]]) -> Iterator[Entity]:
    """The names with their places; `AssertionError` where one is not in the text, or not after the one before.

    >>> list(entities("Iran said Iranian oil", [["Iran", "GPE"], ["Iranian", "NORP"]]))[1].spans
    (Span(start=10, end=17),)
    """
    after = 0
    for surface, types, *skip in stated:
        surfaces = [surface] if isinstance(surface, str) else surface
        spans = tuple(_place(text, one, after, *skip) for one in surfaces)
        yield Entity(spans, tuple(types.split("|")))
        after = max(span.end for span in spans)


def _place(text: str, surface: str, after: int, skip: int = 0) -> Span:
    places = [Span(*match.span()) for match in re.compile(re.escape(surface)).finditer(text, after)]
    assert len(places) > skip, f"{surface!r} is not in {text[after:]!r} {skip + 1} times"
    return places[skip]


def differences(case: Case, mentions: Sequence[Mention]) -> list[str]:
    """What is missing, of another type or too much in the mentions that were found."""
    left, said = {mention.span: mention.type for mention in mentions}, []
    for entity in case.entities:
        span = next((one for one in entity.spans if one in left), None)
        surface = case.text[slice(*entity.spans[0])]
        if span is None:
            said.append(f"missing: {'|'.join(entity.types)} {surface!r}")
        elif (found := left.pop(span)) not in entity.types:
            said.append(f"{surface!r}: {found}, expected {'|'.join(entity.types)}")
    return said + [f"too much: {kind} {case.text[slice(*span)]!r}" for span, kind in left.items()]


def score(extract: Extract, cases: Iterable[Case] = ()) -> dict[str, Counter[str]]:
    """Counts by file of the cases (by default all of them).

    `cases`, `whole` (cases with nothing to say against), `gold`, `found`, `span` (found at a right span), `right`
    (and of a right type).
    """
    counts: dict[str, Counter[str]] = {}
    for case in cases or read():
        mentions = extract(case.article(), Found())
        counts.setdefault(case.file, Counter()).update(_counted(case, mentions))
    return counts


def _counted(case: Case, mentions: Sequence[Mention]) -> dict[str, int]:
    said = differences(case, mentions)
    missing = sum(one.startswith("missing: ") for one in said)
    too_much = sum(one.startswith("too much: ") for one in said)
    gold = len(case.entities)
    right = gold - (len(said) - too_much)
    whole = int(not said)
    return {"cases": 1, "whole": whole, "gold": gold, "found": len(mentions), "span": gold - missing, "right": right}


def misses(extract: Extract, cases: Iterable[Case] = ()) -> Iterator[str]:
    """One line for every difference: the case's id, what is wrong, and the text."""
    for case in cases or read():
        for said in differences(case, extract(case.article(), Found())):
            yield f"{case.id}: {said}  in: {case.text!r}"


def f1(counts: Counter[str], hits: str = "right") -> float:
    """F1 of precision and recall; 1 where there was nothing to find and nothing was found.

    >>> f1(Counter(gold=3, found=1, right=1))
    0.5
    """
    every = counts["gold"] + counts["found"]
    return 2 * counts[hits] / every if every else 1.0


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.extract.entities.case_files", description="Score the cases.")
    parser.add_argument("extractor", nargs="?", default="rules", help="name of an extractor of mentions")
    parser.add_argument("--misses", action="store_true", help="list every difference first")
    options = parser.parse_args()
    extract = plugins.extractor("mentions", options.extractor)
    for line in misses(extract) if options.misses else ():
        print(line)
    scores = score(extract)
    for file, counts in [*scores.items(), ("all", sum(scores.values(), Counter()))]:
        whole = f"{counts['whole']:4} of {counts['cases']:3} whole"
        print(f"{file:40}{whole}  span {f1(counts, 'span'):.3f}  span and type {f1(counts):.3f}")


if __name__ == "__main__":
    main()
