import pytest
from tests.extract.spacy_pipelines.conftest import of_patterns, saved

from broadsheet.errors import PluginError
from broadsheet.extract.spacy_pipelines import factory
from broadsheet.extract.spacy_pipelines.mentions import finder, form_of, pieces, trimmed, type_of
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found, Passage, Span

ONTONOTES_NAMES = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE")


def mentions(folder, text):
    return factory(str(folder))(Article(text, split_passages(text)), Found())


def found(folder, text):
    return [(text[m.start : m.end], m.type, m.form) for m in mentions(folder, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Obi left.", [("Ada Obi", "PERSON", "name")]),
        ("They left Oslo's port.", [("Oslo", "GPE", "name")]),
        ("He gave it to the National Trust.", [("National Trust", "ORG", "name")]),
        ("The NRF denied it.", [("NRF", "ORG", "acronym")]),
        ("Afghan elders met Afghans.", [("Afghan", "NORP", "adjectival"), ("Afghans", "NORP", "name")]),
        ("On Tuesday twelve left Kabul.", [("Kabul", "GPE", "name")]),
        ("A test for BRCA2 came.", [("BRCA2", "MISC", "acronym")]),
        ("It rained.", []),
    ],
)
def test_marked_names_become_mentions_with_types_of_the_design(tiny, text, expected):
    assert found(tiny, text) == expected


def test_a_trained_pipeline_finds_what_it_learnt(trained):
    (person, place) = mentions(trained, "Ada Obi left Oslo.")
    assert (person.start, person.end, person.type) == (0, 7, "PERSON")
    assert (place.start, place.end, place.type) == (13, 17, "GPE")
    assert (person.extractor, person.confidence) == ("spacy:en_trained@0.0.1", None)


def test_spans_count_characters_of_the_article_and_not_of_the_passage(tiny):
    text = "🌊 Floods near Kabul\n\n🌊 The water reached Kabul on Tuesday."
    assert [(m.start, m.end) for m in mentions(tiny, text)] == [(14, 19), (41, 46)]


def test_no_mention_crosses_a_passage(tmp_path):
    folder = saved(of_patterns([("GPE", "New\n\nYork"), ("GPE", "York")]), tmp_path / "across")
    assert found(folder, "This is New\n\nYork is old.") == [("York", "GPE", "name")]


def test_all_passages_of_an_article_go_through_the_pipeline_as_one_batch():
    class Counting:
        calls = 0

        def pipe(self, texts):
            self.calls += 1
            assert list(texts) == ["One", "Two"]
            return map(of_patterns().make_doc, texts)

    pipeline = Counting()
    finder(pipeline, "x")(Article("One Two", (Passage("heading", 0, 3), Passage("paragraph", 4, 7))), Found())
    assert pipeline.calls == 1


@pytest.mark.parametrize(("stated", "expected"), [(0.5, 0.5), (1, 1.0), (None, None), (2.0, None), ("high", None)])
def test_a_confidence_that_the_pipeline_states_is_taken_where_it_is_one(stated, expected):
    from spacy.tokens import Span as Marked

    Marked.set_extension("confidence", default=stated)
    try:
        (mention,) = finder(of_patterns(), "x")(Article("Kabul", (Passage("heading", 0, 5),)), Found())
    finally:
        Marked.remove_extension("confidence")
    assert mention.confidence == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("the Taliban", "Taliban"),
        ("The\nTaliban", "Taliban"),
        ("Theresa May", "Theresa May"),
        ("Kabul’s", "Kabul"),
        ("KABUL'S", "KABUL"),
        ("Siemens'", "Siemens"),
        ("“The Salt Road”,", "Salt Road"),
        (" Oslo ", "Oslo"),
        ("the", None),
        ("the 's", None),
        ("“ ”", None),
    ],
)
def test_what_is_no_part_of_a_name_is_cut_off(surface, expected):
    text = f"ab {surface} cd"
    span = trimmed(text, Span(3, 3 + len(surface)))
    assert (span and text[slice(*span)]) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        *((label, label) for label in ONTONOTES_NAMES),
        *((label, None) for label in ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")),
        ("PER", "PERSON"),
        ("per", "PERSON"),
        ("MISC", "MISC"),
        ("WORK OF ART", "WORK_OF_ART"),
        ("DISEASE", "MISC"),
        ("", "MISC"),
    ],
)
def test_labels_are_mapped(label, expected):
    assert type_of(label) == expected


@pytest.mark.parametrize(
    ("surface", "kind", "form"),
    [("US", "GPE", "acronym"), ("U.S.", "GPE", "acronym"), ("JFK", "PERSON", "name"), ("Swiss", "NORP", "adjectival")],
)
def test_forms(surface, kind, form):
    assert form_of(surface, kind) == form


def test_a_very_long_passage_is_parted_at_white_space_and_nothing_is_lost():
    text = "x " + "word " * 50 + "y" * 40
    parts = [text[slice(*piece)] for piece in pieces(text, Span(2, len(text)), 30)]
    assert "".join(parts) == text[2:]
    assert max(map(len, parts)) <= 30
    assert all(part.endswith("word") for part in parts[:8])


def test_a_pipeline_that_marks_nothing_is_refused(tmp_path):
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    with pytest.raises(PluginError, match=r"en_tiny finds no names: it has sentencizer"):
        factory(str(saved(pipeline, tmp_path / "none")))


def test_a_span_ruler_that_sets_entities_is_none_of_these(tmp_path):
    import spacy

    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("span_ruler", config={"annotate_ents": True})
    ruler.add_patterns([{"label": "GPE", "pattern": "Kabul"}])
    assert found(saved(pipeline, tmp_path / "spans"), "In Kabul.") == [("Kabul", "GPE", "name")]
