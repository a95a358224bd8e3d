"""The rows of one article: a function per table, from records to dicts of column values.

Rows of a table come in the order start_char, end_char, id. Where a column names an entity it holds the key of
`Mention.key` until `columns.finish` puts the entity's id in its place.
"""

from collections.abc import Callable, Sequence
from typing import Any

from broadsheet import articles
from broadsheet.records import Article, Claim, Date, Found, Mention, Span
from broadsheet.tables.ids import distinct_ids, span_id
from broadsheet.tables.places import Part, PassageIndex, holding_parts

Row = dict[str, Any]
Rows = dict[str, list[Row]]

JOINT = " […] "
"""What stands between the parts of a claim's content in `claims.content`."""


def rows_of(article: Article, found: Found) -> Rows:
    """The rows of one article by table, without those of `entities` and `raw_records`."""
    passages = passage_rows(article)
    index = PassageIndex(article.passages, [row["passage_id"] for row in passages])
    claims = in_order(article, found.claims, _claim_kind)
    return {
        "articles": [article_row(article)],
        "passages": passages,
        "dates": date_rows(article, found, index),
        "mentions": mention_rows(article, found, claims, index),
        "claims": claim_rows(article, found, claims, index),
        "claim_spans": claim_span_rows(article, claims),
        "figures": figure_rows(article, found, claims),
    }


Numbered = list[tuple[str, Any]]


def in_order(article: Article, records: Sequence[Any], kind: Callable[[Any], str]) -> Numbered:
    """Records with their ids, in the order of span and id."""
    ids = distinct_ids(article.article_id, ((record.span, kind(record)) for record in records))
    return sorted(zip(ids, records, strict=True), key=lambda pair: (pair[1].span, pair[0]))


def article_row(article: Article) -> Row:
    """The row of `articles`."""
    return {
        "article_id": article.article_id,
        "published": article.published,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "url": article.url,
        "language": article.language,
        "license": article.license,
        "text": article.text,
        "text_offset": article.text_offset,
        "text_sha256": articles.text_sha256(article),
        "char_count": len(article.text),
        "word_count": articles.word_count(article),
        "paragraph_count": articles.paragraph_count(article),
    }


def passage_rows(article: Article) -> list[Row]:
    """The rows of `passages`."""
    return [
        {
            "passage_id": span_id(article.article_id, passage.span),
            "article_id": article.article_id,
            "position": position,
            "role": passage.role,
            **_bounds(passage.span),
        }
        for position, passage in enumerate(article.passages)
    ]


def date_rows(article: Article, found: Found, index: PassageIndex) -> list[Row]:
    """The rows of `dates`."""
    numbered = in_order(article, found.dates, _date_type)
    return [
        {
            "date_id": date_id,
            **_in_passage(article, index, date.span),
            "surface": _words(article, date.span),
            "type": date.type,
            "value": date.value,
            "mod": date.mod,
            "edtf": date.edtf,
            "earliest": date.earliest,
            "latest": date.latest,
            "anchor": date.anchor,
            "anchor_id": span_id(article.article_id, date.anchored_to) if date.anchored_to else None,
            "rule": date.rule,
        }
        for date_id, date in numbered
    ]


def mention_rows(article: Article, found: Found, claims: Numbered, index: PassageIndex) -> list[Row]:
    """The rows of `mentions`, each with the innermost claim that holds it."""
    numbered = in_order(article, found.mentions, _mention_type)
    parts = [part for number, (_, claim) in enumerate(claims) for part in _parts(number, claim)]
    holding = holding_parts((mention.span for _, mention in numbered), parts)
    return [
        {
            "mention_id": mention_id,
            **_in_passage(article, index, mention.span),
            "entity_id": mention.key,
            "name": None,
            "type": mention.type,
            "surface": _words(article, mention.span),
            "form": mention.form,
            **_innermost(claims, held_by),
            "extractor": mention.extractor,
            "confidence": _rounded(mention.confidence),
        }
        for (mention_id, mention), held_by in zip(numbered, holding, strict=True)
    ]


def claim_rows(article: Article, found: Found, claims: Numbered, index: PassageIndex) -> list[Row]:
    """The rows of `claims`."""
    dates = {date.span: date for date in reversed(found.dates)}
    figures = _figures_by_claim(found, claims)
    return [
        _claim_row(article, claim_id, claim, dates, len(figures[number]))
        | {"passage_id": index.holding(claim.content[0])}
        for number, (claim_id, claim) in enumerate(claims)
    ]


def _claim_row(article: Article, claim_id: str, claim: Claim, dates: dict[Span, Date], figures: int) -> Row:
    event = dates.get(claim.event_date) if claim.event_date else None
    return {
        "claim_id": claim_id,
        "article_id": article.article_id,
        "published": article.published,
        "kind": claim.kind,
        **_bounds(claim.span),
        "content": JOINT.join(_words(article, part) for part in claim.content),
        "source_name": article.outlet if claim.source_form == "outlet" else None,
        "source_entity_id": claim.source_key,
        "source_text": JOINT.join(_words(article, part) for part in claim.source) or None,
        "source_form": claim.source_form,
        "cue_text": JOINT.join(_words(article, part) for part in claim.cue) or None,
        "cue_lemma": claim.cue_lemma,
        "negated": claim.negated,
        "certainty": claim.certainty,
        "said_date_id": span_id(article.article_id, claim.said_date) if claim.said_date else None,
        "event_date_id": span_id(article.article_id, claim.event_date) if claim.event_date else None,
        "event_earliest": event.earliest if event else None,
        "event_latest": event.latest if event else None,
        "event_lemma": claim.event_lemma,
        "place_entity_id": claim.place_key,
        "figure_count": figures,
        "rule": claim.rule,
        "confidence": _rounded(claim.confidence),
    }


def claim_span_rows(article: Article, claims: Numbered) -> list[Row]:
    """The rows of `claim_spans`."""
    rows = [
        {
            "span_id": f"{claim_id}.{role}{part}",
            "claim_id": claim_id,
            "article_id": article.article_id,
            "role": role,
            "part": part,
            **_bounds(span),
            "surface": _words(article, span),
        }
        for claim_id, claim in claims
        for role in ("content", "source", "cue", "hedge")
        for part, span in enumerate(getattr(claim, role))
    ]
    return sorted(rows, key=lambda row: (row["start_char"], row["end_char"], row["span_id"]))


def figure_rows(article: Article, found: Found, claims: Numbered) -> list[Row]:
    """The rows of `figures`: one for each claim whose content holds the figure."""
    rows = [
        {
            "figure_id": f"{claims[number][0]}.{figure.start}-{figure.end}",
            "claim_id": claims[number][0],
            "article_id": article.article_id,
            **_bounds(figure.span),
            "surface": _words(article, figure.span),
            "value_min": _rounded(figure.value_min),
            "value_max": _rounded(figure.value_max),
            "modifier": figure.modifier,
            "unit": figure.unit,
            "counted": figure.counted,
        }
        for number, figures in _figures_by_claim(found, claims).items()
        for figure in figures
    ]
    return sorted(rows, key=lambda row: (row["start_char"], row["end_char"], row["figure_id"]))


def _figures_by_claim(found: Found, claims: Numbered) -> dict[int, list[Any]]:
    """The figures that the content of each claim holds, by the claim's number."""
    figures = sorted(found.figures, key=lambda figure: figure.span)
    parts = [Part(span, number, "content") for number, (_, claim) in enumerate(claims) for span in claim.content]
    held: dict[int, list[Any]] = {number: [] for number in range(len(claims))}
    for figure, held_by in zip(figures, holding_parts((figure.span for figure in figures), parts), strict=True):
        for part in held_by:
            held[part.claim].append(figure)
    return held


def _parts(number: int, claim: Claim) -> list[Part]:
    return [Part(span, number, role) for role in ("content", "source") for span in getattr(claim, role)]


def _innermost(claims: Numbered, parts: list[Part]) -> Row:
    if not parts:
        return {"claim_id": None, "claim_role": None}
    best = min(parts, key=lambda part: (part.span.end - part.span.start, part.claim))
    return {"claim_id": claims[best.claim][0], "claim_role": best.role}


def _in_passage(article: Article, index: PassageIndex, span: Span) -> Row:
    return {
        "article_id": article.article_id,
        "published": article.published,
        "passage_id": index.holding(span),
        **_bounds(span),
    }


def _bounds(span: Span) -> Row:
    return {"start_char": span.start, "end_char": span.end}


def _words(article: Article, span: Span) -> str:
    return article.text[span.start : span.end]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _date_type(date: Date) -> str:
    return date.type


def _mention_type(mention: Mention) -> str:
    return mention.type


def _claim_kind(claim: Claim) -> str:
    return claim.kind
