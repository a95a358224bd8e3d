"""Whether the properties of a dialect can be worked with."""

from collections.abc import Callable, Iterator
from typing import Any

from broadsheet.validate.shown import quoted


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_sign(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 1


def _are_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(type(item) is int and item > 0 for item in value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


RIGHT: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(
        ("header", "doubleQuote", "skipInitialSpace"), (lambda value: isinstance(value, bool), "true or false")
    ),
    **dict.fromkeys(("headerRows", "commentRows"), (_are_numbers, "a list of numbers from 1 on")),
    **dict.fromkeys(("headerJoin", "nullSequence", "property"), (lambda value: isinstance(value, str), "text")),
    **dict.fromkeys(("delimiter", "lineTerminator", "commentChar"), (_is_text, "text that is not empty")),
    **dict.fromkeys(("quoteChar", "escapeChar"), (_is_sign, "one character")),
    "itemType": (lambda value: value in ("array", "object"), "array or object"),
    "itemKeys": (_are_texts, "a list of texts"),
}
"""What each property of a dialect must be, and how to say it; null stands for none, as in CSV Dialect."""


def wrong(dialect: Any) -> Iterator[str]:
    """What is wrong with a dialect.

    >>> list(wrong({"quoteChar": "::", "delimiter": ";"}))
    ["quoteChar '::' is not one character"]
    """
    if not isinstance(dialect, dict):
        yield "the dialect is no object"
        return
    if isinstance(dialect.get("csv"), dict):
        yield from wrong(dialect["csv"] | {"csv": None})
    for name, (is_right, expected) in RIGHT.items():
        if dialect.get(name) is not None and not is_right(dialect[name]):
            yield f"{name} {quoted(dialect[name])} is not {expected}"
