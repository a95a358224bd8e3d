"""Bytes to text, with the name of the encoding: never a guess in silence.

A byte order mark decides, then strict UTF-8; anything else is detected by chardet and said so.
"""

import codecs
import re
from typing import NamedTuple

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be"),
)
"""Byte order mark, Python's codec, IANA name; UTF-32 before UTF-16, whose mark it begins with."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Decoded(NamedTuple):
    """Text without its byte order mark, its encoding (IANA name), and whether that was detected, not stated."""

    text: str
    encoding: str
    detected: bool = False


class NotTextError(ValueError):
    """The bytes are no text; the message says why."""


def decode(data: bytes) -> Decoded:
    r"""The text of the bytes; `NotTextError` where they hold none.

    >>> decode(b"caf\xc3\xa9"), decode(b"\xff\xfeh\x00i\x00")
    (Decoded(text='café', encoding='utf-8', detected=False), Decoded(text='hi', encoding='utf-16le', detected=False))
    """
    decoded = _by_mark(data) or _by_utf8(data) or _by_detection(data)
    if "\0" in decoded.text:
        raise NotTextError(f"binary: holds NUL characters{_hint(data)}")
    if is_binary(decoded.text):
        raise NotTextError("binary: holds many control characters")
    return decoded


def is_binary(text: str) -> bool:
    """Whether more than one character in a hundred is a control character that texts do not have."""
    return len(_CONTROL.findall(text)) * 100 > len(text)


def _hint(data: bytes) -> str:
    r"""What to do where the NULs may be halves of UTF-16 characters: every other byte, and hardly any of the rest.

    >>> _hint("Rain".encode("utf-16-le")), _hint(b"Rain\0")
    ('; UTF-16 needs a byte order mark: save the file as UTF-8', '')
    """
    few, many = sorted(half.count(0) / len(half) if half else 0 for half in (data[::2], data[1::2]))
    return "; UTF-16 needs a byte order mark: save the file as UTF-8" if few < 0.1 and many > 0.5 else ""


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(codec), name)
            except UnicodeDecodeError as error:
                raise NotTextError(f"begins as {name} but is broken at byte {len(mark) + error.start}") from None
    return None


def _by_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _by_detection(data: bytes) -> Decoded:
    if b"\0" in data:
        raise NotTextError(f"binary: holds NUL bytes{_hint(data)}")
    import chardet

    name = chardet.detect(data)["encoding"]
    try:
        return Decoded(data.decode(name or "ascii"), (name or "ascii").lower(), detected=True)
    except (UnicodeDecodeError, LookupError):
        raise NotTextError("neither UTF-8 nor in any encoding that could be detected") from None
