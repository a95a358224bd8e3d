"""The GitHub action: its description as GitHub wants it, and its steps run by bash as GitHub's runner runs them."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


def scripts():
    return [step for step in STEPS if "run" in step]


def test_no_input_stands_in_a_script():
    assert len(scripts()) == 2
    for step in scripts():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        assert all(INPUT.fullmatch(value) for value in step["env"].values())


def test_every_input_is_one_that_is_declared_and_used():
    used = set(re.findall(r"inputs\.([a-z-]+)", json.dumps(STEPS)))
    assert used == set(ACTION["inputs"])


def test_every_output_is_written_by_the_step_that_is_named():
    for name, output in ACTION["outputs"].items():
        step, written = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}", output["value"]).groups()
        (found,) = (item for item in STEPS if item.get("id") == step)
        assert name == written
        assert f'"{written}=$' in found["run"]


def test_other_actions_are_named_by_a_commit():
    files = [*(ROOT / ".github" / "workflows").glob("*.yml"), ROOT / "action.yml", ROOT / "docs" / "ci.md"]
    used = [found for file in files for found in re.findall(r"uses: (\S+)(.*)", file.read_text("utf-8"))]
    others = [(name, note) for name, note in used if not name.startswith(("./", "OWNER/"))]
    assert len(others) >= 5
    for name, note in others:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name), name
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", note), name


@dataclass(frozen=True)
class Done:
    code: int
    log: str
    outputs: dict[str, str]
    summary: str
    workspace: Path


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """A folder with the command `broadsheet` of this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "broadsheet").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m broadsheet "$@"\n')
    (folder / "broadsheet").chmod(0o755)
    return folder


@pytest.fixture
def act(tmp_path, command):
    """Runs the steps of the action, of which the first two are left out where broadsheet is installed."""

    def run(install=False, surroundings=None, **inputs):
        given = {name: item["default"] for name, item in ACTION["inputs"].items()}
        given |= {"broadsheet": "" if install else "installed"}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        for name in ("workspace", "temp"):
            (tmp_path / name).mkdir(exist_ok=True)
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        more = {"RUNNER_TEMP": tmp_path / "temp", "GITHUB_ACTION_PATH": ROOT, "GITHUB_ACTIONS": "true", **files}
        path = os.environ["PATH"] if install else f"{command}:{os.environ['PATH']}"
        base = os.environ | {"PATH": path} | {key: str(value) for key, value in more.items()} | (surroundings or {})
        log = ""
        for step in scripts()[0 if given["broadsheet"] != "installed" else 1 :]:
            (tmp_path / "step.sh").write_text(step["run"])
            own = {key: given[INPUT.fullmatch(value)[1]] for key, value in step["env"].items()}
            bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(tmp_path / "step.sh")]
            done = subprocess.run(
                bash, cwd=tmp_path / "workspace", env=base | own, capture_output=True, text=True, check=False
            )
            log += done.stdout + done.stderr
            if done.returncode:
                break
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        summary = files["GITHUB_STEP_SUMMARY"].read_text()
        return Done(done.returncode, log, outputs, summary, tmp_path / "workspace")

    return run


@pytest.fixture
def broken(published, tmp_path):
    """A package in whose table of dates two cells are wrong and one tries to command the runner."""
    folder = shutil.copytree(published, tmp_path / "broken")
    file = folder / "data" / "dates.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        heads, *rows = csv.reader(stream)
    rows[0][heads.index("earliest")] = "2021-13-45"
    rows[1][heads.index("latest")] = "\n::error::said by the data\n::set-output name=valid::true\n```\n"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heads, *rows])
    return folder


def test_a_valid_package_passes_and_is_reported(act, published):
    done = act(path=str(published))
    assert done.code == 0, done.log
    assert (done.outputs["valid"], done.outputs["findings"]) == ("true", "0")
    assert json.loads(Path(done.outputs["json"]).read_text())["valid"] is True
    assert ElementTree.parse(done.outputs["junit"]).getroot().get("failures") == "0"
    assert done.summary.rstrip().endswith("    Verdict: valid")
    assert "::" not in done.log
    assert list(done.workspace.iterdir()) == []


def test_a_broken_package_fails_with_annotations(act, broken):
    done = act(path=str(broken), junit="out report.xml", sarif="report.sarif", html="report.html")
    assert done.code == 1
    report = json.loads(Path(done.outputs["json"]).read_text())
    assert (done.outputs["valid"], done.outputs["findings"]) == ("false", str(report["findings_count"]))
    annotations = [line for line in done.log.splitlines() if line.startswith("::error file=")]
    assert len(annotations) == len(report["findings"]) > 2
    others = {line.split("::")[1] for line in done.log.splitlines() if line.startswith("::")} - {"error"}
    assert {name for name in others if not name.startswith("error ")} <= {"notice title=checks not made"}
    suite = ElementTree.parse(done.workspace / done.outputs["junit"]).getroot()
    assert int(suite.get("failures")) > 0
    assert done.outputs["junit"] == "out report.xml"
    assert len(json.loads((done.workspace / "report.sarif").read_text())["runs"][0]["results"]) == len(annotations)
    assert "2021-13-45" in (done.workspace / "report.html").read_text()


def test_what_a_cell_says_is_no_command_and_no_markup(act, broken):
    done = act(path=str(broken))
    assert "said by the data" in done.log
    assert not any(line.startswith(("::error::", "::set-output")) for line in done.log.splitlines())
    head, *body = done.summary.splitlines()
    assert head == "### broadsheet validate"
    assert "said by the data" in done.summary
    assert all(line.startswith("    ") for line in body if line)
    assert set(done.outputs) == {"valid", "findings", "json", "junit", "sarif", "html"}


def test_with_fail_on_errors_findings_are_left_to_the_workflow(act, broken):
    done = act(path=str(broken), fail_on="errors")
    assert (done.code, done.outputs["valid"]) == (0, "false")


@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        ({"path": "nowhere"}, 3, "no such folder"),
        ({"path": "nowhere", "fail_on": "errors"}, 3, "nothing was validated"),
        ({"path": "--help"}, 3, "no such folder"),
        ({"path": "$(touch run)`touch run`; touch run"}, 3, "no such folder"),
        ({"path": '" && touch run && "'}, 3, "no such folder"),
        ({"fail_on": "never"}, 2, "::error title=fail-on::"),
        ({"fail_on": "errors) touch run;; x"}, 2, "::error title=fail-on::"),
        ({"junit": "x\nvalid=true"}, 2, "::error title=report::"),
        ({"html": "x\nvalid=true"}, 2, "::error title=report::"),
        ({"junit": "absent/x.xml"}, 3, "absent/x.xml: the report cannot be written"),
    ],
    ids=str,
)
def test_what_cannot_be_validated_fails_and_nothing_of_the_inputs_is_run(act, published, inputs, code, said):
    done = act(**{"path": str(published), **inputs})
    assert done.code == code
    assert said in done.log
    assert done.outputs == {}
    assert list(done.workspace.iterdir()) == []


def test_a_program_that_breaks_is_no_finding(act, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "broadsheet").write_text("#!/bin/sh\necho Traceback >&2\nexit 1\n")
    (tmp_path / "other" / "broadsheet").chmod(0o755)
    done = act(surroundings={"PATH": f"{tmp_path / 'other'}:{os.environ['PATH']}"}, fail_on="errors")
    assert done.code == 1
    assert "nothing was validated" in done.log
    assert done.outputs == {}


@pytest.mark.slow
@pytest.mark.parametrize("requirement", ["--index-url=http://127.0.0.1:9/", "-r/etc/passwd", "x; touch run"])
def test_a_requirement_is_one_requirement_and_no_option(act, requirement):
    done = act(install=True, surroundings={"PIP_NO_INDEX": "1"}, broadsheet=requirement)
    assert done.code != 0
    assert re.search("Invalid requirement|InvalidMarker", done.log)
    assert list(done.workspace.iterdir()) == []


@pytest.mark.slow
def test_the_action_installs_what_lies_beside_it_and_validates(act, published):
    """Without the network: what is installed finds its libraries, and what builds it, among those of the tests."""
    here = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
    done = act(install=True, surroundings={**here, "PYTHONPATH": sysconfig.get_path("purelib")}, path=str(published))
    assert done.code == 0, done.log
    assert done.outputs["valid"] == "true"
