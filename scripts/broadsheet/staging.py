"""Folders that appear whole or not at all.

A package is written into a staging folder, a hidden sibling of its target, synced to disk and then put in the
target's place in one step: `renameat2(RENAME_EXCHANGE)` where the system has it, elsewhere two renames that the
next start completes or undoes. One writer at a time holds the lock of a target.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from broadsheet.errors import PackageError
from broadsheet.interrupts import uninterrupted

_EXCHANGE = 2
_AT_FDCWD = -100
_PAUSE = 0.02


@contextlib.contextmanager
def staged(target: Path) -> Iterator[Path]:
    """An empty staging folder for the target; what is left in it at the end of the block is thrown away.

    Call `swap_in(staging, target)` inside the block to put it in place. Raises `PackageError` where another
    process is writing to the same target.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(target):
        recover(target)
        staging = _sibling(target, "staging")
        try:
            staging.mkdir()
            yield staging
        finally:
            with uninterrupted():
                _put_back(target)
                shutil.rmtree(staging, ignore_errors=True)


def recover(target: Path) -> None:
    """Undo or complete what a crashed writer left beside the target; the caller holds the lock."""
    _put_back(target)
    for leftover in (_sibling(target, "old"), _sibling(target, "staging")):
        if leftover.exists():
            shutil.rmtree(leftover)


def swap_in(staging: Path, target: Path) -> None:
    """Put the staging folder in the target's place; a crash leaves the old target or the new one.

    After an error the old target stands, but where the last sync fails: then the new one does.
    """
    sync_tree(staging)
    if not target.exists():
        staging.rename(target)
    elif not _exchange(staging, target):
        _rename_twice(staging, target)
    sync(target.parent)


def nested(one: Path, other: Path) -> bool:
    """Whether one of the folders is the other or lies in it, links followed.

    >>> nested(Path("build/package"), Path("build")), nested(Path("raw"), Path("build"))
    (True, False)
    """
    first, second = one.resolve(), other.resolve()
    return first.is_relative_to(second) or second.is_relative_to(first)


def identity(target: Path) -> tuple[int, int] | None:
    """Which folder stands there: another one after a swap, the same after none; None where nothing does."""
    try:
        found = target.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def what_stands(target: Path, before: tuple[int, int] | None) -> str:
    """What stands there now, in words, after a writer got no further; `before` is the identity from before."""
    now = identity(target)
    if now == before:
        return f"{target} is as it was before"
    return f"{target} is the new one, whole" if now else f"the next build puts {target} back as it was before"


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below the folder, and the folder itself, to disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Flush one file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, text: str, writer: int | None = None) -> None:
    """Put a file in its place in one step, on disk before and after.

    `writer` tells processes apart that may write the same file at once; without, the caller holds a lock.
    """
    new = path.with_name(f".{path.name}.new" if writer is None else f".{path.name}.{writer}.new")
    try:
        new.write_text(text, "utf-8", newline="\n")
        sync(new)
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    sync(path.parent)


def _sibling(target: Path, what: str) -> Path:
    return target.parent / f".{target.name}.{what}"


def _rename_twice(staging: Path, target: Path) -> None:
    """Put the staging folder in the target's place where the system cannot exchange them."""
    old = _sibling(target, "old")
    target.rename(old)
    staging.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _put_back(target: Path) -> None:
    """Put back the old target where it was moved away and nothing came in its place."""
    old = _sibling(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)


def _exchange(left: Path, right: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(left), _AT_FDCWD, os.fsencode(right), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(right))


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    with holding(_sibling(target, "lock")) as held:
        if not held:
            raise PackageError(
                f"{target}: another process is writing it", tip="wait until it has ended, or choose another --out"
            )
        yield


@contextlib.contextmanager
def holding(lock: Path, seconds: float = 0) -> Iterator[bool]:
    """Hold a lock file for the block; False where another process has held it for so long.

    The system lets go of it when the process ends, however it ends.
    """
    end = time.monotonic() + seconds
    while (descriptor := _taken(lock)) is None and time.monotonic() < end:
        time.sleep(_PAUSE)
    if descriptor is None:
        yield False
        return
    try:
        try:
            yield True
        finally:
            with contextlib.suppress(OSError):  # a lock file that nobody holds is in nobody's way
                lock.unlink()
    finally:
        os.close(descriptor)


def _taken(lock: Path) -> int | None:
    """The open lock file, which this process now holds, or None."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    taken = False
    try:
        taken = _takes(descriptor, lock)
    finally:
        if not taken:
            os.close(descriptor)
    return descriptor if taken else None


def _takes(descriptor: int, lock: Path) -> bool:
    """Whether this process now holds the lock, and on the file that is still at its path."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return lock.stat().st_ino == os.fstat(descriptor).st_ino
    except (BlockingIOError, FileNotFoundError):
        return False
