"""What others say of the words that exports use: terms of the annotation context, and the vocabulary of schema.org."""

import functools
import json
from pathlib import Path

ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
SCHEMA = "https://schema.org"

OA, SCHEMA_NS = "http://www.w3.org/ns/oa#", "http://schema.org/"

# Terms of the annotation context that claims use, with the meaning that the Web Annotation Vocabulary
# (https://www.w3.org/TR/annotation-vocab/) gives them. A processor drops a term that is missing here.
ANNOTATION_TERMS = {
    "oa": OA,
    "schema": SCHEMA_NS,
    "as": "http://www.w3.org/ns/activitystreams#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TimeState")},
    **{name: f"oa:{name}" for name in ("TextPositionSelector", "TextQuoteSelector", "exact", "prefix", "suffix")},
    **{name: f"oa:{name}" for name in ("classifying", "describing")},
    "Software": "as:Application",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "state": {"@id": "oa:hasState", "@type": "@id"},
    "cached": {"@id": "oa:cachedSource", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "creator": {"@id": "dcterms:creator", "@type": "@id"},
    "rights": {"@id": "dcterms:rights", "@type": "@id"},
    "generator": {"@id": "as:generator", "@type": "@id"},
    "first": {"@id": "as:first", "@type": "@id"},
    "last": {"@id": "as:last", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "name": "foaf:name",
    "label": "rdfs:label",
    "value": "rdf:value",
}

DATA_TYPES = {"Text", "URL", "Date", "DateTime"}


def load_context(url, _options=None):
    """What a JSON-LD processor asks for: the two contexts, and nothing over a network."""
    contexts = {ANNOTATION: ANNOTATION_TERMS, SCHEMA: {"@vocab": SCHEMA_NS}}
    found = {"@context": contexts[url]}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": found}


@functools.cache
def schema_org():
    """schema.org's terms by name, as the package rocrate carries them (from https://schema.org, CC BY-SA 3.0)."""
    import rocrate

    graph = json.loads((Path(rocrate.__file__).parent / "data" / "schema.jsonld").read_bytes())["@graph"]
    return {node["@id"].removeprefix("schema:"): node for node in graph}


def _named(term, link):
    found = schema_org()[term].get(link, [])
    return {item["@id"].removeprefix("schema:") for item in (found if isinstance(found, list) else [found])}


def classes(kind):
    """A class and all above it."""
    return {kind}.union(*(classes(above) for above in _named(kind, "rdfs:subClassOf") if above in schema_org()))


def faults(node):
    """Whatever schema.org does not know of a node and those in it: classes, properties of a class, kinds of values."""
    kind = node.get("@type")
    if kind not in schema_org():
        return [f"no class {kind}"]
    found = []
    for name, value in node.items():
        if not name.startswith("@"):
            found += _faults_of(kind, name, value)
    return found


def _faults_of(kind, name, value):
    if name not in schema_org() or not _named(name, "schema:domainIncludes") & classes(kind):
        return [f"{kind} has no {name}"]
    wanted, found = _named(name, "schema:rangeIncludes"), []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            found += faults(item) or ([] if wanted & classes(item["@type"]) else [f"{name} is no {item['@type']}"])
        elif not wanted & ({"Number", "Text"} if isinstance(item, float) else DATA_TYPES):
            found.append(f"{name} is no {type(item).__name__}")
    return found
