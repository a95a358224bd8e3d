"""A package as a workbook for those who open spreadsheets: a sheet for each table, and nothing that computes.

A workbook is for looking, not for keeping: its cells have limits that tables do not. Whatever does not fit is
continued, never cut, and said to be so. Rows are written as they are read, so memory does not grow with them.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.dataset import Dataset
from broadsheet.dataset.spreadsheets import FORMULA_SIGNS
from broadsheet.errors import PackageError, UsageError
from broadsheet.export.files import check_new, new_file
from broadsheet.provenance import now
from broadsheet.validate.shown import shown

if TYPE_CHECKING:
    import pyarrow as pa
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_575
"""Rows of a sheet, without its header."""
COLUMNS = 16_384
UNITS = 32_767
"""UTF-16 code units of a cell."""
WHOLE = 10**15
"""Spreadsheets keep 15 digits; whole numbers of more are written as text."""
FIRST_DAY = dt.date(1900, 3, 1)
"""Before it spreadsheets count days differently, or not at all: earlier dates are written as text."""
SMALLEST = 2.2250738585072014e-308
"""Spreadsheets take smaller numbers for zero."""
WIDTHS = {"string": 24, "date": 11, "boolean": 9}

EARLY = "dates before 1900-03-01 are text"
LONG = "whole numbers of more than 15 digits are text"
ODD = "numbers that are not finite, or too small for a spreadsheet, are text"
ROUNDED = "numbers of more than 16 digits are rounded to these"


@dataclass(slots=True)
class Exported:
    """What was written: rows by sheet, and how often what did not fit as it is, by `table.column: what`."""

    sheets: dict[str, int] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)


def write_xlsx(
    dataset: Dataset, out: Path, tables: Sequence[str] = (), *, force: bool = False, rows: int = ROWS
) -> Exported:
    """Write the tables (all where none are named) as sheets of a workbook, which appears whole or not at all.

    A table of more than `rows` rows is continued on further sheets (`claims 2`), a text that is too long for a cell
    in further columns (`text 2`). Raises `UsageError` where the file exists (unless `force`), `PackageError` where it
    cannot be written.
    """
    _check_name(out)
    check_new(out, force)
    chosen = list(dict.fromkeys(tables)) or dataset.tables
    for name in chosen:
        dataset.schema(name)
    done = Exported()
    with new_file(out, force) as path:
        _write(dataset, path, chosen, rows, done)
    return done


def _check_name(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out}: is no name of a workbook", tip="give a name that ends in .xlsx")


def _write(dataset: Dataset, path: Path, tables: Sequence[str], rows: int, done: Exported) -> None:
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError as error:
        raise UsageError("workbooks need XlsxWriter", tip="install it: pip install 'broadsheet[xlsx]'") from error
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "use_zip64": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    try:
        with Workbook(str(path), options) as book:
            book.set_properties(_properties(dataset))
            sheets = _Sheets(book, done)
            for name in tables:
                _write_table(dataset, name, sheets, rows)
    except XlsxWriterException as error:
        raise PackageError(f"the workbook cannot be written: {error}", tip="name fewer tables with --table") from error


def _properties(dataset: Dataset) -> dict[str, Any]:
    content = dataset.descriptor
    licences = content.get("licenses")
    names = [str(item.get("name") or item.get("path")) for item in licences or [] if isinstance(item, dict)]
    comments = f"Version {content.get('version', 'unknown')}. Licence: {', '.join(names) or 'none stated'}."
    title = str(content.get("title") or content.get("name") or "")
    return {"title": shown(title, 255), "comments": shown(comments, 255), "created": now().replace(tzinfo=None)}


class _Sheets:
    """The sheets of a workbook, with names that spreadsheets take, and the formats of cells."""

    def __init__(self, book: "Workbook", done: Exported) -> None:
        self.book, self.done, self.sheet = book, done, sheet_class()
        self.header = book.add_format({"bold": True})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})
        self.marked = book.add_format({"quote_prefix": True})

    def add(self, table: str, number: int) -> tuple[str, "Worksheet"]:
        name = sheet_name(table, number, self.done.sheets)
        self.done.sheets[name] = 0
        return name, self.book.add_worksheet(name, worksheet_class=self.sheet)


def sheet_name(table: str, number: int, used: Any = ()) -> str:
    """A name that no other sheet has: of 31 characters at most, and without the signs that sheets may not have.

    >>> sheet_name("claims", 1), sheet_name("claims", 2), sheet_name("a/b", 1), sheet_name("Claims", 1, ["claims"])
    ('claims', 'claims 2', 'a_b', 'Claims 2')
    """
    taken = {name.casefold() for name in used} | {"history", ""}
    plain = "".join("_" if sign in "[]:*?/\\" or not sign.isprintable() else sign for sign in table).strip("' ")
    while True:
        suffix = f" {number}" if number > 1 else ""
        name = plain[: 31 - len(suffix)].strip("' ") + suffix
        if name.casefold() not in taken and _units(name) <= 31:
            return name
        number += 1
        plain = plain if _units(name) <= 31 else plain[:-1]


def _write_table(dataset: Dataset, table: str, sheets: _Sheets, limit: int) -> None:
    fields = {item["name"]: item["type"] for item in dataset.schema(table)["fields"]}
    parts = _parts(dataset, table)
    if sum(parts.values()) > COLUMNS:
        raise PackageError(f"table {table!r} needs {sum(parts.values()):,} columns, a sheet has {COLUMNS:,}")
    sheet = None
    for number, row in enumerate(_rows(dataset, table)):
        if sheet is None or number % limit == 0:
            name, sheet = _begun(sheets, table, fields, parts, number // limit + 1)
        _write_row(sheet, number % limit + 1, row, parts, sheets, table)
        sheets.done.sheets[name] += 1
    if sheet is None:
        _begun(sheets, table, fields, parts, 1)


def _rows(dataset: Dataset, table: str) -> Iterator[dict[str, Any]]:
    for batch in dataset.batches(table):
        yield from batch.to_pylist()


def _begun(
    sheets: _Sheets, table: str, fields: dict[str, str], parts: dict[str, int], number: int
) -> tuple[str, "Worksheet"]:
    """A new sheet with its header."""
    name, sheet = sheets.add(table, number)
    headers = [(column, part) for column, count in parts.items() for part in range(1, count + 1)]
    for place, (column, _) in enumerate(headers):
        sheet.set_column(place, place, WIDTHS.get(fields[column], 12))
    sheet.freeze_panes(1, 0)
    for place, (column, part) in enumerate(headers):
        head = shown(column, 255) if part == 1 else f"{shown(column, 250)} {part}"
        _checked(sheet.write_string(0, place, head, sheets.header), name)
    if number > 1:
        sheets.done.notes[f"{table}: more rows than a sheet holds, continued on further sheets"] += 1
    return name, sheet


def _parts(dataset: Dataset, table: str) -> dict[str, int]:
    """How many columns each column needs for its longest text."""
    found = {item["name"]: 1 for item in dataset.schema(table)["fields"]}
    for batch in dataset.batches(table):
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            found[name] = max([found[name], *(len(split(text)) for text in _long(column))])
    return found


def _long(column: "pa.Array") -> list[str]:
    """The texts of a column that may be too long for a cell."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_string(column.type):
        return []
    texts: list[str] = column.filter(pc.greater(pc.utf8_length(column), UNITS // 2)).to_pylist()
    return texts


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def split(text: str, units: int = UNITS) -> list[str]:
    """The text in parts of at most so many UTF-16 code units, of which a character may take two.

    >>> split("abcde", 2), split("a🗞b", 2)
    (['ab', 'cd', 'e'], ['a', '🗞', 'b'])
    """
    if len(text) <= units // 2 or _units(text) <= units:
        return [text]
    code, parts, start = text.encode("utf-16-le"), [], 0
    while start < len(code):
        end = min(start + 2 * units, len(code))
        if end < len(code) and 0xD8 <= code[end - 1] <= 0xDB:  # not between the two units of a character
            end -= 2
        parts.append(code[start:end].decode("utf-16-le"))
        start = end
    return parts


def _write_row(
    sheet: "Worksheet", number: int, row: dict[str, Any], parts: dict[str, int], sheets: _Sheets, table: str
) -> None:
    place = 0
    for name, count in parts.items():
        value, note = _fitting(row[name])
        if isinstance(value, str):
            cells = split(value)
            note = note or (f"texts of more than {UNITS:,} characters are continued" if len(cells) > 1 else "")
            for part, text in enumerate(cells):
                _write_text(sheet, number, place + part, text, sheets)
        elif value is not None:
            _write_value(sheet, number, place, value, sheets)
        if note:
            sheets.done.notes[f"{table}.{name}: {note}"] += 1
        place += count


def _fitting(value: Any) -> tuple[Any, str]:
    """The value, or its text where a spreadsheet would change it, and then why.

    >>> _fitting(dt.date(1899, 12, 31))
    ('1899-12-31', 'dates before 1900-03-01 are text')
    """
    if isinstance(value, dt.date) and value < FIRST_DAY:
        return value.isoformat(), EARLY
    if isinstance(value, int) and abs(value) >= WHOLE:
        return str(value), LONG
    if isinstance(value, float) and not abs(value) < float("inf"):
        return {"nan": "NaN", "inf": "INF", "-inf": "-INF"}[str(value)], ODD
    if isinstance(value, float) and 0 < abs(value) < SMALLEST:
        return repr(value), ODD
    if isinstance(value, float) and float(f"{value:.16G}") != value:
        return value, ROUNDED
    return value, ""


def _write_text(sheet: "Worksheet", row: int, column: int, text: str, sheets: _Sheets) -> None:
    begins = text.lstrip()[:1] or text[:1]
    marked = sheets.marked if text.startswith(FORMULA_SIGNS) or begins in FORMULA_SIGNS else None
    _checked(sheet.write_string(row, column, text, marked), sheet.name)


def _write_value(sheet: "Worksheet", row: int, column: int, value: Any, sheets: _Sheets) -> None:
    if isinstance(value, bool):
        code = sheet.write_boolean(row, column, value)
    elif isinstance(value, dt.date):
        code = sheet.write_datetime(row, column, value, sheets.date)
    else:
        code = sheet.write_number(row, column, value)
    _checked(code, sheet.name)


def escaped(text: str) -> str:
    """The text as a workbook's XML has it: `_xHHHH_` for what XML cannot hold, and for an underscore that begins one.

    XlsxWriter's own way fails where two escapes share an underscore; and what begins with `<r>` and ends with `</r>` it
    takes for XML of its own and copies into the file unread, so that a cell could bring a formula. Here `<` is escaped.

    >>> escaped("a\x01b"), escaped("_x0041_x0042_"), escaped("<r>=1</r>")
    ('a_x0001_b', '_x005F_x0041_x005F_x0042_', '_x003C_r>=1</r>')
    """
    marked = _UNDERSCORE.sub("_x005F_", text)
    whole = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", marked)
    return f"_x003C_{whole[1:]}" if whole.startswith("<r>") else whole


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_UNDERSCORE = re.compile("_(?=x[0-9A-Fa-f]{4}[_\x00-\x08\x0b-\x1f\ufffe\uffff])")


def sheet_class() -> "type[Worksheet]":
    """A worksheet of XlsxWriter's that escapes texts as `escaped` does."""
    from xlsxwriter.worksheet import Worksheet

    if not hasattr(Worksheet, "_escape_control_characters"):
        raise UsageError(
            "this release of XlsxWriter is not one that is known here", tip="install XlsxWriter 3.2 or 3.3"
        )

    class Sheet(Worksheet):  # type: ignore[misc]
        @staticmethod
        def _escape_control_characters(data: Any) -> Any:  # what a cell holds, and 0 or 1 for what is true or false
            return escaped(data) if isinstance(data, str) else data

    return Sheet


def _checked(code: int, sheet: str) -> None:
    """Raise `PackageError` where a cell was not written, or not all of it, which XlsxWriter tells by a number."""
    if code != 0:
        raise PackageError(
            f"a cell of sheet {sheet!r} does not fit a spreadsheet (XlsxWriter says {code})",
            tip="name other tables with --table",
        )
