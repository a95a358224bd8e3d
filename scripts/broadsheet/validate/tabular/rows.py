"""Cells of a table of CSV as texts, in chunks of columns, in any dialect."""

import bisect
import codecs
import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.validate import sources
from broadsheet.validate.report import Faults, UnreadableError, fault
from broadsheet.validate.shown import quoted

if TYPE_CHECKING:
    import polars as pl

MANY, MUCH = 100_000, 16 << 20
"""Rows and bytes that are looked at together, more of neither than needed to make single batches cheap."""
DEFAULT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
IGNORED = ("$schema", "caseSensitiveHeader", "csvddfVersion", "sheetNumber", "sheetName", "table", "property")
LINES = ("\r\n", "\n", "\r")
TOLD, UNTOLD = 1000, Faults((), 1)
LONGEST = 32 << 20
"""Characters of a row at most."""

WIDEST = 20_000
"""Columns of a table at most."""

UNEVEN = 100_000
"""Rows with too many or too few cells after which a file is not read on."""

NO_CHARSETS = ("idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined")
"""What Python knows as encodings of text that are none of a file, some of them slow beyond measure."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows: the number of the first, one column of texts for each column of the file.

    `kinds` says of cells that came with a type of their own (JSON) which one, column by column.
    """

    first: int
    columns: "Sequence[pl.Series]"
    kinds: "Sequence[pl.Series]" = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's labels (None where it has no header), its chunks, and what is wrong with single rows.

    `of_parts` is what is wrong with the headers of further files, known when the rows are read; `knows_missing` that
    cells that stand for missing values are null already; `is_keyed` that rows are objects, whose keys have no order.
    """

    labels: list[str] | None
    chunks: Iterator[Chunk]
    faults: dict[int, Faults] = field(default_factory=dict)
    width: int = 0
    of_parts: Sequence[Faults] = ()
    knows_missing: bool = False
    is_keyed: bool = False


def csv_rows(paths: Sequence[Path], dialect: dict[str, Any], encoding: str, missing: Sequence[str] = ()) -> Rows:
    """The rows of CSV files that are read one after another; raises `UnreadableError`.

    `missing` are the texts of missing values, if they are the same in all columns.
    """
    if len(paths) == 1 and is_usual(dialect, encoding):
        return _quick(paths[0], dialect, missing)
    return _slow(paths, dialect, encoding)


def csv_text(text: str, dialect: dict[str, Any]) -> Rows:
    """The rows of CSV that is given as text."""
    return _slow([text], dialect, "utf-8")


def is_usual(dialect: dict[str, Any], encoding: str) -> bool:
    """Whether the quick parser reads the dialect."""
    known = {*DEFAULT, *IGNORED, "lineTerminator", "skipInitialSpace", "headerJoin", "nullSequence", "itemType"}
    return (
        encoding.lower().replace("_", "-") in ("utf-8", "utf8")
        and set(dialect) <= known
        and _is_plain(dialect.get("delimiter", ","))
        and _is_plain(dialect.get("quoteChar") or '"')
        and dialect.get("lineTerminator", "\n") in ("\r\n", "\n")
        and not dialect.get("skipInitialSpace")
    )


def _is_plain(sign: str) -> bool:
    return len(sign) == 1 and sign.isascii() and sign not in "\r\n\0"


def _quick(path: Path, dialect: dict[str, Any], missing: Sequence[str]) -> Rows:
    settings = DEFAULT | dialect
    first = _narrow(next(_records([path], settings, "utf-8"), (0, []))[1])
    faults: dict[int, Faults] = {}
    chunks = _parsed(path, settings, len(first), faults, missing) if first else iter(())
    return Rows(first if settings["header"] else None, chunks, faults, len(first), knows_missing=bool(missing))


def _parsed(
    path: Path, settings: dict[str, Any], width: int, faults: dict[int, Faults], missing: Sequence[str]
) -> Iterator[Chunk]:
    """The rows below the header, by pyarrow; rows of another width are noted and left out."""
    import polars as pl
    import pyarrow as pa
    import pyarrow.csv as pa_csv

    names = [f"c{number}" for number in range(width)]

    def note(row: Any) -> str:
        if len(faults) >= UNEVEN:
            return "error"
        note_width(faults, row.number, row.actual_columns, width)
        return "skip"

    def reader(block: int) -> Any:
        return pa_csv.open_csv(
            path,
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=block, column_names=names),
            parse_options=pa_csv.ParseOptions(
                delimiter=settings["delimiter"],
                quote_char=settings["quoteChar"] or False,
                double_quote=settings["doubleQuote"],
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=bool(missing),
                quoted_strings_can_be_null=True,
                null_values=list(missing),
            ),
        )

    row = 1
    for batch in sources.joined(_encoded(sources.grown(path, reader)), MANY, MUCH):
        for first, part in _runs(row, batch, sorted(faults)):
            row = first + part.num_rows
            rest = part.slice(1) if first == 1 and settings["header"] else part
            if rest.num_rows:
                yield Chunk(
                    row - rest.num_rows,
                    [pl.Series("cells", pl.from_arrow(column), dtype=pl.String) for column in rest.columns],
                )


def _encoded(batches: Iterator[Any]) -> Iterator[Any]:
    """The batches; raises `NotEncodedError` where a cell is no UTF-8."""
    try:
        yield from batches
    except UnreadableError as error:
        if "invalid UTF8" not in str(error):
            raise
        raise NotEncodedError("a cell is not UTF-8; write the file as UTF-8, or declare its encoding") from error


def _runs(row: int, batch: Any, gaps: list[int]) -> Iterator[tuple[int, Any]]:
    """The batch in runs of rows whose numbers follow each other, rows that were left out being between them."""
    done, place = 0, bisect.bisect_left(gaps, row)
    while done < batch.num_rows:
        while place < len(gaps) and gaps[place] == row:
            row, place = row + 1, place + 1
        rest = batch.num_rows - done
        size = min(gaps[place] - row, rest) if place < len(gaps) else rest
        yield row, batch.slice(done, size)
        row, done = row + size, done + size


class NotEncodedError(UnreadableError):
    """A file is not in its encoding."""


def note_width(faults: dict[int, Faults], row: int, found: int, expected: int) -> None:
    """Note a row with too many or too few cells; of the first thousand it is said what they have."""
    if len(faults) >= TOLD:
        faults[row] = UNTOLD
        return
    code, word = ("extra-cell", "many") if found > expected else ("missing-cell", "few")
    cells = "1 cell" if found == 1 else f"{found} cells"
    text = f"the row has {cells}, too {word}; expected {expected}; look for a missing quote or comma"
    faults[row] = fault(code, text, row=row)


def _slow(paths: Sequence[Path | str], dialect: dict[str, Any], encoding: str) -> Rows:
    """CSV of any dialect, by Python's parser."""
    settings = DEFAULT | dialect
    headers: list[tuple[str, list[str]]] = []
    records = _records(paths, settings, encoding, headers)
    header: list[str] | None = None
    if settings["header"]:
        header = _narrow(_header(records, settings))
    head = list(itertools.islice(records, 1))
    width = len(header if header is not None else _narrow(head[0][1]) if head else [])
    faults: dict[int, Faults] = {}
    of_parts: list[Faults] = []
    chunks = _chunks(itertools.chain(head, records), width, faults)
    return Rows(header, _noting(chunks, header, headers, of_parts), faults, width, of_parts)


def _noting(
    chunks: Iterator[Chunk], header: list[str] | None, headers: Sequence[tuple[str, list[str]]], wrong: list[Faults]
) -> Iterator[Chunk]:
    """The chunks; at their end it is noted which further files have another header than the first."""
    yield from chunks
    for name, other in headers:
        if other != header:
            text = (
                f"{name} begins with {quoted(', '.join(other))}, the first file with {quoted(', '.join(header or []))}"
            )
            wrong.append(fault("incorrect-label", f"{text}; give every file of a table the same header"))


def _narrow(cells: list[str]) -> list[str]:
    if len(cells) > WIDEST:
        raise UnreadableError(f"it has {len(cells):,} columns, more than {WIDEST:,}")
    return cells


def _header(records: Iterator[tuple[int, list[str]]], settings: dict[str, Any]) -> list[str]:
    """The labels, of several rows joined; the rows before and among them are no data."""
    wanted = settings.get("headerRows", [1])
    rows: list[list[str]] = []
    last = max(wanted, default=1)
    for number, cells in records:
        if number in wanted or (wanted == [1] and not rows):
            rows.append(cells)
        if number >= last and rows:
            break
    join = settings.get("headerJoin", " ")
    return [join.join(filter(None, parts)) for parts in itertools.zip_longest(*rows, fillvalue="")]


def _records(
    paths: Sequence[Path | str],
    settings: dict[str, Any],
    encoding: str,
    headers: "list[tuple[str, list[str]]] | None" = None,
) -> Iterator[tuple[int, list[str]]]:
    """The records of the files with their numbers, but comments.

    The header of the first file stands for all; those of the others are noted in `headers`, with their file's name.
    """
    number = 0
    comments, char = set(settings.get("commentRows", [])), settings.get("commentChar")
    last = max(settings.get("headerRows", [1]), default=1) if settings["header"] else 0
    for index, path in enumerate(paths):
        with _decoded(path, encoding) as file:
            records = _reader(_lines(file, settings), settings)
            if index and last:
                head = list(enumerate(itertools.islice(records, last), 1))
                if headers is not None and isinstance(path, Path):
                    headers.append((path.name, _header(iter(head), settings)))
            for cells in records:
                number += 1
                if number not in comments and not (char and cells and cells[0].startswith(char)):
                    yield number, cells or [""]


def _decoded(path: Path | str, encoding: str) -> Any:
    if isinstance(path, str):
        return io.StringIO(path, newline="")
    try:
        name = codecs.lookup("" if encoding.lower().replace("-", "_") in NO_CHARSETS else encoding).name
        return path.open(encoding="utf-8-sig" if name == "utf-8" else name, newline="")
    except (LookupError, ValueError) as error:
        raise NotEncodedError(f"encoding {quoted(encoding)} is not known; give a name that IANA lists") from error


def _lines(file: Any, settings: dict[str, Any]) -> Iterator[str]:
    """The lines of a file, a longer one than a row may be in parts."""
    end = settings.get("lineTerminator", "\r\n")
    if end in LINES:
        return iter(lambda: file.readline(LONGEST + 1), "")
    return (line for line in _split(file, end) if line)


def _split(file: Any, end: str) -> Iterator[str]:
    rest = ""
    while block := file.read(1 << 20):
        *whole, rest = (rest + block).split(end)
        yield from whole
        if len(rest) > LONGEST:
            raise UnreadableError(TOO_LONG)
    yield rest


TOO_LONG = f"a row is longer than {LONGEST >> 20} million characters; look for a quote that is never closed"


class _Lines:
    """Lines, counted from one row to the next; raises `UnreadableError` where a row does not come to its end."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.taken = lines, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.taken += len(line)
        if self.taken > LONGEST:
            raise UnreadableError(TOO_LONG)
        return line


def _reader(lines: Iterator[str], settings: dict[str, Any]) -> Iterator[list[str]]:
    delimiter = settings["delimiter"]
    if len(delimiter) != 1:
        lines, delimiter = (line.replace(settings["delimiter"], "\x1f") for line in lines), "\x1f"
    quote = settings["quoteChar"]
    counted = _Lines(lines)
    csv.field_size_limit(LONGEST)  # of the whole process; by default cells may have 128 KB
    try:
        for cells in csv.reader(
            counted,
            delimiter=delimiter,
            quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            doublequote=settings["doubleQuote"],
            escapechar=settings.get("escapeChar"),
            skipinitialspace=bool(settings.get("skipInitialSpace")),
        ):
            counted.taken = 0
            yield cells
    except UnicodeDecodeError as error:
        text = f"it is not {error.encoding}: {error.reason}; convert it, or declare the encoding that it has"
        raise NotEncodedError(text) from error
    except (csv.Error, TypeError, ValueError) as error:
        raise UnreadableError(f"cannot be read as CSV: {error}") from error


def _chunks(records: Iterator[tuple[int, list[str]]], width: int, faults: dict[int, Faults]) -> Iterator[Chunk]:
    """Columns of the records; a gap in the numbers begins a new chunk."""
    kept: list[list[str]] = []
    first = 0
    for number, cells in itertools.chain(records, [(0, [])]):
        if kept and (number != first + len(kept) or len(kept) == sources.ROWS or len(cells) != width):
            yield Chunk(first, [column(cells_of) for cells_of in zip(*kept, strict=True)])
            kept = []
        if number and len(cells) != width:
            if len(faults) >= UNEVEN:
                raise UnreadableError(f"more than {UNEVEN:,} rows have another number of cells than {width}")
            note_width(faults, number, len(cells), width)
        elif number:
            first = first if kept else number
            kept.append(cells)


def column(texts: Iterable[str | None]) -> "pl.Series":
    """The cells of a column, None where missing."""
    import polars as pl

    return pl.Series("cells", list(texts), dtype=pl.String)
