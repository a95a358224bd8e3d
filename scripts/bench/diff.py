"""How much time and memory a comparison of two large packages takes: `python -m bench.diff 5000000`.

The packages have one table, mentions, as Parquet, with the columns of the built-in schema. Of the newer one, half
of a share of the rows has another cell, and half another key. Each comparison runs in a process of its own.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.watch import watch
from broadsheet.project import DESCRIPTOR
from broadsheet.schemas import Schema, arrow_schema, load_schemas

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 100_000
OF_AN_ARTICLE = 25
TABLE = "mentions"


def made(folder: Path, rows: int, share: float, other: bool) -> Path:
    """A package of so many rows; the `other` one differs in a share of them."""
    import pyarrow.parquet as pa_parquet

    schema = load_schemas()[TABLE]
    folder.mkdir(parents=True, exist_ok=True)
    with pa_parquet.ParquetWriter(folder / f"{TABLE}.parquet", arrow_schema(schema), compression="zstd") as writer:
        for batch in _batches(schema, rows, share if other else 0):
            writer.write_batch(batch)
    resource = {"name": TABLE, "path": f"{TABLE}.parquet", "format": "parquet", "schema": schema}
    content = {"name": "made-up", "version": "1.0.0", "resources": [resource]}
    (folder / DESCRIPTOR).write_text(json.dumps(content), "utf-8")
    return folder


def _batches(schema: Schema, rows: int, share: float) -> "Iterator[pa.RecordBatch]":
    import numpy as np
    import pyarrow as pa

    types = arrow_schema(schema)
    every = int(2 / share) if share else rows + 2
    for first in range(0, rows, BATCH):
        numbers = np.arange(first, min(rows, first + BATCH))
        changed, moved = ((numbers + 2) % every == place for place in (0, 1))
        starts = numbers % OF_AN_ARTICLE * 40 + np.where(moved, 1, 0)
        columns = _columns(numbers, starts, np.where(changed, 1, 0))
        arrays = [pa.array(columns[field.name], field.type) for field in types]
        yield pa.RecordBatch.from_arrays(arrays, schema=types)


def _columns(numbers: Any, starts: Any, changed: Any) -> dict[str, Any]:
    """The cells of the rows; texts are as long as those of real rows."""
    articles = [f"a{number * 0x9E3779B1:016x}" for number in (numbers // OF_AN_ARTICLE).tolist()]
    spans = [f"{article}.{start}-{start + 13}" for article, start in zip(articles, starts.tolist(), strict=True)]
    people = [f"person-{number % 5003}" for number in numbers.tolist()]
    count = len(articles)
    return {
        "mention_id": spans,
        "article_id": articles,
        "published": (numbers // 1000 % 9000).astype("datetime64[D]"),
        "passage_id": [f"{article}.0-998" for article in articles],
        "entity_id": [f"e-{person}" for person in people],
        "name": people,
        "type": ["PERSON"] * count,
        "start_char": starts,
        "end_char": starts + 13,
        "surface": people,
        "form": ["name"] * count,
        "claim_id": [None] * count,
        "claim_role": [None] * count,
        "extractor": ["rules"] * count,
        "confidence": 0.5 + changed / 4,
    }


def main() -> None:
    """Make the packages where they are not there yet, compare them, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="+")
    parser.add_argument("--share", type=float, default=0.01, help="share of the rows that differ")
    parser.add_argument("--work", type=Path, default=Path("build/bench/diff"))
    options = parser.parse_args()
    for rows in options.rows:
        folders = [options.work / f"{rows}-{share}" for share in (0, options.share)]
        for other, folder in enumerate(folders):
            if not (folder / DESCRIPTOR).exists():
                made(folder, rows, options.share, bool(other))
        command = [sys.executable, "-m", "broadsheet", "diff", *map(str, folders), "--format", "json"]
        seen = watch(command, ())
        speed = rows / seen.whole.cpu
        print(
            f"{rows:,} rows a side, {options.share:.0%} differ: {seen.whole.seconds:.1f} s, "
            f"{seen.whole.cpu:.1f} CPU s, {speed:,.0f} rows a side per CPU second, {seen.largest / 1e6:,.0f} MB"
        )


if __name__ == "__main__":
    main()
