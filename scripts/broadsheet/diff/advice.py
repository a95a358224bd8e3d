"""The version that a comparison asks for."""

from collections.abc import Sequence

from broadsheet.diff.model import Change, Diff, Side, TableDiff
from broadsheet.diff.recipe import Step, is_enough, next_version


def advised(
    old: Side,
    new: Side,
    changes: Sequence[Change],
    tables: Sequence[TableDiff],
    program: Sequence[str],
    notes: Sequence[str],
) -> Diff:
    """The comparison with the step that its largest change asks for, and the least version of the newer package."""
    rules = [change.rule for change in changes] + [rule for table in tables for rule in table.rules]
    step = max((rule.step for rule in rules), default=Step.NONE)
    least = next_version(old.version, step)
    enough = is_enough(old.version, new.version, step)
    return Diff(old, new, changes, tables, program, notes, step, least, enough)
