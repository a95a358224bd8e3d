"""Parts of a comparison in words, on one line, without anything that a terminal would obey."""

from typing import Any

from broadsheet.diff.model import Diff, RowChange, Side
from broadsheet.diff.recipe import FIRST, Step
from broadsheet.validate.shown import quoted, shown


def pair_text(diff: Diff) -> str:
    """Which packages are compared."""
    return f"{_side(diff.old)} → {_side(diff.new)}"


def _side(side: Side) -> str:
    return f"{shown(side.name) or 'a package without a name'} {shown(side.version) or '(no version)'}"


def advice_text(diff: Diff) -> str:
    """The step that the changes ask for, the least version, whether the stated one is enough, and what is left out."""
    unknown = [shown(table.name) for table in diff.tables if table.uncompared]
    if unknown and diff.step is Step.NONE:
        return f"Advice: not known, for these were not compared: {', '.join(unknown)}."
    return _advice(diff) + (f" Not compared, and not counted in this: {', '.join(unknown)}." if unknown else "")


def _advice(diff: Diff) -> str:
    if diff.step is Step.NONE:
        return "Advice: none; " + ("no new version is needed." if diff.differs else "the packages do not differ.")
    if diff.next_version is None:
        first = "" if diff.old.version else f" The recipe says: “{FIRST.text}.”"
        return f"Advice: {diff.step}; OLD has no version of the form 1.2.3 to count from.{first}"
    text = f"Advice: {diff.step}; the least next version is {diff.next_version}."
    if diff.step is Step.MAJOR and diff.old.version.startswith("0."):
        text += " (Below 1.0.0 a major change raises the minor number.)"
    if diff.enough is None:
        return f"{text} NEW states no version of that form."
    return f"{text} NEW states {shown(diff.new.version)}" + ("." if diff.enough else ", which is too small.")


def key_text(row: RowChange) -> str:
    """The key of a row."""
    return ", ".join("missing" if cell is None else shown(cell) for cell in row.key.values())


def cell_text(cell: Any) -> str:
    """A cell: text in quotes, a missing cell as the word."""
    return quoted(cell) if cell is None or isinstance(cell, str) else shown(cell)
