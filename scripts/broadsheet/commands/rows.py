"""Rows on standard output: tables to be read on a terminal, JSON Lines elsewhere."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from broadsheet.inventory import Scanned

Rows = Sequence[Mapping[str, Any]]

QUIET = {"published", "end_char", "text", "text_sha256", "char_count", "text_offset", "language", "extractor"}
"""Columns that a terminal does not show: the same in every row, or too long."""

SHOWN_IDS = {"entity_id", "source_entity_id", "place_entity_id"}
"""The only ids that a terminal shows: those that can be read."""


def print_rows(rows: Mapping[str, Rows], tables: Iterable[str], as_json: bool, named: bool) -> None:
    """Print the rows of the tables; `named` puts the table's name into each JSON line."""
    for table in tables:
        if as_json or not sys.stdout.isatty():
            for row in rows[table]:
                line = {"table": table, **row} if named else row
                click.echo(json.dumps(line, ensure_ascii=False, default=str))
        else:
            _print_table(table, rows[table])


def _print_table(title: str, rows: Rows) -> None:
    """The columns that hold anything, in a table as wide as the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = [name for name in (rows[0] if rows else ()) if _is_shown(name, rows)]
    shown = Table(title=f"{title}: {len(rows)} rows", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text("" if row[column] is None else str(row[column])) for column in columns))
    Console().print(shown)


def _is_shown(column: str, rows: Rows) -> bool:
    is_hidden = column in QUIET or (column.endswith("_id") and column not in SHOWN_IDS)
    return not is_hidden and any(row[column] is not None for row in rows)


def print_unread(unread: "Sequence[Scanned]") -> int:
    """Say on standard error which files gave no article, and why; the exit code that follows from it."""
    for scanned in unread:
        click.echo(f"{scanned.record.path}: {scanned.record.status}: {scanned.record.reason}", err=True)
    return int(bool(unread))
