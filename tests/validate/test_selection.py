"""What `--only`, `--skip` and `--fail-on` select, and that nothing is left out in silence."""

import ast
from pathlib import Path

import pytest

import broadsheet.validate
from broadsheet.errors import UsageError
from broadsheet.validate import Selection, Terms, check_fail_on, fails, validate_package, validate_project
from broadsheet.validate.report import CODES, Check, Finding, Recorder, Report, Unmade, fault
from broadsheet.validate.selection import ALWAYS, CHECKS, GATES


def left_out(report) -> set[tuple[str, str]]:
    return {(check.name, check.table) for check in report.checks if check.left_out}


def made(report) -> set[tuple[str, str]]:
    return {(check.name, check.table) for check in report.checks} - left_out(report)


@pytest.fixture(scope="module")
def whole(valid_package) -> Report:
    return validate_package(valid_package)


SKIPPED = {
    "spans": {("spans", "*")},
    "CSV equals Parquet": {("CSV equals Parquet", "*")},
    "csv-equals-parquet": {("CSV equals Parquet", "*")},
    "claims": {("*", "claims"), ("file", "data/claims.csv"), ("file", "parquet/claims.parquet")},
    "claims:spans": {("spans", "claims")},
    "claims:file": {("file", "data/claims.csv"), ("file", "parquet/claims.parquet")},
}


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_skipped_is_in_the_report_and_nothing_else_is(valid_package, whole, name):
    report = validate_package(valid_package, Terms(Selection(skip=(name,))))
    expected = {one for one in made(whole) if SKIPPED[name] & {one, (one[0], "*"), ("*", one[1])}}
    assert len(expected) >= len(SKIPPED[name])
    assert left_out(report) == expected
    assert made(report) == made(whole) - expected
    assert {check.why for check in report.checks if check.left_out} == {"left out by --skip"}


def test_only_leaves_out_all_but_what_is_named_and_the_descriptor(valid_package, whole):
    report = validate_package(valid_package, Terms(Selection(only=("spans", "dates:bounds"))))
    spans = {(check.name, check.table) for check in whole.checks if check.name == "spans"}
    assert made(report) == spans | {("bounds", "dates"), ("descriptor", ""), ("descriptor", "parquet")}
    assert left_out(report) | made(report) == made(whole)


def test_skip_wins_over_only(valid_package):
    report = validate_package(valid_package, Terms(Selection(only=("claims",), skip=("claims:spans",))))
    assert ("spans", "claims") in left_out(report)
    assert ("row order", "claims") in made(report)


def recorded(selection, *outcomes) -> tuple[Report, bool]:
    recorder = Recorder(selection=selection)
    nothing = recorder.run("constraints", "dates", list(outcomes))
    return recorder.report(), nothing


def test_findings_of_a_code_that_is_skipped_are_counted_as_left_out():
    outcomes = [fault("type-error", "a"), fault("type-error", "b"), fault("row-count", "c")]
    report, nothing = recorded(Selection(skip=("type-error",)), *outcomes)
    assert [finding.message for finding in report.findings] == ["c"]
    (check,) = report.checks
    assert (check.outcome, check.why, check.count) == ("failed", "2 of type-error left out by --skip", 1)
    assert not nothing


def test_a_check_that_finds_only_what_is_left_out_is_skipped_not_passed():
    report, nothing = recorded(Selection(only=("type-error",)), fault("row-count", "c"))
    assert report.findings == ()
    why = "1 of row-count not asked for (--only)"
    assert report.checks == (Check("constraints", "dates", "skipped", why, left_out=True),)
    assert report.ok
    assert not nothing


def test_a_check_that_could_not_be_made_is_not_taken_for_left_out():
    report, _ = recorded(Selection(skip=("row-count",)), fault("row-count", "c"), Unmade("no text"))
    (check,) = report.checks
    assert (check.outcome, check.left_out) == ("skipped", False)


@pytest.mark.parametrize("name", ["dates:type-error", "dates", "constraints", "type-error", "dates:constraints"])
def test_a_finding_is_told_under_every_name_that_selects_it(name):
    report, _ = recorded(Selection(only=(name,)), fault("type-error", "a"))
    assert len(report.findings) == 1
    report, _ = recorded(Selection(skip=(name,)), fault("type-error", "a"))
    assert report.findings == ()


UNKNOWN = [
    ("spanz", "did you mean 'spans'?"),
    ("type-eror", "did you mean 'type-error'?"),
    ("claimz", "did you mean 'claims'?"),
    ("claimz:spans", "did you mean 'claims'?"),
    ("claims:spanz", "did you mean 'spans'?"),
    ("q", "'q' is no known name"),
    ("", "'' is no known name"),
    ("a\x1b[2J", r"a\x1b[2J"),
]


@pytest.mark.parametrize(("name", "said"), UNKNOWN, ids=[repr(name) for name, _ in UNKNOWN])
@pytest.mark.parametrize("option", ["only", "skip"])
def test_an_unknown_name_is_refused_with_the_nearest(valid_package, option, name, said):
    with pytest.raises(UsageError) as caught:
        validate_package(valid_package, Terms(Selection(**{option: (name,)})))
    assert said in str(caught.value)
    assert "foreign keys" in caught.value.tip
    assert "row-count" in caught.value.tip


def test_a_name_is_refused_in_a_project_that_is_not_built(tmp_path):
    (tmp_path / "datapackage.json").write_text(
        '{"name": "x", "resources": [{"name": "claims", "path": "build/package/data/claims.csv"}]}'
    )
    (tmp_path / "raw").mkdir()
    with pytest.raises(UsageError, match="spanz"):
        validate_project(tmp_path, Terms(Selection(only=("spanz",))))


@pytest.mark.parametrize("name", ALWAYS)
def test_the_descriptor_cannot_be_left_out(valid_package, name):
    with pytest.raises(UsageError, match="rests on this one"):
        validate_package(valid_package, Terms(Selection(skip=(name,))))


def test_a_broken_descriptor_is_found_whatever_is_asked_for(tmp_path):
    (tmp_path / "datapackage.json").write_text("{")
    report = validate_package(tmp_path, Terms(Selection(only=("claims:spans",))))
    assert [finding.code for finding in report.findings] == ["package-error"]


def test_what_others_rest_upon_is_looked_at_where_it_is_left_out(tmp_path):
    (tmp_path / "datapackage.json").write_text(
        '{"name": "x", "resources": [{"name": "claims", "path": "build/package/data/claims.csv"}]}'
    )
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "claims.json").write_text('{"fields": 3}')
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "articles.csv").write_text("nonsense\n1\n")
    report = validate_project(tmp_path, Terms(Selection(skip=GATES)))
    assert report.findings == ()
    assert {("project schema", "claims"), ("sidecar columns", "raw/articles.csv")} <= left_out(report)


PASSED = Check("spans", "dates", "passed")
UNREAD = Check("spans", "dates", "skipped", "text withheld")
UNASKED = Check("spans", "dates", "skipped", "left out by --skip", left_out=True)
BROKEN = Check("cells", "dates", "failed", "", 1)
EXITS = [
    ((PASSED,), (), False),
    ((BROKEN,), (), True),
    ((BROKEN,), ("never",), False),
    ((BROKEN,), ("type-error",), True),
    ((BROKEN,), ("row-count",), False),
    ((BROKEN,), ("row-count", "type-error"), True),
    ((BROKEN,), ("skipped",), True),
    ((UNREAD,), (), False),
    ((UNREAD,), ("skipped",), True),
    ((UNREAD,), ("skipped", "row-count"), True),
    ((UNASKED,), ("skipped",), False),
]


@pytest.mark.parametrize(("checks", "fail_on", "expected"), EXITS)
def test_when_a_validation_fails(checks, fail_on, expected):
    findings = (Finding("type-error", "x", "dates"),) if BROKEN in checks else ()
    assert fails(Report(findings, checks), fail_on) is expected


@pytest.mark.parametrize(
    ("names", "said"),
    [(("type-eror",), "did you mean 'type-error'?"), (("spans",), "no known name"), (("never", "skipped"), "excludes")],
)
def test_fail_on_takes_its_words_and_codes_only(names, said):
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        check_fail_on(names)


def test_every_check_that_the_plan_makes_has_a_name_that_can_be_selected():
    named = set()
    for path in Path(broadsheet.validate.__file__).parent.glob("*.py"):
        if path.name != "authored.py":  # what it records is told as an error, not reported
            named |= set(_checks_in(ast.parse(path.read_text("utf-8"))))
    assert {"descriptor", "spans", "sidecar columns"} <= named
    assert named <= {*CHECKS}, named - {*CHECKS}


def _checks_in(tree):
    """First arguments of `run(…)` and `recorder.run(…)`, where they are written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "run" and isinstance(node.args[0].value, str):
                yield node.args[0].value


def test_a_check_of_a_report_has_a_name_that_can_be_selected(whole):
    assert {check.name for check in whole.checks} <= {*CHECKS}


def test_no_check_has_the_name_of_a_table(whole):
    assert not {*CHECKS} & {check.table for check in whole.checks}
    assert not {*CODES} & {*CHECKS}


def test_the_command_refuses_selects_and_exits(here, package):
    (package / "README.md").write_text("x")
    refused = here("validate", package, "--skip", "sumz")
    assert (refused.code, "did you mean 'sums'?" in refused.err) == (2, True)
    assert here("validate", package).code == 1
    assert here("validate", package, "--skip", "sums").code == 0
    assert here("validate", package, "--skip", "sums", "--fail-on", "skipped").code == 0
    lenient = here("validate", package, "--fail-on", "type-error")
    assert (lenient.code, lenient.err) == (0, "Exit code 0: by --fail-on type-error\n")
    assert "NOT valid: 1 finding" in lenient.out


def test_the_page_lists_every_check():
    page = (Path(__file__).parents[2] / "docs" / "choosing-checks.md").read_text("utf-8")
    rows = page.split("| check |")[1].split("\n\n")[0].splitlines()[2:]
    assert rows == [f"| {name} | {what} |" for name, what in CHECKS.items()], "paste the rows of CHECKS into the page"
