"""The content hash: against an independent implementation, and the same whatever the file and the chunking."""

import datetime
import hashlib
import io
import struct
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import content_hash as module
from broadsheet.content_hash import content_hash
from broadsheet.errors import SchemaError
from broadsheet.schemas import arrow_types

SCHEMA = pa.schema(
    [("id", pa.string()), ("n", pa.int64()), ("x", pa.float64()), ("ok", pa.bool_()), ("day", pa.date32())]
)
TYPES = ("string", "integer", "number", "boolean", "date")
VECTOR_ROWS = [("a", 7, 0.5, True, datetime.date(2021, 8, 31)), (None, -1, None, False, None)]

Row = tuple[str | None, int | None, float | None, bool | None, datetime.date | None]


def text_of(value: Any, type_name: str) -> str:
    if type_name == "number":
        text = str(Decimal(value).quantize(Decimal("0.0001")))
        return "0.0000" if text == "-0.0000" else text
    return {"boolean": str(value).lower()}.get(type_name, str(value))


def by_definition(rows: list[Row]) -> str:
    """The hash as the module's docstring defines it, in plain Python."""
    digests = b""
    for place, (name, type_name) in enumerate(zip(SCHEMA.names, TYPES, strict=True)):
        cells = [None if row[place] is None else text_of(row[place], type_name).encode() for row in rows]
        lengths = b"".join(struct.pack("<q", -1 if cell is None else len(cell)) for cell in cells)
        parts = [
            hashlib.sha256(lengths).digest(),
            hashlib.sha256(b"".join(cell or b"" for cell in cells)).digest(),
        ]
        head = name.encode() + b"\x00" + type_name.encode() + b"\x00"
        digests += hashlib.sha256(head + b"".join(parts)).digest()
    return "bsch1:" + hashlib.sha256(digests).hexdigest()


def table(rows: list[Row]) -> pa.Table:
    columns = [pa.array([row[place] for row in rows], SCHEMA.types[place]) for place in range(len(SCHEMA))]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def hash_of(rows: list[Row]) -> str:
    return content_hash(table(rows).to_batches(), SCHEMA)


some_rows = st.lists(
    st.tuples(
        st.none() | st.text(min_size=1, max_size=5),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.integers(-(10**9), 10**9).map(lambda n: n / 10_000) | st.floats(-1e20, 1e20),
        st.none() | st.booleans(),
        st.none() | st.dates(),
    ),
    max_size=8,
)


def test_documented_test_vector_is_true() -> None:
    assert by_definition(VECTOR_ROWS) == hash_of(VECTOR_ROWS)
    assert by_definition(VECTOR_ROWS) in (module.__doc__ or "")


@given(some_rows)
def test_hash_follows_its_definition(rows: list[Row]) -> None:
    assert hash_of(rows) == by_definition(rows)


@given(some_rows, st.integers(1, 3))
def test_chunking_does_not_matter(rows: list[Row], size: int) -> None:
    assert content_hash(table(rows).to_batches(max_chunksize=size), SCHEMA) == by_definition(rows)


@given(some_rows)
def test_file_format_does_not_matter(rows: list[Row]) -> None:
    file = io.BytesIO()
    pa_parquet.write_table(table(rows), file)
    assert content_hash(pa_parquet.read_table(file).to_batches(), SCHEMA) == hash_of(rows)


def test_csv_gives_the_same_hash() -> None:
    file = io.BytesIO()
    pa_csv.write_csv(table(VECTOR_ROWS), file)
    file.seek(0)
    options = pa_csv.ConvertOptions(
        column_types=SCHEMA,
        strings_can_be_null=True,
        null_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    assert content_hash(pa_csv.read_csv(file, convert_options=options).to_batches(), SCHEMA) == hash_of(VECTOR_ROWS)


def test_what_lies_under_a_missing_cell_does_not_matter() -> None:
    offsets, data, valid = (
        pa.array([0, 1, 3, 4], pa.int32()).buffers()[1],
        pa.py_buffer(b"axxb"),
        pa.py_buffer(b"\x05"),
    )
    odd = pa.Array.from_buffers(pa.string(), 3, [valid, offsets, data])
    schema = pa.schema([("id", pa.string())])
    plain = pa.record_batch([pa.array(["a", None, "b"])], schema=schema)
    assert content_hash([pa.record_batch([odd], schema=schema)], schema) == content_hash([plain], schema)


@pytest.mark.parametrize(
    "changed",
    [
        [VECTOR_ROWS[1], VECTOR_ROWS[0]],
        [VECTOR_ROWS[0]],
        [("", *VECTOR_ROWS[0][1:]), ("a", *VECTOR_ROWS[1][1:])],
        [VECTOR_ROWS[0], ("", *VECTOR_ROWS[1][1:])],
        [("a", 7, 0.5001, True, datetime.date(2021, 8, 31)), VECTOR_ROWS[1]],
    ],
    ids=["order", "rows", "moved", "empty", "number"],
)
def test_any_change_of_the_cells_changes_the_hash(changed: list[Row]) -> None:
    assert hash_of(changed) != hash_of(VECTOR_ROWS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0000"),
        (-0.0, "0.0000"),
        (-4e-05, "0.0000"),
        (1000000000000000.0, "1000000000000000.0000"),
        (-12.5, "-12.5000"),
        (float("nan"), "NaN"),
        (float("-inf"), "-INF"),
        (0.0001, "0.0001"),
        (34.5281, "34.5281"),
    ],
)
def test_numbers_have_four_decimals(value: float, text: str) -> None:
    assert module.canonical(pa.array([value, None])).to_pylist() == [text, None]


def test_unknown_type_is_refused() -> None:
    with pytest.raises(SchemaError, match="time64"):
        content_hash([], pa.schema([("at", pa.time64("us"))]))


def test_every_type_of_the_tables_has_a_name() -> None:
    assert [module.type_name(known) for known in arrow_types().values()] == list(arrow_types())
