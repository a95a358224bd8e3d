"""Local processes: map a function over tasks, in order, with bounded work in flight.

A worker that is killed does not end the job: the pool is rebuilt and what was in flight runs again.
"""

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Generic, TypeVar

from broadsheet.errors import PackageError
from broadsheet.interrupts import uninterrupted

Task = TypeVar("Task")
Result = TypeVar("Result")

MAX_ATTEMPTS = 3
"""How often one task may take its worker down before the job is given up."""


class LocalEngine:
    """Runs functions in `jobs` processes, or in this one where there is one job or one task; a context manager."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "LocalEngine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._pool:
            _end(self._pool, at_once=kind is not None)

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Results in the order of the tasks; the function and its tasks must be picklable.

        >>> with LocalEngine() as engine:
        ...     list(engine.map(len, ["a", "bcd"]))
        [1, 3]
        """
        remaining = iter(tasks)
        first = tuple(itertools.islice(remaining, 2))
        if self.jobs == 1 or len(first) < 2:
            yield from map(function, itertools.chain(first, remaining))
        else:
            yield from self._in_processes(function, itertools.chain(first, remaining))

    def _in_processes(self, function: Callable[[Task], Result], tasks: Iterator[Task]) -> Iterator[Result]:
        flight: deque[_Flying[Task, Result]] = deque()
        while True:
            while len(flight) < 2 * self.jobs and (task := next(tasks, _NONE)) is not _NONE:
                flight.append(_Flying(task))  # type: ignore[arg-type]
            if not flight:
                return
            self._launch(function, flight)
            if (result := self._first(flight)) is not _NONE:
                yield result  # type: ignore[misc]

    def _launch(self, function: Callable[[Task], Result], flight: "deque[_Flying[Task, Result]]") -> None:
        """Submit whatever in flight has no future yet."""
        try:
            for item in flight:
                if item.future is None:
                    pool = self._started_pool()
                    with uninterrupted():  # it may start a worker, which must not hear Ctrl-C while it starts
                        item.future = pool.submit(function, item.task)
        except BrokenProcessPool:
            self._rebuild(flight)

    def _first(self, flight: "deque[_Flying[Task, Result]]") -> "Result | object":
        """The first result, taken out of the flight; the marker of none where a worker died instead."""
        first = flight[0]
        try:
            if first.future is None:
                return _NONE
            result = first.future.result()
        except BrokenProcessPool:
            first.attempts += 1
            if first.attempts >= MAX_ATTEMPTS + len(flight) - 1:  # each of the others may have been the cause once
                raise PackageError(
                    f"a worker process died {first.attempts} times over the same work",
                    tip="there may be too little memory; try --jobs 1",
                ) from None
            self._rebuild(flight)
            return _NONE
        flight.popleft()
        return result

    def _started_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            _start_tracker()
            self._pool = ProcessPoolExecutor(
                self.jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare_worker
            )
        return self._pool

    def _rebuild(self, flight: "deque[_Flying[Task, Result]]") -> None:
        """Forget the broken pool and the futures that it has not finished."""
        if self._pool:
            _end(self._pool, at_once=True)
        self._pool = None
        for item in flight:
            if item.future and not (
                item.future.done() and not item.future.cancelled() and item.future.exception() is None
            ):
                item.future = None


class _Flying(Generic[Task, Result]):
    """A task on its way."""

    __slots__ = ("attempts", "future", "task")

    def __init__(self, task: Task) -> None:
        self.task = task
        self.attempts = 0
        self.future: Future[Result] | None = None


_NONE = object()


def _end(pool: ProcessPoolExecutor, at_once: bool) -> None:
    if at_once:
        for process in list((pool._processes or {}).values()):  # no public way before Python 3.14
            process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


def _start_tracker() -> None:
    """Start what the first worker would start with it: whoever starts it hears Ctrl-C again, even when blocked."""
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()


def _prepare_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
