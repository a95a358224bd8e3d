"""What is told of a build on standard error: a progress bar where that is a terminal, and stages where asked for."""

import contextlib
import sys
import time
from collections.abc import Iterator

from broadsheet.progress import Progress, silent


@contextlib.contextmanager
def shown_progress(*, verbose: bool = False, in_bytes: bool = False, after: float = 0) -> Iterator[Progress]:
    """A function to be told a stage, how much of it is done and how much there is (0: not known).

    Where `verbose`, each stage is named in a line of its own when it begins, and there is no bar. `in_bytes` says that
    what is counted are bytes. Nothing is shown of what is told before so many seconds are over.
    """
    if verbose:
        yield _named()
        return
    if not sys.stderr.isatty():
        yield silent
        return
    begin = time.monotonic() + after
    with contextlib.ExitStack() as stack:
        bars: list[Progress] = []

        def progress(stage: str, done: int, total: int) -> None:
            if not bars and time.monotonic() >= begin:
                bars.append(stack.enter_context(_bars(in_bytes=in_bytes)))
            for shown in bars:
                shown(stage, done, total)

        yield progress


@contextlib.contextmanager
def _bars(*, in_bytes: bool) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    count = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description:<11}"), BarColumn(), count, TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        stages: dict[str, int] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=None)
            bars.update(stages[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield progress


def _named() -> Progress:
    """A function that names a stage whenever it is another than before."""
    last = ""

    def progress(stage: str, _done: int, _total: int) -> None:
        nonlocal last
        if stage != last:
            print(stage, file=sys.stderr, flush=True)
            last = stage

    return progress
