"""Packages of ill will, each of which must end as a clear finding: made in a folder, and said what is to be found."""

import json
import os
from collections.abc import Callable
from pathlib import Path

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
ID = {"name": "id", "type": "integer"}
TEXT = {"name": "id", "type": "string"}

Make = Callable[[Path], None]
CASES: dict[str, tuple[Make, set[str]]] = {}
"""Each package by name: how it is made, and the codes of which one must be found; none where it is only to end well."""


def case(*codes: str) -> Callable[[Make], Make]:
    def keep(make: Make) -> Make:
        CASES[make.__name__.replace("_", " ")] = (make, set(codes))
        return make

    return keep


def package(folder: Path, field=ID, data: bytes | None = b"id\n1\n", path="a.csv", **more) -> None:
    resource = {"name": "a", "path": path, "schema": {"fields": [field]}} | more
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": [resource]}))
    if data is not None:
        (folder / "a.csv").write_bytes(data)


def raw(folder: Path, descriptor: bytes) -> None:
    (folder / "datapackage.json").write_bytes(descriptor)
    (folder / "a.csv").write_bytes(b"id\n1\n")


# descriptors


@case("package-error")
def a_descriptor_of_brackets(folder):
    raw(folder, b"[" * (60 << 20))


@case("package-error")
def a_descriptor_of_empty_objects(folder):
    raw(folder, b'{"a":[' + b"{}," * (20 << 20) + b"{}]}")


@case("package-error")
def a_descriptor_without_end(folder):
    with (folder / "datapackage.json").open("wb") as file:
        file.truncate(8 << 30)


@case("package-error")
def a_text_of_sixty_megabytes_as_type(folder):
    package(folder, field={"name": "id", "type": "x" * (60 << 20)})


@case("package-error")
def a_descriptor_with_keys_that_stand_twice(folder):
    raw(folder, b'{"resources": [], "resources": [{"name": "a", "path": "a.csv"}]}')


@case("package-error")
def half_of_a_character_in_a_name(folder):
    raw(folder, b'{"$schema": "%s", "resources": [{"name": "a\\ud800", "path": "a.csv"}]}' % V2.encode())


@case("package-error")
def a_million_fields(folder):
    package(folder, schema={"fields": [{"name": f"f{number}"} for number in range(600_000)]})


@case("package-error")
def a_hundred_thousand_resources(folder):
    resources = [{"name": f"r{number}", "path": "a.csv"} for number in range(100_000)]
    raw(folder, json.dumps({"$schema": V2, "resources": resources}).encode())


@case("package-error")
def a_hundred_thousand_wrong_licenses(folder):
    raw(
        folder,
        json.dumps({"$schema": V2, "resources": [{"name": "a", "path": "a.csv"}], "licenses": [{}] * 100_000}).encode(),
    )


@case("scheme-error", "resource-error")
def ten_thousand_paths(folder):
    package(folder, path=[f"{number}.csv" for number in range(10_000)])


@case()
def a_name_that_a_terminal_would_obey(folder):
    package(folder, name="a\x1b[2J\r\n::error::x", field={"name": "\x1b]0;x\x07\u202e", "type": "integer"})


@case("package-error")
def a_descriptor_that_is_a_link(folder):
    (folder / "datapackage.json").symlink_to("/etc/passwd")


@case("package-error")
def a_descriptor_that_is_a_pipe(folder):
    os.mkfifo(folder / "datapackage.json")


# paths

PATHS = [
    "../a.csv",
    "/etc/passwd",
    "~/x",
    "C:\\x",
    "https://example.invalid/a.csv",
    "file:///etc/passwd",
    "",
    "a\0.csv",
    ".",
]
PATHS += ["x" * 5000, "x/" * 3000, "link/passwd", "pipe", "\udcff".encode("utf-8", "surrogatepass").decode("latin-1")]


@case("resource-error", "scheme-error")
def paths_that_lead_out(folder):
    (folder / "link").symlink_to("/etc")
    os.mkfifo(folder / "pipe")
    resources = [{"name": f"r{number}", "path": path, "schema": {"fields": [ID]}} for number, path in enumerate(PATHS)]
    raw(folder, json.dumps({"$schema": V2, "resources": resources}).encode())


@case("resource-error")
def a_device_behind_a_link(folder):
    package(folder, data=None)
    (folder / "a.csv").symlink_to("/dev/zero")


@case("scheme-error")
def data_that_are_a_pipe(folder):
    package(folder, data=None)
    os.mkfifo(folder / "a.csv")


@case("scheme-error", "resource-error")
def a_link_to_itself(folder):
    package(folder, data=None)
    (folder / "a.csv").symlink_to("a.csv")


# CSV


@case("source-error", "extra-cell", "type-error")
def a_line_without_end(folder):
    package(folder, data=b"id\n" + b"1" * (300 << 20))


@case("source-error", "extra-cell", "missing-cell", "type-error")
def a_quote_that_is_never_closed(folder):
    package(folder, data=b'id\n"' + b"1\n" * (100 << 20))


@case("source-error", "extra-label", "missing-label", "incorrect-label")
def a_header_without_end(folder):
    package(folder, data=b"id," * (50 << 20))


@case("source-error", "extra-cell")
def a_row_of_commas(folder):
    package(folder, data=b"id\n" + b"," * (100 << 20))


@case("source-error", "type-error", "constraint-error", "extra-cell")
def a_file_of_noughts(folder):
    package(folder, data=None)
    with (folder / "a.csv").open("wb") as file:
        file.truncate(4 << 30)


@case("source-error", "type-error")
def noughts_in_cells(folder):
    package(folder, data=b"id\n1\0\n\0\n2\n")


@case("encoding-error", "source-error")
def bytes_of_several_encodings(folder):
    package(folder, field=TEXT, data=b"id\n\xff\xfe\xc3(\n\xe2\x82\n" * 1000)


@case("encoding-error", "source-error")
def utf_16_as_utf_8(folder):
    package(folder, field=TEXT, data="id\nx\n".encode("utf-16"))


@case("type-error", "source-error", "encoding-error")
def a_declared_encoding_that_is_none(folder):
    package(folder, encoding="zlib_codec")


@case("source-error", "encoding-error")
def an_encoding_that_unpacks(folder):
    package(folder, encoding="bz2_codec")


@case()
def an_encoding_of_a_name_without_end(folder):
    package(folder, encoding="x" * 1_000_000)


DIALECTS = [
    {"delimiter": "\n"},
    {"delimiter": '"'},
    {"delimiter": "\0"},
    {"quoteChar": ","},
    {"lineTerminator": "x"},
    {"headerRows": [10**9]},
    {"headerRows": list(range(1, 5000))},
    {"commentRows": [1]},
    {"escapeChar": "\n"},
    {"commentChar": ""},
    {"delimiter": "\u20ac"},
    {"quoteChar": "\u20ac"},
    {"nullSequence": ""},
    {"header": False},
    {"headerJoin": "x" * 100000, "headerRows": [1, 2]},
    {"property": "x"},
    {"itemKeys": ["a"]},
    {"delimiter": ",,"},
    {"quoteChar": "\0"},
    {"escapeChar": '"'},
    {"skipInitialSpace": True},
    {"commentChar": "id"},
    {"delimiter": "\r"},
]


@case()
def every_odd_dialect(folder):
    (folder / "a.csv").write_bytes(b'id\n1\n"2"\n')
    resources = [
        {"name": f"r{number}", "path": "a.csv", "schema": {"fields": [ID]}, "dialect": dialect}
        for number, dialect in enumerate(DIALECTS)
    ]
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))


# constraints and formats

PATTERNS = [
    "^(a+)+$",
    "(a{1000}){1000}",
    "(" * 5000,
    "[" * 5000,
    "(?=a)",
    "\\p{L}{5000}",
    "a{99999999}",
    "|" * 100_000,
    "(a|a)*" * 1000,
]


@case("schema-error", "package-error")
def patterns_that_run_for_ever(folder):
    (folder / "a.csv").write_bytes(b"id\n" + b"a" * 100_000 + b"b\n")
    resources = [
        {"name": f"r{n}", "path": "a.csv", "schema": {"fields": [TEXT | {"constraints": {"pattern": pattern}}]}}
        for n, pattern in enumerate(PATTERNS)
    ]
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))


@case()
def many_large_patterns(folder):
    pattern = "(\\p{L}{3}[a-z]{40}){9}"
    fields = [{"name": f"f{n}", "type": "string", "constraints": {"pattern": f"{pattern}{n}"}} for n in range(500)]
    rows = [",".join(field["name"] for field in fields), ",".join(["a"] * 500)]
    package(folder, data="\n".join(rows).encode(), schema={"fields": fields})


FORMATS = [
    ("date", "%d%d"),
    ("date", "%"),
    ("date", "%Q"),
    ("date", "(" * 1000),
    ("datetime", "%Y%Y"),
    ("time", "%%%"),
    ("date", "any"),
    ("string", "x" * 1000),
    ("datetime", "any"),
    ("date", "%j %U"),
    ("time", "any"),
    ("date", "fmt:%s"),
    ("date", "\\"),
    ("date", "\x00"),
]


@case()
def every_odd_format(folder):
    (folder / "a.csv").write_bytes(b"id\n1 1\n1\n" + b"9" * 5000 + b"\n0-0-0T99999999999\n%d\n")
    resources = [
        {"name": f"r{n}", "path": "a.csv", "schema": {"fields": [{"name": "id", "type": kind, "format": form}]}}
        for n, (kind, form) in enumerate(FORMATS)
    ]
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))


TYPES = ["string", "integer", "number", "boolean", "object", "array", "list", "datetime", "date", "time", "year"]
TYPES += ["yearmonth", "duration", "geopoint", "geojson", "any"]
CELLS = [
    "9" * 5000,
    "1e999999999",
    "-" * 5000,
    "[" * 50_000,
    '{"a":' * 50_000,
    "NaN",
    "1" + "0" * 400,
    "999999999999-01-01T00:00:00Z",
]
CELLS += [
    "P" + "9" * 400 + "Y",
    "P99999999999999999Y",
    "99999999999999",
    "-9999999999999-01",
    "24:00:00",
    "nan, inf",
    "[1e999,2]",
    "\0",
    "\ufeff",
]
CELLS += [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:60Z",
    "١٢",
    "1_000",
    " 1",
    "1 ",
    "+",
    "0x1",
    "1e5",
    "∞",
    "INF",
    "-INF",
    "²",
]
CELLS += ['{"type":"GeometryCollection","geometries":[' * 900 + "]}" * 900]


@case("type-error", "integer-range")
def every_odd_cell_as_every_type(folder):
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in CELLS]
    (folder / "a.csv").write_text("\n".join(["id", *quoted]) + "\n", encoding="utf-8")
    resources = [
        {"name": kind, "path": "a.csv", "schema": {"fields": [{"name": "id", "type": kind}]}} for kind in TYPES
    ]
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}), encoding="utf-8")


VALUES = [
    None,
    True,
    -1,
    1e308,
    10**50,
    "",
    "x" * 100,
    [],
    [None],
    [[]],
    {},
    {"a": [1]},
    [1, "x", None, {}],
    "1,5",
    "\0",
]
CONSTRAINTS = ["required", "unique", "enum", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
CONSTRAINTS += ["minLength", "maxLength", "jsonSchema"]


@case("package-error")
def every_constraint_with_every_value(folder):
    (folder / "a.csv").write_bytes(b"id\n1\n[]\n")
    resources = []
    for kind in TYPES:
        for name in CONSTRAINTS:
            for value in VALUES:
                field = {"name": "id", "type": kind, "constraints": {name: value}}
                resources.append({"name": f"r{len(resources)}", "path": "a.csv", "schema": {"fields": [field]}})
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": resources}))


@case()
def properties_of_the_wrong_kind(folder):
    (folder / "a.csv").write_bytes(b"id\n1\n")
    names = (
        "dialect",
        "encoding",
        "format",
        "bytes",
        "hash",
        "rows",
        "compression",
        "data",
        "path",
        "schema",
        "mediatype",
        "profile",
    )
    inner = ("fields", "primaryKey", "uniqueKeys", "foreignKeys", "missingValues", "fieldsMatch")
    fields = (
        "format",
        "missingValues",
        "trueValues",
        "falseValues",
        "decimalChar",
        "groupChar",
        "bareNumber",
        "categories",
        "constraints",
        "type",
        "categoriesOrdered",
        "delimiter",
        "itemType",
    )
    resources = []
    for value in VALUES:
        resources += [{"path": "a.csv", "schema": {"fields": [ID]}, name: value} for name in names]
        resources += [{"path": "a.csv", "schema": {"fields": [ID], name: value}} for name in inner]
        made = [{"name": "id", "type": kind, name: value} for name in fields for kind in TYPES]
        resources += [{"path": "a.csv", "schema": {"fields": [field]}} for field in made]
    named = [resource | {"name": f"r{n}"} for n, resource in enumerate(resources)]
    (folder / "datapackage.json").write_text(json.dumps({"$schema": V2, "resources": named}))


@case()
def a_list_of_sums_without_end(folder):
    package(folder)
    with (folder / "SHA256SUMS").open("wb") as file:
        file.truncate(8 << 30)


@case()
def a_schema_of_references_that_double(folder):
    names = {f"a{n}": {"allOf": [{"$ref": f"#/definitions/a{n + 1}"}] * 2} for n in range(40)}
    schema = {"$ref": "#/definitions/a0", "definitions": names | {"a40": {"type": "object"}}}
    field = {"name": "id", "type": "object", "constraints": {"jsonSchema": schema}}
    package(folder, field=field, data=b"id\n{}\n")


# JSON


@case("source-error", "type-error")
def half_of_a_character_in_json_cells(folder):
    package(folder, field={"name": "id", "type": "object"}, data=b'id\n"{""a"": ""\\ud800""}"\n"[""\\udfff""]"\n')


@case("source-error", "type-error")
def half_of_a_character_in_a_json_table(folder):
    package(folder, field=TEXT, path="a.json", data=None)
    (folder / "a.json").write_bytes(b'[["id"], ["\\ud800"]]')


@case("source-error")
def a_json_table_of_empty_rows(folder):
    package(folder, path="a.json", data=None)
    (folder / "a.json").write_bytes(b"[" + b"[]," * (60 << 20) + b"[]]")


@case("source-error")
def a_json_table_of_great_depth(folder):
    package(folder, path="a.json", data=None)
    (folder / "a.json").write_bytes(b"[" * 1_000_000)


@case("type-error", "source-error", "integer-range")
def rows_of_thirty_megabytes(folder):
    package(folder, data=b"id\n" + (b"1" * (30 << 20) + b"\n") * 12)


# Parquet


def parquet_package(folder: Path, kind="string", **more) -> Path:
    package(folder, field={"name": "id", "type": kind}, path="a.parquet", data=None, **more)
    return folder / "a.parquet"


@case("source-error")
def one_value_of_a_dictionary_in_every_row(folder):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    values = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array(["x" * (1 << 20)]))
    parquet.write_table(pa.table({"id": values}), parquet_package(folder), compression="zstd", store_schema=False)


@case()
def one_value_of_a_dictionary_in_many_rows(folder):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    values = pa.DictionaryArray.from_arrays(pa.array([0] * 5_000, pa.int32()), pa.array(["x" * (1 << 20)]))
    parquet.write_table(pa.table({"id": values}), parquet_package(folder), compression="zstd", store_schema=False)


@case("source-error")
def a_page_that_unpacks_to_a_gigabyte(folder):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    schema = pa.schema([("id", pa.string())])
    options = {"use_dictionary": False, "data_page_size": 2**31 - 1, "write_batch_size": 10_000}
    with parquet.ParquetWriter(parquet_package(folder), schema, compression="zstd", **options) as writer:
        writer.write_table(pa.table({"id": ["x" * (1 << 20)] * 200}))


@case()
def values_that_share_their_beginnings(folder):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    table = pa.table({"id": ["x" * (1 << 20)] * 500})
    encoding = {"id": "DELTA_BYTE_ARRAY"}
    parquet.write_table(table, parquet_package(folder), use_dictionary=False, column_encoding=encoding)


@case("source-error", "type-error")
def structs_of_great_depth(folder):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    nested = pa.int64()
    for _ in range(300):
        nested = pa.struct([("a", nested)])
    parquet.write_table(pa.table({"id": pa.array([None], nested)}), parquet_package(folder), store_schema=False)


@case("source-error")
def a_footer_that_claims_to_be_long(folder):
    parquet_package(folder).write_bytes(b"PAR1" + bytes(100) + (2**31).to_bytes(4, "little") + b"PAR1")


@case("source-error")
def a_parquet_file_that_is_a_csv(folder):
    parquet_package(folder).write_bytes(b"id\n1\n")


@case("source-error")
def a_parquet_file_that_is_empty(folder):
    parquet_package(folder).write_bytes(b"")


LARGE = {
    "a descriptor of brackets",
    "a descriptor of empty objects",
    "a text of sixty megabytes as type",
    "a million fields",
    "a hundred thousand wrong licenses",
    "a line without end",
    "a quote that is never closed",
    "a header without end",
    "a row of commas",
    "a file of noughts",
    "a json table of empty rows",
    "rows of thirty megabytes",
    "many large patterns",
    "ten thousand paths",
    "one value of a dictionary in many rows",
    "a page that unpacks to a gigabyte",
    "values that share their beginnings",
    "every constraint with every value",
    "properties of the wrong kind",
    "a schema of references that double",
}
"""Those that take seconds, each."""
