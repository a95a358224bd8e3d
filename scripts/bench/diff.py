"""How much time and memory a comparison of two large packages takes: `python -m bench.diff 5000000`.

The packages have one table, mentions, with the columns of the built-in schema, as Parquet or (`--csv`) as CSV. The
newer one differs in a share of its rows, in one of the ways of HOW. Each comparison runs in a process of its own;
with `--runs` the medians are told.
"""

import argparse
import itertools
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
STRIDE = 1_000_003
"""A prime: the multiples of it, modulo the number of rows, are the rows in another order."""

HOW = {
    "half": "half of these rows have another cell, half another key",
    "cells": "each of these rows has another cell",
    "rows": "each of these rows has another cell in all columns that are no keys",
    "keys": "each of these rows has another key: it is gone, and another is new",
    "shuffled": "each of these rows has another cell, and all rows stand in another order",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a package is, in what share of its rows it differs from the first, and how."""

    rows: int
    share: float = 0.0
    how: str = "half"
    csv: bool = False

    @property
    def folder(self) -> str:
        """A name of its own for the package."""
        how = f"-{self.share}-{self.how}" if self.share else ""
        return f"{self.rows}{how}-{'csv' if self.csv else 'parquet'}"


def made(folder: Path, plan: Plan) -> Path:
    """The package, which is made where it is not there yet."""
    if not (folder / DESCRIPTOR).exists():
        folder.mkdir(parents=True, exist_ok=True)
        schema = load_schemas()[TABLE]
        form = "csv" if plan.csv else "parquet"
        with _writer(folder / f"{TABLE}.{form}", schema, plan.csv) as writer:
            for batch in _batches(schema, plan):
                writer.write_batch(batch)
        resource = {"name": TABLE, "path": f"{TABLE}.{form}", "format": form, "schema": schema}
        content = {"name": "made-up", "version": "1.0.0", "resources": [resource]}
        (folder / DESCRIPTOR).write_text(json.dumps(content), "utf-8")
    return folder


def _writer(path: Path, schema: Schema, csv: bool) -> Any:
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pa_parquet

    types = arrow_schema(schema)
    return pa_csv.CSVWriter(path, types) if csv else pa_parquet.ParquetWriter(path, types, compression="zstd")


def _batches(schema: Schema, plan: Plan) -> "Iterator[pa.RecordBatch]":
    import numpy as np
    import pyarrow as pa

    types = arrow_schema(schema)
    every = 1 / plan.share if plan.share else plan.rows + 1
    for first in range(0, plan.rows, BATCH):
        places = np.arange(first, min(plan.rows, first + BATCH))
        numbers = places * STRIDE % plan.rows if plan.how == "shuffled" else places
        picked = (numbers + 1) // every != numbers // every
        is_odd = (numbers // every).astype(int) % 2 == 1
        moved = picked & (is_odd if plan.how == "half" else plan.how == "keys")
        changed = (picked & ~moved).astype(int)
        starts = numbers % OF_AN_ARTICLE * 40 + moved
        columns = _columns(numbers, starts, changed, plan.how == "rows")
        arrays = [pa.array(columns[field.name], field.type) for field in types]
        yield pa.RecordBatch.from_arrays(arrays, schema=types)


def _columns(numbers: Any, starts: Any, changed: Any, wholly: bool) -> dict[str, Any]:
    """The cells of the rows, `changed` ones in the last column or wholly; texts are as long as those of real rows."""
    articles = [f"a{number * 0x9E3779B1:016x}" for number in (numbers // OF_AN_ARTICLE).tolist()]
    spans = [f"{article}.{start}-{start + 13}" for article, start in zip(articles, starts.tolist(), strict=True)]
    people = [f"person-{number % 5003}" for number in numbers.tolist()]
    count = len(articles)
    found = {
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
    return found | _other(found, changed) if wholly else found


def _other(columns: dict[str, Any], changed: Any) -> dict[str, Any]:
    """Other cells for the changed rows, but for the key and the confidence."""
    texts = {name: cells for name, cells in columns.items() if isinstance(cells, list) and name != "mention_id"}
    others = {
        name: [f"{cell}x" if one else cell for cell, one in zip(cells, changed, strict=True)]
        for name, cells in texts.items()
    }
    numbers = {name: columns[name] + changed for name in ("start_char", "end_char", "published")}
    return others | numbers


def compared(folders: Sequence[Path], options: Sequence[str] = ()) -> tuple[float, float, float]:
    """Seconds by the clock, CPU seconds, and the resident peak in bytes of one comparison."""
    command = [sys.executable, "-m", "broadsheet", "diff", *map(str, folders), "--format", "json", *options]
    seen = watch(command, ())
    return seen.whole.seconds, seen.whole.cpu, float(seen.largest)


def main() -> None:
    """Make the packages where they are not there yet, compare them, and print what that took."""
    how = "; ".join(f"{name}: {text}" for name, text in HOW.items())
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="+", help="rows of each side")
    parser.add_argument("--share", type=float, default=[0.01], nargs="+", help="shares of the rows that differ")
    parser.add_argument("--how", choices=HOW, default="half", help=how)
    parser.add_argument("--csv", action="store_true", help="packages of CSV files")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--work", type=Path, default=Path("build/bench/diff"))
    options = parser.parse_args()
    for rows, share in itertools.product(options.rows, options.share):
        plans = [Plan(rows, csv=options.csv), Plan(rows, share, options.how, options.csv)]
        folders = [made(options.work / plan.folder, plan) for plan in plans]
        runs = zip(*(compared(folders) for _ in range(options.runs)), strict=True)
        seconds, cpu, largest = (statistics.median(some) for some in runs)
        print(
            f"{rows:,} rows a side, {share:.0%} differ ({options.how}): {seconds:.1f} s, {cpu:.1f} CPU s, "
            f"{rows / cpu:,.0f} rows a side per CPU second, {largest / 1e6:,.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
