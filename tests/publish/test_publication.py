"""Publishing versions into a registry that is a folder."""

import json
import shutil
from pathlib import Path

import pytest
from tests.faults.place import digests
from tests.publish.registries import leftovers, versions, wrong

from broadsheet.errors import PackageError, RegistryError, UsageError
from broadsheet.publish import publish
from broadsheet.validate import validate_package


def test_a_published_version_is_the_public_projection_under_its_number(project, tmp_path):
    done = publish(project, tmp_path / "r", "1.1.0")
    package = tmp_path / "r" / "floods" / "1.1.0"
    assert (done.package, done.report.ok) == (str(package), True)
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
    assert listed == {"format": 1, "datasets": {"floods": {"latest": "1.1.0", "title": "Floods", "counter": 5}}}
    index = json.loads((tmp_path / "floods" / "index.json").read_text())
    assert (index["counter"], index["latest"]) == (5, {"1": "1.1.0"})
    assert list(index["versions"]) == ["2.0.0-rc.1", "1.1.0", "1.0.1", "1.0.0"]


def test_without_a_place_it_is_the_projects_own_registry(project, tmp_path, unchecked):
    own = tmp_path / "own"
    shutil.copytree(project, own)
    assert Path(publish(own).package) == own / "build" / "registry" / "floods" / "1.0.0"


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
    publish(project, tmp_path / "r", "1.0.0")
    before = digests(tmp_path / "r" / "floods" / "1.0.0")
    shutil.copytree(tmp_path / "r" / "floods" / "1.0.0", tmp_path / "r" / "floods" / "1.1.0")
    (tmp_path / "r" / "floods" / "1.1.0" / "extra.txt").write_text("half")
    publish(project, tmp_path / "r", "1.1.0")
    assert digests(tmp_path / "r" / "floods" / "1.0.0") == before
    assert not (tmp_path / "r" / "floods" / "1.1.0" / "extra.txt").exists()
    assert wrong(tmp_path / "r") == []


def test_what_was_put_there_by_hand_is_left_alone(project, tmp_path, unchecked):
    publish(project, tmp_path)
    (tmp_path / "floods" / "1.1.0").mkdir()
    (tmp_path / "floods" / "1.1.0" / "mine.txt").write_text("mine")
    with pytest.raises(PackageError, match="not put there by"):
        publish(project, tmp_path, "1.1.0")
    assert (tmp_path / "floods" / "1.1.0" / "mine.txt").read_text() == "mine"
    assert versions(tmp_path) == ["1.0.0"]


def test_a_lost_index_beside_versions_is_not_begun_anew(project, tmp_path, unchecked):
    publish(project, tmp_path, "1.0.0")
    publish(project, tmp_path, "1.1.0")
    (tmp_path / "floods" / "index.json").unlink()
    before = digests(tmp_path)
    for version in ("1.0.0", "1.2.0"):
        with pytest.raises(RegistryError, match=r"index\.json is missing, but .* are there: 1\.0\.0, 1\.1\.0") as error:
            publish(project, tmp_path, version)
        assert "from a copy" in error.value.tip
    assert digests(tmp_path) == before


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
        ("gs://bucket/r", "local folders and at s3:// only"),
        ("https://example.org/r", "local folders and at s3:// only"),
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
