"""Fixtures of the exports' tests."""

import pytest
from tests.export.packages import tables, write_package

import broadsheet


@pytest.fixture
def dataset(tmp_path):
    """A function that gives the dataset of a package made of `tables()`, with what is changed in them."""

    def made(change=None, descriptor=None):
        rows = tables()
        if change:
            change(rows)
        return broadsheet.load(write_package(tmp_path / "package", rows, descriptor), engine="pyarrow")

    return made


@pytest.fixture(scope="session")
def withheld(sample_package, tmp_path_factory):
    """The sample package without the articles' words; tests must not change it."""
    from broadsheet.package.public import write_public_package

    out = tmp_path_factory.mktemp("withheld") / "public"
    assert write_public_package(sample_package, out, "facts").ok
    return out
