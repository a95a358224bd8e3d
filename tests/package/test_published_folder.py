"""A published folder explains itself: its README runs as written, its links lead somewhere, and it can be cited."""

import json
import os
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
import yaml

from broadsheet.package.citation import SPDX, citation

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]*)\)")

PYTHON = "import warnings\nwarnings.simplefilter('error')\n{}\nassert len(claims)"
R = "options(warn = 2)\n{}\nstopifnot(nrow(claims) > 0)"


def blocks(readme: str, language: str) -> list[str]:
    return [code for found, code in BLOCK.findall(readme) if found == language]


@pytest.fixture(scope="module")
def readme(published):
    return (published / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """A folder with the command `broadsheet` of this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "broadsheet").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m broadsheet "$@"\n')
    (folder / "broadsheet").chmod(0o755)
    return folder


def ran(words, folder, **more):
    surroundings = os.environ | {key: str(value) for key, value in more.items()}
    return subprocess.run(words, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


def files(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_every_block_is_in_a_language_that_is_run_here(readme):
    assert {language for language, _ in BLOCK.findall(readme)} == {"sh", "python", "r"}
    assert readme.count("\n```") == 2 * len(BLOCK.findall(readme))


def test_the_python_blocks_run_as_written(published, readme):
    found = blocks(readme, "python")
    for library in ("pandas", "broadsheet", "polars", "duckdb", "frictionless"):
        assert sum(f"import {library}" in code or f"from {library}" in code for code in found) == 1
    before = files(published)
    for code in found:
        whole = code if "frictionless" in code else PYTHON.format(code)  # frictionless itself warns
        done = ran([sys.executable, "-c", whole], published)
        assert done.returncode == 0, done.stderr
    assert files(published) == before


def test_the_shell_blocks_run_as_written(published, readme, command):
    found = blocks(readme, "sh")
    assert len(found) == 2
    before = files(published)
    for code in found:
        done = ran(["bash", "-euo", "pipefail", "-c", code], published, PATH=f"{command}:{os.environ['PATH']}")
        assert done.returncode == 0, done.stderr
    assert files(published) == before


@pytest.mark.parametrize("library", ["broadsheet", "arrow", "readr"])
def test_the_r_blocks_run_as_written(published, readme, rscript, r_library, library):
    (code,) = (code for code in blocks(readme, "r") if f"library({library})" in code)
    if ran([rscript, "-e", f"library({library})"], published, R_LIBS=r_library).returncode:
        pytest.skip(f"R lacks {library}")
    done = ran([rscript, "-e", R.format(code)], published, R_LIBS=r_library)
    assert done.returncode == 0, done.stderr


def test_the_hashes_that_the_readme_has_checked_do_not_pass_over_a_change(published, readme, tmp_path):
    (code,) = (code for code in blocks(readme, "sh") if "sha256sum" in code)
    for path in published.rglob("*"):
        if path.is_file():
            (tmp_path / path.relative_to(published)).parent.mkdir(exist_ok=True)
            (tmp_path / path.relative_to(published)).write_bytes(path.read_bytes())
    (tmp_path / "data" / "dates.csv").write_text("changed")
    assert ran(["sh", "-c", code], tmp_path).returncode == 1


def test_every_link_leads_to_a_file_of_the_folder_or_to_the_web(published, readme):
    found = LINK.findall(readme)
    local = {link for link in found if not link.startswith("https://")}
    assert {"datapackage.json", "CITATION.cff", "data/claims.csv", "parquet/claims.parquet"} <= local
    assert [link for link in local if not (published / link).is_file()] == []


def test_the_readme_names_every_table_with_its_rows_and_licence(published, readme):
    listed = json.loads((published / "datapackage.json").read_text())["resources"]
    lines = [line for line in readme.splitlines() if line.startswith("| ") and "[CSV](data/" in line]
    assert len(lines) == len(listed) == 9
    for line, resource in zip(lines, listed, strict=True):
        name, rows, _, licence, description = (cell.strip() for cell in line.strip("|").split(" | "))
        assert (name, rows, description) == (resource["name"], f"{resource['rows']:,}", resource["description"])
        assert resource["licenses"][0]["path"] in licence


def test_every_resource_states_its_licence(published):
    for descriptor in ("datapackage.json", "parquet/datapackage.json"):
        content = json.loads((published / descriptor).read_text())
        assert all(resource["licenses"] == content["licenses"] for resource in content["resources"])


CFF = json.loads(
    (resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "citation-file-format.json").read_text()
)


def is_citation(text: str) -> None:
    jsonschema.Draft7Validator(CFF, format_checker=jsonschema.FormatChecker()).validate(yaml.safe_load(text))


def test_the_citation_of_the_folder_is_a_citation_file(published):
    text = (published / "CITATION.cff").read_text("utf-8")
    is_citation(text)
    assert yaml.safe_load(text)["license"] == "CC-BY-4.0"


def test_the_repositorys_own_citation_is_a_citation_file():
    is_citation((Path(__file__).parents[2] / "CITATION.cff").read_text("utf-8"))


def test_every_licence_that_is_named_is_one_that_citation_files_know():
    assert set(CFF["definitions"]["license-enum"]["enum"]) >= SPDX


ANNA = {"givenName": "Anna", "familyName": "Example"}
ORCID = "http://orcid.org/0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("stated", "cited"),
    [
        ({}, {"authors": [{"name": "The authors of rain"}]}),
        ({"version": "1.0"}, {"version": "1.0"}),
        ({"contributors": [ANNA]}, {"authors": [{"given-names": "Anna", "family-names": "Example"}]}),
        (
            {"contributors": [{"title": "A. Example", "path": ORCID}]},
            {"authors": [{"name": "A. Example", "orcid": "https://orcid.org/0000-0002-1825-0097"}]},
        ),
        ({"contributors": [{"title": "Desk", "path": "about.md"}]}, {"authors": [{"name": "Desk"}]}),
        ({"homepage": "rain.html"}, {"url": None}),
        ({"homepage": "https://example.org/rain"}, {"url": "https://example.org/rain"}),
        ({"licenses": [{"name": "CC0-1.0"}, {"name": "MIT"}]}, {"license": ["CC0-1.0", "MIT"]}),
        (
            {"licenses": [{"name": "ours", "path": "https://example.org/terms"}]},
            {"license": None, "license-url": "https://example.org/terms"},
        ),
        ({"licenses": [{"name": "ours"}, {"name": "MIT"}]}, {"license": None, "license-url": None}),
        ({"licenses": [{"path": "LICENSE.txt"}]}, {"license": None, "license-url": None}),
        ({"keywords": ["rain", "rain", "snow"]}, {"keywords": ["rain", "snow"]}),
        ({"title": "Rain: #1 {of} 'all'\n", "description": "- no\n\ttabs\n"}, {"abstract": "- no\n\ttabs\n"}),
    ],
    ids=str,
)
def test_any_descriptor_gives_a_citation_file(stated, cited):
    text = citation({"name": "rain", **stated})
    is_citation(text)
    found = yaml.safe_load(text)
    assert {key: found.get(key) for key in cited} == cited
