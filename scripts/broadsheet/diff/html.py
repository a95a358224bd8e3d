"""A comparison as one HTML page that loads nothing: no script, no link that can be followed to a stranger's place."""

from collections.abc import Iterable, Iterator
from html import escape

from broadsheet.diff.model import CAUSES, KINDS, Diff, TableDiff
from broadsheet.diff.recipe import RECIPE, Rule
from broadsheet.diff.shown import advice_text, cell_text, key_text, pair_text
from broadsheet.validate.html_page import html_page
from broadsheet.validate.shown import shown

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { border-bottom: 1px solid #8886; padding: .2rem .7rem; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
td { overflow-wrap: anywhere; }
.advice { font-weight: bold; }
:root { color-scheme: light dark; }
"""


def as_html(diff: Diff) -> str:
    """The page; every word from a package is escaped."""
    title = escape(pair_text(diff))
    body = "\n".join(_body(diff))
    head = f'<p class="advice">{escape(advice_text(diff))}</p>'
    foot = f'<p>Rules are quoted from <a href="{RECIPE}">the Data Package recipe on versions</a>.</p>'
    return html_page(title, STYLE, f"{head}\n{body}\n{foot}")


def _body(diff: Diff) -> Iterator[str]:
    if diff.changes:
        yield "<h2>Descriptors</h2>"
        rows = ([str(one.rule.step), shown(one.table), one.what, one.rule.text] for one in diff.changes)
        yield _table(["step", "table", "change", "rule"], rows)
    differing = [table for table in diff.tables if table.differs]
    if differing:
        yield "<h2>Rows</h2>"
        yield _table(["table", "rows then", "rows now", *KINDS, *CAUSES], map(_counts, differing))
    for table in differing:
        yield from _of_table(table)
    for title, lines in (("Program", diff.program), ("Notes", diff.notes)):
        if lines:
            yield f"<h2>{title}</h2>\n{_list(lines)}"


def _counts(table: TableDiff) -> list[str | int]:
    causes = [sum(count for (_, cause), count in table.counts.items() if cause == one) for one in CAUSES]
    return [shown(table.name), *table.rows, *(table.total(kind) for kind in KINDS), *causes]


def _of_table(table: TableDiff) -> Iterator[str]:
    yield f"<h3>{escape(shown(table.name))}</h3>"
    lines = [table.uncompared, *map(_rule, table.rules)]
    if table.cells:
        lines.append("changed cells: " + ", ".join(f"{shown(name)} {count:,}" for name, count in table.cells.items()))
    if any(lines):
        yield _list(line for line in lines if line)
    if table.shown:
        yield _table(["row", "kind", "cause", "column", "then", "now"], _rows(table))
    more = sum(table.counts.values()) - len(table.shown)
    if more:
        yield f"<p>… {more:,} more rows</p>"


def _rule(rule: Rule) -> str:
    return f"{rule.step}: “{rule.text}”"


def _rows(table: TableDiff) -> Iterator[list[str | int]]:
    """A line for each cell that differs, of added and removed rows for each that is not missing."""
    for row in table.shown:
        head: list[str | int] = [key_text(row), row.kind, row.cause]
        for name, (then, now) in (row.cells or {"": (None, None)}).items():
            yield [*head, shown(name), "" if then is None else cell_text(then), "" if now is None else cell_text(now)]
            head = ["", "", ""]


def _table(heads: Iterable[str], rows: Iterable[Iterable[str | int]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"


def _cell(value: str | int) -> str:
    return f'<td class="number">{value:,}</td>' if isinstance(value, int) else f"<td>{escape(value)}</td>"


def _list(lines: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{escape(line)}</li>" for line in lines) + "\n</ul>"
