"""Cells of a table of JSON, an array or lines of it, as texts with the kinds that they had."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from broadsheet.validate import json_limits
from broadsheet.validate.report import Faults, UnreadableError
from broadsheet.validate.tabular import values
from broadsheet.validate.tabular.rows import WIDEST, Chunk, Rows, column, note_width

LARGEST, JSON_VALUES = 256 << 20, 10_000_000
"""Bytes and values of a JSON file at most."""

CELLS = 20_000_000
"""Cells of a JSON table at most, those counted that a row does not have."""


def json_rows(content: Any, dialect: dict[str, Any]) -> Rows:
    """The rows of a JSON table: arrays, the first of which is the header, or objects."""
    if (name := dialect.get("property")) is not None:
        content = content.get(name) if isinstance(content, dict) else None
    if not isinstance(content, list) or not all(isinstance(row, (list, dict)) for row in content):
        raise UnreadableError("it holds no array of rows, each an array or an object; name its property in the dialect")
    labels: list[str] | None
    if content and isinstance(content[0], dict):
        labels = dialect.get("itemKeys") or list(
            dict.fromkeys(key for row in content if isinstance(row, dict) for key in row)
        )
        if len(labels) > WIDEST or len(labels) * len(content) > CELLS:
            raise UnreadableError(f"its {len(content):,} rows have {len(labels):,} keys, which are too many cells")
        rows: list[Any] = [[row.get(key) for key in labels] if isinstance(row, dict) else row for row in content]
    else:
        header = dialect.get("header", True)
        labels = [str(label) for label in content[0]] if header and content else None
        rows = content[1:] if header else content
    first = 1 if labels is None else 2
    width = len(labels if labels is not None else rows[0] if rows else [])
    faults: dict[int, Faults] = {}
    is_keyed = bool(content) and isinstance(content[0], dict)
    return Rows(labels, _json_chunks(rows, first, width, faults), faults, width, is_keyed=is_keyed)


def _plain(cell: Any) -> Any:
    """The cell, a whole number as such: JSON does not tell 10.0 from 10."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _json_chunks(rows: list[Any], first: int, width: int, faults: dict[int, Faults]) -> Iterator[Chunk]:
    for right, group in itertools.groupby(enumerate(rows, first), key=lambda item: len(item[1]) == width):
        run = list(group)
        if right:
            cells = list(zip(*(map(_plain, row) for _, row in run), strict=True))
            yield Chunk(run[0][0], [column(map(_json_text, c)) for c in cells], [column(map(_kind, c)) for c in cells])
        for number, row in () if right else run:
            note_width(faults, number, len(row), width)


def _json_text(cell: Any) -> str | None:
    return cell if cell is None or isinstance(cell, str) else values.canonical(cell)


def _kind(cell: Any) -> str:
    return "null" if cell is None else type(cell).__name__


def load_json(path: Path, encoding: str) -> Any:
    """What a JSON file holds; raises `UnreadableError`."""
    text, _ = _json_source(path, encoding)
    try:
        return values.json_value(text)
    except ValueError as error:
        raise UnreadableError(f"{path.name} is no JSON: {error}") from error


def load_json_lines(paths: Sequence[Path], encoding: str) -> list[Any]:
    """What the lines of files hold, each of which is JSON, empty ones left out; raises `UnreadableError`."""
    found: list[Any] = []
    count = 0
    for path in paths:
        text, count = _json_source(path, encoding, count)
        for number, line in enumerate(text.split("\n"), 1):
            try:
                found += [values.json_value(line)] if line.strip() else []
            except ValueError as error:
                raise UnreadableError(f"{path.name} line {number} is no JSON: {error}") from error
    return found


def _json_source(path: Path, encoding: str, before: int = 0) -> tuple[str, int]:
    """The text of a JSON file that is of a size to be read at once, and its values with those of files before it."""
    if path.stat().st_size > LARGEST:
        raise UnreadableError(f"{path.name} is larger than {LARGEST >> 20} MB, which is not read as JSON")
    data = path.read_bytes()
    count = before + json_limits.count_of_values(data)
    if count > JSON_VALUES:
        also = " together with the files before it" if before else ""
        raise UnreadableError(f"{path.name} has more than {JSON_VALUES:,} values{also}, which are not read as JSON")
    try:
        return data.decode(encoding), count
    except (ValueError, LookupError) as error:
        raise UnreadableError(f"{path.name} is no JSON: {error}") from error
