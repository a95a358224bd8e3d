"""Keys larger than most: `python -m bench.keys VALUES FOLDER`, in `scripts/`.

Makes a package of two Parquet tables, one with `VALUES` values of a primary key, one with as many that refer to them,
in FOLDER, unless it is there, and validates it. Prints JSON: CPU seconds, and the peak memory of the process in MB.
"""

import json
import sys
import time
from pathlib import Path

from bench.validate import peak_mb, resource_of
from broadsheet.validate import validate_path

BATCH = 1_000_000


def make(values: int, folder: Path) -> None:
    """Write the package."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    schema = pa.schema([("id", pa.int64())])
    with (
        pa_parquet.ParquetWriter(folder / "there.parquet", schema) as there,
        pa_parquet.ParquetWriter(folder / "refers.parquet", schema) as refers,
    ):
        for first in range(0, values, BATCH):
            rows = min(BATCH, values - first)
            there.write_table(pa.table({"id": pa.array(np.arange(first, first + rows) * 7_919 % (1 << 61))}))
            refers.write_table(pa.table({"id": pa.array(rng.integers(0, values, rows) * 7_919 % (1 << 61))}))
    fields = {"fields": [{"name": "id", "type": "integer"}]}
    key = {"fields": "id", "reference": {"resource": "there", "fields": "id"}}
    content = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "keys",
        "resources": [
            resource_of(folder / "there.parquet", "there", {**fields, "primaryKey": "id"}),
            resource_of(folder / "refers.parquet", "refers", {**fields, "foreignKeys": [key]}),
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps(content))


def main() -> None:
    """Make, validate and print."""
    values, folder = int(sys.argv[1]), Path(sys.argv[2])
    if not (folder / "datapackage.json").exists():
        make(values, folder)
    start = time.process_time()
    report = validate_path(folder)
    assert report.ok, report.as_text()
    print(json.dumps({"values": values, "cpu_s": round(time.process_time() - start, 1), "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
