"""Claims of an article: who says what, on which words; and the outlet's own checkable statements."""

from broadsheet.extract.claims.drafts import build
from broadsheet.records import Article, Claim, Found

__all__ = ["extract"]


def extract(article: Article, found: Found) -> tuple[Claim, ...]:
    """The claims of an article, by (start, end) of their content."""
    return build(article, found)
