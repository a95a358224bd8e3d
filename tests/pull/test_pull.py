"""Pulling from a registry that does as it should: versions, files, pins, and what is served offline."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pull.pulls import files, pulled, wrong
from tests.pull.registries import package

from broadsheet.errors import IntegrityError, PackageError, ReadError, RegistryError, UnreachableError, UsageError
from broadsheet.pull import copy_out
from broadsheet.pull.cache import keep_seen, last_seen

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def several(registry):
    for version in ("1.1.0", "1.2.0", "2.0.0"):
        registry.publish(version)
    return registry


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        ("floods", "2.0.0"),
        ("floods@1", "1.2.0"),
        ("floods@1.1", "1.1.0"),
        ("floods@>=1,<1.2", "1.1.0"),
        ("floods@1.0.0", "1.0.0"),
    ],
)
def test_the_highest_version_of_the_range_is_pulled(server, several, reference, version):
    done = pulled(server, reference)
    assert done.version == version
    assert json.loads((done.package / "datapackage.json").read_text())["version"] == version


def test_only_what_is_asked_for_is_fetched_and_more_can_follow(server, registry):
    first = pulled(server, tables=["claims"], form="parquet")
    small = {"SHA256SUMS", "README.md", "datapackage.json", "parquet/datapackage.json"}
    assert set(files(first.package)) == small | {"parquet/claims.parquet"} == set(first.paths)
    before = len(server.requests)
    second = pulled(server, tables=["claims", "dates"])
    asked = {path.removeprefix("floods/") for path, _ in server.requests[before:]}
    assert asked == {"index.json", "1.0.0/data/claims.csv", "1.0.0/data/dates.csv", "1.0.0/parquet/dates.parquet"}
    assert second.package == first.package
    assert files(second.package) == package("1.0.0")


def test_a_format_that_a_table_has_not_is_made_up_for_by_the_other(server, registry):
    made = package("1.1.0")
    del (
        made["parquet/claims.parquet"],
        made["parquet/dates.parquet"],
        made["parquet/datapackage.json"],
        made["SHA256SUMS"],
    )
    made["SHA256SUMS"] = b"".join(
        line for line in package("1.1.0")["SHA256SUMS"].splitlines(True) if b"parquet/" not in line
    )
    registry.publish("1.1.0", made)
    assert "data/claims.csv" in pulled(server, form="parquet").paths


def test_a_table_that_there_is_not_is_refused_before_tables_are_fetched(server):
    with pytest.raises(UsageError, match="no table 'clams'"):
        pulled(server, tables=["clams"])
    assert not server.asked(".csv")


def test_files_with_the_same_bytes_are_fetched_once(server, registry, cache):
    made = registry.publish("1.1.0", package("1.1.0", extra={"COPY.md": b"same", "OTHER.md": b"same", "EMPTY": b""}))
    assert files(pulled(server).package) == made
    assert len(server.asked("COPY.md") + server.asked("OTHER.md")) == 1


def test_a_damaged_file_of_the_cache_is_fetched_again(server, registry, cache):
    folder = pulled(server).package
    for path in ("data/dates.csv", "SHA256SUMS", "parquet/datapackage.json"):
        (folder / path).write_bytes(b"damaged")
    assert files(pulled(server).package) == package("1.0.0")


def test_two_registries_with_one_name_never_mix(server, registry, tmp_path):
    made = package("1.0.0", number=5)
    other = type(registry)(tmp_path / "other")
    other.publish("1.0.0", made)
    assert files(pulled(server).package) == package("1.0.0")
    assert files(pulled(str(tmp_path / "other")).package) == made
    assert files(pulled(server).package) == package("1.0.0")


def test_a_withdrawn_version_is_pulled_with_a_warning_and_only_by_its_number(server, several):
    several.withdraw("2.0.0", "counted twice")
    said = []
    assert pulled(server, said=said).version == "1.2.0"
    assert said == []
    assert pulled(server, "floods@2.0.0", said).version == "2.0.0"
    assert said == ["Warning: floods 2.0.0 was withdrawn on 2026-11-22: counted twice"]


def test_a_dataset_or_version_that_there_is_not_is_named(server):
    with pytest.raises(RegistryError, match="no dataset drought"):
        pulled(server, "drought")
    with pytest.raises(RegistryError, match="no version '3'"):
        pulled(server, "floods@3")


# Counters


def test_an_index_that_goes_back_is_refused_unless_told(server, several, cache):
    pulled(server)
    seen = (several.folder / "floods" / "index.json").read_bytes()
    several.write_index(several.counter - 1)
    with pytest.raises(IntegrityError, match="at counter 4 before, and is at counter 3 now"):
        pulled(server)
    assert pulled(server, accept_rollback=True).version == "2.0.0"
    (several.folder / "floods" / "index.json").write_bytes(seen)
    assert pulled(server).version == "2.0.0"


def test_an_old_copy_that_a_proxy_serves_once_is_asked_for_again(server, several):
    old = json.loads((several.folder / "floods" / "index.json").read_text())
    pulled(server)
    stale = json.dumps({**old, "counter": 1}).encode()
    server.faults = {"index.json": [lambda handler, _: handler.answer(stale)]}
    assert pulled(server).version == "2.0.0"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda made: made.versions["1.1.0"].update(manifest="sha256:" + "0" * 64), "1.1.0 had sha256:.* before"),
        (lambda made: made.versions["1.1.0"]["tables"]["claims"].update(rows=4), "1.1.0 had"),
        (lambda made: made.versions.pop("1.1.0"), "had version 1.1.0 before"),
    ],
)
def test_a_version_that_was_seen_never_changes(server, several, change, said):
    pulled(server)
    change(several)
    several.write_index()
    with pytest.raises(IntegrityError, match=said):
        pulled(server)


def test_other_words_at_the_same_counter_are_refused(server, several):
    pulled(server)
    several.versions["2.0.0"]["withdrawn"] = {"at": "2026-11-22T10:00:00Z", "why": "x", "purged": False}
    several.write_index(several.counter)
    with pytest.raises(IntegrityError, match="same counter 4"):
        pulled(server)


# The lock file


def test_a_version_that_is_pinned_stays_until_it_is_told_to_move(server, registry, cache):
    lock = Path("broadsheet.lock")
    assert pulled(server, lock=lock).version == "1.0.0"
    pinned = lock.read_bytes()
    registry.publish("1.1.0")
    assert pulled(server, lock=lock).version == "1.0.0"
    assert lock.read_bytes() == pinned
    assert pulled(server, lock=lock, update=True).version == "1.1.0"
    assert json.loads(lock.read_text())["datasets"]["floods"]["version"] == "1.1.0"


def test_a_lock_says_where_what_and_which_bytes(server, registry):
    lock = Path("broadsheet.lock")
    pulled(server, lock=lock)
    release = registry.versions["1.0.0"]
    assert json.loads(lock.read_text()) == {
        "format": 1,
        "datasets": {
            "floods": {
                "registry": server.url,
                "version": "1.0.0",
                "manifest": release["manifest"],
                "tables": {table: facts["contentHash"] for table, facts in release["tables"].items()},
            }
        },
    }
    assert pulled(None, lock=lock).version == "1.0.0"


def test_other_bytes_than_those_pinned_are_refused(server, registry, tmp_path, cache):
    lock = Path("broadsheet.lock")
    other = type(registry)(tmp_path / "other")
    other.publish("1.0.0", package("1.0.0", number=5))
    pulled(server, lock=lock)
    with pytest.raises(IntegrityError, match=r"broadsheet\.lock pins sha256"):
        pulled(str(tmp_path / "other"), lock=lock)
    assert len(list((cache / "packages").iterdir())) == 1


def test_a_range_that_the_pinned_version_is_not_in_is_refused(server, several):
    lock = Path("broadsheet.lock")
    pulled(server, "floods@1", lock=lock)
    with pytest.raises(UsageError, match=r"pins floods to 1\.2\.0, which is not 2"):
        pulled(server, "floods@2", lock=lock)
    assert pulled(server, "floods@2", lock=lock, update=True).version == "2.0.0"


def test_pins_of_other_datasets_stay(server, registry):
    lock = Path("broadsheet.lock")
    drought = type(registry)(registry.folder, "drought")
    drought.publish("0.1.0")
    pulled(server, lock=lock)
    pulled(server, "drought", lock=lock)
    assert list(json.loads(lock.read_text())["datasets"]) == ["drought", "floods"]


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{",
        '{"format": 2, "datasets": {}}',
        '{"format": 1, "datasets": []}',
        '{"format": 1, "datasets": {"../x": {}}}',
        '{"format": 1, "datasets": {"floods": {"registry": "x", "version": "1.0.0", "manifest": "x", "tables": {}}}}',
    ],
)
def test_a_broken_lock_is_refused_and_left_as_it_is(server, content):
    lock = Path("broadsheet.lock")
    lock.write_text(content)
    with pytest.raises(UsageError, match=r"broadsheet\.lock"):
        pulled(server, lock=lock)
    assert lock.read_text() == content


def test_a_registry_beside_the_lock_is_stated_relative_to_it(registry, tmp_path, cache):
    lock = tmp_path / "broadsheet.lock"
    pulled(str(registry.folder), lock=lock)
    assert json.loads(lock.read_text())["datasets"]["floods"]["registry"] == "registry"
    assert pulled(None, lock=lock).registry == str(registry.folder)


# Offline


def test_without_a_server_the_last_good_copy_is_served_and_that_is_said(server, several, cache):
    pulled(server, "floods@1")
    for down in ("503", "refused"):
        said = []
        server.down = True
        if down == "refused":
            server.server_close()
        done = pulled(server, "floods", said)  # 2.0.0 was never pulled
        assert (done.version, done.fetched, bool(done.offline)) == ("1.2.0", 0, True)
        assert "Offline (" in said[0]
        assert "floods 1.2.0 is served from the cache, as the registry was last seen on 20" in said[0]


def test_a_damaged_copy_is_not_served_offline(server, registry):
    folder = pulled(server).package
    (folder / "data" / "dates.csv").write_bytes(b"damaged")
    with pytest.raises(ReadError, match="not whole in the cache"):
        pulled(server, offline=True)


def test_a_later_index_that_another_process_saw_is_not_forgotten(server, registry, cache):
    pulled(server)
    old = last_seen(server.url, "floods").index
    registry.publish("1.1.0")
    pulled(server)
    keep_seen(server.url, old)
    assert last_seen(server.url, "floods").index.counter == 2


def test_a_lock_that_cannot_be_written_is_told(server, tmp_path):
    with pytest.raises(PackageError, match="No such file or directory"):
        pulled(server, lock=tmp_path / "nowhere" / "broadsheet.lock")


def test_with_offline_nobody_is_asked(server, several):
    pulled(server, tables=["claims"], form="parquet")
    before = len(server.requests)
    said = []
    assert pulled(server, said=said, tables=["claims"], form="parquet", offline=True).version == "2.0.0"
    assert "--offline was given" in said[0]
    with pytest.raises(ReadError, match="not whole in the cache"):
        pulled(server, offline=True)
    assert len(server.requests) == before


def test_offline_and_never_pulled_is_said(server, cache):
    with pytest.raises(ReadError, match="never pulled"):
        pulled(server, offline=True)
    server.down = True
    with pytest.raises(UnreachableError, match="HTTP 503"):
        pulled(server)


def test_a_pinned_version_is_served_without_index_or_server(server, registry, cache):
    lock = Path("broadsheet.lock")
    pulled(server, lock=lock)
    shutil.rmtree(cache / "indexes")
    server.down = True
    assert pulled(server, lock=lock).version == "1.0.0"
    assert pulled(server, lock=lock, offline=True).version == "1.0.0"


def test_a_version_that_cannot_be_fetched_is_no_reason_to_serve_an_older_one(server, registry, cache):
    pulled(server)
    registry.publish("1.1.0")
    server.faults = {"1.1.0/data/dates.csv": [lambda handler, _: handler.start(503, 0)] * 9}
    with pytest.raises(UnreachableError):
        pulled(server)


@pytest.mark.parametrize("code", [404, 403])
def test_a_refusal_is_not_offline(server, registry, code):
    pulled(server)
    server.faults = {"index.json": lambda handler, _: handler.start(code, 0)}
    with pytest.raises((RegistryError, ReadError)):
        pulled(server)


# Out of the cache


def test_a_copy_is_whole_and_checks_itself(server, registry, tmp_path):
    done = pulled(server)
    copy_out(done, tmp_path / "copy")
    assert files(tmp_path / "copy") == package("1.0.0")
    check = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=tmp_path / "copy", check=False)
    assert check.returncode == 0
    registry.publish("1.1.0")
    copy_out(pulled(server), tmp_path / "copy")
    assert files(tmp_path / "copy") == package("1.1.0")


def test_what_is_no_package_is_not_replaced_by_a_copy(server, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_text("mine")
    with pytest.raises(PackageError, match="left alone"):
        copy_out(pulled(server), tmp_path / "mine")
    assert files(tmp_path / "mine") == {"x": b"mine"}


# The command


def run(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "broadsheet", "pull", *map(str, arguments)]
    surroundings = os.environ | {"PYTHONPATH": str(SCRIPTS)} | environment
    return subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)


def test_the_command_prints_the_folder_and_says_what_was_fetched(server, registry, cache):
    done = run("floods@1", "--from", server.url, "--table", "claims", "--format", "csv")
    folder = Path(done.stdout.removesuffix("\n"))
    assert (done.returncode, set(files(folder)) - {"README.md"}) == (
        0,
        {"SHA256SUMS", "datapackage.json", "parquet/datapackage.json", "data/claims.csv"},
    ), done.stderr
    size = sum(map(len, files(folder).values()))
    assert done.stderr == f"Pulled floods 1.0.0: 5 files, {size:,} bytes fetched, 0 were there already\n"
    as_json = json.loads(run("floods", "--json", "--out", "copy").stdout)
    assert (as_json["version"], as_json["path"], as_json["offline"]) == ("1.0.0", "copy", False)
    assert files(Path("copy")) == package("1.0.0")
    assert Path("broadsheet.lock").exists()


def test_the_command_names_what_is_missing(server, cache):
    done = run("floods", "--no-lock")
    assert done.returncode == 2
    assert "BROADSHEET_REGISTRY" in done.stderr
    assert run("floods", "--no-lock", BROADSHEET_REGISTRY=server.url).returncode == 0
    assert not Path("broadsheet.lock").exists()


def test_nothing_wrong_is_in_the_cache_after_all_that(server, several, cache):
    for version in several.versions:
        pulled(server, f"floods@{version}")
    assert wrong(cache) == []
