"""Opens two packages as far as their descriptors can be trusted, and compares them."""

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from broadsheet.diff.advice import advised
from broadsheet.diff.all_rows import rows_file
from broadsheet.diff.causes import causes
from broadsheet.diff.metadata import resource_changes
from broadsheet.diff.model import Change, Diff, Side, TableDiff
from broadsheet.diff.references import Referring
from broadsheet.diff.tables import Wanted, compare
from broadsheet.errors import IntegrityError, ReadError
from broadsheet.package.ro_crate import read_run
from broadsheet.project import DESCRIPTOR
from broadsheet.provenance import Run, differences
from broadsheet.validate.contents import PARQUET_FOLDER, Resource, Table, resources, tables
from broadsheet.validate.descriptor import malformed, read_object
from broadsheet.validate.paths import unsafe
from broadsheet.validate.profile import V2, fits_profile
from broadsheet.validate.report import Faults, UnreadableError
from broadsheet.validate.shown import shown

SIDECARS = "raw/"
"""How options are called that are hashes of what people state beside the raw files."""

SHOWN = 20
"""Rows that are shown of each table unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose descriptor can be worked with: its resources by name, its tables, the run that built it."""

    folder: Path
    descriptor: dict[str, Any]
    resources: dict[str, Resource]
    tables: dict[str, Table]
    run: Run | None

    @property
    def side(self) -> Side:
        """What the package says that it is."""
        name, version = (self.descriptor.get(key) for key in ("name", "version"))
        return Side(*(value if isinstance(value, str) else "" for value in (name, version)))


def diff_packages(old: Path, new: Path, limit: int = SHOWN, rows: Path | None = None) -> Diff:
    """What differs between two packages; each is a folder or its datapackage.json.

    All rows that differ are written into the new file `rows`, .csv or .parquet, where one is named. Raises `ReadError`
    where a package is not there, `IntegrityError` where a descriptor cannot be trusted.
    """
    then, now = open_package(old), open_package(new)
    reasons, notes = _program(then, now)
    with rows_file(rows) if rows else contextlib.nullcontext() as sink:
        found = list(_tables(then, now, reasons, Wanted(limit, sink)))
    changes = list(resource_changes(_contents(then), _contents(now)))
    changes = [*changes, *_other_files(then, now)]
    return advised(then.side, now.side, changes, found, reasons, [*notes, *_unsure(found)])


def open_package(path: Path) -> Package:
    """The package, with the resources and tables that its descriptors state."""
    folder = path.parent if path.name == DESCRIPTOR else path
    if not folder.is_dir():
        raise ReadError(f"{path}: no such folder", tip="name a package folder, or its datapackage.json")
    content = _object(folder, DESCRIPTOR)
    main = _resources(folder, content, "")
    parquet = f"{PARQUET_FOLDER}/{DESCRIPTOR}"
    twin = _resources(folder, _object(folder, parquet), PARQUET_FOLDER) if (folder / parquet).exists() else []
    several = [name for name, count in Counter(item.name for item in main).items() if count > 1]
    found = {name: _readable_or_not(table, name in several) for name, table in tables(main, twin).items()}
    return Package(folder, content, {item.name: item for item in reversed(main)}, found, read_run(folder))


def _readable_or_not(table: Table, has_several: bool) -> Table:
    """The table; one without a file says so, and one of several has none that would stand for all of them."""
    if has_several:
        return replace(table, csv=None, parquet=None)
    return table if table.limit or table.csv or table.parquet else replace(table, limit="its file is not there")


def _object(folder: Path, name: str) -> dict[str, Any]:
    if reason := unsafe(folder, name):
        raise IntegrityError(f"{folder}: {name} {reason}", tip=f"put {name} itself into the package")
    content = read_object(folder / name, name)
    if isinstance(content, Faults):
        raise _faulty(folder, content.findings[0].message)
    if not str(content.get("$schema", "")).startswith(V2):
        return content
    for item in fits_profile(content, name):
        if isinstance(item, Faults):
            raise _faulty(folder, item.findings[0].message)
    return content


def _resources(folder: Path, content: dict[str, Any], base: str) -> list[Resource]:
    found = []
    for item in resources(folder, content, base):
        if isinstance(item, Faults):
            raise _faulty(folder, f"{shown(item.findings[0].table)}: {item.findings[0].message}")
        found.append(item)
    for name, resource in _named(content).items():
        schema = resource.get("schema")
        if isinstance(schema, dict) and (reason := malformed(schema)):
            raise _faulty(folder, f"the schema of {shown(name)} cannot be used: {reason}")
    return found


def _named(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The resources of a descriptor by name, also those whose data stand in it."""
    stated = content.get("resources")
    items = [item for item in stated if isinstance(item, dict)] if isinstance(stated, list) else []
    return {item["name"]: item for item in items if isinstance(item.get("name"), str)}


def _faulty(folder: Path, message: str) -> IntegrityError:
    return IntegrityError(f"{folder}: {message}", tip=f"see all that is wrong with it: broadsheet validate {folder}")


def _program(old: Package, new: Package) -> tuple[list[str], list[str]]:
    """What of program, libraries and options differs, and what is not known of them."""
    unknown = [which for which, package in (("OLD", old), ("NEW", new)) if package.run is None]
    reasons, stated = ([], []) if old.run is None or new.run is None else _builds(old.run, new.run)
    policies = [_policy(package.descriptor) for package in (old, new)]
    if policies[0] != policies[1]:
        reasons.append(f"the text policy was {policies[0]}, and is {policies[1]}")
    notes = [
        f"{which} does not say what program built it, so no change is put down to the program" for which in unknown
    ]
    notes += [f"{shown(name)} is not the same in both: what it states otherwise is a correction" for name in stated]
    return [shown(reason, 200) for reason in reasons], notes


def _builds(old: Run, new: Run) -> tuple[list[str], list[str]]:
    """What differs between two builds of program, libraries and options, and the names of sidecars that do."""
    before, after = ({k: v for k, v in run.options.items() if k.startswith(SIDECARS)} for run in (old, new))
    old, new = (
        replace(run, options={k: v for k, v in run.options.items() if not k.startswith(SIDECARS)}) for run in (old, new)
    )
    return differences(old, new), sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _policy(descriptor: dict[str, Any]) -> str:
    """How much of the texts the package shows, where it says so."""
    settings = descriptor.get("broadsheet")
    if not isinstance(settings, dict) or not settings.get("public"):
        return "a full copy"
    return shown(settings.get("textPolicy"))


def _contents(package: Package) -> dict[str, Any]:
    return package.descriptor | {"resources": _named(package.descriptor)}


def _tables(old: Package, new: Package, reasons: list[str], wanted: Wanted) -> Iterator[TableDiff]:
    """The tables of both packages, in the order of the newer."""
    both = [name for name in new.tables if name in old.tables]
    try:
        why = causes(_readable(old), _readable(new))
    except UnreadableError as error:
        raise IntegrityError(
            f"{old.folder}, {new.folder}: {error}", tip="see which table it is: broadsheet validate"
        ) from error
    referring = {name: _referring(name, old, new) for name in both}
    for name in both:
        yield compare(old.tables[name], new.tables[name], why, bool(reasons), referring[name], wanted)


def _readable(package: Package) -> dict[str, Table]:
    return {name: table for name, table in package.tables.items() if not table.limit and (table.parquet or table.csv)}


def _referring(name: str, old: Package, new: Package) -> Referring:
    after = _readable(new)
    return [(table, after.get(other)) for other, table in _readable(old).items() if other != name]


def _other_files(old: Package, new: Package) -> Iterator[Change]:
    """Resources without a schema, of which no more can be said than whether their bytes are the same."""
    from broadsheet.diff import recipe
    from broadsheet.diff.tables import same_bytes

    for name, after in new.resources.items():
        before = old.resources.get(name)
        if before is None or name in new.tables or name in old.tables:
            continue
        if before.file and after.file and not same_bytes(before.file, after.file):
            yield Change(name, "the file has other bytes; what they hold is not compared", recipe.CORRECTED)


def _unsure(found: Iterable[TableDiff]) -> Iterator[str]:
    """What to know of tables that could not be compared, or not row by row."""
    for table in found:
        if table.repeated:
            yield (
                f"{shown(table.name)}: {table.repeated:,} of the rows that differ repeat a key; rows of one key are "
                "paired in their order, so which of them differ depends on it"
            )
        if table.uncompared:
            yield f"{shown(table.name)}: {table.uncompared}; the advice does not take it into account"
