"""The forms in which a comparison is shown, also of packages whose words want to be obeyed."""

import json
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from tests.diff.conftest import schema

from broadsheet.cli import cli

EVIL = '<script>alert("1")</script>|[x](javascript:1)\x1b[2J`\n# head'
OLD = {"things": (schema("id", "name"), [["a", "ax"], ["b", "bow"], ["c", "cup"]])}
NEW = {"things": (schema("id", "name", "colour"), [["a", EVIL, "red"], ["b", "bow", "red"], [EVIL, "egg", "red"]])}
FORMS = ("text", "json", "markdown", "html")


@pytest.fixture
def diff(made):
    """What the command says of both packages, with its exit code."""
    folders = made("old", OLD), made("new", NEW, version="1.4.3")

    def run(*options, same=False):
        places = [str(folders[0]), str(folders[0 if same else 1])]
        result = CliRunner().invoke(cli, ["diff", *places, *options], standalone_mode=False)
        return result.return_value, result.output

    return run


class Page(HTMLParser):
    """The tags of a page and where its links and sources lead."""

    def __init__(self):
        super().__init__()
        self.tags, self.leads = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.leads += [value for name, value in attrs if name in ("href", "src")]


def test_json_holds_counts_cells_rules_and_advice(diff):
    found = json.loads(diff("--format", "json")[1])
    assert found["advice"] | {"recipe": ""} == {"step": "major", "nextVersion": "2.0.0", "enough": False, "recipe": ""}
    assert found["changes"][0] == {
        "table": "things",
        "what": "field colour is new",
        "step": "major",
        "rule": "Add, remove or re-order fields",
    }
    (table,) = found["tables"]
    assert table["added"] == {"total": 1, "raw": 0, "program": 0, "correction": 1}
    assert table["changedCells"] == {"name": 1}
    assert [row for row in table["shown"] if row["kind"] == "changed"] == [
        {"kind": "changed", "cause": "correction", "key": {"id": "a"}, "cells": {"name": {"old": "ax", "new": EVIL}}}
    ]


@pytest.mark.parametrize("form", FORMS)
def test_no_form_holds_what_a_terminal_would_obey(diff, form):
    output = diff("--format", form)[1]
    assert "\x1b" not in output
    assert "ax" in output


def test_markup_of_a_package_is_text_in_html(diff):
    page = Page()
    page.feed(diff("--format", "html")[1])
    assert not {"script", "img", "link", "iframe"} & {*page.tags}
    assert page.leads == ["https://datapackage.org/recipes/data-package-version/"]


def test_markup_of_a_package_is_text_in_markdown(diff):
    output = diff("--format", "markdown")[1]
    assert "<script" not in output
    assert r"\](javascript" in output
    assert not [line for line in output.splitlines() if line.startswith("# ")]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_says_the_rule_and_the_next_version(diff, form):
    output = diff("--format", form)[1]
    assert "Add, remove or re-order fields" in output
    assert "2.0.0" in output
    assert "too small" in output


def test_the_limit_bounds_what_is_shown_and_not_what_is_counted(diff):
    (table,) = json.loads(diff("--format", "json", "--limit", "1")[1])["tables"]
    assert len(table["shown"]) == 1
    assert [table[kind]["total"] for kind in ("added", "removed", "changed")] == [1, 1, 1]
    assert "2 more" in diff("--limit", "1")[1]


def test_the_exit_code_tells_of_differences_only_where_asked(diff):
    assert [diff()[0], diff("--exit-code")[0], diff("--exit-code", same=True)[0]] == [0, 1, 0]
