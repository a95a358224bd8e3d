"""One hash for the logical rows of a table, whatever file they are kept in.

The hash depends on the names, types and order of the columns and on the cells in the order of the rows; not on
the file format, the chunking or the version of a library. It is made in three steps (`bsch1`):

1. Every cell has a canonical text: a string is itself; an integer its decimal digits; a boolean `true` or
   `false`; a date `YYYY-MM-DD`; a number fixed point with 4 decimals, as C's `%.4f` writes it (`NaN`, `INF` and
   `-INF` where it is none), minus zero as `0.0000`. A missing cell has none.
2. Every column has two SHA-256 digests over all its rows: (a) of the byte lengths of the canonical texts in
   UTF-8, each a little-endian int64, -1 for a missing cell; (b) of the texts, one after the other. The column's
   digest is SHA-256 of: name in UTF-8, a zero byte, Table Schema type, a zero byte, digest (a), digest (b).
3. The table's digest is SHA-256 of its columns' digests in their order, written in hex after `bsch1:`.

Test vector: the columns `id` (string) a, missing; `n` (integer) 7, -1; `x` (number) 0.5, missing; `ok` (boolean)
true, false; `day` (date) 2021-08-31, missing give
`bsch1:1c9a4d995d77fe209e0e5f302f5a8b52ddbfebf0904fdd130c743ca850ea2033`.
"""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from broadsheet.errors import SchemaError
from broadsheet.schemas import arrow_types

if TYPE_CHECKING:
    import pyarrow as pa

PREFIX = "bsch1:"

_DECIMALS = 10_000
_FAST = 9e11
"""Below this a double has room for four decimals, and the nearest int64 of x * 10000 is exact."""

_NOT_FINITE = {"nan": "NaN", "inf": "INF", "-inf": "-INF", "-0.0000": "0.0000"}


def content_hash(batches: "Iterable[pa.RecordBatch]", schema: "pa.Schema") -> str:
    """The hash of the rows of all batches, in their order; the schema says which columns count, and in what order.

    Cells are cast to the schema's types first. Raises `SchemaError` for a type that tables are not written in.

    >>> import pyarrow as pa
    >>> batch = pa.record_batch({"n": pa.array([1, None])})
    >>> content_hash([batch], batch.schema) == content_hash([batch[:1], batch[1:]], batch.schema)
    True
    """
    columns = [_ColumnDigest(field.name, type_name(field.type)) for field in schema]
    for batch in batches:
        for column, field in zip(columns, schema, strict=True):
            column.add(batch.column(field.name).cast(field.type))
    table = hashlib.sha256(b"".join(column.digest() for column in columns))
    return PREFIX + table.hexdigest()


def type_name(arrow_type: "pa.DataType") -> str:
    """The Table Schema type that is written as this Arrow type.

    >>> import pyarrow as pa
    >>> type_name(pa.date32())
    'date'
    """
    for name, known in arrow_types().items():
        if known == arrow_type:
            return name
    raise SchemaError(f"Arrow type {arrow_type} is none that tables are written in")


def canonical(cells: "pa.Array") -> "pa.Array":
    """The canonical texts of the cells, as an Arrow array of strings; missing cells stay missing."""
    import pyarrow as pa

    if pa.types.is_string(cells.type):
        return cells
    return _number_texts(cells) if pa.types.is_floating(cells.type) else cells.cast(pa.string())


class _ColumnDigest:
    """The two running digests of a column."""

    def __init__(self, name: str, type_of: str) -> None:
        self.head = f"{name}\0{type_of}\0".encode()
        self.lengths = hashlib.sha256()
        self.texts = hashlib.sha256()

    def add(self, cells: "pa.Array") -> None:
        texts = canonical(cells)
        self.lengths.update(_lengths(texts))
        self.texts.update(text_bytes(texts))

    def digest(self) -> bytes:
        return hashlib.sha256(self.head + self.lengths.digest() + self.texts.digest()).digest()


def _lengths(texts: "pa.Array") -> bytes:
    """The bytes of each text's length in UTF-8 as little-endian int64, -1 where it is missing.

    Nothing here is made from Python's values: pyarrow imports pandas for these, which takes half a second.
    """
    import numpy as np

    if not len(texts):
        return b""
    valid, offsets, _ = texts.buffers()
    found = np.diff(np.frombuffer(offsets, "<i4", count=len(texts) + 1, offset=texts.offset * 4)).astype("<i8")
    if texts.null_count:
        bits = np.unpackbits(np.frombuffer(valid, np.uint8), bitorder="little")[texts.offset :]
        found[bits[: len(texts)] == 0] = -1
    return found.tobytes()


def text_bytes(texts: "pa.Array") -> memoryview:
    """The UTF-8 of the texts of a string array, one after the other, without a copy where none is missing."""
    import numpy as np

    # What lies under a missing cell is undefined.
    whole = texts.drop_null() if texts.null_count else texts
    _, offsets, data = whole.buffers()
    if not len(whole) or data is None:
        return memoryview(b"")
    ends = np.frombuffer(offsets, "<i4", count=len(whole) + 1, offset=whole.offset * 4)
    return memoryview(data)[int(ends[0]) : int(ends[-1])]


def _number_texts(cells: "pa.Array") -> "pa.Array":
    """Fixed point with 4 decimals: by decimal arithmetic where that is exact, else cell by cell."""
    import numpy as np
    import polars as pl
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(cells):
        return cells.cast(pa.string())
    nothing = pa.Array.from_buffers(cells.type, len(cells), [None, pa.py_buffer(bytes(8 * len(cells)))])
    whole = pc.coalesce(cells, nothing)
    values = np.frombuffer(whole.buffers()[1], "<f8", count=len(whole), offset=8 * whole.offset)
    small = np.abs(values) < _FAST
    scaled = np.rint(np.where(small, values, 0.0) * _DECIMALS)
    if not bool((small & (scaled / _DECIMALS == values)).all()):
        slowly = [None if value is None else _number_text(value) for value in cells.to_pylist()]
        return pl.Series(slowly, dtype=pl.String).to_arrow().cast(pa.string())
    texts = _decimals(scaled.astype("<i8")).cast(pa.string())
    return pc.if_else(pc.is_valid(cells), texts, pa.nulls(len(cells), pa.string()))


def _number_text(value: float) -> str:
    """One number, the slow way.

    >>> _number_text(0.12345), _number_text(-0.00001), _number_text(1e15)
    ('0.1235', '0.0000', '1000000000000000.0000')
    """
    text = f"{value:.4f}"
    return _NOT_FINITE.get(text, text)


def _decimals(scaled: Any) -> "pa.Array":
    """An Arrow decimal array with 4 decimals from int64 numbers of ten-thousandths."""
    import numpy as np
    import pyarrow as pa

    halves = np.empty((len(scaled), 2), "<i8")
    halves[:, 0] = scaled
    halves[:, 1] = scaled >> 63
    return pa.Array.from_buffers(pa.decimal128(38, 4), len(scaled), [None, pa.py_buffer(halves.tobytes())])
