"""Baselines: CSV files with the rows expected of each partition, which people review and keep under version control.

The columns are the fields of the partitioning and at last `rows`; the lines are sorted, so that a changed file shows
what changed.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from broadsheet.errors import PackageError, UsageError
from broadsheet.staging import write_whole
from broadsheet.validate.measures import MOST, Key
from broadsheet.validate.shown import quoted, shown

ROWS = "rows"
LARGEST = 64 << 20
"""Baselines larger than this are not read."""

_COUNT = re.compile(r"[0-9]{1,18}")


class BaselineError(Exception):
    """A baseline cannot be used; the message says why, and where in it."""


def read_baseline(path: Path, names: Sequence[str]) -> dict[Key, int]:
    """The rows of each partition; raises `FileNotFoundError` or `BaselineError`."""
    try:
        if path.exists() and not path.is_file():
            raise BaselineError("is no file")
        if path.stat().st_size > LARGEST:
            raise BaselineError(f"is larger than {LARGEST >> 20} MB and was not read")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BaselineError(f"is not UTF-8: {error.reason}") from error
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BaselineError(f"cannot be read: {error.strerror}") from error
    return dict(_lines(text, names))


def _lines(text: str, names: Sequence[str]) -> Iterator[tuple[Key, int]]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    seen: set[Key] = set()
    try:
        header = next(lines, [])
        if header != [*names, ROWS]:
            raise BaselineError(f"has the columns {quoted(', '.join(header))}, expected {', '.join((*names, ROWS))}")
        for line in lines:
            *key, rows = line or [""]
            if len(key) != len(names) or not _COUNT.fullmatch(rows):
                expected = f"{len(names)} values and a number of rows"
                raise BaselineError(f"line {lines.line_num}: {quoted(','.join(line))}, expected {expected}")
            if tuple(key) in seen:
                raise BaselineError(f"line {lines.line_num}: {quoted(', '.join(key))} stands there twice")
            seen.add(tuple(key))
            if len(seen) > MOST:
                raise BaselineError(f"has more than {MOST:,} partitions")
            yield tuple(key), int(rows)
    except csv.Error as error:
        raise BaselineError(f"line {lines.line_num}: is no CSV: {error}") from error


def as_lines(counts: Mapping[Key, int]) -> list[tuple[Key, str]]:
    """The lines of a baseline by key, in order.

    >>> as_lines({("Herald", "2021-09"): 1, ("Herald", "2021-08"): 12})
    [(('Herald', '2021-08'), 'Herald,2021-08,12'), (('Herald', '2021-09'), 'Herald,2021-09,1')]
    """
    return [(key, _line((*key, counts[key]))) for key in sorted(counts)]


def _line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)  # what is in the terminator is quoted in the cells
    return out.getvalue().removesuffix("\r\n")


def difference(old: Mapping[Key, int], new: Mapping[Key, int]) -> Iterator[str]:
    """The lines that a new baseline has in place of others, as in a diff, safe for a terminal.

    >>> list(difference({("a",): 1, ("b",): 2}, {("b",): 3, ("c",): 1}))
    ['-a,1', '-b,2', '+b,3', '+c,1']
    """
    before, after = dict(as_lines(old)), dict(as_lines(new))
    for key in sorted({**before, **after}):
        if before.get(key) != after.get(key):
            yield from (f"{sign}{shown(side[key], 500)}" for sign, side in (("-", before), ("+", after)) if key in side)


def write_baseline(path: Path, names: Sequence[str], counts: Mapping[Key, int]) -> None:
    """Write a baseline, in one step; nothing but a baseline is ever written over.

    Raises `UsageError` where another file stands there, `PackageError` where it cannot be written.
    """
    header = _line((*names, ROWS))
    try:
        if path.exists() and not _is_baseline(path):
            raise UsageError(f"{path}: is no baseline, so it is not written over", tip="give the baseline another path")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, "".join(f"{line}\n" for line in (header, *(line for _, line in as_lines(counts)))))
    except OSError as error:
        raise PackageError(f"{path}: cannot be written: {error.strerror or error}", tip="make it writable") from error


def _is_baseline(path: Path) -> bool:
    """Whether the first line ends in the column that every baseline has."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        first = file.readline(1 << 16).strip()
    return not first or first.endswith(b"," + ROWS.encode())
