"""JSON objects that people write by hand: descriptors and schemas, read strictly, every fault with its place."""

import json
from pathlib import Path
from typing import Any, NoReturn

from broadsheet.errors import BroadsheetError

PLACE = "correct the file there; often a comma, a quotation mark or a bracket is missing just before"
ENCODING = "save the file as UTF-8, without a byte order mark"


def read_object(path: Path, wrong: type[BroadsheetError], missing: type[BroadsheetError]) -> dict[str, Any]:
    """The JSON object in the file; raises `wrong` with line and column of a fault, `missing` without a readable file.

    Refused as well are what Python would let pass and other readers would not, or would read otherwise: names that
    stand twice in an object, NaN and Infinity, and a byte order mark.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise missing(f"{path}: cannot be read: {error.strerror}", tip="see that the file is there") from error
    return parse_object(data, str(path), wrong)


def parse_object(data: bytes, where: str, wrong: type[BroadsheetError]) -> dict[str, Any]:
    """The JSON object in the bytes of a file or answer; `where` names it in what is raised of it, as above."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise wrong(f"{where}:{line}: is not UTF-8 (byte {error.start})", tip=ENCODING) from error
    if text.startswith("\ufeff"):
        raise wrong(f"{where}:1: begins with a byte order mark, which JSON must not", tip=ENCODING)
    value = _parsed(text, where, wrong)
    if not isinstance(value, dict):
        raise wrong(f"{where}: expected a JSON object, found {_kind(value)}", tip="put { and } around its members")
    return value


def _parsed(text: str, where: str, wrong: type[BroadsheetError]) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise wrong(f"{where}:{error.lineno}:{error.colno}: is not JSON: {error.msg}", tip=PLACE) from error
    except RecursionError as error:
        raise wrong(f"{where}: is nested too deeply", tip="a descriptor or schema needs few levels") from error
    except ValueError as error:
        raise wrong(f"{where}: is not JSON: {error}", tip="correct the file") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of an object, each name once.

    >>> _once([("name", "a"), ("name", "b")])
    Traceback (most recent call last):
    ValueError: an object has two members "name"
    """
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"an object has two members {json.dumps(name, ensure_ascii=False)}")
        found[name] = value
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON value")


def _kind(value: Any) -> str:
    """What JSON calls a value.

    >>> _kind([]), _kind(None), _kind(True)
    ('an array', 'null', 'a boolean')
    """
    if value is None:
        return "null"
    kinds = {list: "an array", str: "a string", bool: "a boolean", int: "a number", float: "a number"}
    return kinds[type(value)]
