"""A small valid package to break, and a way to change its rows so that only their meaning is wrong."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

ARTICLES = {
    "one.txt": " date 2021-08-31 On Tuesday, 12 people were killed in Kabul, officials said.\n\n"
    "It rained in Herat on Monday.",
    "two.txt": " date 2021-08-30 Anna Example told reporters that 30 houses in Kabul had burnt down on Sunday.",
}


@pytest.fixture(scope="session")
def valid_package(tmp_path_factory) -> Path:
    from broadsheet.build import build
    from broadsheet.project import open_project

    folder = tmp_path_factory.mktemp("valid")
    (folder / "raw").mkdir()
    for name, text in ARTICLES.items():
        (folder / "raw" / name).write_text(text)
    assert build(open_project(None, folder / "raw", folder / "package"), jobs=1).report.ok
    return folder / "package"


@pytest.fixture
def package(valid_package, tmp_path) -> Path:
    """A copy of the valid package, to be broken."""
    return Path(shutil.copytree(valid_package, tmp_path / "package"))


def rewrite(package: Path, table: str, change) -> None:
    """Let `change` alter the rows (a list of dicts) of a table in both formats, and make every hash and count right."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    from broadsheet.package import write_table
    from broadsheet.package.contents import write_sums

    descriptor = json.loads((package / "datapackage.json").read_text())
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == table)
    path = package / "parquet" / f"{table}.parquet"
    columns = parquet.read_schema(path).remove_metadata()
    rows = parquet.read_table(path).to_pylist()
    change(rows)
    written = write_table(table, [pa.RecordBatch.from_pylist(rows, schema=columns)], resource["schema"], package)
    stated = {"rows": written.rows, "broadsheet:contentHash": written.content_hash}
    _state(package / "datapackage.json", table, stated | _file(package / "data" / f"{table}.csv", sized=True))
    _state(package / "parquet" / "datapackage.json", table, stated | _file(path, sized=False))
    write_sums(package, {})


def _file(path: Path, sized: bool) -> dict:
    data = path.read_bytes()
    hashed = {"hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    return hashed | ({"bytes": len(data)} if sized else {})


def _state(descriptor: Path, table: str, values: dict) -> None:
    content = json.loads(descriptor.read_text())
    for resource in content["resources"]:
        if resource["name"] == table:
            resource.update(values)
    descriptor.write_text(json.dumps(content))
