"""Baselines against the rows as they are now, for a person to review before they are written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import ReadError, UsageError
from broadsheet.project import DESCRIPTOR
from broadsheet.validate import descriptor
from broadsheet.validate.baselines import BaselineError, read_baseline, write_baseline
from broadsheet.validate.contents import EXPECTATIONS, Table, resources_of
from broadsheet.validate.expectations import Partitioning, expecting, mistakes, parsed
from broadsheet.validate.measures import Key, PartitionsError, measured
from broadsheet.validate.plan import opened_tables
from broadsheet.validate.report import Faults, UnreadableError


@dataclass(frozen=True, slots=True)
class Review:
    """A baseline and the rows of each partition now; `old` is None where there is no baseline that can be read.

    `name` is the path of the baseline as the descriptor has it, `why` says why it cannot be read.
    """

    name: str
    path: Path
    fields: tuple[str, ...]
    old: dict[Key, int] | None
    new: Counter[Key]
    why: str = ""

    @property
    def changes(self) -> dict[str, int]:
        """Numbers of partitions by what became of them.

        >>> Review("x.csv", Path("x.csv"), ("a",), {("b",): 1, ("c",): 2}, Counter({("c",): 3})).changes
        {'new': 0, 'missing': 1, 'changed': 1}
        """
        old = self.old or {}
        both = old.keys() & self.new.keys()
        changed = sum(old[key] != self.new[key] for key in both)
        return {"new": len(self.new) - len(both), "missing": len(old) - len(both), "changed": changed}

    def write(self) -> None:
        """Write the rows as they are now as the baseline."""
        write_baseline(self.path, self.fields, self.new)


def review(path: Path) -> list[Review]:
    """The baselines that the descriptor of a package or project names, each with the rows as they are now.

    Raises `UsageError` where the descriptor names none or its expectations have mistakes, `ReadError` where rows cannot
    be read.
    """
    folder = path.parent if path.name == DESCRIPTOR else path
    content = descriptor.read_object(folder / DESCRIPTOR, DESCRIPTOR)
    if isinstance(content, Faults):
        raise ReadError(f"{folder}: {content.findings[0].message}", tip="name the folder of a package or project")
    found = opened_tables(_package_of(folder))
    reviews = [
        one
        for name, resource in expecting(resources_of(content)).items()
        for one in _reviews(resource[EXPECTATIONS], name, found.get(name), folder)
    ]
    if not reviews:
        tip = "docs/expectations.md shows how to state them"
        raise UsageError(f"{folder / DESCRIPTOR}: no resource has partitions in its {EXPECTATIONS}", tip=tip)
    _apart(reviews)
    return reviews


def _package_of(folder: Path) -> Path:
    """The package whose rows count: that of a project is the one it has built."""
    if not ((folder / "raw").is_dir() or (folder / "schema").is_dir()):
        return folder
    package = folder / "build" / "package"
    if not package.is_dir():
        raise ReadError(f"{package}: nothing is built yet", tip="run: broadsheet build")
    return package


def _reviews(stated: Any, name: str, table: Table | None, folder: Path) -> Iterator[Review]:
    if table is None or table.limit:
        raise ReadError(f"table {name!r}: {table.limit if table else 'none of its files can be read'}")
    if wrong := list(mistakes(stated, table, folder)):
        raise UsageError(
            f"{folder / DESCRIPTOR}: table {name!r}: {EXPECTATIONS}{wrong[0]}", tip="correct the descriptor"
        )
    partitions = parsed(stated).partitions
    try:
        counts = measured(table, (), [one.parts for one in partitions]).partitions
    except UnreadableError as error:
        raise ReadError(f"table {name!r}: {error}", tip="broadsheet validate says what is wrong") from error
    except PartitionsError as error:
        raise UsageError(f"table {name!r}: {error}", tip="partition by other fields") from error
    for one, new in zip(partitions, counts, strict=True):
        yield _review(one, new, folder)


def _review(one: Partitioning, new: Counter[Key], folder: Path) -> Review:
    path = folder / one.baseline
    try:
        return Review(one.baseline, path, one.names, read_baseline(path, one.names), new)
    except FileNotFoundError:
        return Review(one.baseline, path, one.names, None, new, "does not exist yet")
    except BaselineError as error:
        return Review(one.baseline, path, one.names, None, new, str(error))


def _apart(reviews: list[Review]) -> None:
    names = [one.name for one in reviews]
    for name in {name for name in names if names.count(name) > 1}:
        raise UsageError(f"{name}: is the baseline of two tables", tip="give each a file of its own")
