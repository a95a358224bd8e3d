"""Fetches one file, going on where an earlier try stopped, and tells by its hash whether it is right."""

import contextlib
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from broadsheet.errors import IntegrityError, UnreachableError
from broadsheet.progress import Progress
from broadsheet.pull.files import File
from broadsheet.pull.tries import StoppedError, Tries
from broadsheet.registry.places import CHUNK, Opened, Place, check_size
from broadsheet.staging import sync
from broadsheet.validate.shown import shown

ENOUGH = 1 << 16
"""Bytes more than ever before, after which failures before no longer count."""


@dataclass(slots=True)
class Counted:
    """Bytes that were fetched, and those that an earlier run had; several threads count."""

    fetched: int = 0
    there: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fetched: int = 0, there: int = 0) -> None:
        """Count."""
        with self._lock:
            self.fetched += fetched
            self.there += there


@dataclass(frozen=True, slots=True)
class Fetching:
    """What the fetching of several files has in common: from where, into which folder of files on their way."""

    place: Place
    partial: Path
    progress: Progress
    counted: Counted
    stop: threading.Event

    def fetch(self, file: File) -> Path:
        """The file, whole, on disk, with the hash that it is to have; it lies under that hash among the partial ones.

        A file that was begun earlier and turns out wrong is fetched anew from its beginning; `IntegrityError` where
        it is wrong then. What was fetched when the place is no longer to be reached is kept.
        """
        part = _Part(self.partial / file.digest, file)
        tries = Tries(self.stop)
        kept = best = part.size()
        while True:
            try:
                right, from_byte = self._go_on(part)
            except UnreachableError as error:
                if part.size() >= best + ENOUGH:
                    tries.progressed()
                best = max(best, part.size())
                tries.failed(error)
                continue
            kept = min(kept, from_byte)
            if right:
                self.counted.add(there=kept)
                sync(part.path)
                return part.path
            part.throw_away()
            if not from_byte:
                raise self._wrong(file)

    def _go_on(self, part: "_Part") -> tuple[bool, int]:
        """Fetch what is missing; whether the whole has the right hash, and the byte from which on it was fetched."""
        file, begun = part.file, part.size()
        done = part.hashed() if begun else hashlib.new(file.algorithm)
        if begun and done.hexdigest() == file.digest:
            return True, begun
        with self.place.open(file.path, begun, part.etag() if begun else "") as opened:
            check_size(self.place, file.path, opened.size or 0, file.limit)
            if not opened.start:
                done = hashlib.new(file.algorithm)
                part.begin(opened.etag)
            with part.path.open("ab" if opened.start else "wb") as out:
                self._copy(opened, out, file, done.update)
        return done.hexdigest() == file.digest, opened.start

    def _copy(self, opened: Opened, out: BinaryIO, file: File, update: Callable[[bytes], None]) -> None:
        size = opened.start
        for chunk in opened.chunks:
            if self.stop.is_set():
                raise StoppedError
            size += len(chunk)
            check_size(self.place, file.path, size, file.limit)
            out.write(chunk)
            update(chunk)
            self.counted.add(fetched=len(chunk))
            if file.is_table:
                self.progress(file.path, size, opened.size or 0)

    def _wrong(self, file: File) -> IntegrityError:
        return IntegrityError(
            f"{self.place.text}: {shown(file.path)} has not the {file.algorithm} {file.digest} that it is to have",
            tip="nothing of it is used; try again later, and tell those who keep the place if it stays so",
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """A file on its way, and beside it the entity tag of its bytes."""

    path: Path
    file: File

    @property
    def _tag(self) -> Path:
        return self.path.with_name(f"{self.path.name}.etag")

    def size(self) -> int:
        """The bytes that are there; none where there are more than the file may have."""
        with contextlib.suppress(OSError):
            found = self.path.stat().st_size
            return found if found <= self.file.limit else 0
        return 0

    def hashed(self) -> "hashlib._Hash":
        """The hash of the bytes that are there, to which more may come."""
        done = hashlib.new(self.file.algorithm)
        with self.path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                done.update(chunk)
        return done

    def etag(self) -> str:
        """The entity tag of the bytes that are there, if any."""
        try:
            return self._tag.read_text("ascii")
        except (OSError, ValueError):
            return ""

    def begin(self, etag: str) -> None:
        """Throw away what is there, and keep the entity tag of what is to come."""
        self.throw_away()
        if etag:
            self._tag.write_text(etag, "ascii")

    def throw_away(self) -> None:
        """Remove it."""
        for path in (self.path, self._tag):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
