"""Withdrawing versions, and the commands as people call them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults.place import digests
from tests.publish.registries import wrong

from broadsheet.cli import COMMANDS
from broadsheet.errors import PackageError, RegistryError, UsageError
from broadsheet.publish import publish, withdraw
from broadsheet.registry import read_index
from broadsheet.registry.folder import FolderRegistry

SCRIPTS = Path(__file__).parents[2] / "scripts"


def test_a_withdrawn_version_stands_but_is_not_offered(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    publish(project, tmp_path, "1.0.1")
    index = withdraw("floods@1.0.1", tmp_path, "two articles\ncounted twice")
    assert (index.latest, index.counter) == ({"1": "1.0.0"}, 4)
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
        patch.setattr(FolderRegistry, "remove", lambda *_: None)
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
