import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.diff import match


def rows(cells, size=3):
    """Rows of keys and cells in batches of a few."""
    for first in range(0, len(cells), size):
        some = cells[first : first + size]
        keys, values = (np.array([row[place] for row in some], np.uint64) for place in (0, 1))
        yield match.rows_of(keys, values, np.zeros(len(some), np.uint64), first)


def found(old, new):
    rest = match.differing(rows(old), rows(new))
    numbers = [[int(row) for row in some[match.ROW]] for some in (rest.removed, rest.added, *rest.changed)]
    alone = [*((row, -1) for row in numbers[0]), *((-1, row) for row in numbers[1])]
    return sorted([*alone, *zip(numbers[2], numbers[3], strict=True)])


def expected(old, new):
    """By dictionaries: numbers of rows that only one side has, or that differ in their cells."""
    then, now = ({row[0]: (number, row[1]) for number, row in enumerate(side)} for side in (old, new))
    pairs = [(then.get(key, (-1, None)), now.get(key, (-1, None))) for key in {*then, *now}]
    return sorted((before[0], after[0]) for before, after in pairs if before[1] != after[1])


TABLES = st.dictionaries(st.integers(0, 30), st.integers(0, 2)).flatmap(lambda found: st.permutations([*found.items()]))


@given(TABLES, TABLES)
def test_rows_of_any_order_are_paired_by_key(old, new):
    assert found(old, new) == expected(old, new)


@given(TABLES, TABLES)
@settings(max_examples=10)
def test_rows_that_are_more_than_fit_are_paired_in_parts_on_disk(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(match, "MOST", 4)
        patch.setattr(match, "BUFFER", 5)
        assert found(old, new) == expected(old, new)


def test_keys_that_stand_on_several_rows_are_paired_in_their_order():
    assert found([(7, 1), (7, 2)], [(7, 1), (7, 3), (7, 4)]) == [(-1, 2), (1, 1)]


def test_an_empty_table_pairs_with_nothing():
    assert found([], [(1, 1)]) == [(-1, 0)]
    assert found([(1, 1)], []) == [(0, -1)]
    assert found([], []) == []
