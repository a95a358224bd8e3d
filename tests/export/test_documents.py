"""Files of claims: streamed, whole or not there, and safe to put into a page."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tracemalloc

import pytest
from click.testing import CliRunner
from tests.export.packages import ARTICLE, tables, write_package

import broadsheet
from broadsheet.cli import cli
from broadsheet.errors import IntegrityError, PackageError, ReadError, UsageError
from broadsheet.export import FORMATS, Options, package_at, write_claims


def written(dataset, form="schemaorg", **options):
    stream = io.BytesIO()
    write_claims(dataset, stream, Options(form, **options))
    return stream.getvalue().decode("utf-8")


def claim_is(**columns):
    return lambda rows: rows["claims"][0].update(columns)


@pytest.mark.parametrize("form", FORMATS)
def test_lines_hold_what_the_document_holds(dataset, form):
    package = dataset()
    (line,) = written(package, form, lines=True).splitlines()
    whole = json.loads(written(package, form))
    (item,) = whole["@graph"] if form == "schemaorg" else whole["first"]["items"]
    assert json.loads(line) == {"@context": whole["@context"], **item}


@pytest.mark.parametrize("form", FORMATS)
def test_no_claims_are_a_document_all_the_same(dataset, form):
    assert json.loads(written(dataset(lambda rows: rows.update(claims=[])), form))["@context"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_cell_is_a_missing_one(dataset, form):
    columns = ("content", "source_text", "cue_lemma", "rule")
    empty, missing = (written(dataset(claim_is(**dict.fromkeys(columns, cell))), form) for cell in ("", None))
    assert empty == missing


@pytest.mark.parametrize("words", ["</script><script>", "<!--", "a\u2028b\x85c"])
def test_no_words_end_a_line_or_a_script_element(dataset, words):
    text = written(dataset(claim_is(content=words)), lines=True)
    assert len(text.splitlines()) == 1
    assert "<" not in text
    assert json.loads(text)["text"] == words


@pytest.mark.parametrize(
    "descriptor",
    [
        {"licenses": 7, "contributors": "x", "broadsheet": []},
        {"licenses": [7, {"path": 7}], "contributors": [7, {"roles": 7}, {"title": 7}], "version": 7},
        {"title": "\ud800", "broadsheet": {"program": {}}},
    ],
)
def test_a_descriptor_may_hold_anything(dataset, descriptor):
    for form in FORMATS:
        assert json.loads(written(dataset(descriptor=descriptor), form))


def test_ids_are_the_same_in_both_forms_and_begin_with_the_base(dataset):
    package, base = dataset(), "https://example.org/valley#"
    annotation = json.loads(written(package, "webannotation", lines=True, base=base))
    claim = json.loads(written(package, lines=True, base=base))
    assert annotation["body"][0]["id"] == claim["@id"] == f"{base}claims/{claim['identifier']}"


@pytest.mark.parametrize("base", ["claims/", "urn:x/", "https://example.org/v", "https://example.org/ /", ""])
def test_a_base_that_is_none_is_refused(dataset, base):
    with pytest.raises(UsageError, match="no address"):
        written(dataset(), base=base)


def test_a_file_is_written_once_and_over_another_only_by_force(dataset, tmp_path):
    package, out = dataset(), tmp_path / "out.json"
    write_claims(package, out, Options("schemaorg"))
    out.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        write_claims(package, out, Options("schemaorg"))
    assert out.read_text() == "mine"
    write_claims(package, out, Options("schemaorg"), force=True)
    assert json.loads(out.read_text("utf-8"))["@graph"]


def test_a_broken_package_leaves_what_stood_there_and_nothing_else(dataset, tmp_path):
    package, out = dataset(claim_is(source_entity_id="e-nobody")), tmp_path / "out.json"
    out.write_text("mine")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(IntegrityError):
        write_claims(package, out, Options("schemaorg"), force=True)
    assert (out.read_text(), sorted(tmp_path.iterdir())) == ("mine", before)


def test_a_disk_that_is_full_leaves_what_stood_there(dataset, tmp_path, monkeypatch):
    def fails(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("broadsheet.export.files.sync", fails)
    with pytest.raises(PackageError, match="No space left"):
        write_claims(dataset(), tmp_path / "out.json", Options("schemaorg"))
    assert not (tmp_path / "out.json").exists()


def test_changed_bytes_are_found(dataset, tmp_path):
    package = dataset()
    package.file("claim_spans").write_bytes(b"")
    with pytest.raises(IntegrityError):
        written(broadsheet.load(package.path, engine="pyarrow"))


def many(folder, articles):
    """A package of so many articles of 20,000 characters, with a claim each."""
    rows = tables()
    for table in ("articles", "claims", "claim_spans", "dates", "mentions"):
        first, rows[table] = rows[table], []
        for number in range(articles):
            rows[table] += [_of(row, f"a{number:016x}") for row in first]
    return broadsheet.load(write_package(folder, rows), engine="pyarrow")


def _of(row, article):
    changed = {key: value.replace(ARTICLE, article) for key, value in row.items() if key.endswith("_id") and value}
    long = row["text"] + "x" * 20_000 if "text" in row else ""
    text = {"text": long, "text_sha256": hashlib.sha256(long.encode()).hexdigest()} if long else {}
    return {**row, **changed, **text}


class Nowhere(io.RawIOBase):
    """A stream that keeps nothing."""

    def write(self, data):
        return len(data)


def test_memory_does_not_grow_with_the_number_of_articles(tmp_path):
    """What Python holds at most: the articles take 48 MB, of which it is to hold a small part."""
    package = many(tmp_path / "many", 600)
    write_claims(many(tmp_path / "few", 2), Nowhere(), Options("webannotation"))
    tracemalloc.start()
    done = write_claims(package, Nowhere(), Options("webannotation"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.claims == 600
    assert peak < 8_000_000


def run(*arguments):
    return CliRunner().invoke(cli, ["export", *map(str, arguments)])


@pytest.fixture
def project(sample_package, tmp_path, monkeypatch):
    """A folder like a project's, with its package built, and the current one."""
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "package").symlink_to(sample_package)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("arguments", [["claims"], [".", "claims"], ["claims", "build/package"]])
def test_the_command_writes_the_claims_of_the_project(project, arguments):
    done = run(*arguments, "--format", "schemaorg")
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["@graph"]) == len(broadsheet.load("build/package", "claims"))


def test_a_name_that_ends_in_jsonl_asks_for_lines(project):
    assert run("claims", "--format", "webannotation", "-o", "out.jsonl").exit_code == 0
    first, *_ = (project / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(first)["type"] == "Annotation"


def test_a_dash_is_standard_output(project):
    assert json.loads(run("claims", "--format", "schemaorg", "-o", "-").stdout)["@graph"]
    assert not (project / "-").exists()


def test_a_published_version_is_exported_by_its_name(registry, sample_package, monkeypatch):
    monkeypatch.setenv("BROADSHEET_REGISTRY", str(registry))
    done = run("broadsheet-sample@0.1", "claims", "--format", "schemaorg")
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["@graph"]) == len(broadsheet.load(sample_package, "claims"))


@pytest.mark.parametrize("form", FORMATS)
def test_csv_gives_the_same_bytes_as_parquet(sample_package, tmp_path, form):
    shutil.copytree(sample_package, tmp_path / "csv", ignore=shutil.ignore_patterns("parquet"))
    of_csv, of_parquet = (broadsheet.load(at, engine="pyarrow") for at in (tmp_path / "csv", sample_package))
    assert written(of_csv, form) == written(of_parquet, form)


def test_a_workbook_is_of_the_project_too(project):
    assert run("--xlsx", "out.xlsx", "--table", "dates").exit_code == 0
    assert (project / "out.xlsx").is_file()


def test_a_package_that_withholds_words_says_of_how_many_claims(withheld):
    done = run(withheld, "claims", "--format", "webannotation")
    claims = len(broadsheet.load(withheld, "claims"))
    assert done.stderr == f"Note: the package withholds the words of {claims} claims\nClaims: {claims}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say either --xlsx FILE"),
        (["claims"], "say either --xlsx FILE"),
        (["claims", "--format", "schemaorg", "--xlsx", "x.xlsx"], "say either --xlsx FILE"),
        (["--format", "schemaorg"], "export claims --format schemaorg"),
        (["x", "y", "claims", "--format", "schemaorg"], "one package at a time"),
        (["x", "--xlsx", "x.xlsx", "--lines"], "go with --format"),
        (["claims", "--format", "schemaorg", "--table", "dates"], "--table goes with --xlsx"),
        (["claims", "--format", "turtle"], "'webannotation', 'schemaorg'"),
    ],
)
def test_what_cannot_be_asked_for_is_said_to_be_so(arguments, message):
    done = run(*arguments)
    assert (done.exit_code, message in done.stderr) == (2, True), done.stderr


def test_a_project_that_was_not_built_is_told_so(tmp_path):
    (tmp_path / "raw").mkdir()
    with pytest.raises(ReadError) as raised:
        package_at(str(tmp_path))
    assert raised.value.tip == f"build it first: broadsheet build {tmp_path}"


def test_the_output_is_utf_8_whatever_the_locale(sample_package):
    command = [sys.executable, "-m", "broadsheet", "export", sample_package, "claims", "--format", "schemaorg"]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=True, env=ascii_only)
    assert json.loads(done.stdout.decode("utf-8"))["@graph"]
