"""A comparison as text for a terminal, as JSON and as Markdown; `html` shows it as a page."""

import json
from collections.abc import Iterator
from typing import Any

from broadsheet.diff.html import as_html
from broadsheet.diff.model import ADDED, CAUSES, CHANGED, KINDS, REMOVED, Diff, RowChange, TableDiff
from broadsheet.diff.recipe import RECIPE, Rule
from broadsheet.diff.shown import advice_text, cell_text, key_text, pair_text
from broadsheet.validate.shown import shown

SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}


def render(diff: Diff, form: str) -> str:
    """The comparison in the form: text, json, markdown or html."""
    return {"text": as_text, "json": as_json, "markdown": as_markdown, "html": as_html}[form](diff)


# Text


def as_text(diff: Diff) -> str:
    """The comparison as a terminal shows it, without anything that a terminal would obey."""
    return "\n".join([pair_text(diff), *_text_lines(diff), "", advice_text(diff)]) + "\n"


def _text_lines(diff: Diff) -> Iterator[str]:
    if diff.changes:
        yield from ("", "Descriptors")
    for change in diff.changes:
        yield f"  {change.rule.step!s:<6} {shown(change.table) + ': ' if change.table else ''}{change.what}"
        yield f"         “{change.rule.text}”"
    differing = [table for table in diff.tables if table.differs]
    if differing:
        yield from ("", "Rows", *_columns(_counts(differing)))
    for table in differing:
        yield from _table_lines(table)
    for title, lines in (("Program", diff.program), ("Notes", diff.notes)):
        yield from ("", title, *(f"  {line}" for line in lines)) if lines else ()


def _table_lines(table: TableDiff) -> Iterator[str]:
    yield from ("", shown(table.name))
    if table.uncompared:
        yield f"  {table.uncompared}"
    for rule in table.rules:
        yield f"  {rule.step!s:<6} “{rule.text}”"
    if table.cells:
        yield "  changed cells: " + ", ".join(f"{shown(name)} {count:,}" for name, count in table.cells.items())
    for row in table.shown:
        yield f"  {SIGNS[row.kind]} {key_text(row)} ({row.cause}){_cells(row)}"
    if more := _unshown(table):
        yield f"  … {more:,} more (--rows FILE writes all)"


def _cells(row: RowChange) -> str:
    if row.kind != CHANGED:
        return ""
    return ": " + "; ".join(f"{shown(name)} {cell_text(a)} → {cell_text(b)}" for name, (a, b) in row.cells.items())


def _unshown(table: TableDiff) -> int:
    return sum(table.counts.values()) - len(table.shown)


HEADS = ("table", "rows then", "rows now", *KINDS, *CAUSES)


def _counts(tables: list[TableDiff]) -> list[tuple[str, ...]]:
    """A row of text for each table under HEADS: how many rows, of each kind, for each cause."""
    return [HEADS, *(_count(table) for table in tables)]


def _count(table: TableDiff) -> tuple[str, ...]:
    causes = (sum(count for (_, cause), count in table.counts.items() if cause == one) for one in CAUSES)
    numbers = (*table.rows, *(table.total(kind) for kind in KINDS), *causes)
    return (shown(table.name), *(f"{number:,}" for number in numbers))


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield f"  {row[0]:<{widths[0]}}  {'  '.join(rest)}"


# JSON


def as_json(diff: Diff) -> str:
    """The comparison for machines; cells are whole, dates as text."""
    return json.dumps(as_object(diff), indent=2, ensure_ascii=True, default=str) + "\n"


def as_object(diff: Diff) -> dict[str, Any]:
    """The comparison as JSON values."""
    return {
        "old": {"name": diff.old.name, "version": diff.old.version},
        "new": {"name": diff.new.name, "version": diff.new.version},
        "differs": diff.differs,
        "advice": {
            "step": str(diff.step),
            "nextVersion": diff.next_version,
            "enough": diff.enough,
            "recipe": RECIPE,
        },
        "changes": [{"table": one.table, "what": one.what, **_rule(one.rule)} for one in diff.changes],
        "tables": [_table(table) for table in diff.tables],
        "program": list(diff.program),
        "notes": list(diff.notes),
    }


def _rule(rule: Rule) -> dict[str, str]:
    return {"step": str(rule.step), "rule": rule.text}


def _table(table: TableDiff) -> dict[str, Any]:
    return {
        "name": table.name,
        "rows": list(table.rows),
        "key": list(table.key),
        **{kind: {"total": table.total(kind), **_by_cause(table, kind)} for kind in KINDS},
        "changedCells": dict(table.cells),
        "rules": [_rule(rule) for rule in table.rules],
        "uncompared": table.uncompared or None,
        "shown": [_row(row) for row in table.shown],
    }


def _by_cause(table: TableDiff, kind: str) -> dict[str, int]:
    return {cause: table.counts.get((kind, cause), 0) for cause in CAUSES}


def _row(row: RowChange) -> dict[str, Any]:
    cells = {name: {"old": _value(a), "new": _value(b)} for name, (a, b) in row.cells.items()}
    return {
        "kind": row.kind,
        "cause": row.cause,
        "key": {name: _value(cell) for name, cell in row.key.items()},
        "cells": cells,
    }


def _value(cell: Any) -> Any:
    """The cell, as text where it is a number that JSON does not have."""
    is_none = isinstance(cell, float) and (cell != cell or cell in (float("inf"), float("-inf")))
    return str(cell) if is_none else cell


# Markdown


def as_markdown(diff: Diff) -> str:
    """The comparison for a changelog or a comment."""
    return (
        "\n".join([f"## {markdown(pair_text(diff))}", "", markdown(advice_text(diff)), *_markdown_lines(diff)]) + "\n"
    )


def _markdown_lines(diff: Diff) -> Iterator[str]:
    if diff.changes:
        yield from ("", "### Descriptors", "")
    for change in diff.changes:
        where = f"{markdown(shown(change.table))}: " if change.table else ""
        yield f"- **{change.rule.step}** {where}{markdown(change.what)} (“{change.rule.text}”)"
    differing = [table for table in diff.tables if table.differs]
    if differing:
        yield from ("", "### Rows", "", *_markdown_table(_counts(differing)))
    for table in differing:
        yield from _markdown_of(table)
    for title, lines in (("Program", diff.program), ("Notes", diff.notes)):
        yield from ("", f"### {title}", "", *(f"- {markdown(line)}" for line in lines)) if lines else ()


def _markdown_of(table: TableDiff) -> Iterator[str]:
    yield from ("", f"#### {markdown(shown(table.name))}", "")
    yield from (f"- {markdown(table.uncompared)}",) if table.uncompared else ()
    yield from (f"- **{rule.step}** “{rule.text}”" for rule in table.rules)
    if table.cells:
        yield "- changed cells: " + ", ".join(
            f"{markdown(shown(name))} {count:,}" for name, count in table.cells.items()
        )
    for row in table.shown:
        yield f"- {row.kind} ({row.cause}): {markdown(key_text(row) + _cells(row))}"
    if more := _unshown(table):
        yield f"- … {more:,} more"


def _markdown_table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    lines = [f"| {' | '.join(markdown(cell) for cell in row)} |" for row in rows]
    yield from (lines[0], "|---" + "|---:" * (len(HEADS) - 1) + "|", *lines[1:])


def markdown(text: str) -> str:
    r"""The text on one line, with every sign that Markdown or HTML would obey made plain.

    >>> markdown("[x](y) <b> a|b *c*")
    '\\[x\\](y) &lt;b> a\\|b \\*c\\*'
    """
    plain = " ".join(text.split())
    for sign in "\\`*_[]|#~!":
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("://", "&#58;//").replace("@", "&#64;")
