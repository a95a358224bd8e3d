"""Tables in forms that are not read here, such as workbooks: frictionless reads them instead."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.project import PROFILE
from broadsheet.schemas import foreign_keys
from broadsheet.validate.paths import unsafe
from broadsheet.validate.referee_known import FAMILY, THEIRS, Fault
from broadsheet.validate.referee_known import known as known_difference
from broadsheet.validate.report import CODES, PASSED, Faults, Finding, Outcomes, Unmade
from broadsheet.validate.shown import quoted, shown

if TYPE_CHECKING:
    from broadsheet.validate.referee import Ruling

SECONDS = 60
"""frictionless is stopped after so many."""

OF_FILES, OF_CELLS = ("size", "hash"), ("type", "constraint")
"""Kinds of fault that are found without it, and those of cells, some of which are known to be none."""

LABELS = ("blank-label", "duplicate-label", "blank-header", "header-error", "label-error")

UNOPENED, LACKING = ("scheme-error", "format-error", "error", "task-error"), "install"
"""What frictionless says of a table that it could not begin to read, where it lacks a library."""


@dataclass(slots=True)
class Elsewhere:
    """Those tables of a package that are not read here, given what the descriptor says of each resource by name.

    frictionless is asked about all of them at once, when the first is asked for.
    """

    folder: Path
    is_version_2: bool
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
        content = self.contents[name]
        told = [one for one in found if not _is_known(one, content)]
        yield from (Faults([_finding(one)], 1) for one in told)
        if name not in self.ruling.complete:
            yield Unmade(f"{why}, and frictionless stopped at {len(found):,} faults")
        elif unmade := _unmade(content.get("schema")):
            yield Unmade(f"{why}; frictionless read it, which does not check {', '.join(unmade)}")
        elif not told:
            yield Unmade(f"{why}; frictionless read it", PASSED)

    def _ruled(self) -> "Ruling":
        """What frictionless says of all tables at once, or of each by itself where it refuses the descriptor."""
        found = self._asked(self.unread)
        if len(self.unread) < 2 or {*self.unread} & {*found.faults, *found.raised}:
            return found
        for name in self.unread:
            one = self._asked([name])
            found.faults |= {key: faults for key, faults in one.faults.items() if key}
            found.complete |= one.complete
            if name not in one.faults:
                told = next((fault.text for fault in one.faults.get("", [])), "")
                found.raised[name] = one.raised.get(name) or one.why or told
        return found

    def _asked(self, names: Collection[str]) -> "Ruling":
        from broadsheet.validate import referee

        near = {*names, *(key.table for name in names for key in foreign_keys(name, self.contents[name]["schema"]))}
        known = {name: _spelt(content) for name, content in self.contents.items() if name in near}
        if any(unsafe(self.folder, path) for content in known.values() for path in referee.linked(content)):
            return referee.Ruling(why="it is not given files outside of the package, nor at URLs")
        stated = {"$schema": PROFILE} if self.is_version_2 else {}
        ruling = referee.ruled(self.folder, stated, known, SECONDS, names)
        return dataclasses.replace(ruling, why=ruling.why.partition("; give it")[0])


def _is_known(one: Fault, content: dict[str, Any]) -> bool:
    """Whether a fault is found without frictionless too, or is known to be none."""
    family = FAMILY.get(one.code, one.code)
    if family in OF_FILES or one.code == "blank-row":
        return True
    return family in OF_CELLS and bool(known_difference(THEIRS, family, content, [one]))


def _unmade(schema: Any) -> list[str]:
    """What a schema asks for and frictionless does not check."""
    if not isinstance(schema, dict):
        return []
    fields = [field for field in schema.get("fields", []) if isinstance(field, dict)]
    has_categories = any("categories" in field for field in fields)
    return ["uniqueKeys"] * bool(schema.get("uniqueKeys")) + ["categories"] * has_categories


def _spelt(content: dict[str, Any]) -> dict[str, Any]:
    """A resource as frictionless spells it: the sheet of a workbook, and `fieldsMatch`."""
    dialect, schema = content.get("dialect"), content.get("schema")
    if isinstance(dialect, dict) and {"sheetName", "sheetNumber"} & {*dialect}:
        sheet = dialect.get("sheetName") or dialect.get("sheetNumber")
        content = content | {"dialect": {**dialect, "excel": {"sheet": sheet}, "ods": {"sheet": sheet}}}
    match = schema.get("fieldsMatch") if isinstance(schema, dict) else None
    if isinstance(schema, dict) and isinstance(match, list) and len(match) == 1:
        content = content | {"schema": {**schema, "fieldsMatch": match[0]}}
    return content


def _finding(one: Fault) -> Finding:
    code = "incorrect-label" if one.code in LABELS else one.code if one.code in CODES else "source-error"
    cell = "" if one.cell is None else f"{quoted(one.cell)}: "
    return Finding(code, f"{cell}{one.text}, says frictionless; correct it", "", one.row, one.field, code, one.cell)
