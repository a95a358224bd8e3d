"""Dates: temporal expressions by the TIMEX3 rules, with values, EDTF and calendar bounds."""

from broadsheet.records import Article, Date, Found


def extract(article: Article, found: Found) -> tuple[Date, ...]:
    """The temporal expressions of an article."""
    return ()
