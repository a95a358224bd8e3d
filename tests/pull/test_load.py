"""Names and addresses work in `broadsheet.load` as folders do."""

from pathlib import Path

import pytest
from tests.pull.pulls import files, pulled
from tests.pull.registries import package, rows

import broadsheet
from broadsheet.errors import IntegrityError, ReadError, UnreachableError, UsageError

FIRST = rows("claims", "1.0.0").to_pylist()


def load(*arguments, **options):
    return broadsheet.load(*arguments, engine="pyarrow", **options)


def test_a_table_is_loaded_by_name_and_only_its_file_is_fetched(server):
    assert load("floods@1", "claims", registry=server.url).to_pylist() == FIRST
    tables = [path for path, _ in server.requests if path.endswith((".csv", ".parquet"))]
    assert tables == ["floods/1.0.0/parquet/claims.parquet"]


def test_a_dataset_fetches_a_table_when_it_is_asked_for(server, registry):
    dataset = load("floods", registry=server.url)
    assert dataset.tables == ["claims", "dates"]
    assert not server.asked(".parquet")
    registry.publish("1.1.0")
    assert dataset.table("dates").to_pylist() == rows("dates", "1.0.0").to_pylist()
    assert dataset.claims.to_pylist() == FIRST
    assert {path for path, _ in server.requests if "1.1.0" in path} == set()
    with pytest.raises(UsageError, match="did you mean 'claims'"):
        dataset.table("clams")


def test_the_registry_may_be_in_the_environment_or_a_folder(server, registry, monkeypatch):
    assert load("floods", "claims", registry=registry.folder).to_pylist() == FIRST
    monkeypatch.setenv("BROADSHEET_REGISTRY", server.url)
    assert load("floods", "claims").to_pylist() == FIRST


def test_a_name_without_a_registry_is_told_so(cache):
    with pytest.raises(UsageError, match="pakage: is no folder here, and no registry is named"):
        load("pakage")


def test_a_lock_decides_the_version_and_nobody_is_asked_for_what_is_there(server, registry):
    lock = Path("broadsheet.lock")
    pulled(server, lock=lock)
    before = lock.read_bytes()
    registry.publish("1.1.0")
    asked = len(server.requests)
    assert load("floods", "claims").to_pylist() == FIRST
    assert len(server.requests) == asked
    assert lock.read_bytes() == before
    with pytest.raises(UsageError, match=r"pins floods to 1\.0\.0"):
        load("floods@1.1", "claims")


def test_what_is_pinned_is_fetched_from_the_registry_of_the_lock(server, registry, cache):
    pulled(server, lock=Path("broadsheet.lock"), tables=[])
    assert load("floods", "claims").to_pylist() == FIRST


def test_load_warns_where_it_serves_what_is_old_or_withdrawn(server, registry):
    load("floods", "claims", registry=server.url)
    server.down = True
    with pytest.warns(UserWarning, match="Offline"):
        assert load("floods", "claims", registry=server.url).to_pylist() == FIRST
    server.down = False
    registry.withdraw("1.0.0", "wrong")
    with pytest.warns(UserWarning, match="withdrawn on 2026-11-22: wrong"):
        load("floods@1.0.0", "claims", registry=server.url)


def test_a_folder_of_the_cache_with_some_tables_says_how_to_get_the_others(server):
    folder = pulled(server, tables=["claims"]).package
    assert load(folder).tables == ["claims"]
    assert load(folder, "claims").to_pylist() == FIRST
    with pytest.raises(ReadError, match="dates is described, but its file is not here"):
        load(folder, "dates")


@pytest.mark.parametrize("end", ["", "/", "/datapackage.json"])
def test_a_package_is_loaded_by_its_address(server, end):
    assert load(f"{server.url}/floods/1.0.0{end}", "claims").to_pylist() == FIRST
    assert server.asked(".csv") == []
    assert len(server.asked("claims.parquet")) == 1


def test_a_package_at_an_address_is_asked_for_again_and_may_change(server, registry):
    address = f"{server.url}/floods/1.0.0"
    load(address, "claims")
    before = len(server.requests)
    load(address, "claims")
    assert [path for path, _ in server.requests[before:]] == ["floods/1.0.0/SHA256SUMS"]
    registry.write("1.0.0", package("1.0.1"))
    assert load(address, "claims").to_pylist() == rows("claims", "1.0.1").to_pylist()


def test_an_address_that_cannot_be_reached_is_served_from_the_cache(server):
    address = f"{server.url}/floods/1.0.0"
    load(address, "claims")
    server.down = True
    with pytest.warns(UserWarning, match="last seen on"):
        assert load(address, "claims").to_pylist() == FIRST
    with pytest.raises(ReadError, match="not all that is wanted is in the cache"):
        load(address, "dates")
    with pytest.raises(UnreachableError):
        load(f"{server.url}/floods/9", "dates")


def test_a_package_without_sums_is_checked_by_its_descriptor(server, registry):
    (registry.folder / "floods" / "1.0.0" / "SHA256SUMS").unlink()
    address = f"{server.url}/floods/1.0.0"
    assert load(address, "claims").to_pylist() == FIRST
    assert server.asked("claims.csv") == [""]
    server.faults = {"dates.csv": lambda handler, data: handler.answer(data[::-1])}
    with pytest.raises(IntegrityError, match=r"data/dates\.csv has not the sha256"):
        load(address, "dates")


def test_a_package_without_sums_is_served_from_the_cache_too(server, registry):
    (registry.folder / "floods" / "1.0.0" / "SHA256SUMS").unlink()
    address = f"{server.url}/floods/1.0.0"
    load(address, "claims")
    server.down = True
    with pytest.warns(UserWarning, match="last seen on"):
        assert load(address, "claims").to_pylist() == FIRST


def test_a_package_that_states_no_hash_is_refused(server, registry):
    folder = registry.folder / "floods" / "1.0.0"
    (folder / "SHA256SUMS").unlink()
    text = (folder / "datapackage.json").read_text()
    (folder / "datapackage.json").write_text(text.replace('"hash"', '"hush"'))
    with pytest.raises(IntegrityError, match="states no hash"):
        load(f"{server.url}/floods/1.0.0", "claims")


def test_an_address_where_no_package_is_is_told(server):
    with pytest.raises(ReadError, match="neither SHA256SUMS nor datapackage"):
        load(f"{server.url}/nothing")


def test_a_place_that_fsspec_knows_is_read_as_well(registry, cache):
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    for path, data in files(registry.folder).items():
        memory.pipe(f"/data/{path}", data)
    assert load("floods", "claims", registry="memory://data").to_pylist() == FIRST
    assert load("memory://data/floods/1.0.0", "dates").to_pylist() == rows("dates", "1.0.0").to_pylist()
    with pytest.raises(ReadError, match="is no package"):
        load("memory://data/floods/2")
