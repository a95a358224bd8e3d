import errno
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from broadsheet import pipeline, schemas, staging
from broadsheet.build import build
from broadsheet.errors import PackageError, ReadError, UsageError
from broadsheet.init import Copied, init
from broadsheet.project import open_project
from broadsheet.validate import validate_path

TEXT = " date 2021-08-31 On Tuesday, 12 people were killed in Kabul, officials said."


@pytest.fixture
def source(tmp_path) -> Path:
    """A folder with two articles, and all that is none."""
    folder = tmp_path / "articles"
    (folder / "2021").mkdir(parents=True)
    (folder / "2021" / "one.txt").write_text(TEXT)
    (folder / "feed.jsonl").write_text('{"date": "2021-09-01", "text": "It snowed in Kandahar."}\r\n')
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "secret.txt").symlink_to("/etc/hostname")
    (folder / "more").symlink_to(folder / "2021")
    (folder / "articles.csv").write_text("path,outlet\nfeed.jsonl,Example Herald\n")
    (folder / "README.txt").write_text("Where these come from.")
    os.mkfifo(folder / "pipe.txt")
    return folder


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_an_empty_project_builds_and_is_valid(tmp_path):
    init(tmp_path / "mine")
    summary = build(open_project(tmp_path / "mine"), jobs=1)
    assert (summary.report.ok, summary.rows["articles"]) == (True, 0)
    assert all("no article was found" in warning for warning in summary.warnings)
    assert validate_path(tmp_path / "mine").ok


def test_a_project_from_a_folder_builds_and_is_valid(tmp_path, source):
    copied = init(tmp_path / "mine", source, "en")
    summary = build(open_project(tmp_path / "mine"), jobs=1)
    assert summary.records == {"read": 2} == {"read": copied.files}
    assert (summary.report.ok, summary.warnings) == (True, [])
    assert validate_path(tmp_path / "mine").ok
    assert (
        json.loads((tmp_path / "mine" / "build/package/datapackage.json").read_text())["broadsheet"]["language"] == "en"
    )


def test_articles_and_sidecars_are_copied_byte_for_byte_and_the_rest_is_said(tmp_path, source):
    copied = init(tmp_path / "mine", source)
    raw = tmp_path / "mine" / "raw"
    assert names(raw) == ["2021", "2021/one.txt", "README.txt", "articles.csv", "feed.jsonl"]
    for name in ("2021/one.txt", "feed.jsonl", "README.txt", "articles.csv"):
        assert (raw / name).read_bytes() == (source / name).read_bytes()
    size = sum((source / name).stat().st_size for name in ("2021/one.txt", "feed.jsonl"))
    assert copied == Copied(
        2,
        size,
        {"symbolic link, not followed": 2, "no reader for .jpg files": 1, "no regular file but a pipe, not read": 1},
    )


def test_names_that_are_no_utf_8_are_kept(tmp_path):
    source, name = tmp_path / "articles", os.fsdecode(b"caf\xe9.txt")
    source.mkdir()
    (source / name).write_text(TEXT)
    init(tmp_path / "mine", source)
    assert (tmp_path / "mine" / "raw" / name).read_text() == TEXT


def test_a_file_that_cannot_be_read_is_not_copied_and_said(tmp_path, source, monkeypatch):
    def opened(location, kept=pipeline.open_regular):
        if location.endswith(b"one.txt"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return kept(location)

    monkeypatch.setattr("broadsheet.pipeline.open_regular", opened)
    copied = init(tmp_path / "mine", source)
    assert (copied.files, copied.skipped["cannot be read: Permission denied"]) == (1, 1)


def test_the_project_holds_what_it_needs_and_nothing_is_left_beside_it(tmp_path):
    init(tmp_path / "new" / "mine")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["mine"]
    found = {path.name for path in (tmp_path / "new" / "mine").iterdir()}
    assert found == {"datapackage.json", "schema", "raw", "README.md", ".gitignore", ".gitattributes"}
    for table in schemas.TABLES:
        copy = tmp_path / "new" / "mine" / "schema" / f"{table}.json"
        assert copy.read_bytes() == (schemas.built_in_folder() / f"{table}.json").read_bytes()


def test_every_table_is_a_resource_and_the_data_have_no_licence(tmp_path):
    init(tmp_path / "Rain & Snow")
    descriptor = json.loads((tmp_path / "Rain & Snow" / "datapackage.json").read_text())
    assert (descriptor["name"], descriptor["title"]) == ("rain-snow", "Rain & Snow")
    assert [resource["name"] for resource in descriptor["resources"]] == list(schemas.TABLES)
    assert "licenses" not in descriptor
    assert descriptor["broadsheet"] == {"language": "und", "textPolicy": "facts"}
    assert "No licence is stated for the data, on purpose" in (tmp_path / "Rain & Snow" / "README.md").read_text()


def test_a_clone_of_an_empty_repository_becomes_a_project_that_git_ignores_the_build_of(tmp_path):
    git = ["git", "-C", str(tmp_path / "mine"), "-c", "core.hooksPath=/dev/null"]
    subprocess.run(["git", "init", "-q", str(tmp_path / "mine")], check=True)
    init(tmp_path / "mine")
    (tmp_path / "mine" / "build").mkdir()
    (tmp_path / "mine" / "build" / "x").write_text("x")
    listed = subprocess.run(
        [*git, "ls-files", "--others", "--exclude-standard"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "raw/README.md" in listed
    assert not any(name.startswith(("build/", ".broadsheet")) for name in listed)


@pytest.mark.parametrize("name", ["README.md", ".gitignore", "build", "raw", "datapackage.json", "thesis.doc"])
def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path, name):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_text("mine")
    with pytest.raises(UsageError, match="is not empty"):
        init(tmp_path / "mine")
    assert names(tmp_path) == ["mine", f"mine/{name}"]
    assert (tmp_path / "mine" / name).read_text() == "mine"


def test_a_file_and_a_symbolic_link_are_no_folders(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "link"):
        with pytest.raises(UsageError, match="is no folder"):
            init(tmp_path / name)
    assert names(tmp_path) == ["elsewhere", "file", "link"]


@pytest.mark.parametrize(
    ("root", "source"), [("a/b", "a"), ("a", "a"), ("a", "a/b"), ("a", "link/a"), ("link/a", "a/b")]
)
def test_neither_folder_may_lie_in_the_other(tmp_path, root, source):
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / source).mkdir(parents=True, exist_ok=True)
    with pytest.raises(UsageError):
        init(tmp_path / root, tmp_path / source)
    assert not list(tmp_path.rglob("datapackage.json"))


def test_a_missing_source_and_a_wrong_language_are_refused_before_anything_is_made(tmp_path):
    with pytest.raises(ReadError, match="no such folder"):
        init(tmp_path / "mine", tmp_path / "missing")
    with pytest.raises(UsageError, match="is no BCP 47 tag"):
        init(tmp_path / "mine", language="English, mostly")
    assert names(tmp_path) == []


STEPS = [(False, step) for step in range(4 + 1 + 1)] + [(True, step) for step in range(4 + 1 + 6)]
"""Four files are copied, all is flushed, and one folder or, where that is there, six parts of it are renamed."""


@pytest.mark.parametrize(("is_there", "step"), STEPS)
def test_a_full_disk_leaves_nothing_behind(tmp_path, source, monkeypatch, step, is_there):
    if is_there:
        (tmp_path / "mine").mkdir()
    before = names(tmp_path)
    calls = iter(range(100))

    def failing(kept):
        def call(*arguments, **named):
            if next(calls) == step:
                raise OSError(errno.ENOSPC, "No space left on device")
            return kept(*arguments, **named)

        return call

    monkeypatch.setattr("shutil.copyfileobj", failing(shutil.copyfileobj))
    monkeypatch.setattr("broadsheet.init.sync_tree", failing(staging.sync_tree))
    monkeypatch.setattr("pathlib.Path.rename", failing(Path.rename))
    with pytest.raises(PackageError, match="No space left"):
        init(tmp_path / "mine", source)
    assert names(tmp_path) == before


def test_what_an_interrupted_init_left_is_cleared_away(tmp_path):
    for folder in (tmp_path / ".mine.staging", tmp_path / "other" / ".broadsheet-init.staging"):
        folder.mkdir(parents=True)
        (folder / "datapackage.json").write_text("half")
    init(tmp_path / "mine")
    init(tmp_path / "other")
    for name in ("mine", "other"):
        assert not any("staging" in one for one in names(tmp_path / name))
        assert open_project(tmp_path / name).root
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "other"]
