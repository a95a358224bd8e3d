"""Fetches the files of one package into the cache, each verified before it is there."""

import contextlib
import hashlib
import shutil
import threading
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import IntegrityError, ReadError
from broadsheet.progress import Progress
from broadsheet.project import DESCRIPTOR
from broadsheet.pull import cache
from broadsheet.pull.download import Counted, Fetching
from broadsheet.pull.files import (
    DISTRUST,
    LARGEST_SUMS,
    PARQUET_DESCRIPTOR,
    SMALL,
    Contents,
    File,
    Format,
    contents,
    parse_descriptor,
    parse_sums,
)
from broadsheet.pull.threads import at_once
from broadsheet.pull.tries import trying
from broadsheet.registry.places import Place, read_small
from broadsheet.staging import sync
from broadsheet.validate.files import SUMS, digest

DESCRIPTORS = (DESCRIPTOR, PARQUET_DESCRIPTOR)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The file from which all other hashes of a package follow: SHA256SUMS, or else its datapackage.json.

    `digest` is its SHA-256 in hex; `data` are its bytes, where they were read already.
    """

    digest: str
    name: str = SUMS
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Obtained:
    """A package in the cache: its folder, the files that were wanted, and what that took."""

    folder: Path
    files: Sequence[File]
    counted: Counted


def obtain(place: Place, anchor: Anchor, tables: Collection[str] | None, form: Format, progress: Progress) -> Obtained:
    """See to it that these files of the package at a place are in the cache; those that are there are not asked for.

    Those that are there are read, and fetched again where they are damaged. `tables` None are all of them, and none
    the small files alone.
    """
    counted = Counted()
    partial = cache.partial_folder(anchor.digest)
    with cache.alone(anchor.digest, progress):
        partial.mkdir(parents=True, exist_ok=True)
        folder = cache.package_folder(anchor.digest)
        fetching = Fetching(place, partial, progress, counted, threading.Event())
        wanted = _contents(fetching, folder, anchor).wanted(tables, form)
        missing = [file for file in wanted if not _is_there(folder, file)]
        counted.add(there=sum((folder / file.path).stat().st_size for file in wanted if file not in missing))
        unread = {file.digest: file for file in missing if file.path not in DESCRIPTORS}
        at_once(fetching.fetch, sorted(unread.values(), key=lambda file: not file.is_table), fetching.stop)
        _put_in_place(partial, folder, missing, anchor)
        _clear(partial, wanted, anchor)
    return Obtained(folder, wanted, counted)


def cached(
    digest: str, anchor_name: str, tables: Collection[str] | None, form: Format, *, check: bool = False
) -> Obtained | None:
    """These files of a package, where all of them are in the cache; `check` looks at the hashes of tables again."""
    folder = cache.package_folder(digest)
    try:
        known = _known(folder, Anchor(digest, anchor_name))
        found = known.wanted(tables, form)
        if not all(_is_there(folder, file) if check else (folder / file.path).is_file() for file in found):
            return None
        size = sum((folder / file.path).stat().st_size for file in found)
    except (OSError, IntegrityError, ReadError):
        return None
    return Obtained(folder, found, Counted(there=size))


def _known(folder: Path, anchor: Anchor) -> Contents:
    """What the package in the cache holds, by its anchor and descriptors there."""
    data = _right((folder / anchor.name).read_bytes(), anchor, str(folder))
    listed = parse_sums(data, str(folder / SUMS)) if anchor.name == SUMS else None
    paths = [path for path in DESCRIPTORS if (path == DESCRIPTOR if listed is None else path in listed)]
    read = {path: (folder / path).read_bytes() for path in paths}
    for path, content in read.items():
        if listed is not None and hashlib.sha256(content).hexdigest() != listed[path].digest:
            raise IntegrityError(f"{folder / path}: is damaged")
    return _of_descriptors(listed, read, str(folder))


def _contents(fetching: Fetching, folder: Path, anchor: Anchor) -> Contents:
    """What the package holds, as its anchor says; the anchor is then among the partial files."""
    where = fetching.place.text
    data = _anchor_bytes(fetching, folder, anchor)
    (fetching.partial / anchor.name).write_bytes(data)
    if anchor.name != SUMS:
        return _of_descriptors(None, {DESCRIPTOR: data}, where)
    listed = parse_sums(data, f"{where}/{SUMS}")
    if DESCRIPTOR not in listed:
        raise IntegrityError(f"{where}: {SUMS} lists no {DESCRIPTOR}", tip=DISTRUST)
    read = {}
    for path in DESCRIPTORS:
        if path in listed:
            there = _is_there(folder, listed[path])
            read[path] = (folder / path if there else fetching.fetch(listed[path])).read_bytes()
    return _of_descriptors(listed, read, where)


def _anchor_bytes(fetching: Fetching, folder: Path, anchor: Anchor) -> bytes:
    """The bytes of the anchor, from the cache where they are there."""
    if anchor.data is not None:
        return _right(anchor.data, anchor, fetching.place.text)
    with contextlib.suppress(OSError, IntegrityError):
        return _right((folder / anchor.name).read_bytes(), anchor, str(folder))
    limit = LARGEST_SUMS if anchor.name == SUMS else SMALL
    data = trying(lambda: read_small(fetching.place, anchor.name, limit))
    fetching.counted.add(fetched=len(data))
    return _right(data, anchor, fetching.place.text)


def _right(data: bytes, anchor: Anchor, where: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != anchor.digest:
        raise IntegrityError(
            f"{where}: {anchor.name} has the SHA-256 {found}, expected {anchor.digest}",
            tip="nothing of it is used; try again later, and tell those who keep the place if it stays so",
        )
    return data


def _of_descriptors(listed: dict[str, File] | None, read: dict[str, bytes], where: str) -> Contents:
    main = parse_descriptor(read[DESCRIPTOR], f"{where}/{DESCRIPTOR}")
    twin: dict[str, Any] | None = None
    if PARQUET_DESCRIPTOR in read:
        twin = parse_descriptor(read[PARQUET_DESCRIPTOR], f"{where}/{PARQUET_DESCRIPTOR}")
    return contents(listed, main, twin, where)


def _is_there(folder: Path, file: File) -> bool:
    """Whether the file is in the package, with its hash."""
    path = folder / file.path
    return path.is_file() and digest(path, file.algorithm) == file.digest


def _put_in_place(partial: Path, folder: Path, files: Sequence[File], anchor: Anchor) -> None:
    """Rename files that are right and on disk into the package, its SHA256SUMS first, its descriptor last."""
    moves = [(partial / file.digest, folder / file.path) for file in files]
    if not _is_there(folder, File(anchor.name, anchor.digest)):
        sync(partial / anchor.name)
        moves.insert(0, (partial / anchor.name, folder / anchor.name))
    moves.sort(key=lambda move: move[1] == folder / DESCRIPTOR)
    left = Counter(source for source, _ in moves)
    for source, target in moves:
        target.parent.mkdir(parents=True, exist_ok=True)
        left[source] -= 1
        (_copied(source) if left[source] else source).replace(target)  # two files may have the same bytes
    for changed in sorted({target.parent for _, target in moves}):
        sync(changed)
    if moves:
        sync(folder.parent)


def _clear(partial: Path, files: Sequence[File], anchor: Anchor) -> None:
    """Remove what is left of these files among the partial ones; others that were begun stay."""
    done = {file.digest for file in files} | {anchor.name}
    with contextlib.suppress(OSError):
        for path in partial.iterdir():
            if path.name in done or path.stem in done:
                path.unlink()
        partial.rmdir()


def _copied(path: Path) -> Path:
    copy = path.with_name(f"{path.name}.copy")
    shutil.copyfile(path, copy)
    sync(copy)
    return copy
