"""Which checks of a validation are asked for (`--only`, `--skip`), and which findings decide its exit code.

A name selects by what it names: a check (`CSV cells` or `csv-cells`), the code of a finding (`type-error`), a table
(`claims`), or a check or code of one table (`claims:type-error`). What is left out is in the report, as skipped.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadsheet.errors import UsageError
from broadsheet.schemas import SIDECARS, TABLES
from broadsheet.validate.report import CODES, FAILED, SKIPPED, Report
from broadsheet.validate.shown import quoted, shown

BY_ONLY, BY_SKIP = "not asked for (--only)", "left out by --skip"

CHECKS = {
    "input": "what was named can be opened: a folder, a zip, a descriptor, a file of data",
    "descriptor": "datapackage.json is there and is a JSON object",
    "profile": "it fits the Data Package profile",
    "image": "its image is at a safe path",
    "resources": "its resources have names and safe paths",
    "data": "data within the descriptor are in a form that can be read",
    "references": "keys name fields and resources that exist",
    "schema": "a Table Schema makes sense beyond its profile",
    "file": "a file is there, with its size and hash",
    "packed": "a packed table can be unpacked",
    "parts": "the parts of a resource have its size and hash together",
    "sums": "SHA256SUMS lists every file with its hash",
    "declared": "no file of data is undeclared",
    "rows": "the rows of a table can be read",
    "dialect": "a Table Dialect can be worked with",
    "cells": "cells are of their types and keep the constraints of their fields",
    "row count": "a table has as many rows as declared",
    "CSV cells": "the CSV file has the columns of the schema, and its cells are of their types",
    "Parquet columns": "the Parquet file has the columns of the schema, with their types",
    "csv row count": "the CSV file has as many rows as declared",
    "parquet row count": "the Parquet file has as many rows as declared",
    "constraints": "cells keep the constraints of their fields",
    "primary key": "primary keys are there and unique",
    "unique keys": "unique keys are unique",
    "foreign keys": "foreign keys point to rows",
    "bounds": "upper bounds are not below lower ones",
    "content hash": "the rows have the declared content hash",
    "CSV equals Parquet": "both files hold the same cells",
    "row order": "rows are in the order of the package",
    "spans": "the text at a span is the row's surface",
    "spans in passages": "spans lie within their passages",
    "texts": "texts have their recorded hashes and lengths",
    "passages apart": "passages do not overlap",
    "contents": "the contents of claims are made of their parts",
    "expectations": "row counts, fill rates and partitions are as expected",
    "referee": "frictionless comes to the same verdict (with --referee only)",
    "project descriptor": "a project's datapackage.json is there and is a JSON object",
    "project profile": "it fits the Data Package profile",
    "project schema": "a project's schema can be worked with",
    "project columns": "it has the columns that a build writes",
    "package": "the project has been built",
    "sidecar columns": "a sidecar has known columns",
    "sidecar quotes": "its quotation marks are paired",
    "sidecar cells": "its cells are of their types",
    "sidecar constraints": "its cells keep the constraints of their fields",
    "sidecar key": "its keys are there and unique",
    "sidecar rows": "its rows say what they must",
}
"""Every check by name, and what it holds where it passes."""

ALWAYS = ("descriptor", "project descriptor")
"""Checks that cannot be left out: without them there is nothing to check."""

GATES = ("data", "project schema", "sidecar columns")
"""Checks that are made in silence where they are left out: others can only be made of what passes them."""

FINDINGS, NOT_MADE, NEVER = "findings", "skipped", "never"
"""What `--fail-on` may name besides codes; with `skipped` every check must have been made, and find nothing."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a validation is asked for; by default all."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()

    def leaves_out(self, check: str, table: str, also: str = "") -> str:
        """Why a check is not to be made, empty where it is; `also` is another name of the table.

        >>> selection = Selection(only=("claims", "type-error"), skip=("claims:foreign-keys",))
        >>> selection.leaves_out("foreign keys", "claims"), selection.leaves_out("foreign keys", "dates")
        ('left out by --skip', '')
        """
        if check in ALWAYS:
            return ""
        if _any(self.skip, check, table, also):
            return BY_SKIP
        wanted = not self.only or _any(self.only, check, table, also) or any(map(_code_of, self.only))
        return "" if wanted else BY_ONLY

    def drops(self, code: str, check: str, table: str, also: str = "") -> str:
        """Why a finding of a check that was made is not to be told; empty where it is.

        >>> selection = Selection(only=("claims", "type-error"))
        >>> selection.drops("row-count", "rows", "claims"), selection.drops("row-count", "rows", "dates")
        ('', 'not asked for (--only)')
        """
        if check in ALWAYS:
            return ""
        if _any_code(self.skip, code, table, also):
            return BY_SKIP
        wanted = not self.only or _any(self.only, check, table, also) or _any_code(self.only, code, table, also)
        return "" if wanted else BY_ONLY

    def refuse_unknown(self, tables: Iterable[str]) -> None:
        """Raise `UsageError` where a name is no check, no code and none of the tables."""
        places = {*tables, *TABLES, *(f"raw/{name}.csv" for name in SIDECARS)}
        for name in (*self.only, *self.skip):
            if not _is_known(name, places):
                raise _unknown(name, (*CHECKS, *CODES, *sorted(places)))
        for name in self.skip:
            if _plain(name) in map(_plain, ALWAYS):
                raise UsageError(f"--skip {shown(name)}: every other check rests on this one", tip="leave --skip out")


def fails(report: Report, fail_on: Sequence[str]) -> bool:
    """Whether a validation is to end with exit code 1: by default where anything was found.

    >>> from broadsheet.validate.report import Check
    >>> report = Report((), (Check("spans", "dates", SKIPPED, "text withheld"),))
    >>> fails(report, ()), fails(report, ("skipped",))
    (False, True)
    """
    named = set(fail_on) or {FINDINGS}
    if NEVER in named:
        return False
    if named & {FINDINGS, NOT_MADE} and any(check.outcome == FAILED for check in report.checks):
        return True
    if NOT_MADE in named and any(check.outcome == SKIPPED and not check.left_out for check in report.checks):
        return True
    return any(finding.code in named for finding in report.findings)


def check_fail_on(fail_on: Sequence[str]) -> None:
    """Raise `UsageError` where a name is neither a code nor one of the words of `--fail-on`."""
    for name in fail_on:
        if name not in (FINDINGS, NOT_MADE, NEVER, *CODES):
            raise _unknown(name, (FINDINGS, NOT_MADE, NEVER, *CODES), "--fail-on ")
    if NEVER in fail_on and len(set(fail_on)) > 1:
        raise UsageError("--fail-on never: excludes every other --fail-on", tip="leave it out, or leave the others out")


def _any(names: Sequence[str], check: str, table: str, also: str) -> bool:
    places = {table, also} - {""}
    plain = _plain(check)
    return any(
        name in places
        or _plain(name) == plain
        or any(name.startswith(f"{place}:") and _plain(name[len(place) + 1 :]) == plain for place in places)
        for name in names
    )


def _any_code(names: Sequence[str], code: str, table: str, also: str) -> bool:
    return bool({code, f"{table}:{code}", f"{also}:{code}"} & {*names})


def _code_of(name: str) -> str:
    code = name.rpartition(":")[2]
    return code if code in CODES else ""


def _is_known(name: str, places: set[str]) -> bool:
    checks = set(map(_plain, CHECKS))
    place, colon, rest = name.rpartition(":")
    known = rest in CODES or _plain(rest) in checks
    return name in places or (known and (not colon or place in places))


def _unknown(name: str, known: Sequence[str], where: str = "") -> UsageError:
    table = name.rpartition(":")[0]
    listed = {_plain(one): one for one in known}
    near = difflib.get_close_matches(_plain(name.rpartition(":")[2] or name), listed, 1, 0.5)
    near = near if not table or table in known else difflib.get_close_matches(_plain(table), listed, 1, 0.5)
    meant = f"; did you mean {quoted(listed[near[0]])}?" if near else ""
    return UsageError(f"{where}{quoted(name)} is no known name{meant}", tip=f"known: {', '.join(known)}")


def _plain(name: str) -> str:
    """A name of a check as it may be written: in any case, with hyphens.

    >>> _plain("CSV cells")
    'csv-cells'
    """
    return name.strip().lower().replace(" ", "-")
