"""A file that an export writes: there whole, or not at all."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from broadsheet.errors import PackageError, UsageError
from broadsheet.staging import staged, sync


def check_new(out: Path, force: bool) -> None:
    """Raise `UsageError` where the file is there already, unless it may be overwritten."""
    if out.is_dir() or (out.exists() and not force):
        raise UsageError(f"{out}: exists already", tip="choose another name, or overwrite it with --force")


@contextlib.contextmanager
def new_file(out: Path, force: bool = False) -> Iterator[Path]:
    """Where to write the file, which is put in its place when the block ends without an error.

    Raises `UsageError` where it exists (unless `force`), `PackageError` where it cannot be written.
    """
    check_new(out, force)
    try:
        with staged(out) as staging:
            yield staging / "new"
            sync(staging / "new")
            os.replace(staging / "new", out)  # noqa: PTH105 - over a file that may be there
            sync(out.parent)
    except OSError as error:
        raise PackageError(
            f"{out}: cannot be written: {error.strerror or error}", tip="what stood there stands"
        ) from error
