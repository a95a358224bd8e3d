import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet import staging
from broadsheet.errors import PackageError
from broadsheet.staging import staged, swap_in


def fill(folder, word):
    folder.mkdir(exist_ok=True)
    (folder / "file").write_text(word)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("exchange", [True, False])
def test_the_new_folder_takes_the_place_of_the_old(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    target = tmp_path / "out"
    fill(target, "old")
    with staged(target) as folder:
        fill(folder / "new", "new")
        swap_in(folder / "new", target)
    assert (target / "file").read_text() == "new"
    assert names(tmp_path) == ["out"]


def test_what_fails_in_between_leaves_the_old(tmp_path):
    target = tmp_path / "out"
    fill(target, "old")
    with pytest.raises(ZeroDivisionError), staged(target) as folder:
        fill(folder / "new", str(1 / 0))
    assert (target / "file").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_a_crash_between_the_two_renames_is_undone(tmp_path):
    fill(tmp_path / ".out.old", "old")
    (tmp_path / ".out.staging").mkdir()
    with staged(tmp_path / "out"):
        assert (tmp_path / "out" / "file").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_a_second_writer_is_told_so(tmp_path):
    code = (
        "import sys; from pathlib import Path; from broadsheet.staging import staged\n"
        "with staged(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "out")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(PackageError, match="another process"), staged(tmp_path / "out"):
            pass
        other.communicate()


def test_the_old_is_put_back_where_the_second_rename_fails(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    target = tmp_path / "out"
    fill(target, "old")
    with pytest.raises(FileNotFoundError), staged(target) as folder:
        staging._rename_twice(folder / "missing", target)
    assert (target / "file").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_a_lock_file_that_cannot_be_removed_is_no_fault(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    with staged(tmp_path / "out"):
        pass
    monkeypatch.undo()
    assert names(tmp_path) == [".out.lock"]
    with staged(tmp_path / "out"):
        pass
    assert names(tmp_path) == []


def test_what_stands_is_told_by_looking(tmp_path):
    target = tmp_path / "out"
    fill(target, "old")
    before = staging.identity(target)
    assert staging.what_stands(target, before) == f"{target} is as it was before"
    with staged(target) as folder:
        fill(folder / "new", "new")
        swap_in(folder / "new", target)
    assert staging.what_stands(target, before) == f"{target} is the new one, whole"
    target.rename(tmp_path / ".out.old")
    assert staging.what_stands(target, before) == f"the next build puts {target} back as it was before"
