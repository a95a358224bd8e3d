"""What a validation says: findings, and for every check whether it was made.

A check is an iterable of `Faults` and `Unmade`; the `Recorder` runs it, keeps the first findings of each rule,
counts them all, and notes how the check ended. Bad data never raises: it ends up here.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from broadsheet.progress import Progress, silent

if TYPE_CHECKING:
    from broadsheet.validate.selection import Selection

KEPT = 20
"""So many findings are kept of each check, table and rule; all are counted."""

CELLS, CELL = 60, 200
"""So many cells of a finding's row are kept, and so many characters of each."""

LONGEST, TEXTS = 1000, ("message", "table", "field", "rule", "value", "key", "raw_path")
"""So many characters are kept of each text of a finding."""

PASSED, FAILED, SKIPPED, NOT_APPLICABLE = "passed", "failed", "skipped", "not applicable"

CODES = {
    "package-error": "the descriptor is missing, is no JSON, or does not fit the Data Package profile",
    "archive-error": "a zip cannot be read, or has members that must not be unpacked",
    "resource-error": "a resource's path is not safe, or a resource is described twice",
    "schema-error": "a Table Schema names a field or a resource that does not exist, or cannot be used",
    "dialect-error": "a Table Dialect has a property that cannot be worked with",
    "scheme-error": "a file that is declared does not exist",
    "source-error": "a file cannot be read as what it is declared to be",
    "encoding-error": "a cell is not UTF-8",
    "byte-count": "a file has another size than declared",
    "hash-count": "a file has another hash than declared",
    "row-count": "a table has another number of rows than declared",
    "missing-label": "a column of the schema is missing",
    "extra-label": "a column is not in the schema",
    "incorrect-label": "columns are not in the order of the schema",
    "extra-cell": "a row of a CSV file has too many cells",
    "missing-cell": "a row of a CSV file has too few cells",
    "type-error": "a cell or column is not of the field's type",
    "integer-range": "an integer needs more than 64 bits; stricter than Table Schema, which names no largest one",
    "constraint-error": "a cell breaks a constraint of its field",
    "primary-key": "a primary key is missing or occurs twice",
    "unique-key": "a unique key occurs twice",
    "unique-error": "a value of a unique field occurs twice",
    "foreign-key": "a foreign key points to no row",
    "undeclared-file": "a file of the package is neither declared nor listed in SHA256SUMS",
    "sums-error": "SHA256SUMS is missing or lists what is not there",
    "row-order": "rows are not in the order of the package",
    "bounds-error": "a span lies outside its article's text",
    "bounds-order": "an upper bound lies below its lower bound",
    "span-error": "the text at a span is not the row's surface",
    "text-error": "an article's text does not have the recorded hash or length",
    "passage-overlap": "a passage begins before the one before it ends",
    "passage-error": "a span lies outside its passage",
    "content-error": "a claim's content is not made of its parts",
    "twin-difference": "CSV and Parquet differ in a cell, a row or a resource",
    "content-hash": "the rows do not have the declared content hash",
    "expectation-error": "what is expected of a table cannot be worked with, or its baseline is missing",
    "table-dimensions": "a table has fewer or more rows than expected",
    "fill-rate": "a field is filled in fewer or more rows than expected",
    "partition-missing": "a partition of the baseline has no rows",
    "partition-new": "a partition is not in the baseline",
    "partition-size": "a partition has fewer or more rows than the baseline, beyond the tolerance",
    "referee-difference": "broadsheet or frictionless finds a kind of fault in a table, and the other does not",
    "raw-difference": "a raw file is not the one that the package was built from",
    "rebuild-difference": "a new build gives another row or other bytes",
    "stale-package": "the package was built from another schema than the project's",
}
"""Every code of a finding; frictionless's own error type where one fits."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the data: what, where, what was expected, and the next step.

    `row` counts as in the CSV file with its header as row 1; `key` is the row's primary key as text; `raw_path`
    is the raw file that the row's article was read from, relative to raw/. `table` is empty for the package.
    `check` is the label of the check that found it. `path` is the file it is in, relative to what is validated, and
    `line` the line of it at which the row begins. `cells` are the row's cells as text, None where missing, in the
    order of the table's fields: the first `CELLS` of them, each of `CELL` characters at most.
    """

    code: str
    message: str
    table: str = ""
    row: int | None = None
    field: str = ""
    rule: str = ""
    value: str | None = None
    key: str = ""
    raw_path: str = ""
    check: str = ""
    path: str = ""
    line: int | None = None
    cells: tuple[str | None, ...] = ()

    @property
    def where(self) -> str:
        """The place of the finding, in words.

        >>> Finding("type-error", "…", table="dates", row=5, key="a1.3-9", field="earliest").where
        'dates, row 5 (a1.3-9), field earliest'
        """
        row = f"row {self.row}" if self.row is not None else ""
        parts = [self.table, f"{row} ({self.key})" if row and self.key else row]
        parts += [
            f"field {self.field}" if self.field else "",
            f"raw/{self.raw_path}" if self.raw_path else "",
        ]
        return ", ".join(part for part in parts if part)


class Rule(NamedTuple):
    """What one finding has in common with others: its code, table and field, and the rule that was broken."""

    code: str
    table: str
    field: str
    rule: str


def rule_of(finding: Finding) -> Rule:
    """The rule that a finding's data break."""
    return Rule(finding.code, finding.table, finding.field, finding.rule)


@dataclass(frozen=True, slots=True)
class Faults:
    """Findings of one rule, the first of them, and how many there are in all."""

    findings: Sequence[Finding]
    count: int


@dataclass(frozen=True, slots=True)
class Unmade:
    """Why a check was not made, or not for everything."""

    why: str
    outcome: str = SKIPPED


Outcomes = Iterable[Faults | Unmade]
"""What a check yields; a check that yields nothing has passed."""


class UnreadableError(Exception):
    """A file cannot be read; one check reports it, the others are skipped."""


@dataclass(frozen=True, slots=True)
class Check:
    """How one check of one table ended; `count` is the number of its findings, `why` says why it was not made.

    `left_out` is true where it was skipped because it was not asked for. `broken` are the rules that it found
    broken, each with the number of its findings.
    """

    name: str
    table: str
    outcome: str
    why: str = ""
    count: int = 0
    left_out: bool = False
    broken: tuple[tuple[Rule, int], ...] = ()

    @property
    def label(self) -> str:
        """The check in words, as one among all of a report.

        >>> Check("constraints", "dates", "passed").label
        'constraints of dates'
        """
        return label_of(self.name, self.table)


def label_of(name: str, table: str) -> str:
    """A check and its table in words."""
    return f"{name} of {table}" if table else name


@dataclass(frozen=True, slots=True)
class Listed:
    """A resource of the package: its files relative to what is validated, CSV first, and what its table holds.

    `fields` is empty where it is no table; `rows` and `size` (bytes of the first file) are None where they are not
    known without reading it all.
    """

    name: str
    paths: tuple[str, ...]
    fields: tuple[str, ...] = ()
    rows: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a validation (the first of each rule) and the end of every check.

    It holds all that is shown of it, so that the package is not needed again. `root` is the folder that was validated
    as its reader names it (empty for the current one, None where it cannot be named), `seconds` how long it took.
    """

    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    resources: tuple[Listed, ...] = ()
    root: str | None = None
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether no check failed; checks that were skipped are not failures, but they are in `checks`."""
        return not any(check.outcome == FAILED for check in self.checks)

    @property
    def count(self) -> int:
        """Number of all findings, also of those that were not kept."""
        return sum(check.count for check in self.checks)

    def outcomes(self) -> dict[str, int]:
        """Number of checks by how they ended."""
        counts = Counter(check.outcome for check in self.checks)
        return {outcome: counts[outcome] for outcome in (PASSED, FAILED, SKIPPED, NOT_APPLICABLE)}

    def as_text(self) -> str:
        """The report for a terminal."""
        from broadsheet.validate.formats import render

        return render(self, "text").rstrip("\n")

    def __add__(self, other: "Report") -> "Report":
        found, made = self.findings + other.findings, self.checks + other.checks
        return dataclasses.replace(self, findings=found, checks=made, resources=self.resources + other.resources)

    def below(self, folder: str) -> "Report":
        """The report of what lies in a folder, as a part of the report of what the folder lies in."""
        findings = (
            dataclasses.replace(found, path=f"{folder}/{found.path}") if found.path else found
            for found in self.findings
        )
        resources = (
            dataclasses.replace(one, paths=tuple(f"{folder}/{path}" for path in one.paths)) for one in self.resources
        )
        return dataclasses.replace(self, findings=tuple(findings), resources=tuple(resources))


def fault(code: str, message: str, **where: Any) -> Faults:
    """A single finding.

    >>> fault("row-count", "3 rows, expected 4", table="dates").count
    1
    """
    return Faults([Finding(code, message, **where)], 1)


@dataclass(slots=True)
class Recorder:
    """Runs the checks that are asked for (all, where there is no selection) and keeps what they find.

    `progress` is told how many checks are made, and of long ones how many rows they have seen.
    """

    findings: list[Finding] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    selection: "Selection | None" = None
    progress: Progress = silent

    def run(self, name: str, table: str, outcomes: Outcomes, also: str = "") -> bool:
        """Make a check; whether it found nothing. `also` is another name by which its table may be selected."""
        self.progress("checks", len(self.checks), 0)
        if why_not := self.left_out(name, table, also):
            return self._leave_out(name, table, outcomes, why_not)
        broken: Counter[Rule] = Counter()
        dropped: Counter[str] = Counter()
        unmade = None
        try:
            for item in outcomes:
                if isinstance(item, Unmade):
                    unmade = item
                elif why := self._drops(item, name, table, also):
                    dropped[f"{item.findings[0].code} {why}"] += item.count
                else:
                    self._keep(item, name, table, broken)
        except UnreadableError as error:
            unmade = Unmade(str(error))
        except MemoryError:
            self._keep(fault("source-error", "needs more memory than there is; split the data"), name, table, broken)
            unmade = Unmade("the memory did not suffice")
        self.checks.append(_ended(Check(name, table, PASSED), unmade, broken, dropped))
        return not broken and not dropped

    def left_out(self, name: str, table: str, also: str = "") -> str:
        """Why a check is not to be made; empty where it is."""
        return self.selection.leaves_out(name, table, also) if self.selection else ""

    def _leave_out(self, name: str, table: str, outcomes: Outcomes, why: str) -> bool:
        """Note that a check was left out; what others rest upon is looked at all the same."""
        from broadsheet.validate.selection import GATES

        self.checks.append(Check(name, table, SKIPPED, why, left_out=True))
        return name not in GATES or not any(isinstance(item, Faults) for item in outcomes)

    def _drops(self, faults: Faults, name: str, table: str, also: str) -> str:
        if not self.selection or not faults.findings:
            return ""
        return self.selection.drops(faults.findings[0].code, name, table, also)

    def _keep(self, faults: Faults, name: str, table: str, broken: Counter[Rule]) -> None:
        """Count findings by rule, and keep the first of each; those that nothing says more of are of the last rule."""
        rule = next(reversed(broken), Rule("", table, "", ""))
        for finding in faults.findings:
            placed = dataclasses.replace(finding, table=finding.table or table, check=label_of(name, table))
            rule = rule_of(placed)
            broken[rule] += 1
            if broken[rule] <= KEPT:
                self.findings.append(_bounded(placed))
        if untold := faults.count - len(faults.findings):
            broken[rule] += untold

    def report(self) -> Report:
        """All that was recorded."""
        return Report(tuple(self.findings), tuple(self.checks))


def _bounded(finding: Finding) -> Finding:
    """The finding with the beginnings only of texts that are very long."""
    long: dict[str, Any] = {
        name: text[:LONGEST] for name in TEXTS if len(text := getattr(finding, name) or "") > LONGEST
    }
    return dataclasses.replace(finding, **long) if long else finding


def _ended(check: Check, unmade: Unmade | None, broken: Counter[Rule], dropped: Counter[str]) -> Check:
    parts = [unmade.why] if unmade else []
    parts += [f"{number:,} of {code}" for code, number in dropped.items()]
    check = dataclasses.replace(check, why="; ".join(part for part in parts if part))
    if broken:
        return dataclasses.replace(check, outcome=FAILED, count=broken.total(), broken=tuple(broken.items()))
    if dropped:
        return dataclasses.replace(check, outcome=SKIPPED, left_out=not (unmade and unmade.outcome == SKIPPED))
    return dataclasses.replace(check, outcome=unmade.outcome) if unmade else check
