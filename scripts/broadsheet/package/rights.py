"""What of a dataset's words may be published: the text policies, field by field.

A field of a Table Schema says by `broadsheet:verbatim` that it holds words of the articles:

    text   words at length: withheld, unless the policy lets them be published
    words  an expression of a few words: kept up to `MOST_WORDS` words, missing where it is longer
    name   the name of an entity: kept, cut where it is longer

Of no text are more than `MOST_WORDS` words on end published that the policy does not name. Words are counted twice, as
runs of letters, digits and underscores (`U.S.-led` is three) and between white space (`Rain & Snow` is three).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from broadsheet.schemas import Schema, arrow_schema, built_in_schemas

if TYPE_CHECKING:
    import pyarrow as pa

VERBATIM, WITHHELD = "broadsheet:verbatim", "broadsheet:withheld"
"""Marks of a field: that it holds words of the articles, and that a policy has withheld (some of) them."""

TEXT, WORDS, NAME = "text", "words", "name"

MOST_WORDS = 5
MOST_CHARACTERS = 100
"""Also of what is written without blanks between words no more is published."""

QUOTE_WORDS = 50
QUOTE_SHARE = 0.1
"""Under the policy `quotes`: words of one direct quotation, and share of an article's words in all its quotations."""

QUOTABLE = {"claims": "content", "claim_spans": "surface"}
"""Columns that hold quotations, by table."""

CUT = " …"

_WORDS = ((r"[\p{L}\p{N}_]+", r"[^\p{L}\p{N}_]+"), (r"[^\s\p{Z}]+", r"[\s\p{Z}]+"))
"""Words and what stands between them, in both ways of counting."""


def mark_of(table: str, field: dict[str, Any]) -> str | None:
    """The mark of a field, as the program's own schemas have it; text that they do not know counts as words at length.

    >>> mark_of("dates", {"name": "surface"}), mark_of("dates", {"name": "note", "type": "string"})
    ('words', 'text')
    """
    known = {known["name"]: known for known in built_in_schemas()[table]["fields"]}
    if field["name"] in known:
        mark: str | None = known[field["name"]].get(VERBATIM)
        return mark
    return TEXT if field["type"] == "string" else None


def public_schema(schema: Schema, policy: str) -> Schema:
    """The schema of a table's public projection: fields that may be missing now are marked and no longer required."""
    if policy == "full":
        return schema
    return {**schema, "fields": [_public_field(schema["name"], field) for field in schema["fields"]]}


def _public_field(table: str, field: dict[str, Any]) -> dict[str, Any]:
    if mark_of(table, field) not in (TEXT, WORDS):
        return field
    constraints = {name: value for name, value in field.get("constraints", {}).items() if name != "required"}
    kept = {name: value for name, value in field.items() if name != "constraints"}
    return {**kept, WITHHELD: True, **({"constraints": constraints} if constraints else {})}


def public_batch(batch: "pa.RecordBatch", schema: Schema, quotable: "pa.Array | None" = None) -> "pa.RecordBatch":
    """The batch without the words that may not be published; `quotable` says of which rows quotations may be."""
    import pyarrow as pa

    columns = [_public_column(batch[field["name"]], schema["name"], field, quotable) for field in schema["fields"]]
    return pa.RecordBatch.from_arrays(columns, schema=arrow_schema(schema))


def _public_column(column: "pa.Array", table: str, field: dict[str, Any], quotable: "pa.Array | None") -> "pa.Array":
    import pyarrow as pa

    mark = mark_of(table, field)
    if quotable is not None and field["name"] == QUOTABLE.get(table):
        return _only(column, quotable)
    if mark == TEXT:
        return pa.nulls(len(column), column.type)
    if mark == WORDS:
        return _only(column, is_short(column))
    return cut(column) if mark == NAME else column


def _only(column: "pa.Array", kept: "pa.Array") -> "pa.Array":
    """The column with missing cells where `kept` is false or missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.fill_null(kept, fill_value=False), column, pa.scalar(None, column.type))


def is_short(column: "pa.Array") -> "pa.Array":
    """Which cells have no more than `MOST_WORDS` words and `MOST_CHARACTERS` characters.

    >>> import pyarrow as pa
    >>> is_short(pa.array(["two days ago", "one two three four five six", "U.S.-led mission to the coast"])).to_pylist()
    [True, False, False]
    """
    import pyarrow.compute as pc

    short = pc.less_equal(pc.utf8_length(column), MOST_CHARACTERS)
    for word, _ in _WORDS:
        short = pc.and_(short, pc.less_equal(pc.count_substring_regex(column, pattern=word), MOST_WORDS))
    return short


def cut(column: "pa.Array") -> "pa.Array":
    """Cells of more than `MOST_WORDS` words cut after them.

    >>> import pyarrow as pa
    >>> cut(pa.array(["Ministry of Health", "Office for the Protection of the Coast"])).to_pylist()
    ['Ministry of Health', 'Office for the Protection of …']
    """
    import pyarrow.compute as pc

    by_words = column
    for word, gap in _WORDS:
        head = rf"(?s)^((?:{gap})?{word}(?:{gap}{word}){{{MOST_WORDS - 1}}}){gap}{word}.*$"
        by_words = pc.replace_substring_regex(by_words, pattern=head, replacement=rf"\1{CUT}")
    longer = pc.greater(pc.utf8_length(by_words), MOST_CHARACTERS)
    by_length = pc.binary_join_element_wise(pc.utf8_slice_codeunits(by_words, 0, MOST_CHARACTERS - len(CUT)), CUT, "")
    return pc.if_else(longer, by_length, by_words)


def quoted_claims(claims: Iterable[tuple[str, str, str | None]], words_of_article: int) -> set[str]:
    """Ids of the claims that the policy `quotes` publishes, of one article's in the order of the text.

    `claims` are ids, kinds and contents. Published are direct quotations of at most `QUOTE_WORDS` words each and,
    from the first on, so many of them as make up at most `QUOTE_SHARE` of the article's words. Words are counted as
    `articles.word_count` counts them: between white space.

    >>> sorted(quoted_claims([("a", "direct", "We stay"), ("b", "indirect", "go"), ("c", "direct", "We go")], 30))
    ['a']
    """
    left = int(QUOTE_SHARE * words_of_article)
    found = set()
    for claim_id, kind, content in claims:
        words = len((content or "").split())
        if kind != "direct" or not 0 < words <= QUOTE_WORDS:
            continue
        left -= words
        if left < 0:
            break
        found.add(claim_id)
    return found
