"""The hook, installed and run by pre-commit in a repository of its own."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "scripts", "schema")


def git(folder, *words):
    who = ("-c", "user.name=Anna Example", "-c", "user.email=anna@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, check=True)


def repository(folder):
    git(folder, "init", "--quiet")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "All")
    return folder


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """A repository with what of this one a hook is installed from."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return repository(folder)


@pytest.fixture(scope="module")
def try_hook(hooks, tmp_path_factory):
    """Runs the hook on all files of a folder; without the network: libraries are found among those of the tests."""
    home = tmp_path_factory.mktemp("home")
    here = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PRE_COMMIT_HOME": str(home)}
    here |= {"PYTHONPATH": sysconfig.get_path("purelib"), "HOME": str(home)}
    here |= {"GIT_AUTHOR_NAME": "Anna Example", "GIT_AUTHOR_EMAIL": "anna@example.org"}
    here |= {"GIT_COMMITTER_NAME": "Anna Example", "GIT_COMMITTER_EMAIL": "anna@example.org"}

    def run(folder, package):
        (folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {hooks}\n  rev: {head(hooks)}\n  hooks:\n"
            f"  - id: broadsheet-validate\n    args: [{package}]\n    verbose: true\n"
        )
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
        done = subprocess.run(command, cwd=folder, env=os.environ | here, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def head(folder):
    words = ["git", "rev-parse", "HEAD"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.slow
def test_the_hook_passes_a_valid_package_and_fails_a_broken_one(try_hook, published, tmp_path):
    shutil.copytree(published, tmp_path / "package")
    repository(tmp_path)
    code, said = try_hook(tmp_path, "package")
    assert (code, "Verdict: valid" in said) == (0, True), said
    with (tmp_path / "package" / "data" / "dates.csv").open("a") as file:
        file.write("more\n")
    code, said = try_hook(tmp_path, "package")
    assert code == 1
    assert "NOT valid" in said
    assert "data/dates.csv has" in said


@pytest.mark.slow
def test_the_hook_is_skipped_where_there_is_no_package(try_hook, tmp_path):
    (tmp_path / "page.md").write_text("Rain")
    repository(tmp_path)
    code, said = try_hook(tmp_path, "package")
    assert code == 0
    assert "(no files to check)" in said
