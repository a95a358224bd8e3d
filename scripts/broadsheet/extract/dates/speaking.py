"""What was said on another day than that of publication counts from that day."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from broadsheet.extract.dates.anchoring import resolve
from broadsheet.extract.dates.matching import Line, Match
from broadsheet.extract.dates.memory import Memory, Mention, Place
from broadsheet.extract.dates.quotations import Quotation, quotation_of, when_said
from broadsheet.extract.dates.rows import row, unanchored
from broadsheet.extract.dates.tense import direction
from broadsheet.records import Article, Date


def as_said(
    article: Article, line: Line, hits: Sequence[Match], rows: list[Date], quoted: Sequence[Quotation]
) -> list[Date]:
    """The rows of a passage; in a quotation they count from the day of speaking, without which they lack a value."""
    result = list(rows)
    for n, date in enumerate(rows):
        quotation = quotation_of(date, quoted) if date.anchor == "document" else None
        said = when_said(quotation, article.text, rows) if quotation else None
        if said:
            result[n] = _said_on(said, date, line, hits[n], article.published)
        elif quotation and quotation.written:
            result[n] = unanchored(date)
    return result


def _said_on(said: Date, date: Date, line: Line, hit: Match, published: datetime.date | None) -> Date:
    """The date, reckoned from the day of speaking; without value where that is no single day but some other time."""
    if said.value is None or said.earliest is None or said.earliest != said.latest:
        now = published and said.earliest and said.latest and said.earliest <= published <= said.latest
        return date if now else unanchored(date)
    place = Place(date.start, direction(line.tokens, hit.first, hit.end))
    then = resolve(hit.reading.calc, Memory(said.earliest), place)
    if then.value == date.value:
        return date
    return row(date.span, hit.reading, replace(then, anchor="text", mention=Mention(said.value, said.span)), date.rule)
