"""Zip packages from strangers: looked through member by member, then unpacked within limits to a folder of their own.

Nothing is written but regular files of new names below that folder. A Data Package in a zip has its datapackage.json
at the root or in the only folder there.
"""

import contextlib
import io
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from broadsheet.project import DESCRIPTOR
from broadsheet.validate.report import Faults, fault
from broadsheet.validate.shown import quoted, shown

CODE = "archive-error"
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")

MEMBERS = 10_000
"""Members of an archive at most."""

UNPACKED = 16 << 30
"""Bytes of all members together at most."""

RATIO, MODEST = 200, 64 << 20
"""An archive that unpacks to more than `MODEST` bytes must not grow more than so many times."""

DIRECTORY = 8 << 20
"""Bytes of the list of members at most."""

LONGEST_PART, LONGEST_PATH, DEEPEST = 255, 1000, 32
"""Bytes of a name, of a path, and folders in a path at most."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
IGNORED = ("__MACOSX",)
"""Folders that a packing program adds of itself."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What reading a broken archive raises; an `OSError` also where there is no room."""

_STEP = 1 << 20
_TIP = "pack the package anew"


def is_zip(path: Path) -> bool:
    """Whether the file says in its first bytes that it is a zip archive."""
    with path.open("rb") as file:
        return file.read(4) in MAGIC


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[Path | list[Faults]]:
    """The folder of the package, in a temporary folder that is gone afterwards; or what is wrong with the archive."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as top:
        yield _unpack(path, Path(top))


def _unpack(path: Path, top: Path) -> Path | list[Faults]:
    try:
        with _Bounded(path) as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if wrong := [*_too_much(members, path.stat().st_size, top), *_wrong_members(members)]:
                return wrong
            for member in members:
                if reason := _write(archive, member, top / member.filename):
                    return [_refused(member, reason)]
    except BROKEN as error:
        return [fault(CODE, f"the archive cannot be read as zip: {shown(error, 100)}; {_TIP}", rule="readable")]
    return _package_folder(top)


class _Bounded(io.FileIO):
    """A file that does not give a large piece at once: the list of members is read so, all in one."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > DIRECTORY:
            raise zipfile.BadZipFile("its list of members is too long")
        return super().read(size) or b""


def _too_much(members: list[zipfile.ZipInfo], size: int, top: Path) -> Iterator[Faults]:
    total = sum(member.file_size for member in members)
    free = shutil.disk_usage(top).free
    reasons = (
        (len(members) > MEMBERS, f"has {len(members):,} members, more than {MEMBERS:,}"),
        (total > UNPACKED, f"unpacks to {total:,} bytes, more than {UNPACKED:,}"),
        (total > max(MODEST, RATIO * size), f"unpacks to {total:,} bytes, more than {RATIO} times its size"),
        (total > free, f"unpacks to {total:,} bytes, but {free:,} are free in {top.parent}"),
    )
    for holds, reason in reasons:
        if holds:
            yield fault(CODE, f"the archive {reason}, so it is not unpacked; validate the unpacked folder", rule="size")
            return


def _wrong_members(members: list[zipfile.ZipInfo]) -> Iterator[Faults]:
    """Members that must not be unpacked, each with the first reason."""
    folded = Counter(_folded(member.orig_filename) for member in members)
    files = {_folded(member.orig_filename) for member in members if not _is_folder(member)}
    for member in members:
        name = _folded(member.orig_filename)
        parents = {"/".join(name.split("/")[:depth]) for depth in range(1, name.count("/") + 1)} - {name}
        reason = wrong_name(member.orig_filename) or _wrong_kind(member)
        if not reason and folded[name] > 1:
            reason = "stands twice in the archive, or differs from another only in case"
        if not reason and parents & files:
            reason = "lies in a folder that is a file as well"
        if reason:
            yield _refused(member, reason)


def _is_folder(member: zipfile.ZipInfo) -> bool:
    return member.orig_filename.endswith("/")


def _folded(name: str) -> str:
    return normalize("NFC", name).casefold().rstrip("/")


def _refused(member: zipfile.ZipInfo, reason: str) -> Faults:
    text = f"member {quoted(member.orig_filename)} {reason}, so the archive is not unpacked; {_TIP}"
    return fault(CODE, text, rule="safe member", value=shown(member.orig_filename))


def wrong_name(name: str) -> str:
    r"""Why a member's name must not be unpacked; empty where it may be.

    >>> wrong_name("../x.csv"), wrong_name("C:/x.csv"), wrong_name("data\\x.csv")
    ('leads out of the archive with ..', 'begins with a drive letter', 'holds a backslash')
    >>> wrong_name("data/x.csv")
    ''
    """
    parts = name.removesuffix("/").split("/")
    reasons = (
        (not name.strip("/"), "has no name"),
        ("\\" in name, "holds a backslash"),
        (name.startswith("/"), "is absolute"),
        (name[1:2] == ":", "begins with a drive letter"),
        (".." in parts, "leads out of the archive with .."),
        ("" in parts or "." in parts, "has a path that is not plain"),
        (not name.isprintable(), "holds characters that cannot be shown"),
        (any(len(part.encode()) > LONGEST_PART for part in parts), "has too long a name"),
        (len(name.encode()) > LONGEST_PATH or len(parts) > DEEPEST, "has too long a path"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _wrong_kind(member: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a link"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is neither a file nor a folder"
    if member.flag_bits & 0x2041:
        return "is encrypted"
    if member.compress_type not in METHODS:
        return "is compressed by a method other than Deflate"
    return "is a folder with content" if _is_folder(member) and member.file_size else ""


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> str:
    """Unpack one member; why it is refused, empty where it is not. It cannot become larger than it says."""
    if _is_folder(member):
        target.mkdir(parents=True, exist_ok=True)
        return ""
    target.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    try:
        with archive.open(member) as source, target.open("xb") as file:
            while block := source.read(_STEP):
                left -= len(block)
                file.write(block)
    except BROKEN as error:
        return f"cannot be unpacked ({shown(error, 100)})"
    return "is not of the size that it says" if left else ""


def _package_folder(top: Path) -> Path | list[Faults]:
    if (top / DESCRIPTOR).is_file():
        return top
    inner = [path for path in top.iterdir() if path.name not in IGNORED]
    if len(inner) == 1 and (inner[0] / DESCRIPTOR).is_file():
        return inner[0]
    nested = any(path.is_file() and is_zip(path) for path in inner)
    hint = "; it holds another archive, which is not opened: unpack it first" if nested else f"; {_TIP}"
    return [fault(CODE, f"the archive has no {DESCRIPTOR} at its root or in its only folder{hint}", rule="descriptor")]
