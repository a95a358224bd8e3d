"""Which files there are below a raw folder, in the byte order of their paths; nothing is left out in silence."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RESERVED = re.compile(rb"README.*|articles\.csv|authority\.csv|suppress\.csv", re.DOTALL)
"""Names at the top of raw/ that are no records."""

KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""What is neither a file nor a folder nor a link, in words."""

_ESCAPED = re.compile(r"%(?=[0-9A-F]{2})")


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file below the raw folder, or the reason why what stands there cannot be one.

    `path` is relative to the folder, with slashes, bytes that are no UTF-8 percent-encoded; `location` is what
    the system calls it.
    """

    path: str
    location: bytes
    status: str = "read"
    reason: str | None = None


def walk(raw: Path) -> Iterator[RawFile]:
    """Every entry below the folder but folders, in the byte order of paths; symbolic links are not followed."""
    yield from _walk(os.fsencode(raw), b"")


def _walk(root: bytes, below: bytes) -> Iterator[RawFile]:
    folder = os.path.join(root, below)
    try:
        names = os.listdir(folder)
    except OSError as error:
        yield RawFile(path_text(below), folder, "failed", f"folder cannot be listed: {error.strerror}")
        return
    for key, mode, fault in sorted(_with_modes(folder, names)):
        name = key.rstrip(b"/")
        path = os.path.join(below, name)
        if stat.S_ISDIR(mode):
            yield from _walk(root, path)
        elif below or not RESERVED.fullmatch(name):
            yield _raw_file(path, os.path.join(folder, name), mode, fault)


def _with_modes(folder: bytes, names: list[bytes]) -> Iterator[tuple[bytes, int, str]]:
    """Names with their modes, or 0 and why there is none; a folder's name ends in the slash it sorts by."""
    for name in names:
        mode, fault = 0, ""
        try:
            mode = os.lstat(os.path.join(folder, name)).st_mode
        except OSError as error:
            fault = error.strerror or ""
        yield (name + b"/" if stat.S_ISDIR(mode) else name), mode, fault


def _raw_file(path: bytes, location: bytes, mode: int, fault: str) -> RawFile:
    if stat.S_ISREG(mode):
        return RawFile(path_text(path), location)
    if stat.S_ISLNK(mode):
        return RawFile(path_text(path), location, "skipped", "symbolic link, not followed")
    if mode == 0:
        return RawFile(path_text(path), location, "failed", f"cannot be looked at: {fault}")
    kind = KINDS.get(stat.S_IFMT(mode), "something else")
    return RawFile(path_text(path), location, "skipped", f"no regular file but {kind}, not read")


def path_text(path: bytes) -> str:
    r"""A path as text, one to one: bytes that are no UTF-8, and percent signs that look like such, are encoded.

    >>> path_text(b"caf\xc3\xa9.txt"), path_text(b"caf\xe9.txt"), path_text(b"100%25.txt"), path_text(b"5%.txt")
    ('café.txt', 'caf%E9.txt', '100%2525.txt', '5%.txt')
    """
    text = path.decode("utf-8", "surrogateescape")
    escaped = _ESCAPED.sub("%25", text)
    return "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in escaped)
