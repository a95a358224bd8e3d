"""Annotations, against the W3C model as a JSON Schema, and read by a JSON-LD processor that knows its terms only."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from tests.export.packages import ARTICLE, CLAIM
from tests.export.vocabularies import ANNOTATION_TERMS, OA, SCHEMA_NS, load_context

import broadsheet
from broadsheet.export.about import about
from broadsheet.export.claims import Claim, claims_of
from broadsheet.export.documents import Options, write_claims
from broadsheet.export.webannotation import annotation, selectors

MODEL = jsonschema.Draft202012Validator(json.loads(Path(__file__).with_name("webannotation.schema.json").read_text()))


def annotations(dataset, width=32):
    described = about(dataset.descriptor)
    return [annotation(claim, described, width) for claim in claims_of(dataset)]


def document(dataset, tmp_path, **options):
    out = tmp_path / "out.json"
    write_claims(dataset, out, Options("webannotation", **options))
    return json.loads(out.read_text("utf-8"))


def listed(value):
    return value if isinstance(value, list) else [value]


def resources(node):
    """All places in an article that an annotation names: its targets, and the words of source and cue."""
    return [item for item in (*listed(node["target"]), *node["body"]) if item["type"] == "SpecificResource"]


def cut(text, selector):
    """The characters from start to end, counted in code points: four bytes each in UTF-32."""
    return text.encode("utf-32-le")[4 * selector["start"] : 4 * selector["end"]].decode("utf-32-le")


def test_every_part_of_the_content_is_a_target_with_its_place_and_words(dataset):
    (node,) = annotations(dataset(), width=5)
    first, second = (target["selector"] for target in node["target"])
    assert first == [
        {"type": "TextPositionSelector", "start": 12, "end": 32},
        {"type": "TextQuoteSelector", "exact": "The bridge 🌉 is shut", "prefix": 'll. "', "suffix": '," An'},
    ]
    assert second[1]["exact"] == "and the ferry too"
    assert {target["source"] for target in node["target"]} == {"https://example.org/bridge"}


def test_words_of_source_and_cue_are_bodies(dataset):
    (node,) = annotations(dataset())
    roles = {body["schema:propertyID"]: body for body in node["body"] if body["type"] == "SpecificResource"}
    assert {role: body["selector"][1]["exact"] for role, body in roles.items()} == {"source": "Ana Rey", "cue": "said"}


def test_the_classes_of_a_claim_are_bodies(dataset):
    (node,) = annotations(dataset())
    found = {body["schema:propertyID"]: body["value"] for body in node["body"] if body["type"] == "TextualBody"}
    assert found == {
        "kind": "direct",
        "certainty": "asserted",
        "negated": "false",
        "source_form": "named",
        "cue_lemma": "say",
        "rule": "quote",
        "confidence": "0.52",
    }


def test_a_content_of_one_part_is_one_target(dataset):
    (node,) = annotations(dataset(lambda rows: rows["claim_spans"].pop()))
    assert isinstance(node["target"], dict)


def test_an_article_without_an_address_has_a_name_that_is_always_the_same(dataset):
    (node,) = annotations(dataset(lambda rows: rows["articles"][0].update(url=None)))
    assert {item["source"] for item in resources(node)} == {"urn:uuid:4093e12a-de3e-546b-bb55-80c50d4214e8"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://example.org/a b", "../x", "https://e.org/\x01", ""])
def test_what_is_no_address_is_no_source(dataset, url):
    (node,) = annotations(dataset(lambda rows: rows["articles"][0].update(url=url)))
    assert node["target"][0]["source"].startswith("urn:uuid:")
    MODEL.validate({"@context": "http://www.w3.org/ns/anno.jsonld", **node})


def test_the_state_names_the_text_that_positions_count_in(dataset):
    """The hash of `TEXT` by `printf … | openssl dgst -sha256 -binary | basenc --base64url`."""
    (node,) = annotations(dataset())
    expected = {"type": "TimeState", "cached": "ni:///sha-256;cbCGnAuM9_4VJdFYZ2szQinZAksJ0QdU0mUq3_Tnogc"}
    assert [item["state"] for item in resources(node)] == [expected] * 4


def test_withheld_words_leave_the_places(dataset):
    def withhold(rows):
        rows["articles"][0].update(text=None)
        for row in rows["claim_spans"]:
            row["surface"] = None
        rows["claims"][0].update(content=None, source_text=None)

    (node,) = annotations(dataset(withhold))
    assert [item["selector"] for item in listed(node["target"])] == [
        {"type": "TextPositionSelector", "start": 12, "end": 32},
        {"type": "TextPositionSelector", "start": 60, "end": 77},
    ]
    MODEL.validate({"@context": "http://www.w3.org/ns/anno.jsonld", **node})


def test_a_quotation_that_may_be_published_has_no_words_around_it(dataset):
    (node,) = annotations(dataset(lambda rows: rows["articles"][0].update(text=None)))
    assert node["target"][1]["selector"][1] == {"type": "TextQuoteSelector", "exact": "and the ferry too"}


@pytest.mark.parametrize("package", ["sample_package", "withheld"])
def test_the_sample_dataset_follows_the_model(package, request, tmp_path):
    loaded = broadsheet.load(request.getfixturevalue(package), engine="pyarrow")
    found = document(loaded, tmp_path)
    MODEL.validate(found)
    assert found["total"] == len(found["first"]["items"]) == len(loaded.claims)
    assert len({item["id"] for item in found["first"]["items"]}) == found["total"]


def test_lines_follow_the_model_each(dataset, tmp_path):
    write_claims(dataset(), tmp_path / "out", Options("webannotation", lines=True))
    (line,) = (tmp_path / "out").read_text("utf-8").splitlines()
    MODEL.validate(json.loads(line))


def test_no_claims_are_a_collection_without_a_page(dataset, tmp_path):
    found = document(dataset(lambda rows: rows.update(claims=[])), tmp_path)
    MODEL.validate(found)
    assert found["total"] == 0


BREACHES = {
    "no target": lambda node: node.pop("target"),
    "an id that is no IRI": lambda node: node.update(id="a1.0-9"),
    "a term of no vocabulary": lambda node: node.update(kind="direct"),
    "a motivation of one's own": lambda node: node.update(motivation="claiming"),
    "a body without a value": lambda node: node["body"][1].pop("value"),
    "a negative position": lambda node: node["target"][0]["selector"][0].update(start=-1),
    "a quotation of nothing": lambda node: node["target"][0]["selector"][1].pop("exact"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_the_schema_of_these_tests_finds(dataset, breach):
    (node,) = annotations(dataset())
    whole = {"@context": "http://www.w3.org/ns/anno.jsonld", **node}
    assert MODEL.is_valid(whole)
    BREACHES[breach](whole)
    assert not MODEL.is_valid(whole)


def expanded(node, dropped):
    return jsonld.expand(node, {"documentLoader": load_context}, on_property_dropped=dropped.append)


@pytest.mark.parametrize("package", ["sample_package", "withheld"])
def test_a_json_ld_processor_drops_no_property(package, request, tmp_path):
    found, dropped = document(broadsheet.load(request.getfixturevalue(package), engine="pyarrow"), tmp_path), []
    read = expanded(found, dropped)
    assert dropped == []
    compacted = jsonld.compact(read, {"@context": ANNOTATION_TERMS}, {"documentLoader": load_context})
    assert {**compacted, "@context": found["@context"]} == found


def test_the_processor_of_these_tests_drops_what_it_does_not_know(dataset):
    (node,), dropped = annotations(dataset()), []
    expanded({"@context": "http://www.w3.org/ns/anno.jsonld", **node, "kind": "direct"}, dropped)
    assert dropped == ["kind"]


def test_what_a_processor_reads_is_what_the_model_means(dataset, tmp_path):
    (node,) = annotations(dataset())
    (read,) = expanded({"@context": "http://www.w3.org/ns/anno.jsonld", **node}, [])
    claim = read[f"{OA}hasBody"][0]
    assert claim["@type"] == [f"{SCHEMA_NS}Claim"]
    assert claim[f"{SCHEMA_NS}author"][0][f"{SCHEMA_NS}sameAs"] == [{"@id": "http://www.wikidata.org/entity/Q42"}]
    assert read[f"{OA}motivatedBy"] == [{"@id": f"{OA}classifying"}]
    (start,) = read[f"{OA}hasTarget"][0][f"{OA}hasSelector"][0][f"{OA}start"]
    assert start == {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@value": 12}


def test_positions_of_the_sample_dataset_cut_the_words_out_of_the_texts(sample_package):
    loaded = broadsheet.load(sample_package, engine="pyarrow")
    texts = dict(zip(loaded.claims["claim_id"].to_pylist(), loaded.claims["article_id"].to_pylist(), strict=True))
    articles = dict(zip(loaded.articles["article_id"].to_pylist(), loaded.articles["text"].to_pylist(), strict=True))
    for node in annotations(loaded):
        text = articles[texts[node["body"][0]["schema:identifier"]]]
        for place, quote in (item["selector"] for item in resources(node)):
            assert cut(text, place) == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


@given(st.text(min_size=1), st.data())
def test_positions_are_code_points_whatever_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    width = data.draw(st.integers(0, len(text)))
    place, quote = selectors({"start_char": start, "end_char": end, "surface": None}, text, width)
    assert cut(text, place) == quote["exact"]
    assert text.startswith(quote["prefix"] + quote["exact"] + quote["suffix"], start - len(quote["prefix"]))
    assert len(quote["prefix"]) == min(width, start)
    assert len(quote["suffix"]) == min(width, len(text) - end)


def test_the_id_is_that_of_the_claim_and_stays():
    described = about({"name": "valley"}, "https://example.org/valley/")
    row = dict.fromkeys(("content", "source_name", "source_text", "source_form", "kind", "certainty", "negated"))
    row |= dict.fromkeys(("event_earliest", "event_latest", "cue_lemma", "event_lemma", "rule", "confidence"))
    article = dict.fromkeys(("url", "outlet", "title", "published", "license", "text", "text_sha256"))
    part = {"role": "content", "start_char": 0, "end_char": 4, "surface": None}
    claim = Claim({**row, "claim_id": CLAIM}, {**article, "article_id": ARTICLE, "language": "und"}, [part])
    assert annotation(claim, described, 0)["id"] == f"https://example.org/valley/annotations/{CLAIM}"
