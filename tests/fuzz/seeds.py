"""Small valid packages that mutations begin with: each is made in a folder, and has a path to be validated."""

import bz2
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"

PEOPLE = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "minimum": 1}},
        {"name": "name", "type": "string", "constraints": {"pattern": "[A-Z][a-z]+", "maxLength": 20}},
        {"name": "born", "type": "date"},
        {"name": "score", "type": "number", "decimalChar": ",", "groupChar": "."},
        {"name": "friend", "type": "integer"},
        {"name": "tags", "type": "list", "itemType": "string"},
    ],
    "primaryKey": ["id"],
    "uniqueKeys": [["name"]],
    "foreignKeys": [{"fields": ["friend"], "reference": {"fields": ["id"]}}],
    "missingValues": ["", "-"],
}
PEOPLE_CSV = 'id,name,born,score,friend,tags\n1,Anna,2001-02-03,"1.000,5",2,"a,b"\n2,Ben,-,"0,5",1,\n'

KINDS = "string integer number boolean object array datetime date time year yearmonth duration geopoint geojson any"
VALUES = {
    "string": "x", "integer": "1", "number": "1.5", "boolean": "true", "object": '{"a": [1]}', "array": "[1, 2]",
    "datetime": "2020-01-02T03:04:05Z", "date": "2020-01-02", "time": "03:04:05", "year": "2020",
    "yearmonth": "2020-01",
    "duration": "P1Y2M", "geopoint": "1.5, 2.5", "geojson": '{"type": "Point", "coordinates": [1, 2]}', "any": "x",
}  # fmt: skip
EVERY = {"fields": [{"name": kind, "type": kind} for kind in KINDS.split()]}


def described(folder: Path, *resources: dict, **more) -> Path:
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": list(resources)} | more))
    return folder


def csv(folder: Path) -> Path:
    (folder / "people.csv").write_text(PEOPLE_CSV)
    return described(folder, {"name": "people", "path": "people.csv", "schema": PEOPLE, "bytes": len(PEOPLE_CSV)})


def every_type(folder: Path) -> Path:
    row = ['"' + VALUES[kind].replace('"', '""') + '"' for kind in KINDS.split()]
    (folder / "all.csv").write_text("\n".join([",".join(KINDS.split()), ",".join(row)]) + "\n")
    return described(folder, {"name": "all", "path": "all.csv", "schema": EVERY})


def dialect(folder: Path) -> Path:
    (folder / "odd.csv").write_text("# made up\nid|name\n1|'a|b'\n2|c\n")
    told = {"delimiter": "|", "quoteChar": "'", "commentChar": "#", "doubleQuote": True}
    fields = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]
    return described(folder, {"name": "odd", "path": "odd.csv", "dialect": told, "schema": {"fields": fields}})


def inline(folder: Path) -> Path:
    fields = [{"name": "id", "type": "integer"}, {"name": "at", "type": "geopoint", "format": "object"}]
    data = [{"id": 1, "at": {"lon": 1, "lat": 2}}, {"id": 2, "at": None}]
    return described(folder, {"name": "inline", "data": data, "schema": {"fields": fields}})


def version_1(folder: Path) -> Path:
    (folder / "a.csv").write_text("id\n1\n")
    (folder / "schema.json").write_text(json.dumps({"fields": [{"name": "id", "type": "integer"}]}))
    resource = {"name": "a", "path": ["a.csv"], "schema": "schema.json", "profile": "tabular-data-resource"}
    (folder / "datapackage.json").write_text(json.dumps({"profile": "tabular-data-package", "resources": [resource]}))
    return folder


def parquet(folder: Path) -> Path:
    import datetime

    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

    rows = [
        {"id": n, "name": f"Anna{'x' * n}", "born": datetime.date(2001, 2, 3), "tags": ["a"] * n} for n in range(50)
    ]
    pa_parquet.write_table(pa.Table.from_pylist(rows), folder / "people.parquet", row_group_size=20)
    kinds = {"id": "integer", "name": "string", "born": "date", "tags": "array"}
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    return described(
        folder, {"name": "people", "path": "people.parquet", "schema": {"fields": fields, "primaryKey": "id"}}
    )


def plain_parquet(folder: Path) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

    table = pa.table({"id": list(range(30)), "name": [f"n{n}" for n in range(30)]})
    encodings = {"id": "DELTA_BINARY_PACKED", "name": "DELTA_BYTE_ARRAY"}
    pa_parquet.write_table(
        table,
        folder / "a.parquet",
        use_dictionary=False,
        column_encoding=encodings,
        data_page_version="2.0",
        compression="zstd",
    )
    fields = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]
    return described(folder, {"name": "a", "path": "a.parquet", "schema": {"fields": fields}})


def packed(folder: Path) -> Path:
    inner = folder / "inner"
    inner.mkdir()
    csv(inner)
    with zipfile.ZipFile(folder / "package.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(inner.iterdir()):
            archive.write(path, path.name)
            path.unlink()
    inner.rmdir()
    return folder / "package.zip"


def packed_tables(folder: Path) -> Path:
    looking = {"type": "string", "constraints": {"pattern": "(?!x)[A-Z][a-z]+"}}
    number = {"type": "number", "constraints": {"maximum": 10**18}}
    fields = [{"name": "id", **number}, {"name": "name", **looking}]
    (folder / "a.csv.gz").write_bytes(gzip.compress(b"id,name\n1,Anna\n2.50,Ben\n", mtime=0))
    (folder / "b.csv.bz2").write_bytes(bz2.compress(b"id;name\n1;Anna\n"))
    with zipfile.ZipFile(folder / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.csv", "id,name\n9007199254740993,Anna\n")
    refers = {"fields": "id", "reference": {"resource": "free", "fields": "id"}}
    (folder / "free.csv").write_text("id\n1\n2.5\n")
    return described(
        folder,
        {"name": "a", "path": "a.csv.gz", "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": [refers]}},
        {"name": "b", "path": "b.csv.bz2", "schema": {"fields": fields}, "dialect": {"csv": {"delimiter": ";"}}},
        {"name": "c", "path": "c.zip", "schema": {"fields": fields, "uniqueKeys": [["id"]]}},
        {"name": "free", "path": "free.csv"},
    )


def lines_of_json(folder: Path) -> Path:
    (folder / "a.jsonl").write_text('{"id": 1, "tags": [1.0, "x"]}\n{"tags": null, "id": 2.0}\n')
    fields = [{"name": "id", "type": "integer"}, {"name": "tags", "type": "array"}]
    return described(folder, {"name": "a", "path": "./a.jsonl", "schema": {"fields": fields}})


def nested_parquet(folder: Path) -> Path:
    import datetime
    from decimal import Decimal

    import pyarrow as pa
    import pyarrow.parquet as pa_parquet

    day, kind = datetime.date(2001, 2, 3), pa.decimal256(60, 2)
    columns = {"id": [Decimal(n) for n in range(9)], "at": [{"day": day, "raw": b"x"}] * 9, "days": [[day, None]] * 9}
    table = pa.table(
        columns | {"wide": pa.array([Decimal("1.5")] * 9, kind), "json": pa.array(["[1]"] * 9, pa.json_())}
    )
    pa_parquet.write_table(table, folder / "a.parquet")
    kinds = {"id": "integer", "at": "object", "days": "list", "wide": "number", "json": "array"}
    fields = [{"name": name, "type": kind, "itemType": "date"} for name, kind in kinds.items()]
    return described(folder, {"name": "a", "path": "a.parquet", "schema": {"fields": fields, "primaryKey": "id"}})


def data_file(folder: Path) -> Path:
    (folder / "people.csv").write_text(PEOPLE_CSV)
    (folder / "people.schema.json").write_text(json.dumps(PEOPLE))
    return folder / "people.csv"


SEEDS: tuple[Callable[[Path], Path], ...] = (
    *(csv, every_type, dialect, inline, version_1, parquet, plain_parquet, packed, data_file),
    *(packed_tables, lines_of_json, nested_parquet),
)
