"""How many rows of a Parquet file may be read at once, so that no file of some kilobytes takes gigabytes of memory.

What a footer says of sizes is not believed: the headers of the pages are read, by which a reader reserves its memory.
A value that stands once in a dictionary may be repeated in every row of a batch; a value may share its beginning with
the one before it. Files whose single pages or rows are too large are refused.
"""

import functools
import itertools
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from broadsheet.validate.report import UnreadableError
from broadsheet.validate.thrift import Reader, TruncatedError

FOOTER = 32 << 20
"""Bytes of a footer at most."""

PAGE = 128 << 20
"""Bytes of an unpacked page at most."""

PAGES = 1_000_000
"""Pages of a file at most."""

BATCH = 128 << 20
"""Bytes that the rows of a batch may take, as far as can be known before."""

GROUP = 1 << 30
"""Bytes of the largest pages of all columns of a row group at most: a page of each is unpacked at a time."""

FEW_ROWS, ROWS_PER_BYTE = 10_000_000, 1000
"""A file may have so many rows, or so many for each of its bytes."""

REPEATED = 64 << 20
"""Values of a column of lists in a row group at most: all may be in one row."""

LISTS = 2 << 30
"""Bytes that the texts in lists of a row group may take, were each as long as the longest."""

UNPACKED, BYTES_PER_BYTE = 16 << 30, 2000
"""Bytes that all rows may take, or so many for each byte of the file, before it is not read on."""

_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3
_SHARED_BEGINNINGS = 7
_SMALL, FEW = 1 << 12, 8192
_HEADS = (256, 1 << 16, 16 << 20)


@dataclass(frozen=True, slots=True)
class Page:
    """The header of a page: its kind, its sizes, how many values it has, and how they are written."""

    kind: int
    unpacked: int
    packed: int
    values: int
    encoding: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """Where the pages of one column of a row group stand, as the footer says; `dictionary` is 0 where there is none."""

    values: int
    packed: int
    data: int
    dictionary: int


def check_footer(path: Path) -> int:
    """The bytes of a file's footer; `UnreadableError` where it is too long to be read."""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if file.tell() < 12:
            raise UnreadableError(f"{path.name} is no Parquet file: it has fewer than 12 bytes")
        file.seek(-8, os.SEEK_END)
        length = int.from_bytes(file.read(4), "little")
    if length > FOOTER:
        raise UnreadableError(f"{path.name} has a footer of {length:,} bytes, more than {FOOTER:,}")
    return length


def _chunks(path: Path, columns: int) -> list[list[Chunk]]:
    """The columns of each row group.

    pyarrow is not asked for them: where a footer contradicts itself, it ends the process.
    """
    length = check_footer(path)
    with path.open("rb") as file:
        file.seek(-8 - length, os.SEEK_END)
        data = file.read(length)
    try:
        groups = Reader(data).struct().get(4) or []
        found = [[_chunk(column[3]) for column in group[1]] for group in groups]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(f"{path.name} has a footer that cannot be read: {error!r}") from error
    if any(len(group) != columns for group in found):
        raise UnreadableError(f"{path.name} has row groups of other columns than its schema")
    return found


def _chunk(fields: dict[int, Any]) -> Chunk:
    return Chunk(int(fields[5]), int(fields[7]), int(fields[9]), int(fields.get(11, 0)))


def rows_at_once(path: Path, most: int) -> tuple[int, ...]:
    """How many rows of each row group may be read at once; `UnreadableError` where it is none."""
    status = path.stat()
    return _rows_at_once(path, most, status.st_size, status.st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _rows_at_once(path: Path, most: int, size: int, _changed: int) -> tuple[int, ...]:
    import pyarrow.parquet as pa_parquet

    metadata = pa_parquet.read_metadata(path)
    chunks = _chunks(path, metadata.num_columns)
    if len(chunks) != metadata.num_row_groups:
        raise UnreadableError(f"{path.name} has a footer that is read in two ways")
    if metadata.num_rows > max(FEW_ROWS, ROWS_PER_BYTE * size):
        raise UnreadableError(f"{path.name} says that it has {metadata.num_rows:,} rows, which do not fit into it")
    columns = [metadata.schema.column(place) for place in range(metadata.num_columns)]
    texts = [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]
    found, left = [], PAGES
    with path.open("rb") as file, pa_parquet.ParquetFile(path, metadata=metadata, read_dictionary=texts) as values:
        for number in range(metadata.num_row_groups):
            width, count = _width(file, values, number, chunks[number], left)
            found.append(max(1, min(most, BATCH // max(width, 1))))
            left -= count
    return tuple(found)


def _width(file: BinaryIO, values: Any, number: int, chunks: list[Chunk], left: int) -> tuple[int, int]:
    """Bytes that a row of the group takes at most, as far as can be known, and the number of its pages."""
    metadata, name = values.metadata, Path(file.name).name
    width = largest = count = 0
    dictionaries: dict[str, int] = {}
    lists: dict[str, int] = {}
    for place, chunk in enumerate(chunks):
        column = metadata.schema.column(place)
        pages = list(_pages(file.fileno(), chunk, name, left - count))
        count += len(pages)
        largest += max((page.unpacked for page in pages), default=0)
        width += _widest(name, column, pages)
        if column.max_repetition_level:
            lists[column.path] = sum(page.values for page in pages if page.kind in (_DATA, _DATA_2))
        if column.physical_type == "BYTE_ARRAY":
            dictionary = max((page.unpacked for page in pages if page.kind == _DICTIONARY), default=0)
            dictionaries[column.path] = dictionary
    if largest > GROUP:
        raise UnreadableError(f"{name} has pages of {largest:,} bytes side by side, more than {GROUP:,}")
    longest = _bounded(values, number, dictionaries, set(lists))
    for place_of, many in lists.items():
        if many * longest.get(place_of, 0) > LISTS:
            raise UnreadableError(f"{name} has lists of texts that may take more than {LISTS:,} bytes at once")
    return width + sum(longest.values()), count


def check_unpacked(path: Path, total: int) -> None:
    """Raise `UnreadableError` where the rows read so far have taken too many bytes for the file."""
    size = path.stat().st_size
    if total > max(UNPACKED, BYTES_PER_BYTE * size):
        raise UnreadableError(f"{path.name} unpacks to more than {total:,} bytes, which is too much for {size:,}")


def _pages(file: int, chunk: Chunk, name: str, most: int) -> Iterator[Page]:
    """The pages of a column chunk, each within the limits."""
    if not chunk.values:
        return  # nor does a reader look at its pages, if it has any
    place = chunk.dictionary if 0 < chunk.dictionary < chunk.data else chunk.data
    end, count = place + chunk.packed, 0
    if not (0 <= place <= end <= os.fstat(file).st_size):
        raise UnreadableError(f"{name} says that a column lies beyond its end")
    while place < end:
        page, length = _page(file, place, min(end - place, _HEADS[-1]), name)
        count += 1
        if page.unpacked > PAGE or count > most:
            what = f"a page of {page.unpacked:,} bytes, more than {PAGE:,}" if count <= most else "too many pages"
            raise UnreadableError(f"{name} has {what}")
        yield page
        place += length + page.packed


def _page(file: int, place: int, left: int, name: str) -> tuple[Page, int]:
    """The header at a place of the file, and its length."""
    try:
        for size in _HEADS:
            reader = Reader(os.pread(file, min(size, left), place))
            try:
                found = reader.struct()
            except TruncatedError:
                if size == _HEADS[-1]:
                    raise
                continue
            break
        details = found.get(5) or found.get(8) or found.get(7) or {}
        encoding = details.get(4 if 8 in found else 2, 0)
        page = Page(*(int(number) for number in (found[1], found[2], found[3], details.get(1, 0), encoding)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(f"{name} has a page whose header cannot be read: {error}") from error
    if min(page.unpacked, page.packed, page.values) < 0:
        raise UnreadableError(f"{name} has a page of a negative size")
    return page, reader.place


def _widest(name: str, column: Any, pages: list[Page]) -> int:
    """Bytes that a value of this column takes at most, on average over a page, if it is not of a dictionary."""
    data = [page for page in pages if page.kind in (_DATA, _DATA_2)]
    values = sum(page.values for page in data)
    if column.max_repetition_level and values > REPEATED:
        raise UnreadableError(f"{name} has {values:,} values in lists of one row group, more than {REPEATED:,}")
    widths = [16, column.length if column.physical_type == "FIXED_LEN_BYTE_ARRAY" else 0]
    for page in data:
        shares = page.encoding == _SHARED_BEGINNINGS
        widths.append(page.unpacked if shares else page.unpacked // max(page.values, 1))
    return max(widths)


def _bounded(values: Any, group: int, dictionaries: dict[str, int], lists: Collection[str]) -> dict[str, int]:
    """Bytes that a value of each dictionary takes at most: those of all its values, and where that is much, of one.

    The largest are looked into, one by one, until the others do no harm.
    """
    bounds = dict(dictionaries)
    for name in sorted(dictionaries, key=lambda name: (name in lists, dictionaries[name]), reverse=True):
        if name not in lists and sum(bounds.values()) <= BATCH // FEW:
            break
        if dictionaries[name] > _SMALL:
            found = _longest(values, group, name)
            bounds[name] = bounds[name] if found is None else found
    return bounds


def _longest(file: Any, group: int, name: str) -> int | None:
    """Bytes of the longest value in the dictionary of a column, None where it is not read as one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for batch in itertools.islice(file.iter_batches(1, [group], [name], use_threads=False), 1):
        values = _innermost(batch.column(0))
        if isinstance(values, pa.DictionaryArray):
            return int(pc.max(pc.binary_length(values.dictionary)).as_py() or 0)
    return None


def _innermost(values: Any) -> Any:
    """The values of lists of lists, of structs, or of a plain column."""
    import pyarrow as pa

    while not isinstance(values, pa.DictionaryArray):
        if isinstance(values, pa.StructArray) and values.type.num_fields == 1:
            values = values.field(0)
        elif isinstance(values, (pa.ListArray, pa.LargeListArray, pa.FixedSizeListArray)):
            values = values.values
        else:
            break
    return values
