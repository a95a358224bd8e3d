"""What a path to validate is: a folder, a zip, a descriptor of any name, or a single data file beside its schema."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet.errors import ReadError, UsageError
from broadsheet.project import DESCRIPTOR, PROFILE
from broadsheet.validate import archives
from broadsheet.validate.descriptor import read_within
from broadsheet.validate.report import PASSED, Faults, Outcomes, Unmade

DATA = {".csv": "csv", ".tsv": "csv", ".tab": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}
DATA |= {".xlsx": "xlsx", ".xls": "xls", ".ods": "ods"}
"""The format of a data file by the ending of its name."""

SCHEMAS = ("{stem}.schema.json", "{name}.schema.json", "schema.json", "schema/{stem}.json", "schemas/{stem}.json")
"""Where the schema of a data file is looked for, relative to its folder, in this order."""

ANYTHING = "name a package folder, a project, a zip, a descriptor, or a CSV or Parquet file with its schema"


@dataclass(frozen=True, slots=True)
class Input:
    """A folder with the name of its descriptor, or with the descriptor itself where one was made for a data file.

    `said` is how the input was read: what was inferred, or what is wrong with it.
    """

    folder: Path
    name: str = DESCRIPTOR
    content: dict[str, Any] | None = None
    said: Outcomes = field(default_factory=tuple)

    @property
    def is_wrong(self) -> bool:
        """Whether there is nothing to check in it."""
        return any(isinstance(item, Faults) for item in self.said)


@contextlib.contextmanager
def opened(path: Path, schema: Path | None = None) -> Iterator[Input]:
    """The input at the path; a zip is unpacked for as long as it is open.

    Raises `ReadError` where there is nothing that could be one, `UsageError` for a data file without a schema.
    """
    if not path.exists():
        raise ReadError(f"{path}: no such folder or file", tip=ANYTHING)
    if path.is_dir():
        if schema:
            raise UsageError(f"--schema goes with a data file, and {path} is a folder", tip="leave --schema out")
        yield Input(path)
    elif not path.is_file():
        raise ReadError(f"{path}: is neither a file nor a folder", tip=ANYTHING)
    elif schema is None and archives.is_zip(path):
        with archives.unpacked(path) as inside:
            yield Input(inside) if isinstance(inside, Path) else Input(path.parent, said=tuple(inside))
    elif schema or path.suffix.lower() in DATA:
        yield _data_file(path, schema or _schema_beside(path))
    elif path.suffix.lower() == ".zip" or path.suffix.lower() != ".json":
        raise ReadError(f"{path}: is no zip, no .json, and no {' or '.join(DATA)} file", tip=ANYTHING)
    else:
        yield Input(path.parent, path.name)


def is_project(folder: Path) -> bool:
    """Whether a folder is a dataset project: it has `raw/` or `schema/`, and no resources but those of a build.

    Other people's packages have folders of these names as well, but they have their own files as resources.
    """
    if not (folder / "raw").is_dir() and not (folder / "schema").is_dir():
        return False
    content = read_within(folder, DESCRIPTOR)
    resources = [] if isinstance(content, Faults) else content.get("resources")
    paths = [item.get("path") for item in resources if isinstance(item, dict)] if isinstance(resources, list) else []
    return all(path is None or str(path).startswith("build/") for path in paths)


def _schema_beside(path: Path) -> Path:
    tried = [form.format(stem=path.stem, name=path.name) for form in SCHEMAS]
    for name in tried:
        if (path.parent / name).is_file():
            return path.parent / name
    raise UsageError(
        f"{path}: has no schema; looked for {', '.join(tried)} beside it",
        tip="name one with --schema FILE, or validate the package that the file belongs to",
    )


def _data_file(path: Path, schema: Path) -> Input:
    """A package of one table, made of a data file and a schema."""
    if not schema.is_file():
        raise ReadError(f"{schema}: no such file", tip="--schema names a Table Schema, a JSON file")
    content = read_within(schema.parent, schema.name)
    if isinstance(content, Faults):
        return Input(path.parent, said=(content,))
    form = _form(path)
    text = " in UTF-8" if form in ("csv", "jsonl") else ""
    notes = [f"schema {schema.name}", "read as Parquet" if form == "parquet" else f"read as {form}{text}"]
    content, dropped = _without_other_tables(content)
    if dropped:
        notes.append(f"{dropped} foreign keys to other tables are left out")
    resource = {"name": _resource_name(path), "path": path.name, "format": form, "schema": content}
    if path.suffix.lower() == ".tsv":
        resource["dialect"] = {"delimiter": "\t"}
    made = {"$schema": PROFILE, "resources": [resource]}
    return Input(path.parent, path.name, made, (Unmade(", ".join(notes), PASSED),))


def _form(path: Path) -> str:
    if path.suffix.lower() in DATA:
        return DATA[path.suffix.lower()]
    with path.open("rb") as file:
        return "parquet" if file.read(4) == b"PAR1" else "csv"


def _without_other_tables(schema: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The schema with those foreign keys only that point to its own table, and how many others it had."""
    keys = schema.get("foreignKeys")
    if not isinstance(keys, list):
        return schema, 0
    own = [key for key in keys if not _points_elsewhere(key)]
    kept = {**schema, "foreignKeys": own} if own else {name: v for name, v in schema.items() if name != "foreignKeys"}
    return kept, len(keys) - len(own)


def _points_elsewhere(key: Any) -> bool:
    reference = key.get("reference") if isinstance(key, dict) else None
    return isinstance(reference, dict) and bool(reference.get("resource"))


def _resource_name(path: Path) -> str:
    """The name of a file as that of a resource.

    >>> _resource_name(Path("My Data.2021.csv"))
    'my-data.2021'
    """
    return re.sub(r"[^a-z0-9._-]+", "-", path.stem.lower()).strip("-") or "data"
