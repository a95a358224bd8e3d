"""Everything of a package but its tables, and the list of its bytes that is written last."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from broadsheet.errors import PackageError
from broadsheet.package.citation import citation
from broadsheet.package.croissant import CROISSANT, croissant
from broadsheet.package.descriptors import descriptor, parquet_descriptor
from broadsheet.package.files import Written
from broadsheet.package.readme import readme
from broadsheet.package.ro_crate import RO_CRATE, Projection, ro_crate
from broadsheet.project import DESCRIPTOR, Project
from broadsheet.provenance import Run
from broadsheet.schemas import Schema
from broadsheet.validate.files import SUMS, digest

CHANGELOG = "CHANGELOG.md"

Changes = Callable[[Path], str]
"""Given the folder of a package in which all but CHANGELOG.md and SHA256SUMS stands, the text of its CHANGELOG.md."""


def write_pages(
    package: Path,
    project: Project,
    schemas: Mapping[str, Schema],
    written: Sequence[Written],
    run: Run,
    projection: Projection | None = None,
    changes: Changes | None = None,
) -> None:
    """Write the descriptors, provenance, README, CITATION.cff, CHANGELOG.md and SHA256SUMS.

    `run` is the build; where the tables are a public projection of one, `projection` says of which. CHANGELOG.md is
    what `changes` makes of the package, else the project's where it has one.
    """
    content = descriptor(project, schemas, written)
    _write_json(package / DESCRIPTOR, content)
    _write_json(package / "parquet" / DESCRIPTOR, parquet_descriptor(project, schemas, written))
    _write_json(package / RO_CRATE, ro_crate(content, written, run, projection))
    _write_json(package / CROISSANT, croissant(content, schemas, written))
    _write(package / "README.md", readme(content, schemas, written))
    _write(package / "CITATION.cff", citation(content))
    if changes:
        _write(package / CHANGELOG, changes(package))
    elif project.root and (written_by_hand := project.root / CHANGELOG).is_file():
        _write(package / CHANGELOG, written_by_hand.read_text("utf-8"))
    write_sums(package, known_sums(written))


def known_sums(written: Sequence[Written]) -> dict[str, str]:
    """The hashes of the tables' files, by path below the package."""
    csv = {f"data/{table.name}.csv": table.csv_sha256 for table in written}
    return csv | {f"parquet/{table.name}.parquet": table.parquet_sha256 for table in written}


def write_sums(package: Path, known: Mapping[str, str]) -> None:
    """Write the SHA-256 of every other file of the package, as `sha256sum` has it, in the order of the paths."""
    paths = sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())
    lines = [f"{known.get(path) or digest(package / path)}  {path}\n" for path in paths if path != SUMS]
    _write(package / SUMS, "".join(lines))


def is_broadsheet_package(folder: Path) -> bool:
    """Whether a folder is a package that this program made."""
    try:
        content = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
        return str(content["broadsheet"]["program"]).startswith("broadsheet ")
    except (OSError, ValueError, TypeError, KeyError):
        return False


def is_public(folder: Path) -> bool:
    """Whether a folder is a public projection that this program made."""
    try:
        return bool(json.loads((folder / DESCRIPTOR).read_text("utf-8"))["broadsheet"]["public"])
    except (OSError, ValueError, TypeError, KeyError):
        return False


def check_target(out: Path) -> None:
    """Raise `PackageError` unless the target is absent, empty or a package that broadsheet made."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise PackageError(f"{out}: is no folder", tip="choose another --out")
    if out.exists() and any(out.iterdir()) and not is_broadsheet_package(out):
        raise PackageError(
            f"{out}: holds something else than a package that broadsheet made, and is left alone",
            tip="choose another --out, or empty the folder yourself",
        )


def _write_json(path: Path, content: dict[str, Any]) -> None:
    _write(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
