"""Claims on a version in a bucket: one publisher at a time writes it, and a dead one is found out.

A claim is an object `NAME/.VERSION.claim` that its holder puts anew every few seconds. Whoever wants the version
watches it: where it changes, its holder lives, and the version is left to it; where it stands still for `PATIENCE`
seconds, its holder is dead, and the claim is taken over by a conditional put. No clocks are compared.
"""

import contextlib
import json
import secrets
import threading
import time
from collections.abc import Iterator

from broadsheet.errors import IntegrityError, PackageError
from broadsheet.progress import Progress
from broadsheet.registry.objects import Bucket, Found, LostRaceError

BEAT = 10.0
"""Seconds between the puts of a claim that is held."""

PATIENCE = 60.0
"""Seconds that a claim stands still until its holder counts as dead."""

POLL = 1.0
"""Seconds between two looks at another's claim."""

_LARGEST = 1_000


class Claim:
    """A claim that this process holds; `token` is its own, of no other claim."""

    def __init__(self, bucket: Bucket, path: str, token: str, etag: str) -> None:
        self.token = token
        self._bucket, self._path, self._etag = bucket, path, etag
        self._beats = 0
        self._put_at = time.monotonic()
        self._is_lost = False

    def hold(self) -> None:
        """Raise `PackageError` where the claim was taken over, or may have been: it could not be put for too long."""
        if self._is_lost or time.monotonic() - self._put_at > PATIENCE / 2:
            raise PackageError(
                f"{self._bucket}/{self._path}: the claim on this version was lost to another publisher",
                tip="see what it is at, and try again",
            )

    def check(self) -> None:
        """Look whether the claim still stands as this one, else raise `PackageError`."""
        found = self._bucket.read(self._path, _LARGEST)
        if found is None or _token(found) != self.token:
            self._is_lost = True
        self.hold()

    def beat(self) -> None:
        """Put the claim anew."""
        sent = time.monotonic()
        try:
            self._beats += 1
            self._etag = self._bucket.put(self._path, _text(self.token, self._beats), self._etag)
            self._put_at = sent
        except LostRaceError:
            self._is_lost = True
        except OSError:
            pass  # the next one may be put; else `hold` says so

    def let_go(self) -> None:
        """Remove the claim, unless it was taken over."""
        with contextlib.suppress(OSError, IntegrityError):
            found = self._bucket.read(self._path, _LARGEST)
            if found and _token(found) == self.token:
                self._bucket.delete([self._path])


@contextlib.contextmanager
def claimed(bucket: Bucket, path: str, what: str, tell: Progress) -> Iterator[Claim]:
    """Hold a claim for the block; `PackageError` where another process that lives holds it."""
    claim = _taken(bucket, path, what, tell)
    ended = threading.Event()
    beating = threading.Thread(target=_beat_until, args=(claim, ended), daemon=True)
    beating.start()
    try:
        yield claim
    finally:
        ended.set()
        beating.join(PATIENCE)
        claim.let_go()


def _beat_until(claim: Claim, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        claim.beat()


def _taken(bucket: Bucket, path: str, what: str, tell: Progress) -> Claim:
    token = secrets.token_hex(16)
    watched: Found | None = None
    since = time.monotonic()
    while True:
        is_dead = watched is not None and time.monotonic() - since >= PATIENCE
        with contextlib.suppress(LostRaceError):
            if watched is None or is_dead:
                return Claim(bucket, path, token, bucket.put(path, _text(token, 0), watched.etag if watched else None))
        found = bucket.read(path, _LARGEST)
        if found and watched and found.etag != watched.etag:
            raise PackageError(
                f"{what}: another process is publishing it", tip="wait until it has ended, and try again"
            )
        watched = found
        if found:
            tell("waiting for another publisher", 0, 0)
            time.sleep(POLL)


def _text(token: str, beats: int) -> bytes:
    return json.dumps({"claim": token, "beats": beats}).encode()


def _token(found: Found) -> object:
    """The token of a claim, None where it is none."""
    try:
        content = json.loads(found.data)
    except (ValueError, RecursionError):
        return None
    return content.get("claim") if isinstance(content, dict) else None
