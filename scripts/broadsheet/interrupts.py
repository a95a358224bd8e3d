"""Ctrl-C: heard at any moment but where it must wait, and told in words instead of a traceback."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from typing import NoReturn

EXIT_CODE = 130


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; the message, if any, says what stands.

    A class of its own, since Python ends a process by the signal, whatever its exit code, once a bare
    `KeyboardInterrupt` has passed through code that was compiled on the fly, as that of named tuples is.
    """


@contextlib.contextmanager
def ending_cleanly() -> Iterator[None]:
    """Turn Ctrl-C in the block into a line on standard error and `SystemExit` with code 130."""
    with contextlib.ExitStack() as stack:
        if threading.current_thread() is threading.main_thread():
            stack.callback(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, _interrupt))
        try:
            yield
        except KeyboardInterrupt as interrupt:
            print(f"Interrupted; {str(interrupt) or 'nothing further was changed'}.", file=sys.stderr)
            raise SystemExit(EXIT_CODE) from None


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    raise Interrupted


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the end of the block; a process started in it never hears Ctrl-C.

    It waits in two ways: the signal is blocked, which is what a new process inherits, and as another thread may
    still be handed it, Python's handler only takes a note.
    """
    heard: list[int] = []
    with contextlib.ExitStack() as stack:
        if threading.current_thread() is threading.main_thread():
            before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
            stack.callback(signal.signal, signal.SIGINT, before)
        if hasattr(signal, "pthread_sigmask"):
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
            stack.callback(signal.pthread_sigmask, signal.SIG_SETMASK, mask)
        yield
    if heard:
        signal.raise_signal(heard[0])
