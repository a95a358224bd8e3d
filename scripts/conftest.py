"""For doctests that load `build/package`: they run in a folder in which the sample dataset was built."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from broadsheet.build import build
    from broadsheet.project import open_project

    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "BROADSHEET_CACHE", str(tmp_path_factory.mktemp("cache")))
        assert build(open_project(ROOT, out=folder / "build" / "package"), jobs=1).report.ok
    return folder


@pytest.fixture(autouse=True)
def _beside_a_package(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = request.node.dtest.examples if isinstance(request.node, pytest.DoctestItem) else []
    if any("build/package" in example.source for example in examples):
        monkeypatch.chdir(request.getfixturevalue("_built"))
