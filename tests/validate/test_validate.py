import datetime
import importlib.util
import json
import os
import shutil
from pathlib import Path

import pytest

from broadsheet.errors import ReadError
from broadsheet.validate import validate_package, validate_path, validate_project
from broadsheet.validate.formats import render
from broadsheet.validate.report import CODES

spec = importlib.util.spec_from_file_location("breaking", Path(__file__).parent / "conftest.py")
breaking = importlib.util.module_from_spec(spec)
spec.loader.exec_module(breaking)
rewrite = breaking.rewrite


def codes(report) -> set[str]:
    return {finding.code for finding in report.findings}


def edit(package, change, name="datapackage.json"):
    """Change the descriptor as an object."""
    path = package / name
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def replace_in(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def append(path, text):
    path.write_text(path.read_text() + text)


def test_a_package_as_built_passes_every_check(valid_package):
    report = validate_package(valid_package)
    assert report.ok
    assert report.findings == ()
    assert {check.outcome for check in report.checks} == {"passed", "not applicable"}


def set_first(field, value):
    def change(rows):
        rows[0][field] = value

    return change


def swap_first_two(rows):
    rows[0], rows[1] = rows[1], rows[0]


MEANING = [
    ("dates", set_first("surface", "Wednesday"), "span-error", "the surface 'Wednesday'"),
    ("dates", set_first("end_char", 99_999), "bounds-error", "does not lie in its article's text"),
    ("dates", set_first("latest", datetime.date(1999, 1, 1)), "bounds-order", "lies below earliest"),
    ("dates", set_first("type", "MOMENT"), "constraint-error", "'MOMENT' does not fit enum"),
    ("dates", set_first("anchor_id", "nothing"), "foreign-key", "is not in dates.date_id"),
    ("articles", set_first("article_id", "x1"), "constraint-error", "does not fit pattern"),
    ("mentions", set_first("entity_id", "e-nobody"), "foreign-key", "'e-nobody' is not in entities.entity_id"),
    ("mentions", set_first("name", None), "constraint-error", "is missing but required"),
    ("mentions", swap_first_two, "row-order", "belongs before row"),
    ("passages", lambda rows: rows.append(dict(rows[-1])), "primary-key", "stands in row"),
    ("passages", lambda rows: rows[0].update(end_char=rows[1]["end_char"]), "passage-overlap", "begins before"),
    ("claims", set_first("content", "nothing"), "content-error", "is not that of its parts"),
    ("articles", set_first("char_count", 3), "text-error", "another length or SHA-256"),
]


@pytest.mark.parametrize(("table", "change", "code", "said"), MEANING, ids=[f"{t}-{c}" for t, _, c, _ in MEANING])
def test_a_row_that_is_wrong_is_found_and_placed(package, table, change, code, said):
    rewrite(package, table, change)
    report = validate_package(package)
    found = [finding for finding in report.findings if finding.code == code and finding.table == table]
    assert not report.ok
    assert found, codes(report)
    assert any(said in finding.message for finding in found)
    assert all(finding.row and finding.key for finding in found)


def test_a_finding_names_the_raw_file(package):
    rewrite(package, "dates", set_first("surface", "Wednesday"))
    (finding,) = validate_package(package).findings
    assert finding.raw_path in ("one.txt", "two.txt")


def test_rewriting_nothing_stays_valid(package):
    rewrite(package, "dates", lambda _rows: None)
    assert validate_package(package).ok


FILES = [
    (lambda p: (p / "data" / "dates.csv").unlink(), "scheme-error"),
    (lambda p: (p / "data" / "extra.csv").write_text("a\n"), "undeclared-file"),
    (lambda p: (p / "SHA256SUMS").unlink(), "sums-error"),
    (lambda p: (p / "README.md").write_text("x"), "hash-count"),
    (lambda p: replace_in(p / "data" / "dates.csv", "DATE", "DAYS"), "twin-difference"),
    (lambda p: replace_in(p / "data" / "articles.csv", "2021-08-3", "2021-18-3"), "type-error"),
    (lambda p: append(p / "data" / "dates.csv", "x\n"), "missing-cell"),
    (lambda p: (p / "parquet" / "dates.parquet").write_bytes(b"PAR1"), "source-error"),
    (lambda p: (p / "datapackage.json").write_text("{"), "package-error"),
    (lambda p: edit(p, lambda d: d.update(resources=3)), "package-error"),
    (lambda p: edit(p, lambda d: d["resources"][0].update(bytes=1)), "byte-count"),
    (lambda p: edit(p, lambda d: d["resources"][0].update(rows=99)), "row-count"),
    (lambda p: edit(p, lambda d: d["resources"][0].update(hash="zzz")), "hash-count"),
    (lambda p: edit(p, lambda d: d["resources"][0].update({"broadsheet:contentHash": "bsch1:0"})), "content-hash"),
    (lambda p: edit(p, lambda d: d["resources"][3]["schema"].update(primaryKey=["nothing"])), "schema-error"),
]


@pytest.mark.parametrize(("change", "code"), FILES, ids=[f"{n}-{c}" for n, (_, c) in enumerate(FILES)])
def test_a_file_or_descriptor_that_is_wrong_is_found(package, change, code):
    change(package)
    report = validate_package(package)
    assert not report.ok
    assert code in codes(report)
    assert codes(report) <= set(CODES)


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "https://example.org/x.csv", "data/link.csv"])
def test_paths_of_strangers_are_not_followed(package, path):
    (package.parent / "secret.csv").write_text("a\n")
    (package / "data" / "link.csv").symlink_to(package.parent / "secret.csv")
    edit(package, lambda d: d["resources"][0].update(path=path))
    findings = [finding for finding in validate_package(package).findings if finding.code == "resource-error"]
    assert any("is not followed" in finding.message for finding in findings)


def test_frictionless_agrees_on_a_broken_csv(package):
    from frictionless import validate

    assert validate(str(package / "datapackage.json")).valid
    replace_in(package / "data" / "dates.csv", "DATE", "DAYS")
    assert not validate(str(package / "datapackage.json")).valid
    assert not validate_package(package).ok


def test_a_project_that_is_not_built_says_so(tmp_path):
    root = Path(__file__).parents[2]
    shutil.copytree(root / "schema", tmp_path / "schema")
    shutil.copy(root / "datapackage.json", tmp_path)
    report = validate_project(tmp_path)
    assert report.ok
    assert [check.why for check in report.checks if check.outcome == "skipped"] == [
        "nothing is built yet; run: broadsheet build"
    ]


def test_nothing_at_the_path_cannot_be_read(tmp_path):
    with pytest.raises(ReadError, match="no such folder"):
        validate_path(tmp_path / "nothing")


@pytest.fixture
def report(package):
    rewrite(package, "dates", set_first("surface", "Wed\nnesday"))
    return validate_package(package)


def test_github_gets_one_line_for_each_finding(report):
    lines = render(report, "github").splitlines()
    assert lines[0].startswith("::error file=data/dates.csv,line=2,title=span-error::")
    assert len(lines) == 2


def test_a_descriptor_that_is_no_file_is_a_fault_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "datapackage.json")
    (finding,) = validate_package(tmp_path).findings
    assert finding.message.startswith("datapackage.json is no file")
