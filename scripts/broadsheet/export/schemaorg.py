"""Claims as schema.org has them (https://schema.org/Claim), to be put into the `itemReviewed` of a ClaimReview.

Who said it is the `author`, the article the `appearance`. That the article is the first one to have it, nobody knows,
so there is no `firstAppearance`; when it was said is `datePublished`, as fact-checkers use it, and stands only where
it is known.
"""

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import Any

from broadsheet.export.about import About
from broadsheet.export.claims import Claim, Row
from broadsheet.export.iris import Iris, address

CONTEXT = "https://schema.org"

Node = dict[str, Any]

TYPES = {
    "PERSON": "Person", "ORG": "Organization", "FAC": "Place", "GPE": "Place", "LOC": "Place", "PRODUCT": "Product",
    "EVENT": "Event", "WORK_OF_ART": "CreativeWork", "LAW": "CreativeWork", "LANGUAGE": "Language",
}  # fmt: skip
"""schema.org's classes for the types of entities; for the others it has none but Thing."""

PLACES = ("FAC", "GPE", "LOC")
WORKS = ("WORK_OF_ART", "LAW", "PRODUCT")

MISSING = (None, "")
"""A cell that holds nothing: in Parquet files of others it may be an empty text."""

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"

_ITEM = re.compile("Q[1-9][0-9]*")


def claim_node(claim: Claim, about: About) -> Node:
    """The claim as an object of schema.org, without a context; what is not known is not there."""
    row, iris = claim.row, about.iris
    return _stated(
        {
            "@type": "Claim",
            "@id": iris.of("claims", claim.id),
            "identifier": claim.id,
            "text": row["content"],
            "inLanguage": _language(claim.article),
            "author": author(claim, iris),
            "creditText": row["source_text"],
            "isBasedOn": _work(claim.source, iris),
            "datePublished": _said(claim),
            "appearance": article_node(claim.article, iris),
            "temporalCoverage": interval(row["event_earliest"], row["event_latest"]),
            "contentLocation": place_node(claim.place, iris) if claim.place else None,
            "mentions": [entity_node(entity, iris) for entity in claim.mentioned],
            "keywords": [row["kind"], row["certainty"], "negated" if row["negated"] else None],
            "isPartOf": dataset_node(about),
            "sdPublisher": list(about.publishers),
            "sdLicense": about.licence,
        }
    )


def article_node(article: Row, iris: Iris) -> Node:
    """The article that the claim stands in: at its address where it has one."""
    url, outlet = address(article["url"]), article["outlet"]
    return _stated(
        {
            "@type": "NewsArticle",
            "@id": article_iri(article, iris),
            "identifier": article["article_id"],
            "url": url,
            "headline": article["title"],
            "datePublished": _day(article["published"]),
            "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
            "inLanguage": _language(article),
            "license": address(article["license"]),
        }
    )


def article_iri(article: Row, iris: Iris) -> str:
    """The article's address, or a name of our own where none is known."""
    return address(article["url"]) or iris.of("articles", article["article_id"])


def author(claim: Claim, iris: Iris) -> Node | None:
    """Who speaks: a person, or else a body. A place that speaks is a body located there; a work is no author.

    The outlet speaks in its own statements.
    """
    source, outlet = claim.source, claim.article["outlet"] or claim.row["source_name"]
    if source is None:
        is_outlet = claim.row["source_form"] == "outlet"
        return {"@type": "Organization", "name": outlet} if is_outlet and outlet else None
    if source["type"] in WORKS:
        return None
    if source["type"] in PLACES:
        return {"@type": "Organization", "name": source["name"], "location": place_node(source, iris)}
    kind = "Person" if source["type"] == "PERSON" else "Organization"
    return {**entity_node(source, iris), "@type": kind}


def entity_node(entity: Row, iris: Iris) -> Node:
    """An entity by its class, with the addresses of its items in Wikidata and GeoNames."""
    wikidata, geonames = entity["wikidata_id"], entity["geonames_id"]
    same = [
        WIKIDATA + wikidata if wikidata and _ITEM.fullmatch(wikidata) else None,
        f"{GEONAMES}{geonames}/" if geonames is not None else None,
    ]
    return _stated(
        {
            "@type": TYPES.get(entity["type"], "Thing"),
            "@id": iris.of("entities", entity["entity_id"]),
            "name": entity["name"],
            "sameAs": same,
        }
    )


def place_node(entity: Row, iris: Iris) -> Node:
    """A place with its coordinates, where they are known."""
    latitude, longitude = (entity[name] for name in ("latitude", "longitude"))
    known = all(isinstance(value, float) and math.isfinite(value) for value in (latitude, longitude))
    geo = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {**entity_node(entity, iris), "@type": "Place", **({"geo": geo} if known else {})}


def dataset_node(about: About) -> Node:
    """The dataset that the claim was read from."""
    return _stated(
        {
            "@type": "Dataset",
            "@id": about.iris.of("datasets", about.name),
            "name": about.title,
            "version": about.version,
        }
    )


def interval(earliest: dt.date | None, latest: dt.date | None) -> str | None:
    """A day, or a time between two, as ISO 8601 writes it; `..` where it is open.

    >>> first, last = dt.date(2021, 8, 30), dt.date(2021, 8, 31)
    >>> interval(first, first), interval(first, last), interval(first, None), interval(None, None)
    ('2021-08-30', '2021-08-30/2021-08-31', '2021-08-30/..', None)
    """
    if earliest == latest:
        return _day(earliest)
    return f"{_day(earliest) or '..'}/{_day(latest) or '..'}"


def document(nodes: Iterator[str], about: About) -> Iterator[str]:
    """The pieces of one JSON-LD document with all claims, a line each; nodes are JSON."""
    del about
    yield f'{{"@context":"{CONTEXT}","@graph":['
    for number, node in enumerate(nodes):
        yield (",\n" if number else "\n") + node
    yield "\n]}\n"


def _work(source: Row | None, iris: Iris) -> Node | None:
    return entity_node(source, iris) if source is not None and source["type"] in WORKS else None


def _said(claim: Claim) -> str | None:
    """The day on which it was said: one that the text states, or of the outlet's own words that of the article."""
    if claim.said is not None:
        is_day = claim.said["earliest"] == claim.said["latest"]
        return _day(claim.said["earliest"]) if is_day else None
    return _day(claim.article["published"]) if claim.row["source_form"] == "outlet" else None


def _language(article: Row) -> str | None:
    return article["language"] if article["language"] != "und" else None


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _stated(node: Node) -> Node:
    """The node without what is missing; a list of one is that one.

    >>> _stated({"a": None, "b": [], "c": ["x", None], "d": ["x", "y"], "e": ""})
    {'c': 'x', 'd': ['x', 'y']}
    """
    found = {}
    for key, value in node.items():
        kept = [item for item in value if item not in MISSING] if isinstance(value, list) else value
        if isinstance(kept, list) and len(kept) <= 1:
            kept = kept[0] if kept else None
        if kept not in MISSING:
            found[key] = kept
    return found
