"""Tables in forms that are not read here, such as workbooks and packed files: frictionless reads them instead."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.validate.paths import unsafe
from broadsheet.validate.referee_known import FAMILY, Fault
from broadsheet.validate.report import CODES, PASSED, Faults, Finding, Outcomes, Unmade
from broadsheet.validate.shown import quoted, shown

if TYPE_CHECKING:
    from broadsheet.validate.referee import Ruling

SECONDS = 60
"""frictionless is stopped after so many."""

OF_FILES = ("size", "hash")
"""Kinds of fault that are found without it."""

LABELS = ("blank-label", "duplicate-label", "blank-header", "header-error", "label-error")

UNOPENED, LACKING = ("scheme-error", "format-error", "error", "task-error"), "install"
"""What frictionless says of a table that it could not begin to read, where it lacks a library."""


@dataclass(slots=True)
class Elsewhere:
    """Those tables of a package that are not read here, given what the descriptor says of each resource by name.

    frictionless is asked about all of them at once, when the first is asked for.
    """

    folder: Path
    contents: Mapping[str, dict[str, Any]]
    unread: Collection[str]
    ruling: "Ruling | None" = None

    def rows_hold(self, name: str, why: str) -> Outcomes:
        """What frictionless says of the rows of a table that is not read here, `why` not."""
        self.ruling = self.ruling or self._ruled()
        found = self.ruling.faults.get(name)
        if found is None or any(one.code in UNOPENED and LACKING in one.text for one in found):
            said = self.ruling.raised.get(name) or self.ruling.why or (found or self.ruling.faults.get("", []))[0].text
            yield Unmade(f"{why}, nor by frictionless: {shown(said, 200)}")
            return
        for one in found:
            if FAMILY.get(one.code) not in OF_FILES:
                yield Faults([_finding(one)], 1)
        if name not in self.ruling.complete:
            yield Unmade(f"{why}, and frictionless stopped at {len(found):,} faults")
        elif not found:
            yield Unmade(f"{why}; frictionless read it", PASSED)

    def _ruled(self) -> "Ruling":
        from broadsheet.validate import referee

        near = {*self.unread, *(other for name in self.unread for other in _referred(self.contents[name]))}
        known = {name: content for name, content in self.contents.items() if name in near}
        if any(unsafe(self.folder, path) for content in known.values() for path in referee.linked(content)):
            return referee.Ruling(why="it does not get to see files that must not be followed")
        return referee.ruled(self.folder, {}, known, SECONDS, self.unread)


def _referred(content: dict[str, Any]) -> list[str]:
    """The resources that the foreign keys of a table refer to."""
    schema = content.get("schema")
    keys = schema.get("foreignKeys", []) if isinstance(schema, dict) else []
    references = [key["reference"] for key in keys if isinstance(key, dict) and isinstance(key.get("reference"), dict)]
    return [str(reference.get("resource", "")) for reference in references]


def _finding(one: Fault) -> Finding:
    code = "incorrect-label" if one.code in LABELS else one.code if one.code in CODES else "source-error"
    cell = "" if one.cell is None else f"{quoted(one.cell)}: "
    return Finding(code, f"{cell}{one.text}, says frictionless; correct it", "", one.row, one.field, code, one.cell)
