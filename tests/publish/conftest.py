"""Projects that were built once, for all tests of publishing; tests must not change them."""

import json
from pathlib import Path

import pytest
from tests.faults.place import ARTICLES, write_raw

from broadsheet.build import build
from broadsheet.project import open_project
from broadsheet.validate import Report

MORE = {"d.txt": " date 2021-08-28 On Saturday, Dora Model told reporters that 3 bridges were closed in Kabul."}


def built(folder: Path, articles: dict[str, str], **stated: object) -> Path:
    write_raw(folder / "raw", articles)
    content = {"name": "floods", "title": "Floods", "version": "1.0.0", "resources": [], **stated}
    (folder / "datapackage.json").write_text(json.dumps(content))
    assert build(open_project(folder), jobs=1).report.ok
    return folder


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A project that was built."""
    return built(tmp_path_factory.mktemp("project"), ARTICLES)


@pytest.fixture(scope="session")
def grown(tmp_path_factory) -> Path:
    """The same project with one more article."""
    return built(tmp_path_factory.mktemp("grown"), ARTICLES | MORE)


@pytest.fixture
def unchecked(monkeypatch):
    """Validation takes most of the time, and only reads."""
    monkeypatch.setattr("broadsheet.package.public.validate_package", lambda _: Report((), ()))
