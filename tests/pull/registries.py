"""Small registries, written by hand: no build is needed, and every byte is known."""

import dataclasses
import hashlib
import io
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

TABLES = ("claims", "dates")


def rows(table: str, version: str, number: int = 3) -> pa.Table:
    """A table with an id, and a word that tells the version."""
    ids = [f"{table}-{row}" for row in range(number)]
    return pa.table({"id": ids, "word": [f"{table} of {version}"] * number})


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that nothing makes smaller."""
    chance = random.Random(seed)
    return b"".join(chance.randbytes(min(1 << 20, size - at)) for at in range(0, size, 1 << 20))


def package(
    version: str, name: str = "floods", extra: dict[str, bytes] | None = None, number: int = 3
) -> dict[str, bytes]:
    """The files of a package by path, SHA256SUMS among them; `extra` are more files or others."""
    files: dict[str, bytes] = {"README.md": f"# {name} {version}\n".encode()}
    main, twin = [], []
    for table in TABLES:
        content = rows(table, version, number)
        csv, parquet = io.BytesIO(), io.BytesIO()
        pyarrow.csv.write_csv(content, csv)
        pyarrow.parquet.write_table(content, parquet)
        files[f"data/{table}.csv"] = csv.getvalue()
        files[f"parquet/{table}.parquet"] = parquet.getvalue()
    files |= extra or {}
    for table in TABLES:
        fields = [{"name": column, "type": "string"} for column in ("id", "word")]
        both = {"name": table, "schema": {"fields": fields, "primaryKey": ["id"]}}
        csv_file, parquet_file = files[f"data/{table}.csv"], files[f"parquet/{table}.parquet"]
        main.append({**both, "path": f"data/{table}.csv", "bytes": len(csv_file), "hash": f"sha256:{digest(csv_file)}"})
        twin.append({**both, "path": f"{table}.parquet", "format": "parquet", "hash": f"sha256:{digest(parquet_file)}"})
    program = {"broadsheet": {"program": "broadsheet 0.1.0", "public": True}}
    files["datapackage.json"] = as_json({"name": name, "version": version, **program, "resources": main})
    files["parquet/datapackage.json"] = as_json({"name": name, "version": version, "resources": twin})
    return files | {"SHA256SUMS": sums(files)}


def sums(files: dict[str, bytes]) -> bytes:
    return "".join(f"{digest(files[path])}  {path}\n" for path in sorted(files) if path != "SHA256SUMS").encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def as_json(content: Any) -> bytes:
    return (json.dumps(content, indent=1) + "\n").encode()


@dataclasses.dataclass
class Registry:
    """A registry in a folder that a test may change as it likes."""

    folder: Path
    name: str = "floods"
    counter: int = 0
    versions: dict[str, Any] = dataclasses.field(default_factory=dict)

    def publish(self, version: str, files: dict[str, bytes] | None = None) -> dict[str, bytes]:
        """Put a version there, by default the package of `package`, and name it in the index."""
        files = files or package(version, self.name)
        self.write(version, files)
        self.versions[version] = {
            "published": "2026-11-21T10:00:00Z",
            "manifest": f"sha256:{digest(files['SHA256SUMS'])}",
            "tables": {
                table: {"contentHash": f"bsch1:{digest(files[f'data/{table}.csv'])}", "rows": 3} for table in TABLES
            },
            "withdrawn": None,
        }
        self.write_index()
        return files

    def write(self, version: str, files: dict[str, bytes]) -> None:
        for path, data in files.items():
            target = self.folder / self.name / version / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def withdraw(self, version: str, why: str) -> None:
        self.versions[version]["withdrawn"] = {"at": "2026-11-22T10:00:00Z", "why": why, "purged": False}
        self.write_index()

    def write_index(self, counter: int | None = None) -> None:
        self.counter = self.counter + 1 if counter is None else counter
        standing = [version for version, release in self.versions.items() if release["withdrawn"] is None]
        by_number = sorted(standing, key=lambda version: [int(part) for part in version.split(".")])
        latest = {version.split(".")[0]: version for version in by_number}
        content = {"format": 1, "name": self.name, "counter": self.counter, "versions": self.versions, "latest": latest}
        (self.folder / self.name / "index.json").write_bytes(as_json(content))
