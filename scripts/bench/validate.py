"""How fast packages are validated: `python -m bench.validate ROWS FOLDER [--sides N]`, in `scripts/`.

Makes a package of `ROWS` rows and ten columns with every kind of rule (types, constraints, a primary, a unique and two
foreign keys, hashes), as CSV and as Parquet, in FOLDER, unless it is there. Prints JSON: CPU seconds, rows a CPU second
and peak memory in MB of `broadsheet validate` with all rules and with the conditions of the fields alone, of a bare
polars scan with these, of that and the keys as polars states them, and of frictionless on the first 100,000 rows. Each
runs in a process of its own, in turn, `N` times (3); the medians are printed.
"""

import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

BATCH = 500_000
COUNTRIES = [f"{first}{second}X" for first in "ABCDEFG" for second in "ABCDEFG"]
FEW = 100_000
"""Rows that frictionless reads: it needs minutes for a million."""

FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "integer", "constraints": {"required": True, "minimum": 1}},
    {"name": "code", "type": "string", "constraints": {"pattern": "[A-Z][0-9]{8}"}},
    {"name": "name", "type": "string", "constraints": {"minLength": 3, "maxLength": 40}},
    {"name": "amount", "type": "number", "constraints": {"minimum": 0, "maximum": 1_000_000}},
    {"name": "share", "type": "number"},
    {"name": "flag", "type": "boolean"},
    {"name": "day", "type": "date", "constraints": {"minimum": "1990-01-01"}},
    {"name": "country", "type": "string", "constraints": {"enum": COUNTRIES}},
    {"name": "parent", "type": "integer"},
    {"name": "body", "type": "integer"},
]
KEYS: dict[str, Any] = {
    "primaryKey": "id",
    "uniqueKeys": [["code"]],
    "foreignKeys": [
        {"fields": "parent", "reference": {"resource": "", "fields": "id"}},
        {"fields": "body", "reference": {"resource": "bodies", "fields": "id"}},
    ],
}
BODIES = 1_000


def made(first: int, rows: int) -> "pa.Table":
    """Rows `first` and following."""
    import numpy as np
    import pyarrow as pa

    rng = np.random.default_rng(first)
    ids = np.arange(first, first + rows)
    days = np.datetime64("1990-01-01") + rng.integers(0, 12_000, rows)
    columns = {
        "id": pa.array(ids),
        "code": pa.array([f"K{number:08d}" for number in ids.tolist()]),
        "name": pa.array([f"name of {number % 99_991}" for number in ids.tolist()]),
        "amount": pa.array(np.round(rng.random(rows) * 1_000_000, 2)),
        "share": pa.array(rng.random(rows).round(6), mask=rng.random(rows) < 0.1),
        "flag": pa.array(rng.random(rows) < 0.5),
        "day": pa.array(days.astype("datetime64[D]")),
        "country": pa.array(np.array(COUNTRIES)[rng.integers(0, len(COUNTRIES), rows)]),
        "parent": pa.array(rng.integers(1, first + rows, rows), mask=rng.random(rows) < 0.2),
        "body": pa.array(rng.integers(1, BODIES + 1, rows)),
    }
    return pa.table(columns)


def batches(rows: int) -> Iterator["pa.Table"]:
    """All rows, in batches."""
    for first in range(1, rows + 1, BATCH):
        yield made(first, min(BATCH, rows + 1 - first))


def make(rows: int, folder: Path) -> None:
    """Write the package twice, `csv/` and `parquet/`, and the first rows as `few/`."""
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pa_parquet

    for name in ("csv", "parquet", "few"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "bodies.csv").write_text("id\n" + "\n".join(map(str, range(1, BODIES + 1))) + "\n")
    schema = made(1, 1).schema
    options = pa_csv.WriteOptions(quoting_style="needed")
    with (
        pa_csv.CSVWriter(folder / "csv" / "rows.csv", schema, write_options=options) as csv,
        pa_parquet.ParquetWriter(folder / "parquet" / "rows.parquet", schema) as parquet,
    ):
        for table in batches(rows):
            csv.write_table(table)
            parquet.write_table(table)
    few = made(1, min(FEW, rows))
    pa_csv.write_csv(few, folder / "few" / "rows.csv", options)
    for name in ("csv", "parquet", "few"):
        describe(folder / name)


def describe(folder: Path) -> None:
    """Write the descriptor of a folder's two files, and one that only states the conditions of the fields."""
    (file,) = [path for path in folder.iterdir() if path.name.startswith("rows.")]
    content = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bench",
        "resources": [
            resource_of(file, "rows", {"fields": FIELDS, **KEYS}),
            resource_of(folder / "bodies.csv", "bodies", {"fields": [{"name": "id", "type": "integer"}]}),
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps(content))
    plain = {
        "name": "rows",
        "type": "table",
        "path": file.name,
        "format": file.suffix[1:],
        "schema": {"fields": FIELDS},
    }
    (folder / "conditions.json").write_text(json.dumps(content | {"resources": [plain]}))


def resource_of(file: Path, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A resource with its bytes and hash."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stated = {"bytes": file.stat().st_size, "hash": f"sha256:{digest}", "schema": schema}
    return {"name": name, "type": "table", "path": file.name, "format": file.suffix[1:], **stated}


def ours(package: Path) -> None:
    """Validate a package."""
    from broadsheet.validate import validate_path

    report = validate_path(package)
    assert report.ok, report.as_text()


def conditions(package: Path) -> None:
    """Validate the conditions of the fields alone."""
    ours(package / "conditions.json")


def frictionless(package: Path) -> None:
    """Validate a package with frictionless."""
    from frictionless import validate

    report = validate(package / "datapackage.json")
    assert report.valid, report.to_summary()


def bare_with_keys(package: Path) -> None:
    """The conditions of the fields by one scan with polars, then the keys as it states them."""
    import polars as pl

    bare(package)
    rows, bodies = _rows(package), pl.scan_csv(package / "bodies.csv")
    counts = rows.select(pl.len(), pl.col("id").n_unique().alias("ids"), pl.col("code").n_unique().alias("codes"))
    assert len(set(counts.collect(engine="streaming").row(0))) == 1
    for column, target in (("parent", rows.select("id")), ("body", bodies.select("id"))):
        refers = rows.select(column).drop_nulls()
        lost = refers.join(target, left_on=column, right_on="id", how="anti").select(pl.len())
        assert lost.collect(engine="streaming").item() == 0


def _rows(package: Path) -> "pl.LazyFrame":
    """The table, with its types."""
    import polars as pl

    types = {"integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date, "string": pl.String}
    csv = package / "rows.csv"
    if not csv.exists():
        return pl.scan_parquet(package / "rows.parquet")
    return pl.scan_csv(csv, schema={field["name"]: types[field["type"]] for field in FIELDS})


def bare(package: Path) -> None:
    """The conditions of the fields, and nothing else, by one scan with polars."""
    import polars as pl

    col = pl.col
    conditions = [
        col("id").is_not_null() & (col("id") >= 1),
        col("code").str.contains("^(?:[A-Z][0-9]{8})$"),
        (col("name").str.len_chars() >= 3) & (col("name").str.len_chars() <= 40),
        (col("amount") >= 0) & (col("amount") <= 1_000_000),
        col("day") >= pl.date(1990, 1, 1),
        col("country").is_in(COUNTRIES),
        *(col(name).is_null() | col(name).is_not_null() for name in ("share", "flag", "parent", "body")),
    ]
    broken = _rows(package).select((~holds).sum().alias(str(at)) for at, holds in enumerate(conditions))
    assert broken.collect(engine="streaming").sum_horizontal().item() == 0


SIDES: dict[str, tuple[Callable[[Path], None], str]] = {
    "csv": (ours, "csv"),
    "csv_conditions": (conditions, "csv"),
    "csv_bare_polars": (bare, "csv"),
    "csv_polars_with_keys": (bare_with_keys, "csv"),
    "parquet": (ours, "parquet"),
    "parquet_conditions": (conditions, "parquet"),
    "parquet_bare_polars": (bare, "parquet"),
    "parquet_polars_with_keys": (bare_with_keys, "parquet"),
    "few_csv": (ours, "few"),
    "frictionless": (frictionless, "few"),
}


def measured(side: str, folder: Path) -> tuple[float, int]:
    """CPU seconds and peak memory in MB of one run in a process of its own."""
    command = [sys.executable, "-m", "bench.validate", "--run", side, str(folder)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found["cpu_s"], found["peak_mb"]


def run(side: str, folder: Path) -> None:
    """One side, in this process."""
    call, name = SIDES[side]
    call(folder / name)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"cpu_s": used.ru_utime + used.ru_stime, "peak_mb": peak_mb()}))


def peak_mb() -> int:
    """Most memory that this process has had, in MB."""
    (peak,) = (line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    return int(peak) // 1024


def main() -> None:
    """Make, measure and print."""
    if sys.argv[1] == "--run":
        run(sys.argv[2], Path(sys.argv[3]))
        return
    rows, folder = int(sys.argv[1]), Path(sys.argv[2])
    times = int(sys.argv[4]) if sys.argv[3:4] == ["--sides"] else 3
    if not (folder / "few" / "conditions.json").exists():
        make(rows, folder)
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    taken: dict[str, list[tuple[float, int]]] = {side: [] for side in SIDES}
    for _ in range(times):
        for side, runs in taken.items():
            runs.append(measured(side, folder))
    for side, runs in taken.items():
        cpu, peak = statistics.median(run[0] for run in runs), max(run[1] for run in runs)
        number = min(FEW, rows) if SIDES[side][1] == "few" else rows
        print(
            json.dumps({"side": side, "cpu_s": round(cpu, 2), "rows_per_cpu_s": round(number / cpu), "peak_mb": peak})
        )


if __name__ == "__main__":
    main()
