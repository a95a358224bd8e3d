"""Fixtures that several test modules share."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings
from tests.outside import run_here

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).parents[1]
FAULTS = ROOT / "tests" / "faults" / "faults.c"


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings(tmp_path_factory):
    """For builds in this process and those that it starts: a cache that is not the user's, a clock that stands."""
    os.environ["BROADSHEET_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"


@pytest.fixture
def here(monkeypatch, capfd):
    """A function that runs the command in this process."""
    return run_here(monkeypatch, capfd)


@pytest.fixture(scope="session")
def sample_package(tmp_path_factory) -> Path:
    """The package of the repository's own sample dataset, built anew; tests must not change it."""
    from broadsheet.build import build
    from broadsheet.project import open_project

    out = tmp_path_factory.mktemp("sample") / "package"
    summary = build(open_project(ROOT, out=out), jobs=1)
    assert summary.report.ok
    return out


@pytest.fixture(scope="session")
def rscript() -> str:
    """The Rscript command; tests that need it are skipped where R or a package is missing."""
    command = shutil.which("Rscript")
    if command is None:
        pytest.skip("Rscript is not installed")
    needed = "library(readr); library(jsonlite); library(dplyr)"
    if subprocess.run([command, "-e", needed], capture_output=True, check=False).returncode:
        pytest.skip("R lacks one of readr, jsonlite, dplyr")
    return command


@pytest.fixture(scope="session")
def registry(sample_package, tmp_path_factory) -> Path:
    """A registry that holds the sample dataset as published; tests must not change it."""
    from broadsheet.publish import publish

    folder = tmp_path_factory.mktemp("registry")
    assert publish(sample_package, folder).report.ok
    return folder


@pytest.fixture(scope="session")
def published(registry) -> Path:
    """The sample dataset as a version in a registry; tests must not change it."""
    (folder,) = (registry / "broadsheet-sample").glob("*/")
    return folder


@pytest.fixture(scope="session")
def r_library(rscript, tmp_path_factory) -> Path:
    """A library of R packages that holds the client under clients/r, installed as its users install it."""
    library = tmp_path_factory.mktemp("library")
    source = shutil.copytree(ROOT / "clients" / "r", tmp_path_factory.mktemp("source") / "broadsheet")
    command = [str(Path(rscript).with_name("R")), "CMD", "INSTALL", "--no-test-load", f"--library={library}"]
    done = subprocess.run([*command, str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return library


@pytest.fixture(scope="session")
def library(tmp_path_factory) -> Path:
    """The library that makes calls fail, to be preloaded; see `faults.c`."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler `cc` to make the library that makes calls fail")
    made = tmp_path_factory.mktemp("library") / "faults.so"
    command = [
        compiler,
        "-shared",
        "-fPIC",
        "-O1",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-o",
        made,
        ROOT / "tests" / "faults" / "faults.c",
    ]
    subprocess.run(command, check=True)
    return made
