"""Workbooks, read back with two other libraries."""

import datetime as dt
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

import broadsheet
from broadsheet.errors import PackageError, UsageError
from broadsheet.export.workbook import sheet_name, split, write_xlsx


def made_up(folder, rows, types=None, name="notes"):
    """A package of one table, with its Parquet file alone; types are Table Schema's."""
    import hashlib
    import json

    types = types or dict.fromkeys(rows, "string")
    arrow = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    arrow["date"] = pa.date32()
    table = pa.table({key: pa.array(values, arrow[types[key]]) for key, values in rows.items()})
    parquet.write_table(table, folder / "rows.parquet")
    digest = hashlib.sha256((folder / "rows.parquet").read_bytes()).hexdigest()
    fields = [{"name": key, "type": kind} for key, kind in types.items()]
    resource = {"name": name, "path": "rows.parquet", "hash": f"sha256:{digest}", "schema": {"fields": fields}}
    (folder / "datapackage.json").write_text(json.dumps({"name": "made-up", "resources": [resource]}))
    return broadsheet.load(folder)


def plain(cell):
    """A cell as openpyxl gives it, with its escapes undone and dates without a time of day."""
    if isinstance(cell, str):
        return unescape(cell)
    return cell.date() if isinstance(cell, dt.datetime) else cell


def stated(cell):
    """A cell of the table as a workbook can have it: days that spreadsheets do not count are text."""
    return cell.isoformat() if isinstance(cell, dt.date) and cell.year < 1900 else cell


def by_calamine(path, sheet):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_every_cell_of_the_sample_package_is_read_back(sample_package, tmp_path):
    dataset = broadsheet.load(sample_package, engine="pyarrow")
    done = write_xlsx(dataset, tmp_path / "sample.xlsx")
    book = openpyxl.load_workbook(tmp_path / "sample.xlsx", read_only=True)
    assert book.sheetnames == dataset.tables
    for table in dataset.tables:
        rows = parquet.read_table(sample_package / "parquet" / f"{table}.parquet")
        assert done.sheets[table] == rows.num_rows
        header, *found = book[table].iter_rows(values_only=True)
        assert list(header) == rows.column_names
        assert [[plain(cell) for cell in row] for row in found] == [
            [stated(cell) for cell in row.values()] for row in rows.to_pylist()
        ]
    book.close()


WORDS = [
    "=1+1",
    "+49 30 1234",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\r=1",
    '=HYPERLINK("http://example.org")',
    "https://example.org/",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "{=SUM(A1)}",
    "0012",
    "1e5",
    "TRUE",
    "NA",
    "2021-08-31",
    "a\x01b",
    "_x0041_",
    "one\r\ntwo\rthree\n",
    "  blanks  ",
    "🗞 <&>\"'",
    "  =1",
    "\n=1",
    "\u00a0@x",
    "＝1",
    "－1",
    '<r></is></c><c r="B2"><f>1+1</f></c><c r="C2" t="inlineStr"><is><r><t>y</t></r>',
    "<r>a & b</r>",
    "<r>\x00=_x0041_</r>",
    "_x005F_x000D_",
    "=_x0041_x0042_x0043_",
    "]]></t><f>1</f>",
    "&#x3D;1",
    "\u200b=1",
]


def test_text_is_text_whatever_it_looks_like(tmp_path):
    write_xlsx(made_up(tmp_path, {"words": WORDS}), tmp_path / "x.xlsx")
    assert by_calamine(tmp_path / "x.xlsx", "notes") == [["words"], *([word] for word in WORDS)]
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["notes"]
    assert {cell.data_type for (cell,) in sheet.iter_rows(min_row=2)} <= {"s", "inlineStr"}
    assert not any(cell.hyperlink for (cell,) in sheet.iter_rows())
    marked = [cell.quotePrefix for (cell,) in sheet.iter_rows(min_row=2)]
    assert marked == [word[0] in "=+-@\t\r\n＝＋－＠" or word.strip()[0] in "=+-@" for word in WORDS]


def test_no_part_of_the_file_holds_a_formula_or_a_link(tmp_path):
    write_xlsx(made_up(tmp_path, dict.fromkeys(["=a", *WORDS], WORDS)), tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
        roots = [ElementTree.fromstring(parts.read(name)) for name in parts.namelist()]
    for tag in (
        b"<f>",
        b"<f ",
        b"<hyperlink",
        b"relationships/hyperlink",
        b"externalLink",
        b"<definedName",
        b"<ddeLink",
    ):
        assert tag not in everything
    tags = {element.tag.rpartition("}")[2] for root in roots for element in root.iter()}
    assert {"c", "t"} <= tags
    assert not tags & {"f", "hyperlink", "definedName", "ddeLink", "oleLink", "dataValidation"}


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["<r>", "</r>", "_x0041", "_x000D", "_", "<t>", "=", "a", " ", "\r", "\x01"]), min_size=1)
)
def test_texts_made_of_what_workbooks_are_written_in_are_read_back(parts):
    text = "".join(parts)
    with tempfile.TemporaryDirectory() as folder:
        write_xlsx(made_up(Path(folder), {"words": [text]}), Path(folder) / "x.xlsx")
        assert by_calamine(Path(folder) / "x.xlsx", "notes") == [["words"], [text]]


def test_what_the_descriptor_says_of_itself_cannot_break_the_file(tmp_path):
    dataset = made_up(tmp_path, {"a\x00b" + "c" * 40_000: ["x"]})
    dataset.descriptor.update(title="\x00\x0b<&" + "t" * 300, version="\ufffe", licenses=[{"name": "\x01"}, 5])
    write_xlsx(dataset, tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as parts:
        assert all(ElementTree.fromstring(parts.read(name)) is not None for name in parts.namelist())
    (head,), cells = by_calamine(tmp_path / "x.xlsx", "notes")
    assert head.startswith("a\\x00bccc")
    assert cells == ["x"]


def test_a_cell_that_the_writer_leaves_out_is_an_error(tmp_path, monkeypatch):
    from xlsxwriter.worksheet import Worksheet

    monkeypatch.setattr(Worksheet, "write_string", lambda *_: -2)
    with pytest.raises(PackageError, match="does not fit"):
        write_xlsx(made_up(tmp_path, {"a": ["x"]}), tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_numbers_that_a_spreadsheet_would_change_are_noted(tmp_path):
    numbers = [0.1, 0.1 + 0.2, 1e300, -0.0, 5e-324, 123456.7891]
    done = write_xlsx(made_up(tmp_path, {"n": numbers}, {"n": "number"}), tmp_path / "x.xlsx")
    found = [row[0] for row in by_calamine(tmp_path / "x.xlsx", "notes")[1:]]
    assert found == [0.1, 0.3, 1e300, 0.0, "5e-324", 123456.7891]
    assert sorted(note.split(": ")[1].split(",")[0] for note in done.notes) == [
        "numbers of more than 16 digits are rounded to these",
        "numbers that are not finite",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("count", "sheets"), [(1_048_575, [1_048_575]), (1_048_576, [1_048_575, 1])])
def test_a_sheet_holds_a_million_rows_and_no_more(tmp_path, count, sheets):
    done = write_xlsx(made_up(tmp_path, {"n": range(count)}, {"n": "integer"}), tmp_path / "x.xlsx")
    assert list(done.sheets.values()) == sheets
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)
    found = [number for sheet in book for (number,) in sheet.iter_rows(min_row=2, values_only=True)]
    book.close()
    assert found == list(range(count))


def test_values_keep_their_types_and_what_would_change_becomes_text(tmp_path):
    rows = {
        "day": [dt.date(2021, 8, 31), dt.date(1900, 3, 1), dt.date(1900, 2, 28), dt.date(1, 1, 1), None],
        "whole": [5, 999_999_999_999_999, 10**15, -(2**63), None],
        "number": [0.25, -1234.5678, float("nan"), float("-inf"), None],
        "true": [True, False, None, True, None],
    }
    types = {"day": "date", "whole": "integer", "number": "number", "true": "boolean"}
    done = write_xlsx(made_up(tmp_path, rows, types), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["notes"]
    found = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == [
        [dt.datetime(2021, 8, 31), 5, 0.25, True],
        [dt.datetime(1900, 3, 1), 999_999_999_999_999, -1234.5678, False],
        ["1900-02-28", "1000000000000000", "NaN", None],
        ["0001-01-01", "-9223372036854775808", "-INF", True],
    ]
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sorted(done.notes.values()) == [2, 2, 2]


@pytest.mark.parametrize("sign", ["x", "🗞"])
def test_a_text_too_long_for_a_cell_is_continued_in_further_columns(tmp_path, sign):
    long = sign * 70_000 + "="
    done = write_xlsx(made_up(tmp_path, {"id": ["a", "b"], "text": [long, "short"]}), tmp_path / "x.xlsx")
    header, first, second = by_calamine(tmp_path / "x.xlsx", "notes")
    assert header == ["id", "text", *(f"text {part}" for part in range(2, len(header)))]
    assert first[0] == "a"
    assert "".join(first[1:]) == long
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in first) <= 32_767
    assert second == ["b", "short", *[""] * (len(header) - 2)]
    assert done.notes == {"notes.text: texts of more than 32,767 characters are continued": 1}


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
def test_rows_beyond_the_limit_are_continued_on_further_sheets(tmp_path, count):
    ids = [f"r{number}" for number in range(count)]
    done = write_xlsx(made_up(tmp_path, {"id": ids}), tmp_path / "x.xlsx", rows=3)
    sheets = CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).sheet_names
    assert sheets == ["notes", "notes 2", "notes 3"][: max(1, -(-count // 3))]
    found = [by_calamine(tmp_path / "x.xlsx", name) for name in sheets]
    assert all(rows[0] == ["id"] for rows in found)
    assert [cell for rows in found for (cell,) in rows[1:]] == ids
    assert list(done.sheets) == sheets


def test_a_text_is_never_parted_within_a_character():
    text = "a🗞" * 9
    for units in range(2, 9):
        parts = split(text, units)
        assert "".join(parts) == text
        assert all(0 < len(part.encode("utf-16-le")) <= 2 * units for part in parts)


def test_names_of_sheets_are_of_31_characters_at_most_and_differ():
    used: list[str] = []
    for table in ["x" * 40, "x" * 40, "X" * 31, "🗞" * 20, "history", "'", "a:b", "a?b"]:
        name = sheet_name(table, 1, used)
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert name.casefold() not in {other.casefold() for other in used} | {"history"}
        used.append(name)


def test_the_same_package_gives_the_same_bytes(tmp_path):
    dataset = made_up(tmp_path, {"id": ["a"]})
    for name in ("one.xlsx", "two.xlsx"):
        write_xlsx(dataset, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_file_that_exists_is_left_alone_unless_forced(tmp_path):
    out = tmp_path / "x.xlsx"
    out.write_text("mine")
    dataset = made_up(tmp_path, {"id": ["a"]})
    with pytest.raises(UsageError, match="exists already"):
        write_xlsx(dataset, out)
    assert out.read_text() == "mine"
    write_xlsx(dataset, out, force=True)
    assert by_calamine(out, "notes") == [["id"], ["a"]]


def test_a_writer_that_fails_leaves_what_stood_there_and_nothing_else(tmp_path, monkeypatch):
    out = tmp_path / "x.xlsx"
    out.write_text("mine")
    dataset = made_up(tmp_path, {"id": ["a"]})
    before = sorted(tmp_path.iterdir())

    def fails(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("broadsheet.export.files.sync", fails)
    with pytest.raises(PackageError, match="No space left"):
        write_xlsx(dataset, out, force=True)
    assert out.read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("out", "tables"), [("x.xls", ()), ("x.xlsx", ("nothing",))])
def test_what_cannot_be_asked_for_is_said_to_be_so(tmp_path, out, tables):
    with pytest.raises(UsageError):
        write_xlsx(made_up(tmp_path, {"id": ["a"]}), tmp_path / out, tables)


def test_the_command_writes_the_tables_that_are_named(sample_package, tmp_path):
    out = tmp_path / "some.xlsx"
    command = [sys.executable, "-W", "error", "-m", "broadsheet", "export", sample_package, "--xlsx", out]
    done = subprocess.run([*command, "--table", "dates"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith(f"Written: {out}\n")
    assert CalamineWorkbook.from_path(str(out)).sheet_names == ["dates"]
