"""Several pieces of work at once, of which the first to fail stops the others."""

import queue
import threading
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from broadsheet.pull.tries import StoppedError

AT_ONCE = 4
_GRACE = 2.0
"""Seconds that threads are waited for when they are called off; one that waits for a server takes longer."""

T = TypeVar("T")


def at_once(work: Callable[[T], object], items: Iterable[T], stop: threading.Event) -> None:
    """Do the work for each item, several at once; raise what the first failure raised, after `stop` is set.

    Whoever waits here can be interrupted at any time.
    """
    waiting: queue.SimpleQueue[T] = queue.SimpleQueue()
    count = 0
    for item in items:
        waiting.put(item)
        count += 1
    failures: list[BaseException] = []
    ended: queue.SimpleQueue[None] = queue.SimpleQueue()
    threads = [
        threading.Thread(target=_worker, args=(work, waiting, failures, ended, stop), daemon=True)
        for _ in range(min(AT_ONCE, count))
    ]
    try:
        for thread in threads:
            thread.start()
        for _ in threads:
            ended.get()
    finally:
        stop.set()
        end = time.monotonic() + _GRACE
        for thread in threads:
            if thread.ident is not None:
                thread.join(max(0.0, end - time.monotonic()))
    if failures:
        raise failures[0]


def _worker(
    work: Callable[[T], object],
    waiting: "queue.SimpleQueue[T]",
    failures: list[BaseException],
    ended: "queue.SimpleQueue[None]",
    stop: threading.Event,
) -> None:
    try:
        while not stop.is_set():
            work(waiting.get_nowait())
    except (queue.Empty, StoppedError):
        pass
    except BaseException as error:  # told by the thread that waits
        failures.append(error)
        stop.set()
    finally:
        ended.put(None)
