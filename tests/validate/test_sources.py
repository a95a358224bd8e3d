import pytest

from broadsheet.validate import cells, sources
from broadsheet.validate.contents import Table

SCHEMA = {"fields": [{"name": "id", "type": "string"}, {"name": "text", "type": "string"}]}


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(sources, "BLOCKS", (1 << 16, 1 << 20))


def table_of(tmp_path, lines):
    path = tmp_path / "table.csv"
    path.write_text("".join(f"{line}\n" for line in ["id,text", *lines]))
    return Table("table", SCHEMA, csv=path)


def lines(count, start=0):
    return [f"a{number},short" for number in range(start, start + count)]


def long_line(size):
    return '"long","' + "two\nlines " * (size // 10) + '"'


@pytest.mark.parametrize("before", [0, 1, 20_000])
def test_a_row_longer_than_a_small_block_is_read_once_with_all_others(small_blocks, tmp_path, before):
    table = table_of(tmp_path, [*lines(before), long_line(300_000), *lines(20_000, before)])
    ids = [value for batch in sources.csv_batches(table) for value in batch["id"].to_pylist()]
    assert ids == [f"a{n}" for n in range(before)] + ["long"] + [f"a{n}" for n in range(before, before + 20_000)]


def test_a_row_longer_than_the_largest_block_cannot_be_read(small_blocks, tmp_path):
    table = table_of(tmp_path, [*lines(3), long_line(3_000_000), *lines(3)])
    with pytest.raises(sources.UnreadableError, match=r"table\.csv cannot be read"):
        list(sources.csv_batches(table))


def test_a_bad_row_is_told_once_where_blocks_had_to_grow(small_blocks, tmp_path):
    table = table_of(tmp_path, [*lines(20_000), "one,cell,more", long_line(300_000), *lines(3)])
    found = list(cells.csv_cells_are_typed(table))
    assert [(faults.findings[0].code, faults.findings[0].row, faults.count) for faults in found] == [
        ("extra-cell", 20_002, 1)
    ]
