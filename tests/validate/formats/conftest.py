"""The report on a small package in which much is wrong."""

import json

import pytest
from tests.validate.formats.small import EVENTS, PROFILE, ROWS, SOURCES

from broadsheet.validate import validate_package
from broadsheet.validate.report import Report


@pytest.fixture(scope="session")
def bad_package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    (folder / "data").mkdir()
    (folder / "data" / "events.csv").write_text(ROWS)
    (folder / "data" / "sources.csv").write_text("name,url\ndaily,x\ndaily,y\n")
    resources = [
        {"name": "events", "path": "data/events.csv", "schema": EVENTS, "hash": f"sha256:{'0' * 64}", "rows": 4},
        {"name": "sources", "path": "data/sources.csv", "schema": SOURCES},
        {"name": "Gone", "path": "data/gone.csv", "schema": SOURCES},
        {"name": "out", "path": "../secret.csv"},
    ]
    (folder / "datapackage.json").write_text(json.dumps({"$schema": PROFILE, "name": "x", "resources": resources}))
    return folder


@pytest.fixture(scope="session")
def bad_report(bad_package) -> Report:
    return validate_package(bad_package)
