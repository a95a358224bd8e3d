"""Folders that cannot be read or written, files that go away, disks that are full."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.outside import WORDS, Ran, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="uses what only Linux has")

AS_IF_NOT_ROOT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """An empty working folder with two articles in raw/."""
    monkeypatch.chdir(tmp_path)
    Path("raw").mkdir()
    for number in (1, 2):
        Path(f"raw/{number}.txt").write_text(WORDS.format(number + 1))
    return tmp_path


@pytest.fixture
def limited() -> tuple[str, ...]:
    """Words that take from root the right to read everything; none where the tests do not run as root."""
    if os.geteuid():
        return ()
    if not shutil.which("setpriv") or subprocess.run([*AS_IF_NOT_ROOT, "true"], check=False).returncode:
        pytest.skip("runs as root, who may read every file, and setpriv cannot take that away")
    return AS_IF_NOT_ROOT


def records(package: Path) -> dict[str, tuple[str, str | None]]:
    import pyarrow.parquet as parquet

    rows = parquet.read_table(package / "parquet/raw_records.parquet").to_pylist()
    return {row["path"]: (row["status"], row["reason"]) for row in rows}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def left_beside(out: Path) -> list[str]:
    """Staging that a build left behind; its lock may stay."""
    return [p.name for p in out.parent.iterdir() if p.name.startswith(f".{out.name}") and not p.name.endswith(".lock")]


@pytest.mark.parametrize("raw", ["missing", "file", "pipe", "loop", "dangling"])
def test_raw_that_is_no_folder_exits_with_3(place, here, raw):
    Path("file").write_text("x")
    os.mkfifo("pipe")
    Path("loop").symlink_to("loop")
    Path("dangling").symlink_to("gone")
    here("build", "--raw", raw, "--out", "out").refused(3, f"{raw}: ")
    assert not Path("out").exists()


def test_a_project_without_raw_exits_with_3(place, here):
    Path("project").mkdir()
    Path("project/datapackage.json").write_text('{"name": "mine"}')
    here("build", "project").refused(3, "project/raw: ")


@pytest.mark.parametrize("command", ["build", "validate"])
def test_a_project_that_is_not_there_exits_with_3(place, here, command):
    here(command, "nowhere").refused(3, "nowhere: ", "no such folder")


def test_an_empty_raw_gives_empty_tables_a_warning_and_0(place, here):
    Path("empty").mkdir()
    ran = here("build", "--raw", "empty", "--out", "out", "--json")
    summary = json.loads(ran.out)
    assert (ran.code, summary["valid"], set(summary["rows"].values())) == (0, True, {0})
    assert "no article" in " ".join(summary["warnings"])
    assert here("validate", "out").code == 0


@pytest.mark.parametrize("out", ["file", "raw", "raw/out", "other", "pipe", "to-other", "."])
def test_an_out_that_must_not_be_written_exits_with_3_and_stays_as_it_was(place, here, out):
    Path("file").write_text("x")
    Path("other").mkdir()
    Path("other/thesis.doc").write_text("years of work")
    Path("to-other").symlink_to("other")
    os.mkfifo("pipe")
    before = bytes_of(place)
    here("build", "--raw", "raw", "--out", out).refused(3, f"{out}: ")
    assert bytes_of(place) == before


def test_unreadable_files_and_folders_are_rows_and_the_rest_is_built(place, limited):
    for folder in ("closed", "unlisted", "unentered"):
        Path(f"raw/{folder}").mkdir()
        Path(f"raw/{folder}/in.txt").write_text(WORDS.format(folder))
    Path("raw/secret.txt").write_text(WORDS.format("secret"))
    Path("raw/articles.txt").write_text(WORDS.format("more"))
    modes = {"closed": 0o000, "unlisted": 0o111, "unentered": 0o444, "secret.txt": 0o000}
    for name, mode in modes.items():
        Path("raw", name).chmod(mode)
    ran = run("build", "--raw", "raw", "--out", "out", "--jobs", "1", before=limited)
    for name in modes:
        Path("raw", name).chmod(0o755)
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    found = records(Path("out"))
    denied = {name: reason for name, (status, reason) in found.items() if status == "failed"}
    assert set(denied) == {"closed", "unlisted", "unentered/in.txt", "secret.txt"}
    assert all(reason.endswith("Permission denied") for reason in denied.values())
    assert [found[name][0] for name in ("1.txt", "2.txt", "articles.txt")] == ["read"] * 3


def test_a_raw_that_cannot_be_listed_exits_with_3(place, limited):
    Path("raw").chmod(0)
    ran = run("build", "--raw", "raw", "--out", "out", before=limited)
    Path("raw").chmod(0o755)
    ran.refused(3, "raw: ", "Permission denied")


def test_an_out_whose_folder_cannot_be_written_exits_with_3(place, limited):
    Path("fixed").mkdir(mode=0o555)
    run("build", "--raw", "raw", "--out", "fixed/out", before=limited).refused(3, "fixed", "Permission denied")
    assert not list(Path("fixed").iterdir())


def meddled(code: str, *arguments: str) -> Ran:
    """Run the command in a process where `code` runs before file number `opened` of raw/ is opened."""
    hook = f"""
import os, runpy, shutil, sys
opened = 0
def meddle(event, details):
    global opened
    if event == "open" and os.fsdecode(details[0] if isinstance(details[0], (str, bytes)) else b"").endswith("9.txt"):
        opened += 1
        {code}
sys.addaudithook(meddle)
sys.argv = ["broadsheet", *{arguments!r}]
runpy.run_module("broadsheet", run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", hook], capture_output=True, text=True, check=False, timeout=120)
    return Ran(done.returncode, done.stdout, done.stderr)


def test_files_that_go_before_they_are_read_are_rows_and_the_rest_is_built(place):
    Path("raw/9.txt").write_text(WORDS.format(9))
    Path("raw/sub").mkdir()
    Path("raw/sub/z.txt").write_text(WORDS.format("ten"))
    code = "shutil.rmtree('raw/sub', ignore_errors=True) or os.path.exists('raw/9.txt') and os.unlink('raw/9.txt')"
    ran = meddled(code, "build", "--raw", "raw", "--out", "out", "--jobs", "1")
    assert ran.code == 0, ran.err
    gone = ("failed", "cannot be read: No such file or directory")
    read = ("read", None)
    assert records(Path("out")) == {"1.txt": read, "2.txt": read, "9.txt": gone, "sub/z.txt": gone}


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("opened == 2 and os.unlink('raw/9.txt')", {"1.txt", "2.txt"}),
        ("opened == 2 and os.truncate('raw/9.txt', 40)", {"1.txt", "2.txt", "9.txt"}),
    ],
    ids=["gone", "cut"],
)
def test_a_build_begins_anew_where_a_file_changes_between_the_passes(place, code, rows):
    Path("raw/9.txt").write_text(WORDS.format(9))
    assert meddled(code, "build", "--raw", "raw", "--out", "out", "--jobs", "1").code == 0
    assert set(records(Path("out"))) == rows


def test_a_file_that_changes_all_the_time_exits_with_3(place):
    Path("raw/9.txt").write_text(WORDS.format(9))
    code = "opened % 2 or os.truncate('raw/9.txt', 60 - opened)"
    ran = meddled(code, "build", "--raw", "raw", "--out", "out", "--jobs", "1")
    ran.refused(3, "raw/9.txt: ", "was changed while the build was reading it")
    assert not Path("out").exists()


def built(place: Path) -> dict[str, bytes]:
    """The bytes of a package at out, after which raw/ has changed so that another build has something to write."""
    assert run("build", "--raw", "raw", "--out", "out", "--jobs", "1").code == 0
    Path("raw/3.txt").write_text(WORDS.format(33))
    return bytes_of(place / "out")


@pytest.mark.parametrize("size", [100, 30_000])
def test_files_that_must_not_grow_exit_with_3_and_the_old_package_stands(place, size):
    before = built(place)
    limit = (size, size)
    ran = run(
        "build", "--raw", "raw", "--out", "out", "--jobs", "1",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )  # fmt: skip
    ran.refused(3, "out")
    assert re.search("File too large|disk I/O error", ran.err)
    assert bytes_of(place / "out") == before
    assert left_beside(place / "out") == []


@pytest.mark.parametrize("size", ["16k", "128k"])
def test_a_full_disk_exits_with_3_and_leaves_nothing_half_done(place, size):
    private = ("unshare", "--mount", "--map-root-user") if os.geteuid() else ("unshare", "--mount")
    mounted = (*private, "sh", "-c", f"mkdir disk && mount -t tmpfs -o size={size} none disk && \"$@\"; code=$?; ls -A disk; exit $code", "sh")  # fmt: skip # noqa: E501
    if not shutil.which("unshare") or subprocess.run([*mounted, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    shutil.rmtree("disk")
    ran = run("build", "--raw", "raw", "--out", "disk/out", "--jobs", "1", before=mounted)
    ran.refused(3, "disk")
    assert re.search("No space left on device|disk is full", ran.err)
    assert [line for line in ran.out.splitlines() if not line.endswith(".lock")] == []


def test_a_cache_that_cannot_be_written_is_only_a_slower_build(place):
    Path("file").write_text("x")
    environment = {**os.environ, "BROADSHEET_CACHE": str(place / "file/cache")}
    ran = run("build", "--raw", "raw", "--out", "out", "--jobs", "1", env=environment)
    assert ran.code == 0, ran.err
    assert records(Path("out")) == {"1.txt": ("read", None), "2.txt": ("read", None)}
