"""Publishing and withdrawing versions, by one, by ten at once, and cut short."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.place import ARTICLES, differing_sums, digests, write_raw

from broadsheet import publish as publish_module
from broadsheet.build import build
from broadsheet.cli import COMMANDS
from broadsheet.errors import PackageError, RegistryError, UsageError
from broadsheet.project import open_project
from broadsheet.publish import publish, withdraw
from broadsheet.registry import read_index
from broadsheet.validate import Report, validate_package

SEED = os.environ.get("BROADSHEET_TEST_SEED", "20260801")
SCRIPTS = Path(__file__).parents[1] / "scripts"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project that was built; tests must not change it."""
    folder = tmp_path_factory.mktemp("project")
    write_raw(folder / "raw", ARTICLES)
    content = {"name": "floods", "title": "Floods", "version": "1.0.0", "resources": []}
    (folder / "datapackage.json").write_text(json.dumps(content))
    assert build(open_project(folder), jobs=1).report.ok
    return folder


@pytest.fixture
def unchecked(monkeypatch):
    """Validation takes most of the time, and only reads."""
    monkeypatch.setattr("broadsheet.package.public.validate_package", lambda _: Report((), ()))


def versions(registry: Path) -> list[str]:
    return read_index(registry, "floods").in_order()


def wrong(registry: Path) -> list[str]:
    """What is wrong with a registry: versions that are not as the index says, and a list that lies."""
    if not (registry / "floods" / "index.json").exists():
        return []
    found = []
    index = read_index(registry, "floods")
    for version, release in index.versions.items():
        package = registry / "floods" / version
        if release.withdrawn and release.withdrawn.purged:
            continue
        found += differing_sums(package)
        sums = hashlib.sha256((package / "SHA256SUMS").read_bytes()).hexdigest()
        stated = json.loads((package / "datapackage.json").read_text())
        tables = {item["name"]: (item["broadsheet:contentHash"], item["rows"]) for item in stated["resources"]}
        told = {name: (facts.content_hash, facts.rows) for name, facts in release.tables.items()}
        if (release.manifest, stated["version"], told) != (f"sha256:{sums}", version, tables):
            found.append(f"{version} is not as the index says")
    return found


def leftovers(registry: Path) -> list[str]:
    """What is hidden, anywhere in the registry."""
    return sorted(path.name for path in registry.rglob(".*"))


def test_a_published_version_is_the_public_projection_under_its_number(project, tmp_path):
    done = publish(project, tmp_path / "r", "1.1.0")
    package = tmp_path / "r" / "floods" / "1.1.0"
    assert (done.package, done.report.ok) == (package, True)
    assert validate_package(package).ok
    assert json.loads((package / "datapackage.json").read_text())["version"] == "1.1.0"
    assert json.loads((package / "parquet" / "datapackage.json").read_text())["version"] == "1.1.0"
    assert "version: 1.1.0" in (package / "CITATION.cff").read_text().replace('"', "").replace("'", "")
    assert "told reporters" not in (package / "data" / "claims.csv").read_text()
    assert wrong(tmp_path / "r") == []
    assert leftovers(tmp_path / "r") == []


def test_the_list_of_the_registry_names_the_latest_version_and_its_title(project, tmp_path, unchecked):
    for version in ("1.0.0", "1.1.0", "1.0.1", "2.0.0-rc.1"):
        publish(project, tmp_path, version)
    listed = json.loads((tmp_path / "index.json").read_text())
    assert listed == {"format": 1, "datasets": {"floods": {"latest": "1.1.0", "title": "Floods", "counter": 4}}}
    index = json.loads((tmp_path / "floods" / "index.json").read_text())
    assert (index["counter"], index["latest"]) == (4, {"1": "1.1.0"})
    assert list(index["versions"]) == ["2.0.0-rc.1", "1.1.0", "1.0.1", "1.0.0"]


def test_without_a_place_it_is_the_projects_own_registry(project, tmp_path, unchecked):
    own = tmp_path / "own"
    shutil.copytree(project, own)
    assert publish(own).package == own / "build" / "registry" / "floods" / "1.0.0"


def test_a_version_never_changes(project, tmp_path, unchecked):
    publish(project, tmp_path)
    before = digests(tmp_path)
    with pytest.raises(PackageError, match=r"floods 1\.0\.0 was published on 2023-11-14 already"):
        publish(project, tmp_path)
    assert digests(tmp_path) == before


def test_a_refusal_makes_up_for_a_list_that_a_crash_left_out(project, tmp_path, unchecked):
    publish(project, tmp_path)
    whole = (tmp_path / "index.json").read_bytes()
    (tmp_path / "index.json").unlink()
    with pytest.raises(PackageError, match="already"):
        publish(project, tmp_path)
    assert (tmp_path / "index.json").read_bytes() == whole


def test_a_folder_that_no_index_names_is_replaced(project, tmp_path, unchecked):
    publish(project, tmp_path / "other")
    shutil.copytree(tmp_path / "other" / "floods" / "1.0.0", tmp_path / "r" / "floods" / "1.0.0")
    (tmp_path / "r" / "floods" / "1.0.0" / "extra.txt").write_text("half")
    publish(project, tmp_path / "r")
    assert digests(tmp_path / "r") == digests(tmp_path / "other")


def test_what_was_put_there_by_hand_is_left_alone(project, tmp_path, unchecked):
    (tmp_path / "floods" / "1.0.0").mkdir(parents=True)
    (tmp_path / "floods" / "1.0.0" / "mine.txt").write_text("mine")
    with pytest.raises(PackageError, match="not put there by"):
        publish(project, tmp_path)
    assert (tmp_path / "floods" / "1.0.0" / "mine.txt").read_text() == "mine"
    assert not (tmp_path / "floods" / "index.json").exists()


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0+x", "../1.0.0", "1.0.0/x", "latest"])
def test_what_is_no_version_is_refused_before_anything_is_written(project, tmp_path, version):
    with pytest.raises(UsageError, match="is no version"):
        publish(project, tmp_path / "r", version)
    assert not (tmp_path / "r").exists()


def test_places_that_are_no_registry_are_refused(project, tmp_path):
    (tmp_path / "file").write_text("")
    for place, said in [
        (project, "no registry"),
        (tmp_path / "file", "no folder"),
        ("s3://bucket/r", "local folders only"),
        ("https://example.org/r", "local folders only"),
    ]:
        with pytest.raises(UsageError, match=said):
            publish(project, place)


def test_a_broken_index_stops_a_publisher_and_is_left_as_it_is(project, tmp_path):
    (tmp_path / "floods").mkdir()
    (tmp_path / "floods" / "index.json").write_text('{"format": 1, "name": "floods", "counter": "9"}')
    before = digests(tmp_path)
    with pytest.raises(RegistryError, match="/counter"):
        publish(project, tmp_path)
    assert digests(tmp_path) == before


def test_a_package_that_was_damaged_is_not_published(project, tmp_path):
    shutil.copytree(project, tmp_path / "p")
    with (tmp_path / "p" / "build" / "package" / "data" / "dates.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(PackageError, match="not valid"):
        publish(tmp_path / "p", tmp_path / "r")
    assert not list((tmp_path / "r").rglob("*.*"))


def test_the_check_of_the_step_sees_both_packages_and_can_refuse(project, tmp_path, unchecked):
    seen = []

    def check(before, after, version):
        seen.append((before, (after / "datapackage.json").is_file(), version))
        if version == "1.0.2":
            raise PackageError("too small a step")

    publish(project, tmp_path, "1.0.0", check_step=check)
    publish(project, tmp_path, "1.0.1", check_step=check)
    with pytest.raises(PackageError, match="too small"):
        publish(project, tmp_path, "1.0.2", check_step=check)
    before = [None, tmp_path / "floods" / "1.0.0", tmp_path / "floods" / "1.0.1"]
    assert seen == list(zip(before, [True] * 3, ["1.0.0", "1.0.1", "1.0.2"], strict=True))
    assert versions(tmp_path) == ["1.0.1", "1.0.0"]


def test_a_withdrawn_version_stands_but_is_not_offered(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    publish(project, tmp_path, "1.0.1")
    index = withdraw("floods@1.0.1", tmp_path, "two articles\ncounted twice")
    assert (index.latest, index.counter) == ({"1": "1.0.0"}, 3)
    assert read_index(tmp_path, "floods") == index
    assert index.versions["1.0.1"].withdrawn.why == "two articles counted twice"
    assert wrong(tmp_path) == []
    assert json.loads((tmp_path / "index.json").read_text())["datasets"]["floods"]["latest"] == "1.0.0"
    with pytest.raises(PackageError, match=r"withdrawn on .* already"):
        withdraw("floods@1.0.1", tmp_path, "again")


def test_a_purged_version_leaves_its_hashes_and_its_number_is_never_used_again(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    release = read_index(tmp_path, "floods").versions["1.0.0"]
    withdraw("floods@1.0.0", tmp_path, "wrong")
    index = withdraw("floods@1.0.0", tmp_path, "a name that must not be public", purge=True)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["floods", "index.json", "index.json"]
    assert (index.versions["1.0.0"].manifest, index.versions["1.0.0"].tables) == (release.manifest, release.tables)
    assert index.highest is None
    with pytest.raises(PackageError, match=r"was withdrawn on .*: a name that must not be public"):
        publish(project, tmp_path, "1.0.0")


def test_purging_again_removes_what_a_crash_left(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish_module, "_remove", lambda _: None)
        index = withdraw("floods@1.0.0", tmp_path, "secret", purge=True)
    assert (tmp_path / "floods" / "1.0.0").exists()
    assert withdraw("floods@1.0.0", tmp_path, "other words", purge=True) == index
    assert not (tmp_path / "floods" / "1.0.0").exists()


@pytest.mark.parametrize(
    ("reference", "why", "error"),
    [
        ("floods@1", "x", UsageError),
        ("floods", "x", UsageError),
        ("floods@1.0.0", " \n", UsageError),
        ("floods@9.0.0", "x", RegistryError),
        ("drought@1.0.0", "x", RegistryError),
    ],
)
def test_what_cannot_be_withdrawn_is_said_and_nothing_is_changed(project, tmp_path, unchecked, reference, why, error):
    publish(project, tmp_path, "1.0.0")
    before = digests(tmp_path)
    with pytest.raises(error):
        withdraw(reference, tmp_path, why)
    assert digests(tmp_path) == before


# Real processes

PUBLISHER = """
import sys
import broadsheet.package.public as public
from broadsheet.validate import Report
public.validate_package = lambda _: Report((), ())
from broadsheet.cli import main
import pyarrow.csv, pyarrow.parquet, broadsheet.publish
print("ready", flush=True)
sys.stdin.read(1)
main()
"""
"""The program without validation, which only reads and takes most of the time; it begins when it is told to."""


def start(*arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", PUBLISHER, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment)


def at_once(processes: "list[subprocess.Popen[str]]") -> list[tuple[int, str]]:
    """Exit codes and words of processes that began together."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[1] for process in processes]
    return [(process.returncode, words) for process, words in zip(processes, said, strict=True)]


def test_ten_publishers_at_once_lose_no_version(project, tmp_path):
    wanted = [f"1.{number}.0" for number in range(8)] + ["1.0.0", "1.7.0"]
    ended = at_once([start("publish", project, "--to", tmp_path, "--version", version) for version in wanted])
    assert sorted(code for code, _ in ended) == [0] * 8 + [3] * 2, ended
    for code, said in ended:
        assert code == 0 or "published on" in said or "another process is writing it" in said
    assert versions(tmp_path) == [f"1.{number}.0" for number in range(7, -1, -1)]
    assert read_index(tmp_path, "floods").counter == 8
    assert json.loads((tmp_path / "index.json").read_text())["datasets"]["floods"]["counter"] == 8
    assert wrong(tmp_path) == []
    assert leftovers(tmp_path) == []


def kill_and_look(project: Path, registry: Path, moment: float, number: int) -> tuple[bool, list[str]]:
    """Whether a publisher was killed before its end, and what is wrong with the registry then and after a next try."""
    version = f"1.0.{number}"
    before = versions(registry)
    process = start("publish", project, "--to", registry, "--version", version)
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(moment)
    process.kill()
    process.communicate()
    found = wrong(registry)
    after = versions(registry)
    if after not in (before, [version, *before]):
        found.append(f"{before} became {after}")
    if after == before:
        publish(project, registry, version)
    else:
        with pytest.raises(PackageError, match="already"):
            publish(project, registry, version)
    listed = json.loads((registry / "index.json").read_text())["datasets"]["floods"]["latest"]
    if versions(registry) != [version, *before] or listed != version:
        found.append(f"after another try: {versions(registry)}, listed {listed}")
    return process.returncode < 0, found + wrong(registry) + leftovers(registry)


def kills(project: Path, registry: Path, number: int) -> int:
    """How many of so many publishers were killed before their end; nothing may ever be wrong."""
    chance = random.Random(SEED)
    publish(project, registry, "1.0.0")
    begin = time.monotonic()
    at_once([start("publish", project, "--to", registry, "--version", "0.1.0")])
    whole = time.monotonic() - begin
    killed = 0
    for at in range(1, number + 1):
        moment = chance.uniform(0, 0.6 * whole)
        was_killed, found = kill_and_look(project, registry, moment, at)
        assert found == [], f"killed after {moment} s, seed {SEED}"
        killed += was_killed
        if at % 20 == 0:  # what there is to be looked at would grow and grow
            shutil.rmtree(registry)
            publish(project, registry, "1.0.0")
    return killed


def test_ten_kills_leave_the_registry_whole(project, tmp_path, unchecked):
    assert kills(project, tmp_path, 10) > 0


@pytest.mark.slow
def test_300_kills_leave_the_registry_whole(project, tmp_path, unchecked):
    killed = kills(project, tmp_path, 300)
    print(f"{killed} of 300 publishers were killed before their end, seed {SEED}")
    assert killed > 60, "the moments are not those of publishing"


# Commands


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "broadsheet", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_publish_then_withdraw_then_list(project, tmp_path):
    assert {"publish", "withdraw", "versions"} <= set(COMMANDS)
    done = run("publish", project, "--to", tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Published floods 1.0.0 under the text policy facts" in done.stderr
    gone = run("withdraw", "floods@1.0.0", "--from", tmp_path, "--why", "wrong figures")
    assert (gone.returncode, gone.stdout) == (0, "")
    listed = run("versions", "floods", "--from", tmp_path)
    assert listed.returncode == 0
    head, row = listed.stdout.splitlines()
    assert head.split() == ["version", "published", "rows"]
    assert row.split(maxsplit=3)[::3] == ["1.0.0", "withdrawn on 2023-11-14: wrong figures"]
    as_json = run("versions", "floods", "--from", tmp_path, "--json").stdout
    assert as_json == (tmp_path / "floods" / "index.json").read_text()
