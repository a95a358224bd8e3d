"""Where a package is: the one place that knows what `where` may be."""

import os
import re
from pathlib import Path

from broadsheet.errors import ReadError, UsageError
from broadsheet.project import DESCRIPTOR

Place = str | os.PathLike[str]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_NAME = re.compile(r"[a-z0-9._-]+(@.*)?")


def located(where: Place) -> Path:
    """The descriptor of the package: `where` is its folder, or its datapackage.json.

    Raises `ReadError` where nothing is, and `UsageError` for names and URLs, which are not read from here yet.

    >>> located("build/package").name
    'datapackage.json'
    """
    path = Path(where).expanduser()
    descriptor = path / DESCRIPTOR if path.is_dir() else path
    if descriptor.is_file():
        return descriptor
    if isinstance(where, str) and _URL.match(where):
        raise UsageError(
            f"{where}: is a URL, which is not read from here", tip="download the package, and give its folder"
        )
    if isinstance(where, str) and not path.exists() and _NAME.fullmatch(where):
        raise UsageError(
            f"{where}: no such folder; if it is the name of a dataset, its package is not here",
            tip="download the package, and give its folder",
        )
    raise ReadError(f"{path}: is no package: {_why(path)}", tip=f"give the folder that holds its {DESCRIPTOR}")


def _why(path: Path) -> str:
    return f"it has no {DESCRIPTOR}" if path.is_dir() else "it does not exist"
