"""What was pulled, in the user's cache, which all projects and processes of a user share.

    packages/HASH/      a package: the files of it that were pulled. HASH is the SHA-256 of its SHA256SUMS (of its
                        datapackage.json, where it has none), so two registries with one name never mix
    partial/HASH/       files of that package on their way, each under the hash that it is to have
    indexes/HASH.json   the index of a dataset as it was last seen in a registry; so with `addresses`

A file comes into `packages` by being renamed after its hash was found to be right, the descriptor last.
"""

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import BroadsheetError, RegistryError
from broadsheet.json_objects import parse_object
from broadsheet.progress import Progress
from broadsheet.registry import Index, parse_index
from broadsheet.registry.checks import TIME
from broadsheet.staging import holding, write_whole
from broadsheet.user_cache import user_cache

FORMAT = 1
PATIENCE = 0.5
"""Seconds after which is told that another process is waited for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An index as it was last seen, and when (UTC)."""

    index: Index
    at: str


def package_folder(digest: str) -> Path:
    """The folder of the package with this hash (64 hexadecimal digits), whether it is there or not."""
    return user_cache() / "packages" / digest


def partial_folder(digest: str) -> Path:
    """The folder of its files that are on their way."""
    return user_cache() / "partial" / digest


@contextlib.contextmanager
def alone(digest: str, progress: Progress) -> Iterator[None]:
    """Let no other process fetch files of this package in the block; wait for one that does."""
    folder = user_cache() / "partial"
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f".{digest}.lock"
    with contextlib.ExitStack() as stack:
        if not stack.enter_context(holding(lock, PATIENCE)):
            progress("waiting for another process", 0, 0)
            stack.enter_context(holding(lock, float("inf")))
        yield


def last_seen(registry: str, name: str) -> Seen | None:
    """The index as it was last seen; None where it never was, or what was kept of it is damaged."""
    path = _seen_path(registry, name)
    try:
        content = parse_object(path.read_bytes(), str(path), RegistryError)
        if (content["registry"], content["name"]) != (registry, name):
            return None
        index = parse_index(json.dumps(content["index"]).encode(), str(path), name)
        return Seen(index, str(content["at"])[: len("2026-11-21T10:00:00Z")])
    except (OSError, KeyError, TypeError, BroadsheetError):
        return None


def keep_seen(registry: str, index: Index, *, even_older: bool = False) -> None:
    """Keep the index as seen now, unless another process has seen a later one meanwhile."""
    seen = last_seen(registry, index.name)
    if seen and seen.index.counter > index.counter and not even_older:
        return
    content = {"registry": registry, "name": index.name, "index": json.loads(index.as_json())}
    write_json(_seen_path(registry, index.name), content)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Keep something for later runs, with the time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps({"format": FORMAT, "at": _now(), **content}, indent=1) + "\n", os.getpid())


def _now() -> str:
    """The time of the clock (UTC): when something was seen, whatever time builds are said to have."""
    return time.strftime(TIME, time.gmtime())


def day(at: str) -> str:
    """A time as it is told.

    >>> day("2026-11-21T10:00:00Z")
    '2026-11-21 10:00 UTC'
    """
    return f"{at[:10]} {at[11:16]} UTC" if re.fullmatch(r"[0-9T:-]{19}Z", at) else "an unknown day"


def kept_path(kind: str, what: str) -> Path:
    """Where something is kept of a thing with any name."""
    return user_cache() / kind / f"{hashlib.sha256(what.encode()).hexdigest()}.json"


def _seen_path(registry: str, name: str) -> Path:
    return kept_path("indexes", f"{registry}\n{name}")
