"""What flows through the pipeline: articles with their passages, and what was found in them.

All offsets are half-open, 0-based, in Unicode code points of `Article.text` (a `str`, so `text[start:end]`
is the surface). Records know nothing of tables, ids or files: `tables` turns them into rows.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of the text."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Whether the other span lies wholly within this one.

        >>> Span(3, 9).holds(Span(4, 9)), Span(3, 9).holds(Span(2, 5))
        (True, False)
        """
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share at least one character.

        >>> Span(3, 9).meets(Span(8, 12)), Span(3, 9).meets(Span(9, 12))
        (True, False)
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, paragraph, caption or credit: a trimmed stretch of the text; passages never overlap."""

    role: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the passage stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a reader returns it; `article_id` is filled in by `articles.identify`.

    `text` is a contiguous slice of the decoded file that begins at `text_offset` (None where the format has
    no such slice). `publisher_id` is what the publisher calls the article, if the raw file says so.
    """

    text: str
    passages: tuple[Passage, ...]
    published: datetime.date | None = None
    text_offset: int | None = None
    article_id: str = ""
    language: str = "und"
    publisher_id: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """What became of one raw record: a row of `raw_records`.

    `offset` is the byte at which the record begins in its file, so that it can be read again alone;
    `bytes` and `sha256` are None where the record could not be read, must not be followed or is suppressed.
    """

    path: str
    record: int
    status: str
    reason: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    reader: str | None = None
    encoding: str | None = None
    retrieved_at: str | None = None
    article_id: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Date:
    """A temporal expression: a row of `dates`.

    `type`, `value` and `mod` follow TIMEX3 (an INTERVAL's value is begin/end); `earliest` and `latest` are
    inclusive days; `anchor` is document, text or none; `anchored_to` is the span of another Date of the same
    article, from which the value was reckoned; `rule` is the id of the rule that found it.
    """

    start: int
    end: int
    type: str
    rule: str
    value: str | None = None
    mod: str | None = None
    edtf: str | None = None
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    anchor: str = "none"
    anchored_to: Span | None = None

    @property
    def span(self) -> Span:
        """Where the expression stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an entity is named: a row of `mentions`.

    `type` is an OntoNotes type or MISC. `key` says which entity is meant, in the words of this article: the
    mentions of one entity share it. Extractors leave it empty; `resolve.within` fills it in.
    """

    start: int
    end: int
    type: str
    form: str = "name"
    extractor: str = "rules"
    confidence: float | None = None
    key: str = ""

    @property
    def span(self) -> Span:
        """Where the name stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit: a row of `figures` for every claim whose content holds it."""

    start: int
    end: int
    modifier: str
    value_min: float | None = None
    value_max: float | None = None
    unit: str | None = None
    counted: str | None = None

    @property
    def span(self) -> Span:
        """Where the figure stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said, and on whose word: a row of `claims` and, for its parts, rows of `claim_spans`.

    `content`, `source`, `cue` and `hedge` are spans in the order of the text; content has at least one.
    `source_key` and `place_key` are keys of mentions; `said_date` and `event_date` are spans of dates.
    """

    kind: str
    content: tuple[Span, ...]
    rule: str
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    hedge: tuple[Span, ...] = ()
    source_form: str = "implicit"
    source_key: str | None = None
    cue_lemma: str | None = None
    negated: bool = False
    certainty: str = "asserted"
    said_date: Span | None = None
    event_date: Span | None = None
    event_lemma: str | None = None
    place_key: str | None = None
    confidence: float | None = None

    @property
    def span(self) -> Span:
        """The envelope of the content: from the start of its first part to the end of its last."""
        return Span(self.content[0].start, self.content[-1].end)


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found in one article so far, each kind in the order of the text.

    An extractor is a function `extract(article, found)` that returns the records of its own kind; the
    extractors run in the order of these fields, so each sees what came before it.
    """

    dates: tuple[Date, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
