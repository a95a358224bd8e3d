"""A registry that a test may change, a server for it, and a cache of the test's own."""

from pathlib import Path

import pytest
from tests.pull.registries import Registry
from tests.pull.servers import serving

from broadsheet.pull import tries
from broadsheet.registry import web


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("BROADSHEET_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("BROADSHEET_REGISTRY", raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "cache"


@pytest.fixture
def registry(tmp_path) -> Registry:
    made = Registry(tmp_path / "registry")
    made.publish("1.0.0")
    return made


@pytest.fixture
def server(registry, cache, monkeypatch):
    """Serves the registry; the client is impatient."""
    monkeypatch.setattr(tries, "FACTOR", 0.002)
    monkeypatch.setattr(tries, "LONGEST_WAIT", 0.01)
    monkeypatch.setattr(web, "STALL", 1.0)
    with serving(registry.folder) as running:
        yield running
