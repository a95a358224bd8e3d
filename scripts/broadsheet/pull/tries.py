"""Trying again: how often, and how long to wait before."""

import threading
from collections.abc import Callable
from typing import TypeVar

from broadsheet.errors import UnreachableError

TRIES = 5
"""Tries in a row that bring nothing new before work is given up."""

FACTOR = 0.5
LONGEST_WAIT = 30.0
"""Seconds: of the second wait, doubled each time, and of the longest; a server may ask for more, up to this."""

LONGEST_ASKED = 120.0

T = TypeVar("T")


class StoppedError(Exception):
    """Work in a thread was called off."""


class Tries:
    """The tries of one piece of work; `stop` calls it off while it waits."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()
        self.progressed()

    def progressed(self) -> None:
        """Forget the failures: something new was got."""
        from urllib3 import Retry

        self._retry = Retry(TRIES, backoff_factor=FACTOR, backoff_jitter=FACTOR, backoff_max=LONGEST_WAIT)

    def failed(self, error: UnreachableError) -> None:
        """Wait, longer with each failure and as long as the server asks for; raise the error after too many."""
        if len(self._retry.history) + 1 >= TRIES:
            raise error
        self._retry = self._retry.increment("GET", "")
        seconds = self._retry.get_backoff_time()
        if error.wait is not None:
            seconds = max(seconds, min(error.wait, LONGEST_ASKED))
        if self._stop.wait(seconds):
            raise StoppedError


def trying(work: Callable[[], T]) -> T:
    """What the work gives, tried again while what it asks is not to be reached."""
    tries = Tries()
    while True:
        try:
            return work()
        except UnreachableError as error:
            tries.failed(error)
