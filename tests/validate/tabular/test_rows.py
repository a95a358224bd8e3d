"""Rows keep their numbers, whatever stands between them, by either parser of CSV."""

import pytest

from broadsheet.validate.report import UnreadableError
from broadsheet.validate.tabular.rows import csv_rows

QUICK, SLOW = {}, {"escapeChar": "\\"}


def numbers(rows) -> list[int]:
    return [chunk.first + place for chunk in rows.chunks for place in range(len(chunk.columns[0]))]


def write(folder, lines):
    path = folder / "table.csv"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


@pytest.mark.parametrize("dialect", [QUICK, SLOW], ids=["quick", "slow"])
def test_rows_of_another_width_leave_a_gap_in_the_numbers(tmp_path, dialect):
    rows = csv_rows([write(tmp_path, ["a,b", "1,2", "3", "4,5", "6,7,8", "9,10"])], dialect, "utf-8")
    assert numbers(rows) == [2, 4, 6]
    assert {row: fault.findings[0].code for row, fault in rows.faults.items()} == {3: "missing-cell", 5: "extra-cell"}


@pytest.mark.parametrize("dialect", [QUICK, SLOW], ids=["quick", "slow"])
@pytest.mark.parametrize("bad", [(), (2,), (3, 4), (40_000,), (2, 60_001)])
def test_rows_of_many_chunks_are_numbered_on(tmp_path, dialect, bad):
    lines = ["a,b", *(f"{row},x{',' * (row in bad)}" for row in range(2, 60_002))]
    rows = csv_rows([write(tmp_path, lines)], dialect, "utf-8")
    found = [(number, text) for chunk in rows.chunks for number, text in enumerate(chunk.columns[0], chunk.first)]
    assert found == [(row, str(row)) for row in range(2, 60_002) if row not in bad]
    assert set(rows.faults) == set(bad)


def test_without_a_header_the_first_row_is_row_one(tmp_path):
    rows = csv_rows([write(tmp_path, ["1,2", "3,4"])], {"header": False}, "utf-8")
    assert rows.labels is None
    assert numbers(rows) == [1, 2]


def test_comments_count_as_rows(tmp_path):
    rows = csv_rows([write(tmp_path, ["a,b", "#", "1,2", "# x", "3,4"])], {"commentChar": "#"}, "utf-8")
    assert numbers(rows) == [3, 5]


def test_a_cell_larger_than_pythons_limit_is_read(tmp_path):
    rows = csv_rows([write(tmp_path, ["a,b", f"1,{'x' * 200_000}"])], SLOW, "utf-8")
    assert numbers(rows) == [2]


def test_a_line_without_end_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("broadsheet.validate.tabular.rows.LONGEST", 1000)
    with pytest.raises(UnreadableError, match="longer than"):
        numbers(csv_rows([write(tmp_path, ["a,b", "1," + "x" * 5000])], SLOW, "utf-8"))
