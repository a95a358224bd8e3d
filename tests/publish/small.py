"""A tiny package in the place of a real one, for tests of what a registry does with it."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from broadsheet.publish import publication
from broadsheet.validate import Report

HASH = "bsch1:" + "0" * 64


def small_package(folder: Path, version: str) -> Path:
    """A package of one table."""
    resource = {"name": "dates", "path": "data/dates.csv", "rows": 1, "broadsheet:contentHash": HASH}
    stated = {
        "name": "floods",
        "title": "Floods",
        "version": version,
        "resources": [resource],
        "broadsheet": {"public": True},
    }
    files = {"datapackage.json": json.dumps(stated), "data/dates.csv": f"date_id\nd{version}\n"}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    sums = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in sorted(files.items())}
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {path}\n" for path, digest in sums.items()))
    return folder


def written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `publish` write the tiny package and compare nothing."""

    def written(wanted: publication.Wanted, _before: str | None, package: Path, _tell: object) -> Report:
        shutil.rmtree(package, ignore_errors=True)
        small_package(package, wanted.version)
        return Report((), ())

    monkeypatch.setattr(publication, "_written", written)
