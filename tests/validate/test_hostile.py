"""Packages of ill will end as findings: no traceback, no hang, and not more memory than a small machine has."""

import json
import subprocess
import sys

import pytest
from tests.validate.hostile_packages import CASES, LARGE

MEMORY, SECONDS = 4000, 30
"""Megabytes of address space, of which the libraries alone reserve one and a half thousand, and seconds of the CPU."""


def judged(names, folder):
    paths = []
    for name in names:
        path = folder / name
        path.mkdir()
        CASES[name][0](path)
        paths.append(str(path))
    command = [sys.executable, "-m", "tests.validate.limited", str(MEMORY), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["path"]: one for one in found}, done.stderr


def hold(name, results, stderr):
    assert name in results, f"the process ended before or within it: {stderr[-500:]}"
    one, codes = results[name], CASES[name][1]
    assert "error" not in one, one["error"]
    assert not codes or codes & set(one["codes"]), one
    assert one["ok"] == (not one["codes"])
    assert one["seconds"] < SECONDS
    assert one["megabytes"] < 1500


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return judged([name for name in CASES if name not in LARGE], tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize("name", [name for name in CASES if name not in LARGE])
def test_a_package_of_ill_will_ends_as_a_finding(name, small):
    hold(name, *small)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LARGE))
def test_a_large_package_of_ill_will_ends_as_a_finding(name, tmp_path):
    hold(name, *judged([name], tmp_path))
