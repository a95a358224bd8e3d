"""The rows that the build before made, so that a build makes only those of articles that are new or changed.

They are a cache: a `Spill` folder with a manifest of its files' checksums, in a project's `build/cache`, otherwise in
the user's cache folder. An article's rows are taken from it only if its key is the same: the key is made of the
raw record's hash, of what the sidecar states, and of a fingerprint of all that turns an article into rows. A cache
that is missing, locked, unwritable or damaged costs time, never rows.
"""

import contextlib
import hashlib
import json
import os
import platform
import shutil
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet import __version__, plugins, schemas, spill
from broadsheet.errors import PackageError
from broadsheet.inventory import Entry
from broadsheet.pipeline import EXTRACTED, Context
from broadsheet.project import Project
from broadsheet.staging import staged, swap_in
from broadsheet.user_cache import user_cache

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST = "manifest.json"
FORMAT = 1

MAKES_ROWS = ("readers", "extract", "resolve", "tables", "articles.py", "pipeline.py", "records.py", "sidecars.py")
"""Parts of the program that turn an article into rows."""


class Earlier:
    """The rows of the build before; `folder` is None where there are none that can be used."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.taken: list[str] = []
        self._index = self._keys()
        self._current = next(self._index, None)

    def has(self, article_id: str, key: bytes) -> bool:
        """Whether the article's rows are here under the key; asked for in the order of ids, and noted as taken."""
        while self._current is not None and self._current[0] < article_id:
            self._current = next(self._index, None)
        if self._current == (article_id, key):
            self.taken.append(article_id)
            return True
        return False

    def batches(self, table: str) -> "Iterator[pa.RecordBatch]":
        """The rows of a table, or of the index, that belong to the articles that were taken."""
        import pyarrow.compute as pc

        if self.folder is None or not self.taken:
            return
        for batch in spill.batches(self.folder, table):
            if batch.num_rows:
                yield batch.filter(pc.is_in(batch["article_id"], value_set=self._taken_among(batch["article_id"])))

    def _taken_among(self, ids: "pa.Array") -> "pa.Array":
        """The articles taken between the first and the last of the ids: looking up all of them takes far longer."""
        import pyarrow as pa

        first, last = ids[0].as_py(), ids[-1].as_py()
        return pa.array(self.taken[bisect_left(self.taken, first) : bisect_right(self.taken, last)], pa.string())

    def _keys(self) -> Iterator[tuple[str, bytes]]:
        if self.folder is not None:
            for batch in spill.batches(self.folder, spill.INDEX):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


class Cache:
    """Where rows are kept from build to build; `staging` is its staging folder, None where it cannot be used."""

    def __init__(self, folder: Path | None = None, staging: Path | None = None) -> None:
        self._folder = folder
        self._staging = staging

    def earlier(self) -> Earlier:
        """The rows of the build before, if they are whole."""
        return Earlier(self._folder if self._folder and is_whole(self._folder) else None)

    def keep(self, rows: Path, out: Path) -> None:
        """Move a spill into the place of what is kept; not being able to, on a full disk say, is no fault."""
        if self._folder is None or self._staging is None:
            return
        with contextlib.suppress(OSError):
            files = {path.name: _checksum(path) for path in sorted(rows.iterdir())}
            manifest = {"format": FORMAT, "out": str(out.absolute()), "files": files}
            moved = Path(shutil.move(rows, self._staging / "rows"))
            (moved / MANIFEST).write_text(json.dumps(manifest, indent=2), "utf-8")
            swap_in(moved, self._folder)


@contextlib.contextmanager
def opened(folder: Path | None) -> Iterator[Cache]:
    """The cache in the folder, locked for this process; without a folder that can be used, one that keeps nothing."""
    with contextlib.ExitStack() as stack:
        try:
            staging = stack.enter_context(staged(folder)) if folder else None
        except (OSError, PackageError):
            staging = None
        yield Cache(folder, staging) if staging else Cache()


def folder_of(project: Project) -> Path:
    """The folder where a project's rows are kept; for a build without a project it depends on where it writes."""
    if project.root:
        return project.root / "build" / "cache" / "rows"
    builds = user_cache() / "builds"
    _forget_the_gone(builds)
    return builds / hashlib.sha256(os.fsencode(project.out.absolute())).hexdigest()[:16]


def _forget_the_gone(builds: Path) -> None:
    """Remove kept rows whose package is no longer there."""
    for manifest in builds.glob(f"*/{MANIFEST}"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, PackageError):
            if not Path(json.loads(manifest.read_text("utf-8"))["out"]).exists():
                with staged(manifest.parent):  # not while a build works with them
                    shutil.rmtree(manifest.parent)


def is_whole(folder: Path) -> bool:
    """Whether the folder holds the files that its manifest lists, byte for byte."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        wanted = {f"{table}.arrows" for table in (*EXTRACTED, spill.INDEX)}
        files: dict[str, Any] = manifest["files"]
        return bool(manifest["format"] == FORMAT and set(files) == wanted) and all(
            _checksum(folder / name) == checksum for name, checksum in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _checksum(path: Path) -> int:
    """CRC-32 of a file: against damage, not against malice; the cache is the user's own."""
    checksum = 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            checksum = zlib.crc32(block, checksum)
    return checksum


def keyed(entries: Iterable[Entry], context: Context) -> Iterator[tuple[Entry, bytes]]:
    """Entries with the keys of their rows: 16 bytes."""
    fingerprint = fingerprint_of(context)
    for entry in entries:
        parts = [fingerprint, entry.reader, entry.sha256, entry.stated]
        yield entry, hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()[:16]


def fingerprint_of(context: Context) -> str:
    """A hash of all that turns an article into rows: program, plug-ins, libraries, schemas and options."""
    tables = schemas.load_schemas(context.schema_folder)
    finds_names = plugins.identity("mentions", context.entities)
    plugs = [*entry_points(group="broadsheet.readers"), *entry_points(group="broadsheet.extractors")]
    parts = {
        "program": [__version__, _source_hash()],
        "plug-ins": sorted([p.group, p.name, p.value, p.dist.version if p.dist else ""] for p in plugs),
        "libraries": [platform.python_version(), version("chardet"), version("pyarrow")],
        "columns": {name: tables[name]["fields"] for name in EXTRACTED},
        "options": [context.language, dict(context.fields), context.suppressed.names],
        "entities": [finds_names.name, dict(finds_names.versions)],
        "authority": context.authority.within_articles(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _source_hash() -> str:
    """A hash of the program's files that make rows."""
    root = Path(__file__).parent
    found = (
        path for part in MAKES_ROWS for path in ((root / part).rglob("*") if (root / part).is_dir() else [root / part])
    )
    running = hashlib.sha256()
    for path in sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts):
        running.update(f"{path.relative_to(root).as_posix()}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return running.hexdigest()
