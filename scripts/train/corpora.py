"""The annotated corpora: what is read of each, under which licence, and how its types become ours."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from broadsheet.extract.entities import lexicon
from broadsheet.extract.entities.judge import OWN

TYPES = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}


class Corpus(NamedTuple):
    """A corpus: its files, its licence, and whether it calls nationalities by the name of the country."""

    files: tuple[str, ...]
    licence: str
    nations: bool


TRAINING = {
    "GMB": Corpus(("gmb.train.jsonl",), "public domain", nations=True),
    "WNUT17": Corpus(("wnut17.train.jsonl",), "CC BY 4.0", nations=False),
    "Re-DocRED": Corpus(("redocred.dev.jsonl", "redocred.test.jsonl"), "MIT, texts CC BY-SA", nations=True),
}
DEVELOPMENT = {
    "GMB": Corpus(("gmb.dev.jsonl",), "public domain", nations=False),
    "CrossNER politics": Corpus(("crossner_politics.dev.jsonl",), "MIT, texts CC BY-SA", nations=False),
    "UNER-EWT": Corpus(("uner_ewt.dev.jsonl",), "CC BY-SA 4.0", nations=False),
    "WNUT17": Corpus(("wnut17.dev.jsonl",), "CC BY 4.0", nations=False),
}


class Entity(NamedTuple):
    """A name of a sample: half-open offsets in code points and one of the network's types."""

    start: int
    end: int
    type: str


class Sample(NamedTuple):
    """A text with its names in order, apart."""

    corpus: str
    text: str
    entities: tuple[Entity, ...]


def read(folder: Path, corpora: dict[str, Corpus]) -> Iterator[Sample]:
    """The samples of the corpora, in their order."""
    for name, corpus in corpora.items():
        for file in corpus.files:
            for line in (folder / file).read_text("utf-8").splitlines():
                yield _sample(name, corpus, json.loads(line))


def _sample(name: str, corpus: Corpus, record: dict[str, object]) -> Sample:
    text = str(record["text"])
    found: list[Entity] = []
    stated = record["entities"]
    assert isinstance(stated, list)
    for one in sorted(stated, key=lambda one: int(one["start"])):
        if not found or one["start"] >= found[-1].end:
            kind = _type(corpus, one, text[one["start"] : one["end"]])
            found.append(Entity(one["start"], one["end"], kind))
    return Sample(name, text, tuple(found))


def _type(corpus: Corpus, stated: dict[str, str], surface: str) -> str:
    """The network's type; a people is NORP where the corpus has the country's type or none for it."""
    kind = TYPES.get(stated["type"], "MISC")
    people = lexicon.type_of(surface) == "NORP"
    if corpus.nations and kind in ("LOC", "MISC") and (people or (kind == "MISC" and stated.get("orig") == "gpe")):
        return "NORP"
    assert kind in OWN
    return kind


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that is read, by its name."""
    files = sorted({file for corpora in (TRAINING, DEVELOPMENT) for c in corpora.values() for file in c.files})
    return {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in files}
