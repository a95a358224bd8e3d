"""The referee: frictionless on the same package; agreement, differences, known ones, and frictionless failing."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.validate.conformance.case_files import cases, write_case
from tests.validate.conformance.verdicts import (
    ON_THE_NETWORK,
    difference,
    frictionless_verdict,
    our_difference,
    our_verdict,
)

from broadsheet.validate import Selection, Terms, keys, referee, referee_run, validate_package, validate_path
from broadsheet.validate.referee_known import FAMILIES, OURS, THEIRS, Fault, known
from broadsheet.validate.referee_known import KNOWN as WHY
from broadsheet.validate.report import CODES

FIELDS = [{"name": "id", "type": "integer"}, {"name": "of", "type": "integer"}]
SELF = {"fields": "of", "reference": {"resource": "", "fields": "id"}}
SCHEMA = {"fields": FIELDS, "primaryKey": "id", "foreignKeys": [SELF]}
GOOD, DANGLING, BAD = "id,of\n1,\n2,1\n", "id,of\n1,\n2,7\n", "id,of\n1,\nx,1\n"


def write(folder, csv, schema=SCHEMA, **others):
    (folder / "data.csv").write_text(csv)
    resource = {"name": "data", "path": "data.csv", "schema": schema, **others}
    content = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(content))


def refereed(folder, seconds=60, selection=None):
    """The referee's checks by table, and what it found."""
    report = validate_package(folder, Terms(selection, seconds))
    checks = {check.table: check for check in report.checks if check.name == "referee"}
    return checks, [finding for finding in report.findings if finding.code == "referee-difference"]


@pytest.fixture
def in_process(monkeypatch):
    """frictionless in this process, which is faster and else the same."""

    def ruled(folder, stated, contents, _seconds):
        out, why = io.StringIO(), ""
        try:
            job = {"folder": str(folder), "descriptor": referee.described(stated, contents)}
            referee_run.run(job | {"resources": list(contents)}, out)
        except Exception as error:  # whatever it raises ends its process
            why = f"frictionless broke off: {error}"
        return referee._read([line.encode() for line in out.getvalue().splitlines()], why)

    monkeypatch.setattr(referee, "ruled", ruled)


def test_both_agree_on_a_package_as_built(valid_package):
    checks, found = refereed(valid_package)
    assert found == []
    assert {check.outcome for check in checks.values()} == {"passed"}
    assert {"", "articles", "claims"} <= checks.keys()


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    "csv",
    [GOOD, DANGLING, BAD, "id,of\n1,\n1,\n", "id,off\n1,1\n", "id,of\n1\n", "id,of\n\xff\n", "id,of\nx\n1,\nx,1,1\n"],
)
def test_both_agree_on_what_is_right_and_wrong(tmp_path, csv):
    write(tmp_path, csv)
    checks, found = refereed(tmp_path)
    assert found == []
    assert [checks[name].outcome for name in ("", "data")] == ["passed", "passed"]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("version", "outcome"), [(3, "skipped"), ("3", "passed")])
def test_faults_of_the_descriptor_are_not_those_of_data_within_it(tmp_path, version, outcome):
    content = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "version": version}
    resource = {"name": "data", "data": [["id", "of"], [1, None]], "schema": SCHEMA}
    (tmp_path / "datapackage.json").write_text(json.dumps({**content, "resources": [resource]}))
    checks, found = refereed(tmp_path)
    assert found == []
    assert checks[""].outcome == "passed"
    assert checks["data"].outcome == outcome


@pytest.mark.usefixtures("in_process")
def test_a_fault_that_we_overlook_is_a_difference(tmp_path, monkeypatch):
    write(tmp_path, DANGLING)
    monkeypatch.setattr(keys, "foreign_keys_hold", lambda *_: ())
    _, (found,) = refereed(tmp_path)
    assert (found.table, found.row, found.rule) == ("data", 3, "foreign key by frictionless")
    assert "frictionless finds foreign key faults and broadsheet does not, first in row 3" in found.message


@pytest.mark.usefixtures("in_process")
def test_a_fault_that_only_we_see_is_a_difference(tmp_path, monkeypatch):
    write(tmp_path, DANGLING)
    blind = {**SCHEMA, "foreignKeys": []}
    described = referee.described
    monkeypatch.setattr(referee, "described", lambda *words: _with_schema(described(*words), blind))
    _, (found,) = refereed(tmp_path)
    assert "broadsheet finds foreign key faults and frictionless does not, first in row 3, field of" in found.message


def _with_schema(content, schema):
    return {**content, "resources": [{**resource, "schema": schema} for resource in content["resources"]]}


KNOWN = [
    (GOOD, {"hash": "sha1:00"}, SCHEMA, "frictionless checks md5 and sha256 only"),
    ("id,of\n1,1\n2,1\n", {}, {"fields": FIELDS, "uniqueKeys": [["of"]]}, "does not check uniqueKeys"),
    ("id,of\n99999999999999999999,\n", {}, SCHEMA, "integers within 64 bits"),
    (GOOD, {}, {"fields": FIELDS, "fieldsMatch": ["exact"]}, "fieldsMatch as a text only"),
]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("csv", "others", "schema", "why"), KNOWN, ids=[why for *_, why in KNOWN])
def test_a_known_difference_is_a_note_and_no_finding(tmp_path, csv, others, schema, why):
    write(tmp_path, csv, schema, **others)
    checks, found = refereed(tmp_path)
    assert found == []
    assert any(why in check.why and check.outcome == "passed" for check in checks.values())


def test_what_is_known_of_one_side_says_nothing_of_the_other():
    parquet = {"path": "x.parquet"}
    assert known(THEIRS, "size", parquet, [Fault("byte-count")])
    assert not known(OURS, "size", parquet, [Fault("byte-count")])
    assert not known(THEIRS, "size", {"path": "x.csv"}, [Fault("byte-count")])
    assert not known(OURS, "unique", {}, [Fault("unique-key"), Fault("unique-error")])


def test_the_codes_that_are_compared_are_ours_or_frictionless_s():
    import frictionless.errors

    theirs = {getattr(getattr(frictionless.errors, name), "type", "") for name in dir(frictionless.errors)}
    assert {code for codes in FAMILIES.values() for code in codes} <= theirs | {*CODES}


def test_frictionless_is_stopped_when_its_time_is_over(tmp_path):
    write(tmp_path, GOOD)
    began = time.monotonic()
    checks, found = refereed(tmp_path, 0.05)
    assert time.monotonic() - began < 5
    assert found == []
    assert {check.outcome for check in checks.values()} == {"skipped"}
    assert "had not come to an end after 0.05 s; give it --referee-time 1 or more" in checks["data"].why


TROUBLE = [
    ("raise SystemExit('no memory')", "frictionless broke off: no memory"),
    ("import os; os._exit(3)", "frictionless broke off: it was killed"),
    ("import os; os.kill(os.getpid(), 9)", "frictionless broke off: it was killed"),
    ("print('nonsense'); print('{}'); print('[]')", "finds fault with"),
]


@pytest.mark.parametrize(("program", "why"), TROUBLE, ids=[program for program, _ in TROUBLE])
def test_frictionless_breaking_off_is_said_and_ends_nothing(tmp_path, monkeypatch, program, why):
    write(tmp_path, DANGLING)
    monkeypatch.setattr(referee, "START", program)
    report = validate_package(tmp_path, Terms(referee_time=60))
    checks = [check for check in report.checks if check.name == "referee"]
    assert {check.outcome for check in checks} == {"skipped"}
    assert all(why in check.why for check in checks)
    assert [finding.code for finding in report.findings] == ["foreign-key"]


def test_what_was_done_before_it_broke_off_counts():
    line = json.dumps({"name": "a", "errors": [], "complete": True}).encode()
    ruling = referee._read([line, b'{"name": "b", "err'], "killed")
    assert (ruling.complete, [*ruling.faults], ruling.why) == ({"a"}, ["a"], "killed")


def test_an_error_limit_does_not_make_us_wrong():
    ours = [Fault("foreign-key")]
    assert list(referee._alone(ours, [Fault("type-error")] * 1000, complete=False)) == [
        (THEIRS, "type", [Fault("type-error")] * 1000)
    ]


@pytest.mark.usefixtures("in_process")
def test_a_table_that_frictionless_stumbles_over_does_not_keep_it_from_the_others(tmp_path, monkeypatch):
    import frictionless

    write(tmp_path, DANGLING)
    path = tmp_path / "datapackage.json"
    content = json.loads(path.read_text())
    content["resources"].insert(0, {**content["resources"][0], "name": "odd"})
    path.write_text(json.dumps(content))
    validate = frictionless.Resource.validate

    def stumbling(resource, **options):
        if resource.name == "odd":
            raise TypeError("odd")
        return validate(resource, **options)

    monkeypatch.setattr(frictionless.resources.TableResource, "validate", stumbling)
    checks, found = refereed(tmp_path)
    assert found == []
    assert (checks["odd"].outcome, checks["odd"].why) == ("skipped", "frictionless broke off: TypeError: odd")
    assert checks["data"].outcome == "passed"


def test_a_descriptor_that_is_nested_deeply_is_not_handed_on():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert "nested so deeply" in referee.ruled(Path(), {"x": deep}, {}, 1).why


FOLLOWED = [
    {"path": ["data.csv", "../data.csv"]},
    {"path": "../data.csv"},
    {"path": "https://example.org/data.csv"},
    {"schema": "https://example.org/schema.json"},
    {"schema": "../schema.json"},
    {"dialect": "https://example.org/dialect.json"},
]


@pytest.mark.parametrize("others", FOLLOWED, ids=[str(others) for others in FOLLOWED])
def test_frictionless_never_sees_what_must_not_be_followed(tmp_path, monkeypatch, others):
    write(tmp_path, GOOD, **{"schema": SCHEMA, **others})
    monkeypatch.setattr(referee, "ruled", lambda *_: pytest.fail("it was run"))
    for selection in (None, Selection(skip=("resources",))):
        checks, _ = refereed(tmp_path, selection=selection)
        assert checks[""].outcome == "skipped"


def test_profiles_and_properties_that_could_be_fetched_are_left_out(tmp_path):
    write(tmp_path, GOOD, scheme="http", basepath="https://example.org", profile="https://example.org/p.json")
    content = json.loads((tmp_path / "datapackage.json").read_text())
    stated = {**content, "profile": "https://example.org/p.json", "$schema": "https://example.org/s.json"}
    assert "example.org" not in json.dumps(referee.described(stated, {"data": content["resources"][0]}))


def test_the_process_cannot_reach_the_network():
    code = (
        "from broadsheet.validate import referee_run; referee_run._confine()\n"
        "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()\n"
        "socket.create_connection(s.getsockname())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "OSError: the network is not asked" in done.stderr


def test_nothing_of_the_current_folder_is_run(tmp_path, monkeypatch):
    write(tmp_path, GOOD)
    for name in ("frictionless", "json", "broadsheet", "resource"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    checks, _ = refereed(Path())
    assert checks["data"].outcome == "passed"
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("in_process")
def test_tables_that_were_not_asked_for_are_not_compared(tmp_path):
    write(tmp_path, DANGLING)
    checks, found = refereed(tmp_path, selection=Selection(skip=("data:foreign-keys",)))
    assert found == []
    assert (checks["data"].outcome, checks["data"].why) == ("skipped", "not all checks were asked for")


def test_without_the_option_frictionless_is_not_run(tmp_path, monkeypatch):
    write(tmp_path, GOOD)
    monkeypatch.setattr(referee, "compared", lambda *_: pytest.fail("it was run"))
    assert validate_package(tmp_path).ok


def test_the_command_reports_the_referee(tmp_path, here):
    write(tmp_path, GOOD, hash="sha1:00")
    ran = here("validate", tmp_path, "--referee", "--format", "json")
    checks = [check for check in json.loads(ran.out)["checks"] if check["name"] == "referee"]
    assert [check["outcome"] for check in checks] == ["passed", "passed"]
    assert "frictionless checks md5 and sha256 only" in checks[1]["why"]


def _agreed(case, folder):
    """Whether both come to what the case expects, as two other programs of the tests find."""
    if case.id in ON_THE_NETWORK:
        return False
    ours, theirs = our_verdict(case, folder / "ours"), frictionless_verdict(case, folder / "theirs")
    return not our_difference(case, ours) and not (theirs.why or difference(case.expect, case.faults, theirs))


@pytest.mark.filterwarnings("ignore")  # frictionless leaves files open where it breaks off
@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(("first", "step"), [(0, 40), pytest.param(1, 1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_there_is_no_difference_where_both_judge_a_case_of_the_specification_rightly(tmp_path, first, step):
    wrong = []
    for number, case in enumerate([*cases()][first::step]):
        for part in ("ours", "theirs", "both"):
            (tmp_path / str(number) / part).mkdir(parents=True)
        if _agreed(case, tmp_path / str(number)):
            write_case(case, tmp_path / str(number) / "both")
            _, found = refereed(tmp_path / str(number) / "both")
            wrong += [(case.id, finding.message) for finding in found]
    assert wrong == []


def test_the_page_lists_every_known_difference():
    page = (Path(__file__).parents[2] / "docs" / "choosing-checks.md").read_text("utf-8")
    assert [line[2:] for line in page.splitlines() if line.startswith("- ")] == [*dict.fromkeys(why for *_, why in WHY)]


def test_the_referee_is_asked_of_a_data_file_and_of_a_descriptor_of_another_name(tmp_path, in_process):
    write(tmp_path, BAD)
    (tmp_path / "datapackage.json").rename(tmp_path / "other.json")
    (tmp_path / "data.schema.json").write_text(json.dumps({**SCHEMA, "foreignKeys": []}))
    for path in ("other.json", "data.csv"):
        report = validate_path(tmp_path / path, referee_time=60)
        assert [check.outcome for check in report.checks if check.name == "referee"] == 2 * ["passed"], report.checks
        assert {finding.code for finding in report.findings} == {"type-error"}
