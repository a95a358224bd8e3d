"""A new dataset project: a descriptor, the table schemas, a folder for the raw files, and how to go on."""

import errno
import json
import os
import re
import shutil
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from broadsheet import pipeline, plugins, schemas
from broadsheet.errors import PackageError, ReadError, UsageError
from broadsheet.progress import Progress, silent
from broadsheet.project import DESCRIPTOR, PROFILE, check_settings
from broadsheet.readers.folder import RESERVED, RawFile, walk
from broadsheet.staging import nested, staged, sync, sync_tree

HARMLESS = {".git", ".DS_Store", ".broadsheet-init.staging", ".broadsheet-init.lock"}
"""What a folder may hold that becomes a project: nothing that a project has, and what an interrupted `init` left."""

GITIGNORE = "/build/\n"
GITATTRIBUTES = "# the raw files are hashed: no line end in them is ever changed\n/raw/** -text\n"

README = """\
# {title}

A dataset of news articles, compiled with broadsheet.

    datapackage.json   what the dataset is called, its version, and what its tables are
    schema/            one Table Schema per table: the only place where columns are written down
    raw/               the article files, which no command changes
    build/             all that the commands make; not in git, safe to delete

    broadsheet build       read raw/ and make the package in build/package
    broadsheet validate    check the project and its package

## To be filled in

In `datapackage.json`: `title`, `description`, `contributors`, `sources`, and under `broadsheet` the `language` of the
articles (a BCP 47 tag such as `en`). Where JSON Lines give the text under an unusual name, that name stands under
`broadsheet` too: `"fields": {{"text": "story"}}`.

## Rights

No licence is stated for the data, on purpose. The articles belong to their publishers, and whoever collects them
cannot license them. What may be published of them depends on the law and on the publishers' terms; the `textPolicy`
in `datapackage.json` says what goes into a public package: `facts` (names, dates, figures and offsets, but no text),
`quotes` or `full`. When you know which rights in the dataset are yours, add `licenses` to `datapackage.json`.
"""

RAW_README = """\
The article files: plain text (`.txt`, one article each, beginning with ` date YYYY-MM-DD `) or JSON Lines (`.jsonl`,
one article a line), in any folders. What they do not say (outlet, title, url, license ...) may stand in `articles.csv`
here, what is to be left out in `suppress.csv`, which names are one entity in `authority.csv`. No command changes
anything here; this README is no record.
"""


@dataclass(frozen=True, slots=True)
class Copied:
    """Article files that were copied into a new project, the bytes of all, and the number that was not, by reason."""

    files: int = 0
    size: int = 0
    skipped: dict[str, int] = field(default_factory=dict)


def init(root: Path, source: Path | None = None, language: str = "und", progress: Progress | None = None) -> Copied:
    """Make a project in the folder, which must be absent or empty, with copies of the article files of another.

    The project appears whole or not at all. Raises `UsageError` where something is in the folder or the language
    is no tag, `ReadError` where there is no source, `PackageError` where something cannot be written.
    """
    title = os.fsencode(root.resolve().name).decode("utf-8", "replace")
    descriptor = new_descriptor(title, language)
    check_settings(root / DESCRIPTOR, descriptor)
    check_folders(root, source)
    try:
        with staged(root / "broadsheet-init" if root.exists() else root) as staging:
            _write_pages(staging, descriptor)
            copied = copy_articles(source, staging / "raw", progress or silent) if source else Copied()
            if not any((staging / "raw").glob("README*")):
                _write(staging / "raw" / "README.md", RAW_README)
            sync_tree(staging)
            _put_in_place(staging, root)
    except OSError as error:
        raise PackageError(f"{error.filename or root}: {error.strerror}", tip="no project was made") from error
    return copied


def check_folders(root: Path, source: Path | None) -> None:
    """Raise the error that says why no project can be made here, or from there."""
    if root.is_symlink() or (root.exists() and not root.is_dir()):
        raise UsageError(f"{root}: is there, and is no folder", tip="choose another folder")
    if root.exists() and (found := sorted({path.name for path in root.iterdir()} - HARMLESS)):
        shown = ", ".join(found[:5]) + (" ..." if len(found) > 5 else "")
        raise UsageError(f"{root}: is not empty ({shown}), and is left as it is", tip="choose a new or empty folder")
    if source is None:
        return
    if not source.is_dir():
        raise ReadError(f"{source}: no such folder", tip="--from names the folder that holds the article files")
    if nested(root, source):
        raise UsageError(f"{root} and {source}: neither may lie in the other", tip="choose another folder")


def new_descriptor(title: str, language: str) -> dict[str, Any]:
    """The descriptor of a new project: one resource for each table, and no licence."""
    return {
        "$schema": PROFILE,
        "name": slug(title),
        "title": title,
        "description": "Compiled from news articles.",
        "version": "0.1.0",
        "broadsheet": {"language": language, "textPolicy": "facts"},
        "resources": [_resource(table) for table in schemas.TABLES],
    }


def slug(title: str) -> str:
    """A name for a dataset out of words.

    >>> slug("Rain & Snow, 2021"), slug("Ńews_été"), slug("новости")
    ('rain-snow-2021', 'news-ete', 'articles')
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "articles"


def _resource(table: str) -> dict[str, str]:
    return {
        "name": table,
        "type": "table",
        "path": f"build/package/data/{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": f"schema/{table}.json",
    }


def _write_pages(folder: Path, descriptor: dict[str, Any]) -> None:
    """Everything of a project but the files in `raw/`."""
    for name in ("schema", "raw"):
        (folder / name).mkdir()
    for table in schemas.TABLES:
        shutil.copyfile(schemas.built_in_folder() / f"{table}.json", folder / "schema" / f"{table}.json")
    pages = {
        DESCRIPTOR: json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n",
        "README.md": README.format(title=descriptor["title"]),
        ".gitignore": GITIGNORE,
        ".gitattributes": GITATTRIBUTES,
    }
    for name, text in pages.items():
        _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def copy_articles(source: Path, raw: Path, progress: Progress) -> Copied:
    """Copy the files that a reader takes, and README and sidecars at the top; symbolic links are not followed."""
    skipped: Counter[str] = Counter()
    copied = size = 0
    endings = frozenset().union(*(reader.suffixes for reader in plugins.readers().values()))
    for file in walk(source):
        try:
            reason = _why_not(file, endings)
            stream = None if reason else pipeline.open_regular(file.location)
        except OSError as error:
            reason, stream = f"cannot be read: {error.strerror}", None
        if stream is None:
            skipped[str(reason)] += 1
            continue
        size += _copy(stream, raw / Path(os.fsdecode(file.location)).relative_to(source))
        copied += 1
        progress("copying", copied, 0)
    for path in sorted(source.iterdir()):
        if RESERVED.fullmatch(os.fsencode(path.name)) and path.is_file() and not path.is_symlink():
            _copy(pipeline.open_regular(os.fsencode(path)), raw / path.name)
    return Copied(copied, size, dict(skipped.most_common()))


def _why_not(file: RawFile, endings: frozenset[str]) -> str | None:
    """Why a file of the source is not copied; None where it is."""
    suffix = PurePosixPath(file.path).suffix.lower()
    if file.status != "read" or suffix in endings:
        return file.reason
    return f"no reader for {suffix} files" if suffix else "no reader for files without an ending"


def _copy(stream: BinaryIO, target: Path) -> int:
    """Copy a file to where none is; its bytes."""
    with stream:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as copy:
            shutil.copyfileobj(stream, copy, 1 << 20)
            return copy.tell()


def _put_in_place(staging: Path, root: Path) -> None:
    """Put the project where it belongs; into a folder that is there, part by part and the descriptor last."""
    if not root.exists():
        staging.rename(root)
        sync(root.parent)
        return
    parts = sorted(staging.iterdir(), key=lambda part: (part.name == DESCRIPTOR, part.name))
    try:
        for part in parts:
            _move(part, root / part.name)
    except BaseException:
        for part in parts:
            if not part.exists():
                (root / part.name).rename(part)
        raise
    sync(root)


def _move(part: Path, target: Path) -> None:
    """Move to where nothing is."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "has come to be there meanwhile", str(target))
    part.rename(target)
