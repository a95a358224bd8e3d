"""Where registries and packages are read from: local folders, web servers, and whatever fsspec knows.

A place is only ever read. What it holds comes from a stranger: paths below it are checked before they are followed,
answers are bounded, and nothing here is trusted until its hash was compared by those who asked for it.
"""

import contextlib
import errno
import os
import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from broadsheet.errors import IntegrityError, MissingError, ReadError, UsageError
from broadsheet.validate.shown import quoted, shown

CHUNK = 1 << 18
LONGEST_PATH = 1_000
_LONGEST_PART = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read: `start` is where the chunks begin, asked for or 0; `size` is the whole file's.

    `etag` is the server's word for just these bytes, where it has one that can be relied on.
    """

    start: int
    size: int | None
    chunks: Iterator[bytes]
    etag: str = ""


class Place(Protocol):
    """A folder somewhere; `text` names it in messages, and is the same for the same folder."""

    @property
    def text(self) -> str:
        """Its address, or its absolute path."""

    def open(self, path: str, start: int = 0, etag: str = "") -> AbstractContextManager[Opened]:
        """The file at a checked path, from byte `start` on where the place can, and the file is still the etag's.

        Raises `MissingError` where there is none, `UnreachableError` where another try may do, else `ReadError`;
        the chunks may raise `UnreachableError` as well.
        """


def open_place(text: str) -> Place:
    """The place that a person named: a folder, an http(s) address, or an address that fsspec knows.

    Nothing is asked of it yet.
    """
    scheme, colon, rest = text.partition("://")
    if not colon:
        return LocalPlace(Path(text).expanduser().resolve())
    if scheme in ("http", "https"):
        from broadsheet.registry.web import web_place

        return web_place(text)
    if scheme == "file":
        raise UsageError(f"{shown(text)}: is a file:// address", tip=f"name the folder itself: {shown(rest)}")
    from broadsheet.registry.remote import remote_place

    return remote_place(text)


def read_small(place: Place, path: str, limit: int) -> bytes:
    """A whole file of at most `limit` bytes, asked for once; `IntegrityError` where it goes on beyond that."""
    found = bytearray()
    with place.open(path) as opened:
        check_size(place, path, opened.size or 0, limit)
        for chunk in opened.chunks:
            found += chunk
            check_size(place, path, len(found), limit)
    return bytes(found)


def check_size(place: Place, path: str, size: int, limit: int) -> None:
    """Raise `IntegrityError` where a file has more bytes than it may have."""
    if size > limit:
        raise IntegrityError(
            f"{place.text}: {shown(path)} is larger than the {limit:,} bytes that it may have",
            tip="nothing of it is used; tell those who keep the registry",
        )


def path_fault(path: str) -> str:
    """What is wrong with the path of a file below a place, as a stranger states it; empty where nothing is.

    >>> path_fault("data/claims.csv"), path_fault("../x"), path_fault("/etc/x"), path_fault("a//b")
    ('', "holds the part '..'", 'is absolute', "holds the part ''")
    """
    parts = path.split("/")
    bad = next((part for part in parts if part in ("", ".", "..")), None)
    faults = (
        (not path or len(path) > LONGEST_PATH, "is empty or too long"),
        (path.startswith(("/", "~")) or ":" in parts[0], "is absolute"),
        (bad is not None, f"holds the part {quoted(bad)}"),
        ("\\" in path or not path.isprintable(), "holds a sign that no path may hold"),
        (any(part != part.strip() for part in parts), "has a part that begins or ends with a blank"),
        (any(len(part.encode("utf-8", "replace")) > _LONGEST_PART for part in parts), "has a part that is too long"),
    )
    return next((fault for holds, fault in faults if holds), "")


def same_file(path: str) -> str:
    """What is the same for two paths that are one file on some file system.

    >>> same_file("Data/A.csv") == same_file("data/a.csv")
    True
    """
    return unicodedata.normalize("NFC", path).casefold()


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A folder of this machine."""

    folder: Path

    @property
    def text(self) -> str:
        """The absolute path."""
        return os.fspath(self.folder)

    @contextlib.contextmanager
    def open(self, path: str, start: int = 0, etag: str = "") -> Iterator[Opened]:  # noqa: ARG002 - see `Place`
        """See `Place`; a link that leads out of the folder is not followed."""
        file = self.folder / path
        try:
            if not file.resolve().is_relative_to(self.folder):
                raise ReadError(f"{file}: is a link out of the folder, and is not followed")
            stream = file.open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise MissingError(f"{file}: there is no such file", tip="see that this is the right folder") from None
        except OSError as error:
            raise ReadError(f"{file}: cannot be read: {error.strerror}", tip="see that it may be read") from error
        with stream:
            stream.seek(start)
            yield Opened(start, os.fstat(stream.fileno()).st_size, _chunks(stream, file))


def _chunks(stream: BinaryIO, file: Path) -> Iterator[bytes]:
    try:
        while chunk := stream.read(CHUNK):
            yield chunk
    except OSError as error:
        raise ReadError(f"{file}: cannot be read: {os.strerror(error.errno or errno.EIO)}") from error
