"""Where a package is: the one place that knows what `where` may be."""

import os
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from broadsheet.errors import ReadError
from broadsheet.project import DESCRIPTOR

Place = str | os.PathLike[str]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_NAME = re.compile(r"[a-z0-9._-]+(@.*)?")


@dataclass(frozen=True, slots=True)
class Located:
    """The descriptor of a package; `more` pulls a further table into it, None where all that there is is there."""

    path: Path
    more: Callable[[str], None] | None = None


def located(where: Place) -> Path:
    """The descriptor of the package: `where` is its folder, its datapackage.json, a name or an address.

    Of a package that is pulled, the tables need not be there. Raises `ReadError` where nothing is.

    >>> located("build/package").name
    'datapackage.json'
    """
    return found(where).path


def found(where: Place, registry: Place | None = None, table: str | None = None) -> Located:
    """The package, with the table if one is named: a folder, or what is pulled by `NAME[@RANGE]` or an address."""
    path = Path(where).expanduser()
    descriptor = path / DESCRIPTOR if path.is_dir() else path
    if descriptor.is_file():
        return Located(descriptor)
    tables = () if table is None else (table,)
    if isinstance(where, str) and _URL.match(where):
        return _addressed(where, tables)
    if isinstance(where, str) and not path.exists() and _NAME.fullmatch(where):
        return _named(where, registry, tables)
    raise ReadError(f"{path}: is no package: {_why(path)}", tip=f"give the folder that holds its {DESCRIPTOR}")


def _named(reference: str, registry: Place | None, tables: tuple[str, ...]) -> Located:
    """A version from a registry, the one that a broadsheet.lock in the current folder pins where there is one.

    What is pinned and whole in the cache is taken from there, and nobody is asked.
    """
    from broadsheet.pull import LOCK, Wish, more, pinned_copy, pull

    lock = Path(LOCK) if Path(LOCK).is_file() else None
    done = pinned_copy(reference, lock, tables, "best") if lock else None
    if done is None:
        wish = Wish(tables, "best", lock, writes=False)
        done = pull(reference, None if registry is None else os.fspath(registry), wish, _warn)
    return Located(done.package / DESCRIPTOR, lambda table: more(done, (table,), "best"))


def _addressed(address: str, tables: tuple[str, ...]) -> Located:
    from broadsheet.pull import pull_address

    done = pull_address(address, tables, "best", _warn)
    return Located(done.package / DESCRIPTOR, lambda table: done.more((table,), "best"))


def _warn(line: str) -> None:
    warnings.warn(line, UserWarning, stacklevel=2)


def _why(path: Path) -> str:
    return f"it has no {DESCRIPTOR}" if path.is_dir() else "it does not exist"
