"""Paths as descriptors state them: written by strangers, so checked before they are followed."""

import os
import re
from pathlib import Path

LONGEST, LONGEST_NAME = 3000, 255
"""Bytes of a path, and of each name in it, at most: no system takes longer ones."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def unsafe(folder: Path, path: str) -> str:
    """Why the path must not be followed from the folder; empty where it may be.

    >>> unsafe(Path("."), "../secret.csv"), unsafe(Path("."), "https://example.org/x.csv")
    ('leads out of the folder with ..', 'is a URL')
    >>> unsafe(Path("."), "data/x.csv")
    ''
    """
    reasons = (
        (not path or "\0" in path, "is empty or holds a NUL"),
        (bool(_URL.match(path)), "is a URL"),
        (path.startswith(("/", "~")), "is absolute"),
        ("\\" in path, "holds a backslash"),
        (_is_too_long(path), "is too long"),
        (".." in path.split("/"), "leads out of the folder with .."),
    )
    found = next((reason for holds, reason in reasons if holds), "")
    return found or ("" if _stays_within(folder, path) else "is a link out of the folder")


def _is_too_long(path: str) -> bool:
    data = path.encode("utf-8", "surrogatepass")
    return len(data) > LONGEST or any(len(part) > LONGEST_NAME for part in data.split(b"/"))


def _stays_within(folder: Path, path: str) -> bool:
    try:
        return (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def files_below(folder: Path) -> list[str]:
    """All files and links below a folder, links not followed: POSIX paths in byte order."""
    found = []
    for top, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        found += [(Path(top) / name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(found, key=os.fsencode)
