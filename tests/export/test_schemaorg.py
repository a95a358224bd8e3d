"""Claims of schema.org, against its own vocabulary."""

import datetime as dt
import json

import pytest
from pyld import jsonld
from tests.export.packages import ARTICLE, CLAIM
from tests.export.vocabularies import SCHEMA_NS, faults, load_context

import broadsheet
from broadsheet.export.about import about
from broadsheet.export.claims import claims_of
from broadsheet.export.documents import Options, write_claims
from broadsheet.export.schemaorg import claim_node

PEOPLE = {
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "contributors": [
        {"title": "Bo Lind", "givenName": "Bo", "familyName": "Lind", "roles": ["creator"], "email": "bo@example.org"},
        {"title": "The Desk", "path": "https://example.org/desk", "roles": ["publisher"]},
    ],
}


def nodes(dataset, base="https://example.org/v/"):
    described = about(dataset.descriptor, base)
    return [claim_node(claim, described) for claim in claims_of(dataset)]


def test_a_claim_says_who_said_what_where_and_when(dataset):
    (node,) = nodes(dataset(descriptor=PEOPLE))
    assert node == {
        "@type": "Claim",
        "@id": f"https://example.org/v/claims/{CLAIM}",
        "identifier": CLAIM,
        "text": "The bridge 🌉 is shut […] and the ferry too",
        "inLanguage": "en",
        "author": {
            "@type": "Person",
            "@id": "https://example.org/v/entities/e-ana-rey",
            "name": "Ana Rey",
            "sameAs": "http://www.wikidata.org/entity/Q42",
        },
        "creditText": "Ana Rey",
        "datePublished": "2021-08-30",
        "appearance": {
            "@type": "NewsArticle",
            "@id": "https://example.org/bridge",
            "identifier": ARTICLE,
            "url": "https://example.org/bridge",
            "headline": "Bridge shut",
            "datePublished": "2021-08-31",
            "publisher": {"@type": "Organization", "name": "The Valley Courier"},
            "inLanguage": "en",
            "license": "https://example.org/terms",
        },
        "temporalCoverage": "2021-08-29/2021-08-30",
        "contentLocation": {
            "@type": "Place",
            "@id": "https://example.org/v/entities/e-kabul",
            "name": "Kabul",
            "sameAs": "https://sws.geonames.org/1138958/",
            "geo": {"@type": "GeoCoordinates", "latitude": 34.5281, "longitude": 69.1723},
        },
        "mentions": {
            "@type": "Place",
            "@id": "https://example.org/v/entities/e-kabul",
            "name": "Kabul",
            "sameAs": "https://sws.geonames.org/1138958/",
        },
        "keywords": ["direct", "asserted"],
        "isPartOf": {
            "@type": "Dataset",
            "@id": "https://example.org/v/datasets/valley",
            "name": "Valley news",
            "version": "1.0.0",
        },
        "sdPublisher": {"@type": "Organization", "name": "The Desk", "url": "https://example.org/desk"},
        "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
    }


def speaker(kind):
    return lambda rows: rows["entities"][0].update(type=kind)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("PERSON", "Person"), ("ORG", "Organization"), ("NORP", "Organization"), ("MISC", "Organization")],
)
def test_whoever_speaks_is_a_person_or_a_body(dataset, kind, expected):
    (node,) = nodes(dataset(speaker(kind)))
    assert (node["author"]["@type"], faults(node)) == (expected, [])


@pytest.mark.parametrize("kind", ["GPE", "LOC", "FAC"])
def test_a_place_that_speaks_is_a_body_that_is_there(dataset, kind):
    (node,) = nodes(dataset(speaker(kind)))
    assert node["author"] == {
        "@type": "Organization",
        "name": "Ana Rey",
        "location": {
            "@type": "Place",
            "@id": "https://example.org/v/entities/e-ana-rey",
            "name": "Ana Rey",
            "sameAs": "http://www.wikidata.org/entity/Q42",
        },
    }
    assert faults(node) == []


@pytest.mark.parametrize("kind", ["WORK_OF_ART", "LAW", "PRODUCT"])
def test_a_work_that_is_quoted_is_no_author(dataset, kind):
    (node,) = nodes(dataset(speaker(kind)))
    assert ("author" in node, node["isBasedOn"]["name"], faults(node)) == (False, "Ana Rey", [])


OUTLET = {"kind": "statement", "source_form": "outlet", "source_entity_id": None, "source_text": None}
UNKNOWN = {"source_form": "nominal", "source_entity_id": None, "source_name": None, "source_text": "a guard"}


def claim_is(**columns):
    return lambda rows: rows["claims"][0].update(columns)


def test_the_outlet_is_the_author_of_its_own_statements_and_says_them_when_it_prints_them(dataset):
    (node,) = nodes(dataset(claim_is(**OUTLET, said_date_id=None)))
    assert node["author"] == {"@type": "Organization", "name": "The Valley Courier"}
    assert node["datePublished"] == "2021-08-31"


def test_a_speaker_whom_nobody_knows_is_credited_by_the_articles_words(dataset):
    (node,) = nodes(dataset(claim_is(**UNKNOWN, said_date_id=None)))
    assert ("author" in node, "datePublished" in node, node["creditText"]) == (False, False, "a guard")


def test_what_was_said_on_one_of_several_days_has_no_date(dataset):
    (node,) = nodes(dataset(lambda rows: rows["dates"][0].update(earliest=dt.date(2021, 8, 1))))
    assert "datePublished" not in node


def test_a_negated_claim_says_so(dataset):
    (node,) = nodes(dataset(claim_is(negated=True)))
    assert node["keywords"] == ["direct", "asserted", "negated"]


@pytest.mark.parametrize(
    ("column", "value"), [("wikidata_id", "Q42/../Q1"), ("latitude", float("nan")), ("longitude", float("inf"))]
)
def test_what_cannot_be_is_left_out(dataset, column, value):
    def change(rows):
        rows["entities"][1].update(geonames_id=None, **{column: value})

    (node,) = nodes(dataset(change))
    assert "sameAs" not in node["contentLocation"]
    assert ("geo" in node["contentLocation"]) == (column == "wikidata_id")


@pytest.mark.parametrize("package", ["sample_package", "withheld"])
def test_schema_org_knows_every_class_property_and_value_of_the_sample_dataset(package, request):
    found = nodes(broadsheet.load(request.getfixturevalue(package), engine="pyarrow"), None)
    assert found
    assert [fault for node in found for fault in faults(node)] == []


def test_a_claim_can_be_reviewed(dataset):
    (node,) = nodes(dataset(descriptor=PEOPLE))
    rating = {"@type": "Rating", "ratingValue": 1.0, "alternateName": "False"}
    author = {"@type": "Organization", "name": "The Desk"}
    review = {"@type": "ClaimReview", "claimReviewed": "The bridge is shut", "itemReviewed": node}
    assert faults({**review, "reviewRating": rating, "author": author}) == []


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Claimm"}, "no class Claimm"),
        ({"@type": "Claim", "claimReviewed": "x"}, "Claim has no claimReviewed"),
        ({"@type": "Claim", "kind": "direct"}, "Claim has no kind"),
        ({"@type": "Claim", "author": {"@type": "Place", "name": "x"}}, "author is no Place"),
        ({"@type": "Claim", "author": "Ana Rey"}, "author is no str"),
        ({"@type": "Claim", "appearance": {"@type": "NewsArticle", "latitude": 1.0}}, "NewsArticle has no latitude"),
    ],
)
def test_the_vocabulary_of_these_tests_finds(node, fault):
    assert fault in faults(node)


def test_a_document_is_a_graph_of_which_a_json_ld_processor_drops_nothing(dataset, tmp_path):
    write_claims(dataset(descriptor=PEOPLE), tmp_path / "out", Options("schemaorg"))
    dropped = []
    found = json.loads((tmp_path / "out").read_text("utf-8"))
    (read,) = jsonld.expand(found, {"documentLoader": load_context}, on_property_dropped=dropped.append)
    assert (dropped, found["@context"]) == ([], "https://schema.org")
    assert read["@type"] == [f"{SCHEMA_NS}Claim"]
    assert len(read) == len(found["@graph"][0])
