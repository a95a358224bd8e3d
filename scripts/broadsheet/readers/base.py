"""What a reader is: it takes one file's bytes and returns its records, each an article or the reason why not.

A new raw format is one file in this folder with a `reader` object, and one entry point (see `plugins`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from broadsheet.records import Article

MAX_BYTES = 24_000_000
"""A record larger than this is skipped: no single news article is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One record of a file as read.

    `status` is read, skipped or failed; `article` is there exactly where it is read. `offset` and `bytes` say
    where in the file the record's bytes are. `reason` says why it is not read, or what is missing in it.
    """

    record: int
    status: str
    offset: int
    bytes: int
    sha256: str
    article: Article | None = None
    reason: str | None = None
    encoding: str | None = None


class Reader(Protocol):
    """What a plug-in must have: the file name endings it takes (lower case, with the dot), and `read`."""

    suffixes: frozenset[str]

    def read(self, stream: BinaryIO, fields: Mapping[str, str]) -> Iterator[Reading]:
        """The records of a file in their order.

        `fields` says under which names the file's records give fields of an article (`text`: `article_body`),
        where these are not the usual ones; a format whose records have no named fields ignores it.
        The bytes of a record are themselves a file of the format, which gives the same article: that is how a
        record is read again. A record of more than `MAX_BYTES` is skipped.
        """
        ...


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def whole_file(stream: BinaryIO) -> tuple[bytes | None, int, str]:
    """A file's bytes (None where it is too large), their number, and their SHA-256."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) <= MAX_BYTES:
        return data, len(data), digest(data)
    running, size = hashlib.sha256(data), len(data)
    while data := stream.read(1 << 20):
        running.update(data)
        size += len(data)
    return None, size, running.hexdigest()


TOO_LARGE = f"larger than {MAX_BYTES:,} bytes"
