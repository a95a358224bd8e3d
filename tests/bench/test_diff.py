import pytest

from bench.diff import Plan, made
from broadsheet.diff import diff_packages

TOTALS = {"half": (0.5, 0.5), "cells": (1, 0), "rows": (1, 0), "keys": (0, 1), "shuffled": (1, 0)}


@pytest.mark.parametrize("csv", [False, True])
@pytest.mark.parametrize("share", [0.02, 1])
@pytest.mark.parametrize("how", TOTALS)
def test_made_packages_differ_in_the_share_and_the_way_that_was_asked_for(tmp_path, how, share, csv):
    plans = [Plan(1000, csv=csv), Plan(1000, share, how, csv)]
    (table,) = diff_packages(*(made(tmp_path / plan.folder, plan) for plan in plans)).tables
    changed, moved = (round(part * share * 1000) for part in TOTALS[how])
    assert [table.total(kind) for kind in ("changed", "added", "removed")] == [changed, moved, moved]


def test_a_package_without_a_share_does_not_differ(tmp_path):
    folders = [made(tmp_path / name, Plan(50)) for name in ("old", "new")]
    assert not diff_packages(*folders).differs
