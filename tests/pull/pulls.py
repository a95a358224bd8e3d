"""Pulls as tests make them, and what then is in the cache."""

import hashlib
from pathlib import Path
from typing import Any

from broadsheet.pull import Pulled, Wish, pull


def pulled(source: Any, reference: str = "floods", said: list[str] | None = None, **wish: Any) -> Pulled:
    """Pull from a server (or an address), without a lock file unless one is named."""
    return pull(reference, getattr(source, "url", source), Wish(**wish), (said if said is not None else []).append)


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def wrong(cache: Path) -> list[str]:
    """What is visible in the cache without being right: files that are not as SHA256SUMS beside them says."""
    found = []
    for package in sorted((cache / "packages").glob("*")):
        stated = package / "SHA256SUMS"
        if not stated.exists():
            found += [str(package)] if any(package.rglob("*.*")) else []
            continue
        if hashlib.sha256(stated.read_bytes()).hexdigest() != package.name:
            found.append(str(stated))
        listed = dict(line.split("  ", 1)[::-1] for line in stated.read_text().splitlines())
        for path, data in files(package).items():
            if path != "SHA256SUMS" and listed.get(path) != hashlib.sha256(data).hexdigest():
                found.append(f"{package.name[:8]}/{path}")
    return found
