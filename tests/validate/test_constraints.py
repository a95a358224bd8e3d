"""Our constraints against pandera's, which are made from the same Table Schemas: two programs, the same verdicts."""

import pandera.errors
import polars as pl
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.schemas import arrow_schema
from broadsheet.validate.constraints import constraints_hold
from broadsheet.validate.contents import Table
from broadsheet.validate.pandera_schemas import pandera_schema

SCHEMA = {
    "name": "t",
    "fields": [
        {"name": "word", "type": "string", "constraints": {"required": True, "pattern": "[a-z]+", "maxLength": 4}},
        {"name": "kind", "type": "string", "constraints": {"enum": ["a", "b"]}},
        {"name": "count", "type": "integer", "constraints": {"minimum": 0, "exclusiveMaximum": 10}},
        {"name": "day", "type": "date", "constraints": {"minimum": "2000-01-01"}},
    ],
}

rows = st.fixed_dictionaries(
    {
        "word": st.none() | st.text("abZ ", max_size=6),
        "kind": st.none() | st.sampled_from("abc"),
        "count": st.none() | st.integers(-2, 12),
        "day": st.none() | st.dates(),
    }
)


def broken_by_pandera(batch: pa.RecordBatch) -> set[tuple[str, str, int]]:
    frame = pl.from_arrow(pa.Table.from_batches([batch]))
    try:
        pandera_schema(SCHEMA).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.to_dicts()
        return {(case["column"], case["check"], case["index"]) for case in cases}
    return set()


def broken_by_us(batch: pa.RecordBatch, folder) -> set[tuple[str, int]]:
    import pyarrow.parquet as parquet

    parquet.write_table(pa.Table.from_batches([batch]), folder / "t.parquet")
    outcomes = constraints_hold(Table("t", SCHEMA, parquet=folder / "t.parquet"))
    return {(finding.field, finding.row - 2) for faults in outcomes for finding in faults.findings}


@settings(max_examples=40)
@given(st.lists(rows, min_size=1, max_size=6))
def test_pandera_finds_the_same_cells(tmp_path_factory, found):
    batch = pa.RecordBatch.from_pylist(found, schema=arrow_schema(SCHEMA))
    ours = broken_by_us(batch, tmp_path_factory.getbasetemp())
    theirs = broken_by_pandera(batch)
    assert {field for field, _ in ours} == {column for column, _, _ in theirs}
    assert {(column, row) for column, _, row in theirs if row is not None} <= ours
