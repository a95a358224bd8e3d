"""The way back from a package to its raw files, and what is found where they do not match."""

import json
import shutil

import pytest
from click.testing import CliRunner

from broadsheet import provenance
from broadsheet.build import build
from broadsheet.cli import cli
from broadsheet.errors import IntegrityError, ReadError
from broadsheet.package.public import write_public_package
from broadsheet.project import open_project
from broadsheet.verify import verify

ARTICLES = {
    "a.txt": " date 2021-08-31 On Tuesday, Anna Example told reporters that 12 people were hurt in Arlmouth.",
    "b.txt": " date 2021-08-30 It rained in Arlmouth on Monday. “It is wet,” said Carl Sample.",
}


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pristine")
    (folder / "raw").mkdir()
    for name, text in ARTICLES.items():
        (folder / "raw" / name).write_text(text, "utf-8")
    (folder / "raw" / "articles.csv").write_text("path,outlet\na.txt,The Arlmouth Herald\n", "utf-8")
    made(folder)
    return folder


@pytest.fixture
def place(pristine, tmp_path):
    shutil.copytree(pristine, tmp_path, dirs_exist_ok=True)
    return tmp_path


def made(place):
    assert build(open_project(None, place / "raw", place / "package"), jobs=1, reuse=False).report.ok


def outcomes(report):
    return {(check.name, check.table): check.outcome for check in report.checks}


def found(report):
    return {
        (finding.code, finding.table, finding.raw_path or finding.key): finding.message for finding in report.findings
    }


@pytest.mark.parametrize("policy", [None, "facts", "quotes"])
def test_a_package_and_its_projections_lead_back_to_their_raw_files(place, policy):
    package = place / "package"
    if policy:
        package = place / "public"
        write_public_package(place / "package", package, policy)
    report = verify(package, place / "raw", jobs=1)
    assert report.ok, report.as_text()
    ended = outcomes(report)
    assert ended["raw files", "raw_records"] == "passed"
    assert ended["words in raw", "claim_spans"] == "passed"
    assert ended["rebuild", "claims"] == "passed"
    assert ended["bytes", ""] == "passed"


def test_a_changed_raw_file_is_named_with_the_rows_that_came_from_it(place):
    (place / "raw" / "b.txt").write_text(ARTICLES["b.txt"].replace("wet", "cold"), "utf-8")
    report = verify(place / "package", place / "raw", jobs=1)
    messages = found(report)
    assert "sha256" in messages["raw-difference", "raw_records", "b.txt"]
    assert ("raw-difference", "raw_records", "a.txt") not in messages
    differing = [finding for finding in report.findings if finding.code == "rebuild-difference"]
    assert {"articles", "claims"} <= {finding.table for finding in differing}
    claims = [finding.message for finding in differing if finding.table == "claims"]
    assert all("its raw file is not the one that was read" in message for message in claims)
    assert any("the new build has no such row" in message for message in claims)


def test_words_that_stand_elsewhere_in_the_raw_file_are_found(place):
    (place / "raw" / "a.txt").write_text(ARTICLES["a.txt"].replace("On Tuesday", "On a Tuesday"), "utf-8")
    report = verify(place / "package", place / "raw", jobs=1)
    assert any(finding.code == "span-error" and finding.table == "mentions" for finding in report.findings)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda raw: (raw / "b.txt").unlink(), "missing"),
        (lambda raw: (raw / "b.txt").rename(raw / "c.txt"), "added after the build"),
    ],
)
def test_a_raw_file_that_is_gone_or_new_is_named(place, change, message):
    change(place / "raw")
    report = verify(place / "package", place / "raw", jobs=1)
    assert any(message in text for (code, *_), text in found(report).items() if code == "raw-difference")


def test_a_changed_sidecar_is_given_as_the_reason(place):
    (place / "raw" / "articles.csv").write_text("path,outlet\na.txt,The Evening Post\n", "utf-8")
    report = verify(place / "package", place / "raw", jobs=1)
    (finding,) = (finding for finding in report.findings if finding.table == "articles")
    assert "outlet is 'The Evening Post', expected 'The Arlmouth Herald'" in finding.message
    assert "raw/articles.csv" in finding.message


def test_rows_that_another_program_made_are_named_with_its_version(place, monkeypatch):
    monkeypatch.setattr(provenance, "__version__", "0.0.1")
    monkeypatch.setattr("broadsheet.plugins.extractor", lambda *_: lambda _article, _found: ())
    made(place)
    monkeypatch.undo()
    report = verify(place / "package", place / "raw", jobs=1)
    messages = [finding.message for finding in report.findings if finding.table == "mentions"]
    assert messages
    assert all("the program was broadsheet 0.0.1" in message for message in messages)


def test_rows_that_were_altered_are_named_even_where_every_hash_fits(place, monkeypatch):
    from broadsheet.tables import finish

    def altered(table, batch, names):
        import pyarrow.compute as pc

        batch = finish(table, batch, names)
        if table != "claims":
            return batch
        return batch.set_column(14, batch.schema.field("negated"), pc.invert(batch["negated"]))

    monkeypatch.setattr("broadsheet.tables.finish", altered)
    made(place)
    monkeypatch.undo()
    report = verify(place / "package", place / "raw", jobs=1)
    assert {finding.table for finding in report.findings} == {"claims"}
    assert all("negated is" in finding.message for finding in report.findings)
    assert all("the package was altered" in finding.message for finding in report.findings)


def test_other_libraries_with_the_same_rows_are_no_fault(place, monkeypatch):
    known = provenance.libraries()
    monkeypatch.setattr(provenance, "libraries", lambda: {**known, "pyarrow": "1.0"})
    made(place)
    monkeypatch.undo()
    assert verify(place / "package", place / "raw", jobs=1).ok


def test_a_damaged_package_is_found_before_anything_is_built(place):
    with (place / "package" / "data" / "claims.csv").open("a") as file:
        file.write("x\n")
    report = verify(place / "package", place / "raw", jobs=1)
    assert not report.ok
    assert outcomes(report)["rebuild", ""] == "skipped"


def test_a_package_of_somebody_else_cannot_be_verified(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "a.csv").write_text("a\n1\n")
    resource = {"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "a", "type": "integer"}]}}
    (tmp_path / "package" / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [resource]}))
    with pytest.raises(IntegrityError, match="cannot be verified"):
        verify(tmp_path / "package", tmp_path / "raw")


def test_nothing_to_verify_is_exit_code_3(place):
    shutil.rmtree(place / "raw")
    with pytest.raises(ReadError):
        verify(place / "package", place / "raw")
    run = CliRunner().invoke(cli, ["verify", str(place / "none"), "--raw", str(place)], standalone_mode=False)
    assert run.exception.exit_code == 3
