"""Tiny articles to look for dates in."""

import datetime

from broadsheet.extract.dates import extract
from broadsheet.records import Article, Date, Found, Passage

WEDNESDAY = datetime.date(2021, 9, 15)


def dates_of(text: str, published: datetime.date | None = WEDNESDAY) -> tuple[Date, ...]:
    return extract(Article(text, (Passage("paragraph", 0, len(text)),), published), Found())


def shown(text: str, published: datetime.date | None = WEDNESDAY) -> list[tuple[str, str, str | None]]:
    return [(text[date.start : date.end], date.type, date.value) for date in dates_of(text, published)]
