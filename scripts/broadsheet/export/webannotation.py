"""Claims as annotations of their articles, by the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model).

Each part of a claim's content is a target, with its place (`TextPositionSelector`, in code points as in the package)
and its words (`TextQuoteSelector`), where the package has them. Places are of the article's text as the package holds
it and not of a web page, so each target has a state that names that text by its hash. The bodies are the claim as
schema.org has it, its classes, and the words of its source and cue.
"""

import json
from collections.abc import Iterator
from typing import Any

from broadsheet.export.about import PROGRAM, About
from broadsheet.export.claims import Claim, Row
from broadsheet.export.iris import hashed
from broadsheet.export.schemaorg import Node, article_iri, claim_node

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

CLASSES = ("kind", "certainty", "negated")
"""Columns of `claims` that say what sort of claim it is."""

DETAILS = ("source_form", "cue_lemma", "event_lemma", "rule", "confidence")
"""Columns of `claims` that describe it, and for which there is no public term."""

ADDRESSES = ("url", "sameAs", "license", "sdLicense")
"""Properties of schema.org whose values are IRIs and no text, which the context of annotations does not know."""


def annotation(claim: Claim, about: About, width: int) -> Node:
    """The annotation of one claim, without a context; `width` is how many characters stand around a quotation."""
    targets = [_words(part, claim, about, width) for part in claim.parts_of("content")]
    rights = {"rights": about.licence} if about.licence else {}
    return {
        "id": about.iris.of("annotations", claim.id),
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Software", "name": about.program},
        "generator": {"type": "Software", "name": PROGRAM},
        **rights,
        "body": list(_bodies(claim, about, width)),
        "target": targets if len(targets) > 1 else targets[0],
    }


def _bodies(claim: Claim, about: About, width: int) -> Iterator[Node]:
    whole = claim_node(claim, about)
    yield prefixed({key: value for key, value in whole.items() if key != "text"})  # the target has the words
    for names, purpose in ((CLASSES, "classifying"), (DETAILS, "describing")):
        for name in names:
            if (value := claim.row[name]) not in (None, ""):
                yield {"type": "TextualBody", "purpose": purpose, **_column(name), "value": _text(value)}
    for role in ("source", "cue", "hedge"):
        for part in claim.parts_of(role):
            yield {**_words(part, claim, about, width), "purpose": "describing", **_column(role)}


def _column(name: str) -> Node:
    return {"schema:propertyID": name}


def _text(value: Any) -> str:
    """A cell as CSV files of packages have it.

    >>> _text(True), _text(0.52), _text("direct")
    ('true', '0.52', 'direct')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(part: Row, claim: Claim, about: About, width: int) -> Node:
    """Words of the article as a specific resource; positions count in the text that the state names."""
    cached = hashed(claim.article["text_sha256"])
    state = {"state": {"type": "TimeState", "cached": cached}} if cached else {}
    return {
        "type": "SpecificResource",
        "source": article_iri(claim.article, about.iris),
        **state,
        "selector": selectors(part, claim.text, width),
    }


def selectors(part: Row, text: str | None, width: int) -> Node | list[Node]:
    """What selects the words: by place, and by quotation where the words may be had.

    >>> selectors({"start_char": 4, "end_char": 7, "surface": "efg"}, "abcdefghij", 2)[1]
    {'type': 'TextQuoteSelector', 'exact': 'efg', 'prefix': 'cd', 'suffix': 'hi'}
    """
    start, end = part["start_char"], part["end_char"]
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    quote = {"type": "TextQuoteSelector"}
    if text is not None:
        around = {"prefix": text[max(0, start - width) : start], "suffix": text[end : end + width]}
        return [place, {**quote, "exact": text[start:end], **around}]
    return [place, {**quote, "exact": part["surface"]}] if part["surface"] is not None else place


def prefixed(value: Any) -> Any:
    """A node of schema.org under the context of annotations, where its terms need their prefix.

    >>> prefixed({"@type": "Person", "@id": "urn:x", "name": "Ana Rey", "sameAs": "https://example.org/ana"})
    {'type': 'schema:Person', 'id': 'urn:x', 'schema:name': 'Ana Rey', 'schema:sameAs': {'id': 'https://example.org/ana'}}
    """
    if isinstance(value, list):
        return [prefixed(item) for item in value]
    if not isinstance(value, dict):
        return value
    found: Node = {}
    for key, item in value.items():
        if key == "@type":
            found["type"] = f"schema:{item}"
        elif key == "@id":
            found["id"] = item
        else:
            found[f"schema:{key}"] = _addresses(item) if key in ADDRESSES else prefixed(item)
    return found


def _addresses(value: Any) -> Any:
    return [{"id": item} for item in value] if isinstance(value, list) else {"id": value}


def document(nodes: Iterator[str], about: About) -> Iterator[str]:
    """The pieces of one collection with a single page of all annotations, a line each; nodes are JSON.

    A collection without annotations has no page, and says so by its total.
    """
    head = {
        "@context": CONTEXT,
        "id": about.iris.of("collections", about.name),
        "type": "AnnotationCollection",
        "label": f"Claims of {about.title}",
    }
    page = about.iris.of("collections", f"{about.name}/1")
    count = 0
    yield json.dumps(head, ensure_ascii=False)[:-1]
    for count, node in enumerate(nodes, 1):
        if count == 1:
            yield f', "first": {{"id": {json.dumps(page)}, "type": "AnnotationPage", "startIndex": 0, "items": ['
        yield (",\n" if count > 1 else "\n") + node
    if count:
        yield f'\n]}}, "last": {json.dumps(page)}'
    yield f', "total": {count}}}\n'
