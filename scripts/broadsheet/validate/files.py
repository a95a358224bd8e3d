"""Checks of files: those declared are there, with their size and hash, and no others are."""

import functools
import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from broadsheet.validate.contents import Resource
from broadsheet.validate.paths import files_below, unsafe
from broadsheet.validate.report import Faults, Outcomes, fault
from broadsheet.validate.shown import quoted, shown

SUMS = "SHA256SUMS"
LARGEST_SUMS = 16 << 20
"""A list of hashes of more bytes is not read."""

ALGORITHMS = ("md5", "sha1", "sha256", "sha512")
DIGITS = {name: 2 * hashlib.new(name).digest_size for name in ALGORITHMS}
DATA_FOLDERS = ("data/", "parquet/")
"""Folders in which every file must be a declared resource or a descriptor."""

TABLES = (".csv", ".tsv", ".tab", ".parquet", ".feather", ".arrow", ".jsonl", ".ndjson", ".xlsx", ".xls", ".ods")
"""How the names of files end that hold tables."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_HASH = re.compile(r"(?:([A-Za-z0-9-]+):)?([0-9A-Fa-f]+)")


@functools.lru_cache(maxsize=1024)
def _digest(path: Path, algorithm: str, _size: int, _changed: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, algorithm).hexdigest()


def digest(path: Path, algorithm: str = "sha256") -> str:
    """The file's hash in hex; each file is read once for each algorithm."""
    status = path.stat()
    return _digest(path, algorithm, status.st_size, status.st_mtime_ns)


def file_is_as_declared(resource: Resource) -> Outcomes:
    """Whether the file of a resource exists and has its `bytes` and `hash`."""
    path, content = resource.file, resource.content
    if path is None or not path.is_file():
        text = f"{shown(resource.shown_path)} does not exist or is no file; restore it, or remove the resource"
        yield fault("scheme-error", text, rule="exists")
        return
    if _is_part(resource):
        return
    size = path.stat().st_size
    if _states_bytes(content) and content["bytes"] != size:
        text = f"{shown(resource.shown_path)} has {size} bytes, expected {shown(content['bytes'])}; {RESTORE}"
        yield fault("byte-count", text, rule="bytes", value=str(size))
    if _states_hash(content):
        yield from _hash_is(resource, path, content["hash"])


def _states_bytes(content: dict[str, Any]) -> bool:
    """Whether there is a number of bytes; what else stands there is told of by the profile."""
    return isinstance(content.get("bytes"), int) and not isinstance(content["bytes"], bool)


def _states_hash(content: dict[str, Any]) -> bool:
    """Whether there is a hash: an empty one, which the profile allows, states none."""
    return isinstance(content.get("hash"), str) and bool(content["hash"])


def _is_part(resource: Resource) -> bool:
    """Whether the file is one of several that are read as one."""
    path = resource.content.get("path")
    return isinstance(path, list) and len(path) > 1


def parts_are_as_declared(parts: Sequence[Resource]) -> Outcomes:
    """Whether the files of a resource, read one after another as one large file, have its `bytes` and `hash`."""
    content = parts[0].content
    paths = [part.file for part in parts if part.file is not None and part.file.is_file()]
    if not _is_part(parts[0]) or len(paths) != len(content["path"]):
        return
    size = sum(path.stat().st_size for path in paths)
    if _states_bytes(content) and content["bytes"] != size:
        text = f"its {len(paths)} files have {size} bytes, expected {shown(content['bytes'])}; {RESTORE}"
        yield fault("byte-count", text, rule="bytes", value=str(size))
    parsed = _HASH.fullmatch(content["hash"]) if _states_hash(content) else None
    algorithm = _algorithm(parsed)
    if parsed and algorithm in ALGORITHMS and (found := _joint_digest(paths, algorithm)) != parsed.group(2).lower():
        text = f"its {len(paths)} files have {algorithm} {found}, expected {parsed.group(2)}; {RESTORE}"
        yield fault("hash-count", text, rule="hash", value=found)
    elif _states_hash(content) and algorithm not in ALGORITHMS:
        yield _unknown_hash(content["hash"])


def _joint_digest(paths: Sequence[Path], algorithm: str) -> str:
    found = hashlib.new(algorithm)
    for path in paths:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                found.update(block)
    return found.hexdigest()


RESTORE = "restore the file, or describe it as it is now"


def _hash_is(resource: Resource, path: Path, declared: str) -> Iterator[Faults]:
    parts = _HASH.fullmatch(declared)
    algorithm = _algorithm(parts)
    if not parts or algorithm not in ALGORITHMS:
        yield _unknown_hash(declared)
    elif (found := digest(path, algorithm)) != parts.group(2).lower():
        text = f"{shown(resource.shown_path)} has {algorithm} {found}, expected {parts.group(2)}; {RESTORE}"
        if not parts.group(1) and (others := [name for name in ALGORITHMS if DIGITS[name] == len(parts.group(2))]):
            text += "" if "md5" in others else f"; without a prefix a hash is md5: write '{others[0]}:' before this one"
        yield fault("hash-count", text, rule="hash", value=found)


def _algorithm(parts: re.Match[str] | None) -> str:
    """The algorithm of a hash, however its name is written (SHA-256); without a name it is MD5."""
    return (parts.group(1) or "md5").lower().replace("-", "") if parts else ""


def _unknown_hash(declared: str) -> Faults:
    text = f"hash {quoted(declared)} is of no known kind; give one of {', '.join(ALGORITHMS)}, as 'sha256:…'"
    return fault("hash-count", text, rule="hash", value=declared)


def sums_hold(folder: Path) -> Outcomes:
    """Whether `SHA256SUMS` lists every file of the folder with its hash, and nothing else."""
    path = folder / SUMS
    if not path.is_file() or unsafe(folder, SUMS):
        yield fault("sums-error", f"{SUMS} is missing; build the package again", rule="exists")
        return
    if path.stat().st_size > LARGEST_SUMS:
        yield fault("sums-error", f"{SUMS} is larger than {LARGEST_SUMS >> 20} MB and was not read", rule="size")
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(path.read_bytes().decode("utf-8", "surrogateescape").splitlines(), 1):
        parts = _LINE.fullmatch(line)
        if parts:
            listed[parts.group(2)] = parts.group(1)
        else:
            yield fault("sums-error", f"{SUMS}:{number}: is no line of a hash, two blanks and a path", rule="line")
    yield from _listed_files(folder, listed)
    for name in files_below(folder):
        if name != SUMS and name not in listed:
            text = f"{shown(name)} is not listed in {SUMS}; remove it"
            yield fault("undeclared-file", text, rule="listed", path=name)


def _listed_files(folder: Path, listed: dict[str, str]) -> Iterator[Faults]:
    for name, expected in listed.items():
        if reason := unsafe(folder, name):
            yield fault("sums-error", f"{SUMS}: path {quoted(name)} {reason}, so it is not followed", rule="safe path")
        elif not (folder / name).is_file():
            yield fault(
                "sums-error",
                f"{shown(name)} is listed in {SUMS} but does not exist; {RESTORE}",
                rule="exists",
            )
        elif (found := digest(folder / name)) != expected:
            text = f"{shown(name)} has sha256 {found}, {SUMS} says {expected}; {RESTORE}"
            yield fault("hash-count", text, rule=SUMS, value=found, path=name)


def files_are_declared(folder: Path, paths: Iterable[str], *, is_own: bool) -> Outcomes:
    """Whether every file in the folders for data is at one of the paths that a descriptor states.

    Packages of others may have other files there, such as a README: only those of forms that tables have are told of.
    """
    known = {posixpath.normpath(path.replace("\\", "/")) for path in paths} | {"parquet/datapackage.json"}
    for name in files_below(folder):
        is_told = name.startswith(DATA_FOLDERS) and (is_own or name.lower().endswith(TABLES))
        above = {str(parent) for parent in PurePosixPath(name).parents} - {"."}
        if is_told and name not in known and not above & known:
            text = f"{shown(name)} is no resource of the package; declare it in datapackage.json, or remove it"
            yield fault("undeclared-file", text, rule="declared", path=name)
