"""Workflows, hooks and what docs/ci.md has people paste, against the schemas of those who read them."""

import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from broadsheet.cli import cli
from broadsheet.commands.validate import FORMATS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")


def pasted(name):
    """The block of the page that is marked with the name."""
    (block,) = re.findall(rf"<!-- {name} -->\n```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return block


def check(text, schema):
    content = yaml.safe_load(text)
    content = {"on" if key is True else key: value for key, value in content.items()}  # YAML 1.1 has `on` for true
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    jsonschema.Draft7Validator(json.loads((folder / f"{schema}.json").read_text("utf-8"))).validate(content)
    return content


def test_the_action_is_one():
    check((ROOT / "action.yml").read_text("utf-8"), "github-actions")


@pytest.mark.parametrize("file", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda file: file.name)
def test_the_workflows_are_workflows(file):
    content = check(file.read_text("utf-8"), "github-workflows")
    assert content["permissions"] == {"contents": "read"}


def test_the_pasted_workflow_gives_the_action_inputs_that_it_has():
    content = check(pasted("github"), "github-workflows")
    (step,) = (item for item in content["jobs"]["validate"]["steps"] if "/broadsheet@" in item.get("uses", ""))
    assert set(step["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"])


def test_the_page_lists_every_input_and_output_with_its_default():
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    for name, item in action["inputs"].items():
        (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
        assert not item["default"] or f"`{item['default']}`" in line
    for name in action["outputs"]:
        assert re.search(rf"^\| .*`{name}`", PAGE, re.MULTILINE)


def test_the_pasted_job_of_gitlab_runs_and_reports(published, tmp_path):
    job = check(pasted("gitlab"), "gitlab-ci")["validate"]
    (tmp_path / "package").symlink_to(published)
    (line,) = job["script"]
    program = f'broadsheet() {{ "{sys.executable}" -m broadsheet "$@"; }}'
    done = subprocess.run(["bash", "-euc", f"{program}\n{line}"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / job["artifacts"]["reports"]["junit"]).is_file()


def pre_commit(*words, **options):
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *words], capture_output=True, text=True, check=False, **options
    )


def test_the_hooks_and_their_pasted_configuration_are_such(tmp_path):
    (tmp_path / "config.yaml").write_text(pasted("pre-commit"))
    assert pre_commit("validate-config", str(tmp_path / "config.yaml")).returncode == 0
    assert pre_commit("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")).returncode == 0
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    (repository,) = yaml.safe_load(pasted("pre-commit"))["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= hooks


@pytest.mark.parametrize(
    ("path", "is_meant"),
    [
        ("datapackage.json", True),
        ("package/datapackage.json", True),
        ("package/data/claims.csv", True),
        ("package/parquet/claims.parquet", True),
        ("package/SHA256SUMS", True),
        ("schema/claims.json", True),
        ("docs/page.md", False),
        ("config.json", False),
        ("mydatapackage.json", False),
    ],
)
def test_the_hook_runs_where_a_file_of_a_package_changes(path, is_meant):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert bool(re.search(hook["files"], path)) == is_meant


@pytest.mark.parametrize("form", FORMATS)
def test_a_saved_report_is_what_is_printed(published, tmp_path, form):
    words = ["validate", str(published), "--format", form, "--save", form, str(tmp_path / "report")]
    result = CliRunner().invoke(cli, words)
    assert result.output == (tmp_path / "report").read_text("utf-8")
    assert result.output
