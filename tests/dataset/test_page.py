"""What the page on Python shows is what happens."""

import doctest
import shutil
from pathlib import Path

from broadsheet.publish import publish

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_examples_of_the_page_run_as_written(sample_package, tmp_path, monkeypatch):
    shutil.copytree(sample_package, tmp_path / "build" / "package")
    publish(sample_package, tmp_path / "build" / "registry")
    monkeypatch.chdir(tmp_path)
    flags = doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags)
    assert tried > 20
    assert not failed
