"""The provenance pages of a package, as the validators and readers of others see them."""

import dataclasses
import hashlib
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet import __version__, provenance
from broadsheet.errors import UsageError
from broadsheet.package.ro_crate import run_of

TABLES = ["articles", "entities", "claims", "dates", "mentions", "passages", "claim_spans", "figures", "raw_records"]
PROVENANCE = {"ro-crate-metadata.json", "SHA256SUMS"}


def read(package: Path, name: str) -> dict:
    return json.loads((package / name).read_text("utf-8"))


@pytest.fixture
def crate(sample_package):
    return {entity["@id"]: entity for entity in read(sample_package, "ro-crate-metadata.json")["@graph"]}


def seeded_cache(folder: Path) -> Path:
    """A cache of the validator that holds the JSON-LD context, which it reads from the web otherwise."""
    import requests
    import requests_cache
    import rocrate
    import urllib3

    context = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()
    url = json.loads(context)["@id"]
    headers = {"Content-Type": "application/ld+json"}
    raw = urllib3.HTTPResponse(io.BytesIO(context), headers, 200, preload_content=False, request_url=url)
    cache = requests_cache.CachedSession(str(folder / "http"), backend="sqlite")
    response = cache.get_adapter(url).build_response(requests.Request("GET", url).prepare(), raw)
    cache.cache.save_response(response)
    cache.close()
    return folder / "http"


def test_the_ro_crate_validator_finds_nothing_offline(sample_package, tmp_path):
    command = ["rocrate-validator", "-y", "validate", "--offline", "--cache-path", str(seeded_cache(tmp_path))]
    command = [str(Path(sys.executable).parent / command[0]), *command[1:], "-l", "required"]
    done = subprocess.run([*command, str(sample_package)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mlcroissant_validates_and_loads_every_table(sample_package):
    code = (
        "import json, sys, mlcroissant\n"
        "dataset = mlcroissant.Dataset(jsonld=sys.argv[1])\n"
        "assert not dataset.metadata.issues.errors\n"
        "print(json.dumps({name: sum(1 for _ in dataset.records(name)) for name in sys.argv[2:]}))"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(sample_package / "croissant.json"), *TABLES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = {resource["name"]: resource["rows"] for resource in read(sample_package, "datapackage.json")["resources"]}
    assert json.loads(done.stdout) == rows


def test_the_build_leads_from_raw_records_to_every_other_table(crate):
    build = crate["#build"]
    assert build["@type"] == "CreateAction"
    inputs = {part["@id"] for part in build["object"]}
    assert {"data/raw_records.csv", "parquet/raw_records.parquet"} <= inputs
    made = {part["@id"] for part in build["result"]}
    others = [name for name in TABLES if name != "raw_records"]
    assert made == {f"data/{name}.csv" for name in others} | {f"parquet/{name}.parquet" for name in others}
    assert crate[build["instrument"]["@id"]]["softwareVersion"] == __version__


def test_each_file_has_the_hash_of_its_bytes(sample_package, crate):
    files = [entity for entity in crate.values() if entity["@type"] == "File" and "sha256" in entity]
    assert len(files) == 2 * len(TABLES)
    for entity in files:
        assert hashlib.sha256((sample_package / entity["@id"]).read_bytes()).hexdigest() == entity["sha256"]


def test_every_reference_leads_somewhere(crate):
    def references(value):
        if isinstance(value, dict):
            yield from [value["@id"]] if set(value) == {"@id"} else references(list(value.values()))
        elif isinstance(value, list):
            for part in value:
                yield from references(part)

    found = {reference for entity in crate.values() for reference in references(list(entity.values()))}
    assert {reference for reference in found - set(crate) if not reference.startswith("http")} == set()


def test_the_run_is_read_back_as_it_was_written(sample_package):
    run = run_of(read(sample_package, "ro-crate-metadata.json"))
    assert run == dataclasses.replace(provenance.this_run(run.options), time=run.time)
    assert run.options["language"] == "en"


def test_only_provenance_depends_on_the_clock(tmp_path, monkeypatch):
    from broadsheet.build import build
    from broadsheet.project import open_project

    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(" date 2021-08-31 Rain fell in Arlmouth on Monday.")
    packages = {}
    for seconds in ("0", "86400", "86400 "):
        monkeypatch.setenv(provenance.EPOCH, seconds.strip())
        build(open_project(None, raw, tmp_path / "out"), jobs=1, reuse=False)
        files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
        packages[seconds] = {path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() for path in files}
    first, second, again = packages.values()
    assert second == again
    assert {name for name in first if first[name] != second[name]} == PROVENANCE


@pytest.mark.parametrize("seconds", ["", "soon", "1.5", "99999999999999999999"])
def test_a_source_date_epoch_that_is_none_is_refused(seconds):
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        provenance.now({provenance.EPOCH: seconds})


def test_source_date_epoch_stands_for_the_clock():
    assert provenance.now({provenance.EPOCH: "1700000000"}) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_commit_is_that_of_the_checkout_and_says_when_files_differ(tmp_path):
    program = tmp_path / "scripts" / "program"
    program.mkdir(parents=True)
    (program / "__init__.py").write_text("")
    assert provenance.checkout_commit(program) is None
    git(tmp_path, "init", "-q")
    assert provenance.checkout_commit(program) is None
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "First")
    head = git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / "notes.txt").write_text("not of the program")
    assert provenance.checkout_commit(program) == head
    (program / "new.py").write_text("")
    assert provenance.checkout_commit(program) == f"{head}-dirty"
