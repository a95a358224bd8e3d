"""The words that a row was read from, and those around them."""

from dataclasses import dataclass
from typing import Any

from broadsheet.errors import IntegrityError, UsageError

SPAN = ("article_id", "start_char", "end_char")


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a row and those before and after them, as they stand in the article.

    >>> print(Context("he said that ", "the road is open", ", and left"))
    he said that [the road is open], and left
    """

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}[{self.words}]{self.after}"


def around(text: str, start: int, end: int, width: int) -> Context:
    """The span of the text (in code points, half-open), with at most so many characters before and after it.

    >>> around("The road to Kabul is open.", 12, 17, 8)
    Context(before='road to ', words='Kabul', after=' is open')
    """
    if width < 0:
        raise UsageError(f"width is {width}", tip="give a number of characters, 0 or more")
    if not 0 <= start <= end <= len(text):
        raise IntegrityError(f"the row points at characters {start} to {end} of a text of {len(text)}")
    return Context(text[max(0, start - width) : start], text[start:end], text[end : end + width])


def cell(row: Any, name: str) -> Any:
    """A cell of a row, which is a mapping, a row of pandas, or a frame of one row; as plain Python.

    >>> cell({"start_char": 3}, "start_char")
    3
    """
    try:
        value = getattr(row, name) if hasattr(row, "_fields") else row[name]
    except Exception as error:  # frames have errors of their own for a column that is not there
        expected = ", ".join(SPAN)
        raise UsageError(f"the row has no {name}", tip=f"give a row with {expected}, by name") from error
    while callable(item := getattr(value, "item", None)):  # a frame's column of one row holds a number of NumPy's
        value = item()
    return value


def span(row: Any) -> tuple[str, int, int]:
    """Article, start and end of a row; `UsageError` where it has none."""
    article, start, end = (cell(row, name) for name in SPAN)
    if not isinstance(article, str) or not _is_whole(start) or not _is_whole(end):
        raise UsageError(f"the row points at no words: {dict(zip(SPAN, (article, start, end), strict=True))}")
    return article, int(start), int(end)


def _is_whole(value: Any) -> bool:
    """Whether a value is a whole number; in a row that pandas made of numbers alone, it is a float."""
    return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
