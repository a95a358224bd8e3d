"""Mentions from what a pipeline marks: types as in the design, spans without what is no part of a name."""

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadsheet.plugins import Extractor
from broadsheet.records import Article, Found, Mention, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Marked

KEPT = frozenset(
    ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "MISC")
)
"""The types of a mention: those of OntoNotes that are names, and MISC."""

NO_NAMES = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"))
"""Labels of OntoNotes that are dates and numbers."""

OTHER_WORDS = {"PER": "PERSON", "PERS": "PERSON", "LOCATION": "LOC", "ORGANIZATION": "ORG", "ORGANISATION": "ORG"}
"""What other schemes call the same."""

LONGEST = 100_000
"""Characters that are handed over in one piece: spaCy refuses a million, and memory grows with the piece."""

_BEFORE = re.compile(r"(?:[\s\"'‘’“”«»`(\[,;:]|the(?:\s|\Z))+", re.IGNORECASE)
_AFTER = re.compile(r"(?:['’]s|[\s\"'‘’“”«»`)\],;:])+\Z", re.IGNORECASE)
_LAST_BLANK = re.compile(r"\s(?=\S*\Z)")
_PLURAL = re.compile(r"[^s]s\Z")


def finder(pipeline: "Language", extractor: str) -> Extractor:
    """An extractor of mentions by a loaded pipeline; `extractor` is what the column of that name says."""
    return functools.partial(_extract, pipeline, extractor)


def _extract(pipeline: "Language", extractor: str, article: Article, _found: Found) -> tuple[Mention, ...]:
    """The article's pieces go through the pipeline as one batch, so that no other article can change a row."""
    places = [piece for passage in article.passages for piece in pieces(article.text, passage.span)]
    docs = pipeline.pipe([article.text[slice(*place)] for place in places])
    found = zip(places, docs, strict=True)
    return tuple(mention for place, doc in found for mention in _mentions(article.text, place, doc, extractor))


def pieces(text: str, passage: Span, longest: int = LONGEST) -> Iterator[Span]:
    """The passage whole, or where it is very long, parted at white space.

    >>> [tuple(piece) for piece in pieces("one two three", Span(0, 13), 8)]
    [(0, 7), (7, 13)]
    """
    start, end = passage
    while end - start > longest:
        blank = _LAST_BLANK.search(text, start + 1, start + longest)
        cut = blank.start() if blank else start + longest
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


def _mentions(text: str, place: Span, doc: "Doc", extractor: str) -> Iterator[Mention]:
    for marked in doc.ents:
        kind = type_of(marked.label_)
        span = trimmed(text, Span(place.start + marked.start_char, place.start + marked.end_char))
        if kind and span:
            form = form_of(text[slice(*span)], kind)
            yield Mention(*span, kind, form, extractor, _confidence(marked))


def type_of(label: str) -> str | None:
    """The type for a pipeline's label; None for dates and numbers, MISC for what is not known.

    >>> [type_of(label) for label in ("GPE", "PER", "CARDINAL", "GENE")]
    ['GPE', 'PERSON', None, 'MISC']
    """
    name = label.upper().replace(" ", "_")
    name = OTHER_WORDS.get(name, name)
    return None if name in NO_NAMES else name if name in KEPT else "MISC"


def trimmed(text: str, span: Span) -> Span | None:
    """The span without quotes, blanks, a leading "the" and a possessive; None where no letter or digit is left.

    >>> trimmed("the Taliban's", Span(0, 13))
    Span(start=4, end=11)
    """
    after = _AFTER.search(text, *span)
    end = after.start() if after else span.end
    before = _BEFORE.match(text, span.start, end)
    start = before.end() if before else span.start
    return Span(start, end) if any(map(str.isalnum, text[start:end])) else None


def form_of(surface: str, kind: str) -> str:
    """The form of a mention: acronym, adjectival (of peoples, but for plurals) or name.

    >>> form_of("N.R.F.", "ORG"), form_of("Afghan", "NORP"), form_of("Afghans", "NORP"), form_of("Oslo", "GPE")
    ('acronym', 'adjectival', 'name', 'name')
    """
    if kind != "PERSON" and 1 < len(surface) < 8 and surface.replace(".", "").isupper() and " " not in surface:
        return "acronym"
    return "adjectival" if kind == "NORP" and not _PLURAL.search(surface) else "name"


def _confidence(marked: "Marked") -> float | None:
    """What the pipeline itself states as `ent._.confidence`, if that is a number from 0 to 1; spaCy's own do not."""
    stated = marked._.confidence if marked.has_extension("confidence") else None
    return float(stated) if isinstance(stated, int | float) and 0 <= stated <= 1 else None
