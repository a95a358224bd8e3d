"""More samples from the ones there are: other names in their places, and now and then another case.

People get names from all parts of the world, since the corpora have few from South and West Asia or Africa.
"""

import random
import re
from collections.abc import Iterable, Iterator

from broadsheet.extract.entities import lexicon
from train.corpora import Entity, Sample

SHARE = 0.6
"""Of the names of a sample that is rewritten, those that are replaced."""
TITLED, SHOUTED = 0.05, 0.03
LONGEST_HEADING = 160
SMALL = frozenset(
    ("a", "an", "the", "of", "in", "on", "for", "to", "and", "at", "by", "as", "with", "from", "or", "but")
)
WORD = re.compile(r"\b[a-z]+\b")


class Names:
    """Names to put in, by type."""

    def __init__(self, samples: Iterable[Sample], rng: random.Random) -> None:
        self.rng = rng
        found: dict[str, set[str]] = {"PERSON": set(), "ORG": set(), "LOC": set()}
        for sample in samples:
            for entity in sample.entities:
                if entity.type in found:
                    found[entity.type].add(sample.text[entity.start : entity.end])
        self.found = {kind: sorted(names) for kind, names in found.items()}
        listed = lexicon.names().items()
        self.listed = {
            "ORG": sorted(name for name, entry in listed if entry.type == "ORG"),
            "LOC": sorted(name for name, entry in listed if entry.type == "GPE"),
        }
        sure, ambiguous = lexicon.given_names()
        self.given = sorted(sure) + sorted(ambiguous)
        self.surnames = sorted(lexicon.surnames())

    def another(self, kind: str) -> str:
        """A name of the type, at random."""
        if kind == "PERSON" and self.rng.random() < SHARE:
            return self.person()
        share = {"ORG": 0.2, "LOC": 0.35}.get(kind, 0.0)
        return self.rng.choice(self.listed[kind] if self.rng.random() < share else self.found[kind])

    def person(self) -> str:
        """A person's name in one of many patterns, weighted by how news uses them."""
        (pattern,) = self.rng.choices([p for p, _ in PATTERNS], [weight for _, weight in PATTERNS])
        return re.sub(r"\b[GSI]\b", lambda match: self._part(match[0]), pattern)

    def _part(self, part: str) -> str:
        if part == "I":
            return self.rng.choice("ABCDEFGHIJKLMNPRSTVWY")
        return self.rng.choice(self.given if part == "G" else self.surnames)


PATTERNS = (
    *(("G S", 45), ("S", 10), ("G G S", 5), ("G I. S", 4), ("I. I. S", 3), ("G-G S", 3), ("G S-S", 4), ("G G", 3)),
    *(("G al-S", 4), ("G Al-S", 2), ("G el-S", 1), ("G al S", 1), ("Abu G", 3), ("Umm G", 2)),
    *(("G bin G", 2), ("G ibn G", 1), ("G bint G", 1), ("G ould G", 1)),
    *(("G de S", 1), ("G da S", 1), ("G di S", 1), ("G de la S", 1)),
    *(("G van S", 1), ("G von S", 1), ("G van der S", 1)),
)
"""G for a given name, S for a surname, I for an initial; with weights."""


def augmented(samples: Iterable[Sample], names: Names, share: float) -> Iterator[Sample]:
    """Of the samples that have names a share, rewritten."""
    for sample in samples:
        if sample.entities and names.rng.random() < share:
            yield _recased(_renamed(sample, names), names.rng)


def _renamed(sample: Sample, names: Names) -> Sample:
    text, last, entities = "", 0, []
    for entity in sample.entities:
        text += sample.text[last : entity.start]
        name = sample.text[entity.start : entity.end]
        if entity.type in names.found and names.rng.random() < SHARE:
            name = names.another(entity.type)
        entities.append(Entity(len(text), len(text) + len(name), entity.type))
        text += name
        last = entity.end
    return sample._replace(text=text + sample.text[last:], entities=tuple(entities))


def _recased(sample: Sample, rng: random.Random) -> Sample:
    """Rarely as a headline in title case or in capitals; offsets stay."""
    draw = rng.random()
    if len(sample.text) > LONGEST_HEADING or draw > TITLED + SHOUTED:
        return sample
    if draw < TITLED:
        text = WORD.sub(lambda m: m[0] if m[0] in SMALL else m[0].capitalize(), sample.text)
    else:
        text = sample.text.upper()
    return sample._replace(text=text) if len(text) == len(sample.text) else sample
