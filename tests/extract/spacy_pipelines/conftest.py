"""Pipelines that are made here, since none can be downloaded: one of patterns, one that was trained for a moment."""

from pathlib import Path

import pytest

PATTERNS = [
    ("ORG", "the National Trust"),
    ("ORG", "NRF"),
    ("GPE", "Oslo's"),
    ("GPE", "Kabul"),
    ("PER", "Ada Obi"),
    ("NORP", "Afghan"),
    ("NORP", "Afghans"),
    ("DATE", "Tuesday"),
    ("CARDINAL", "twelve"),
    ("GENE", "BRCA2"),
]


def saved(pipeline, folder: Path, name: str = "tiny", version: str = "1.2.3") -> Path:
    pipeline.meta.update(name=name, version=version)
    pipeline.to_disk(folder)
    return folder


def of_patterns(patterns=PATTERNS):
    import spacy

    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": pattern} for label, pattern in patterns])
    return pipeline


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Path:
    """The folder of a pipeline with an entity ruler; tests must not change it."""
    return saved(of_patterns(), tmp_path_factory.mktemp("pipelines") / "tiny")


@pytest.fixture(scope="session")
def trained(tmp_path_factory) -> Path:
    """The folder of a pipeline whose `ner` learnt by heart that Ada Obi is a person and Oslo a place."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(0)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("ner")
    stated = {"entities": [(0, 7, "PERSON"), (13, 17, "GPE")]}
    examples = [Example.from_dict(pipeline.make_doc("Ada Obi left Oslo."), stated)]
    optimizer = pipeline.initialize(lambda: examples)
    for _ in range(20):
        pipeline.update(examples, sgd=optimizer)
    return saved(pipeline, tmp_path_factory.mktemp("pipelines") / "trained", "trained", "0.0.1")
