"""Lines of a stream with the bytes that they take, however long the stream is and however long a line."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from broadsheet.readers import base

BLANK = b" \t\r\n"
"""White space around a record: JSON's own (RFC 8259, section 2)."""

MARK = b"\xef\xbb\xbf"
"""A UTF-8 byte order mark: none belongs into JSON Lines, and one before a record is no part of it."""

_CHUNK = 1 << 20


class Line(NamedTuple):
    """A line that is not blank: its number in the file, from 1, and where its bytes are.

    `data` are the bytes from the first to the last that is no white space, which `offset`, `size` and `sha256`
    are of. It is None where there are more than `MAX_BYTES`; then they are of the line as it stands.
    """

    number: int
    offset: int
    size: int
    sha256: str
    data: bytes | None


def lines(stream: BinaryIO) -> Iterator[Line]:
    r"""The lines of a stream but blank ones; `\n` ends a line. No more than `MAX_BYTES` are held at once.

    >>> import io
    >>> [(line.number, line.offset, line.data) for line in lines(io.BytesIO(b"{}\r\n\n [1]"))]
    [(1, 0, b'{}'), (3, 6, b'[1]')]
    """
    offset, number = 0, 0
    while data := stream.readline(base.MAX_BYTES + 2):
        number += 1
        is_cut = len(data) == base.MAX_BYTES + 2 and not data.endswith(b"\n")
        record = b"" if is_cut else _record(data)
        if is_cut or len(record) > base.MAX_BYTES:
            line = _too_long(stream, data, number, offset)
            yield line
            offset += line.size + 1
            continue
        if record:
            yield Line(number, offset + data.index(record), len(record), base.digest(record), record)
        offset += len(data)


def _record(line: bytes) -> bytes:
    """The line without white space and byte order marks around it."""
    record = line.strip(BLANK)
    while record.startswith(MARK):
        record = record.removeprefix(MARK).lstrip(BLANK)
    return record


def _too_long(stream: BinaryIO, data: bytes, number: int, offset: int) -> Line:
    """The line that begins with the data, read to its end and let go; its line feed is no part of it."""
    running, size = hashlib.sha256(data.removesuffix(b"\n")), len(data.removesuffix(b"\n"))
    while data and not data.endswith(b"\n"):
        data = stream.readline(_CHUNK)
        running.update(data.removesuffix(b"\n"))
        size += len(data.removesuffix(b"\n"))
    return Line(number, offset, size, running.hexdigest(), None)
