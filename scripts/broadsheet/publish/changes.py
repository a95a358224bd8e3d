"""What changed since the version before: whether the new number says enough of it, and the CHANGELOG.md of it.

A CHANGELOG.md has counts, columns and rules, but no cell and no key of a row: it stays where it is when the rows
that it would name have to go, because a person must no longer be named, say.
"""

from collections.abc import Iterator
from pathlib import Path

from broadsheet.diff.formats import markdown
from broadsheet.diff.model import KINDS, Diff, TableDiff
from broadsheet.diff.recipe import RECIPE, Rule, is_enough
from broadsheet.errors import PackageError
from broadsheet.package.contents import CHANGELOG
from broadsheet.validate.shown import shown

LARGEST = 16 << 20
"""Bytes of an earlier CHANGELOG.md that is gone on with."""

OURS = "counted by broadsheet"
HEAD = f"""\
# Changelog

What changed from version to version, {OURS}; the newest stands on top. The steps and the quoted lines
are those of the [Data Package recipe on versions]({RECIPE}).
`broadsheet diff OLD NEW` shows the rows themselves.
"""

NAMED = 5
"""So many changes are named that ask for a larger step."""


def changes_since(before: Path | None, package: Path, version: str, day: str, allow: str = "") -> str:
    """The CHANGELOG.md of the version in `package`, the one in `before` being the version before it, if any.

    Raises `PackageError` where the step between the two versions is too small for what changed, unless `allow`
    says why it may be.
    """
    if before is None:
        return "\n".join([HEAD, f"## {version} ({day})", "", "First version.", ""])
    from broadsheet.diff.packages import diff_packages

    diff = diff_packages(before, package, limit=0)
    if diff.enough is False and not allow:
        raise too_small(diff)
    return "\n".join([HEAD, f"## {version} ({day})", "", *_entry(diff, allow), "", _earlier(before / CHANGELOG)])


def too_small(diff: Diff) -> PackageError:
    """What is said of a version whose number is too small a step from the one before."""
    asking = [
        what for what, rule in _changes(diff) if is_enough(diff.old.version, diff.new.version, rule.step) is False
    ]
    more = [f"and {len(asking) - NAMED} more"] if len(asking) > NAMED else []
    lines = "\n  ".join([*asking[:NAMED], *more])
    return PackageError(
        f"{diff.new.name} {diff.new.version} is too small a step from {diff.old.version}: what changed is {diff.step}, "
        f"so the least version is {diff.next_version}\n  {lines}",
        tip=f'publish it with --version {diff.next_version}, or say why it may be smaller: --allow "why"',
    )


def _changes(diff: Diff) -> Iterator[tuple[str, Rule]]:
    """Each change in words, with the rule that it falls under, those of descriptors first."""
    for change in diff.changes:
        yield f"{shown(change.table) + ': ' if change.table else ''}{change.what}{_ruled(change.rule)}", change.rule
    for table in diff.tables:
        for rule in table.rules:
            yield f"{shown(table.name)}: {counts(table)}{_ruled(rule)}", rule


def _ruled(rule: Rule) -> str:
    return f" ({rule.step}: “{rule.text}”)"


def counts(table: TableDiff) -> str:
    """The rows that differ, in words.

    >>> counts(TableDiff("claims", (9, 10), counts={("added", "raw"): 2, ("removed", "raw"): 1}))
    '2 rows added, 1 removed'
    """
    first, *others = [f"{table.total(kind):,} {kind}" for kind in KINDS if table.total(kind)] or ["0 changed"]
    number, kind = first.split()
    return ", ".join([f"{number} {'row' if number == '1' else 'rows'} {kind}", *others])


def _entry(diff: Diff, allow: str) -> Iterator[str]:
    """What changed, as the lines of a list in Markdown."""
    what = f"a {diff.step} change" if diff.step else "no change that asks for another number"
    yield f"Compared with {diff.old.version}: {what}."
    if diff.enough is False:
        yield from ("", f"By the recipe this would be {diff.next_version}; it is not, because: {markdown(allow)}")
    items = [f"- {markdown(what)}" for what, _ in _changes(diff)]
    items += [
        f"- {markdown(shown(table.name))}: changed cells: {_cells(table)}" for table in diff.tables if table.cells
    ]
    items += [f"- {markdown(line)}" for line in (*diff.program, *diff.notes)]
    yield from ("", *items) if items else ()


def _cells(table: TableDiff) -> str:
    return ", ".join(f"{markdown(shown(name))} {count:,}" for name, count in table.cells.items())


def _earlier(changelog: Path) -> str:
    """The entries of an earlier CHANGELOG.md; nothing where there is none, or what is there is none of ours."""
    try:
        if changelog.stat().st_size > LARGEST:
            return ""
        text = changelog.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    head, mark, entries = text.partition("\n## ")
    return f"## {entries}" if mark and OURS in head else ""
