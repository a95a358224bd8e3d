"""What the network learns from: read, mended, rewritten, with every name still at its place."""

import json
import random

import pytest

from broadsheet.extract.entities.judge import OWN, spans
from broadsheet.extract.entities.network import network
from train.augment import Names, augmented
from train.corpora import TRAINING, Corpus, Entity, Sample, read
from train.encode import RULES, encode
from train.mending import mended


def sample(text: str, *names: tuple[str, str]) -> Sample:
    found, after = [], 0
    for surface, kind in names:
        at = text.index(surface, after)
        found.append(Entity(at, at + len(surface), kind))
        after = at + len(surface)
    return Sample("GMB", text, tuple(found))


def named(one: Sample) -> list[tuple[str, str]]:
    return [(one.text[entity.start : entity.end], entity.type) for entity in one.entities]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (
            "Then General Ana Rey left.",
            [("General Ana Rey", "ORG")],
            [("Ana Rey", "PERSON")],
        ),
        (
            "Then U.N. Secretary-General Kofi Annan left.",
            [("U.N. Secretary-General Kofi Annan", "ORG")],
            [("U.N.", "ORG"), ("Kofi Annan", "PERSON")],
        ),
        (
            "He joined Kenya's Interior Ministry.",
            [("Kenya's Interior Ministry", "ORG")],
            [("Kenya", "LOC"), ("Interior Ministry", "ORG")],
        ),
        (
            "He joined the Bank of Japan.",
            [("Bank of Japan", "ORG")],
            [("Bank of Japan", "ORG")],
        ),
    ],
)
def test_organisations_that_swallowed_other_names_are_taken_apart(text, before, after):
    assert named(mended(sample(text, *before))) == after


def test_rewritten_samples_have_their_names_where_they_say():
    given = [
        sample("Ana Rey of Tarnex Oil flew to Kabul.", ("Ana Rey", "PERSON"), ("Tarnex Oil", "ORG"), ("Kabul", "LOC")),
        sample("A French ship left Oslo.", ("French", "NORP"), ("Oslo", "LOC")),
    ] * 100
    for one in augmented(given, Names(given, random.Random(5)), 1.0):
        kinds = [entity.type for entity in one.entities]
        assert kinds in (["PERSON", "ORG", "LOC"], ["NORP", "LOC"])
        assert all(one.text[e.start : e.end].strip() == one.text[e.start : e.end] != "" for e in one.entities)
        frame = one.text
        for entity in reversed(one.entities):
            frame = frame[: entity.start] + "_" + frame[entity.end :]
        assert frame.lower() in ("_ of _ flew to _.", "a _ ship left _.")


def test_the_same_seed_rewrites_the_same_way():
    given = [sample("Ana Rey flew to Kabul.", ("Ana Rey", "PERSON"), ("Kabul", "LOC"))] * 20
    first, second = (list(augmented(given, Names(given, random.Random(3)), 1.0)) for _ in range(2))
    assert first == second


def test_labels_are_those_of_the_names_word_by_word():
    found = encode(sample("In Kabul, Ana Rey spoke.", ("Kabul", "LOC"), ("Ana Rey", "PERSON")))
    assert found.words == ["In", "Kabul", ",", "Ana", "Rey", "spoke", "."]
    assert list(spans(found.labels)) == [(1, 2, "LOC"), (3, 5, "PERSON")]


def test_peoples_are_norp_where_a_corpus_files_them_under_countries(tmp_path):
    line = {"id": "1", "text": "French ships", "entities": [{"start": 0, "end": 6, "type": "LOC"}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(line) + "\n")
    (strict,) = read(tmp_path, {"a": Corpus(("a.jsonl",), "public domain", nations=True)})
    (loose,) = read(tmp_path, {"a": Corpus(("a.jsonl",), "public domain", nations=False)})
    assert (named(strict), named(loose)) == ([("French", "NORP")], [("French", "LOC")])


def test_only_corpora_whose_licence_lets_a_model_ship_are_learnt_from():
    assert {corpus.licence for corpus in TRAINING.values()} <= {"public domain", "CC BY 4.0", "MIT, texts CC BY-SA"}


def test_the_shipped_network_takes_the_inputs_that_samples_are_turned_into():
    assert network().context.shape[:2] == (RULES, 8)
    assert network().last.weights.shape[1] == 1 + 2 * len(OWN)
