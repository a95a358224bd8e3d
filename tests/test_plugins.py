import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from broadsheet import plugins
from broadsheet.parse import parse_files

PAGE = (Path(__file__).parents[1] / "docs" / "plugins.md").read_text("utf-8")


def shown(name):
    """The block of the page that is marked with the name."""
    (block,) = re.findall(rf"<!-- {name} -->\n```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return block


@pytest.fixture
def other_package(tmp_path, monkeypatch):
    """A package with the two extractors of the page, installed as far as this process can tell."""
    (tmp_path / "ships.py").write_text(shown("extractor"))
    (tmp_path / "lists.py").write_text(shown("factory"))
    ((group, entries),) = tomllib.loads(shown("entry point"))["project"]["entry-points"].items()
    lines = [f"{name} = {value}" for name, value in (entries | {"mentions.lists": "lists:factory"}).items()]
    info = tmp_path / "ships-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ships\nVersion: 2.0\n")
    (info / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines]) + "\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for module in ("ships", "lists"):
        sys.modules.pop(module, None)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(" date 2021-08-31 The MV Arlmouth lay beside HMS Gull.")
    return path


@pytest.mark.parametrize(
    ("choice", "surfaces", "extractor"),
    [("ships", ["Arlmouth", "Gull"], "ships"), ("lists:beside", ["beside"], "lists:beside")],
)
def test_the_extractors_of_the_page_are_chosen_by_name(other_package, article, choice, surfaces, extractor):
    rows = parse_files([article], entities=choice).rows["mentions"]
    assert [row["surface"] for row in rows] == surfaces
    assert {row["extractor"] for row in rows} == {extractor}


def test_another_package_s_version_is_in_the_provenance(other_package):
    from broadsheet.provenance import libraries

    assert libraries()["ships"] == "2.0"
    assert plugins.identity("mentions", "ships") == plugins.Identity("ships")
    assert plugins.identity("mentions", "lists:x") == plugins.Identity("lists:x", {"version": "1"})


def test_an_unknown_extractor_is_told_with_those_that_there_are(other_package, article, here):
    ran = here("parse", article, "--entities", "boats")
    ran.refused(2, "no extractor of mentions that is called 'boats'", "there are lists, rules, ships, spacy")


def test_an_extractor_is_made_once_in_a_process():
    assert plugins.extractor("mentions") is plugins.extractor("mentions")


def test_no_start_imports_what_only_a_chosen_extractor_needs(article):
    import subprocess

    code = (
        "import json, sys\nfrom pathlib import Path\nfrom broadsheet.parse import parse_files\n"
        f"parse_files([Path({str(article)!r})])\nprint(json.dumps([m for m in sys.modules if m.startswith('spacy')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
