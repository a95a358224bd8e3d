import pytest

from bench.diff import made
from broadsheet.diff import diff_packages


@pytest.mark.parametrize("share", [0, 0.02, 1])
def test_made_packages_differ_in_the_share_that_was_asked_for(tmp_path, share):
    sides = [made(tmp_path / name, 1000, share, other) for name, other in (("old", False), ("new", True))]
    (table,) = diff_packages(*sides).tables
    assert table.total("changed") == share * 1000 / 2
    assert table.total("added") == table.total("removed") == share * 1000 / 2
