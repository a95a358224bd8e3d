"""JSON from strangers: parsed within limits of size, depth and number, and refused where readers would disagree.

Python alone takes names that stand twice, NaN, infinite numbers and halves of surrogate pairs, which break what comes
after it; and it needs a hundred times the memory of a text that consists of brackets.
"""

import json
import re
from typing import Any, NoReturn

LARGEST = 64 << 20
"""Bytes of a JSON text at most."""

MOST = 2_000_000
"""Values in a JSON text at most."""

DEEPEST = 100
"""Levels of arrays and objects at most."""

LONGEST_NUMBER = 100
"""Characters of a number at most."""

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def parsed(data: bytes) -> Any:
    r"""The value of a JSON text in UTF-8; raises `ValueError` saying what is wrong, and where as far as is known.

    >>> parsed(b'{"a": [1, 2.5, null]}')
    {'a': [1, 2.5, None]}
    >>> parsed(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: an object has two members 'a'
    >>> parsed(b'[' * 200 + b']' * 200)
    Traceback (most recent call last):
    ValueError: it is nested too deeply: more than 100 levels
    """
    if len(data) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST >> 20} MB")
    if len(data) > MOST and count_of_values(data) > MOST:
        raise ValueError(f"it holds more than {MOST:,} values")
    value = _loaded(data)
    _check_depth(value)
    check_characters(data, value)
    return value


def count_of_values(data: bytes) -> int:
    """Number of values, but for those in an array or object that is empty."""
    bare = _STRING.sub(b"", data)
    return 1 + bare.count(b",") + bare.count(b"[") + bare.count(b"{")


def _loaded(data: bytes) -> Any:
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_int=_whole_number,
            parse_float=_number,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start} is no UTF-8") from None
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None


_TOO_DEEP = f"it is nested too deeply: more than {DEEPEST} levels"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise ValueError(f"an object has two members {twice[:60]!r}")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value")


def _whole_number(text: str) -> int:
    return int(_short(text))


def _number(text: str) -> float:
    value = float(_short(text))
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"the number {text} is too large")
    return value


def _short(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"the number {text[:10]}… has more than {LONGEST_NUMBER} digits")
    return text


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise ValueError(_TOO_DEEP)


def check_characters(data: bytes | str, value: Any) -> None:
    """Raise `ValueError` where a value that was read from the data holds half of a character."""
    if not _ESCAPED_SURROGATE.search(data if isinstance(data, bytes) else data.encode("ascii", "replace")):
        return
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        code = ord(error.object[error.start])
        raise ValueError(f"\\u{code:04x} is half of a character, a surrogate without its other half") from None
