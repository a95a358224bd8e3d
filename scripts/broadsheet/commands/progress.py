"""What is told of a build on standard error: a progress bar where that is a terminal, and stages where asked for."""

import contextlib
import sys
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def shown_progress(*, verbose: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A function to be told a stage, how much of it is done and how much there is (0: not known).

    Where `verbose`, each stage is named in a line of its own when it begins, and there is no bar.
    """
    if verbose:
        yield _named()
        return
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<11}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        stages: dict[str, int] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=None)
            bars.update(stages[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield progress


def _named() -> Callable[[str, int, int], None]:
    """A function that names a stage whenever it is another than before."""
    last = ""

    def progress(stage: str, _done: int, _total: int) -> None:
        nonlocal last
        if stage != last:
            print(stage, file=sys.stderr, flush=True)
            last = stage

    return progress


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Standard error is no terminal: nothing is shown."""
