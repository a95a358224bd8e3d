"""Tables of the sample package as every engine gives them, and what is refused."""

import datetime as dt
import json
import shutil
import subprocess
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet
import pytest

import broadsheet
from broadsheet.errors import IntegrityError, ReadError, UsageError

TABLES = ("articles", "entities", "claims", "dates", "mentions", "passages", "claim_spans", "figures", "raw_records")


@pytest.fixture
def package(sample_package, tmp_path):
    """A copy of the sample package that a test may change."""
    return shutil.copytree(sample_package, tmp_path / "package")


def edited(path, change):
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def plain(value):
    """A pandas cell as Python: missing is None, a time stamp at midnight its day."""
    import pandas as pd

    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, pd.Timestamp):
        assert value == value.normalize()
        return value.date()
    return value


def cells(engine, frame):
    """All columns of a frame as lists of Python values."""
    match engine:
        case "pandas":
            return {name: [plain(value) for value in frame[name].tolist()] for name in frame.columns}
        case "polars":
            return frame.to_dict(as_series=False)
        case "pyarrow":
            return frame.to_pydict()
        case "duckdb":
            return {
                name: list(column)
                for name, column in zip(frame.columns, zip(*frame.fetchall(), strict=True), strict=True)
            }


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow", "duckdb"])
def test_every_engine_gives_the_cells_of_the_file(sample_package, engine, table):
    found = cells(engine, broadsheet.load(sample_package, table, engine=engine))
    expected = parquet.read_table(sample_package / "parquet" / f"{table}.parquet").to_pydict()
    assert found == expected


@pytest.mark.parametrize("table", TABLES)
def test_a_package_with_csv_alone_gives_the_same_cells(package, table):
    expected = parquet.read_table(package / "parquet" / f"{table}.parquet").to_pydict()
    shutil.rmtree(package / "parquet")
    found = broadsheet.load(package, table, engine="pyarrow")
    assert found.to_pydict() == expected
    picked = broadsheet.load(package, table, engine="pyarrow", columns=found.column_names[-1:], filters=[])
    assert picked.to_pydict() == {found.column_names[-1]: expected[found.column_names[-1]]}


def test_a_package_with_csv_alone_is_filtered(package):
    shutil.rmtree(package / "parquet")
    found = broadsheet.load(package, "claims", columns=["claim_id"], filters=[("kind", "==", "direct")])
    claims = broadsheet.load(package, "claims")
    assert found["claim_id"].tolist() == claims.loc[claims["kind"] == "direct", "claim_id"].tolist()
    assert 0 < len(found) < len(claims)


def test_pandas_types_follow_the_schema(sample_package):
    types = broadsheet.load(sample_package, "claims").dtypes
    for name, expected in {
        "claim_id": "string",
        "published": "datetime64[s]",
        "start_char": "Int64",
        "negated": "boolean",
        "confidence": "Float64",
        "kind": "category",
    }.items():
        assert types[name] == expected, name
    assert types["kind"].categories.tolist() == ["direct", "indirect", "mixed", "statement"]
    assert not types["kind"].ordered


def test_polars_types_follow_the_schema(sample_package):
    import polars as pl

    types = broadsheet.load(sample_package, "claims", engine="polars").schema
    assert types["kind"] == pl.Enum(["direct", "indirect", "mixed", "statement"])
    assert (types["published"], types["start_char"], types["negated"]) == (pl.Date, pl.Int64, pl.Boolean)


def test_categories_are_ordered_where_the_schema_says_so(package):
    def order(content):
        field = next(item for item in content["resources"][2]["schema"]["fields"] if item["name"] == "kind")
        field |= {"categories": ["statement", "mixed", "indirect", "direct"], "categoriesOrdered": True}

    edited(package / "datapackage.json", order)
    kinds = broadsheet.load(package, "claims")["kind"]
    assert kinds.cat.ordered
    assert (kinds.min(), kinds.max()) == ("statement", "direct")


def changed_table(package, table, rows, types):
    """Put other rows into the Parquet file of a table; nothing else is changed."""
    parquet.write_table(pa.table(rows, schema=types), package / "parquet" / f"{table}.parquet")


def test_the_word_na_is_a_word_and_years_before_1677_are_dates(package):
    types = broadsheet.load(package, "entities", engine="pyarrow").schema
    empty = {name: [None] for name in types.names}
    row = empty | {"entity_id": ["e-na"], "name": ["NA"], "type": ["ORG"], "first_published": [dt.date(1, 1, 1)]}
    changed_table(package, "entities", row, types)
    for engine in ("pandas", "polars", "duckdb"):
        found = cells(engine, broadsheet.load(package, "entities", engine=engine, verify=False))
        assert found == {name: list(column) for name, column in row.items()}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_keeps_its_types(package, table):
    full = broadsheet.load(package, table)
    types = broadsheet.load(package, table, engine="pyarrow").schema
    changed_table(package, table, {name: [] for name in types.names}, types)
    empty = broadsheet.load(package, table, verify=False)
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


CLAIMS = [
    ([("kind", "==", "direct")], lambda row: row["kind"] == "direct"),
    (
        [("kind", "in", ["direct", "mixed"]), ("negated", "==", False)],
        lambda r: r["kind"] in "direct mixed" and not r["negated"],
    ),
    ([("source_name", "!=", "Ahmad Massoud")], lambda row: row["source_name"] not in (None, "Ahmad Massoud")),
    ([("source_form", "not in", ("outlet", "named"))], lambda row: row["source_form"] not in ("outlet", "named")),
    (
        [("event_earliest", "not in", [dt.date(2021, 8, 15)])],
        lambda r: r["event_earliest"] not in (None, dt.date(2021, 8, 15)),
    ),
    (
        [("published", ">=", "2021-09-01")],
        lambda r: r["published"] is not None and r["published"] >= dt.date(2021, 9, 1),
    ),
    ([("confidence", "<", 1)], lambda row: row["confidence"] is not None and row["confidence"] < 1),
    (pc.field("start_char") > 500, lambda row: row["start_char"] > 500),
    (pc.field("source_name").is_null(), lambda row: row["source_name"] is None),
]


@pytest.mark.parametrize(("filters", "holds"), CLAIMS, ids=[str(item[0]) for item in CLAIMS])
@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_filters_let_exactly_the_rows_pass_that_they_describe(sample_package, engine, filters, holds):
    rows = parquet.read_table(sample_package / "parquet" / "claims.parquet").to_pylist()
    expected = [row["claim_id"] for row in rows if holds(row)]
    found = broadsheet.load(sample_package, "claims", engine=engine, columns=["claim_id"], filters=filters)
    assert cells(engine, found) == {"claim_id": expected}
    assert 0 < len(expected) < len(rows)


def test_numbers_of_numpy_filter_as_those_of_python_do(sample_package):
    import numpy as np

    found = [
        broadsheet.load(sample_package, "claims", filters=[("start_char", "<", number)])["claim_id"].tolist()
        for number in (500, np.int64(500))
    ]
    assert found[0] == found[1] != []


def test_columns_come_in_the_order_in_which_they_are_named(sample_package):
    found = broadsheet.load(sample_package, "claims", columns=["rule", "claim_id"])
    assert list(found.columns) == ["rule", "claim_id"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"table": "clams"}, "did you mean 'claims'"),
        ({"engine": "pandsa"}, "did you mean 'pandas'"),
        ({"columns": ["knid"]}, "did you mean 'kind'"),
        ({"columns": "kind"}, "columns is 'kind'"),
        ({"columns": []}, "columns is"),
        ({"columns": ["kind", "kind"]}, "twice"),
        ({"filters": [("knid", "==", "direct")]}, "did you mean 'kind'"),
        ({"filters": [("kind", "=>", "direct")]}, "no operator '=>'"),
        ({"filters": [("kind", "==", "driect")]}, "one of direct, indirect, mixed, statement"),
        ({"filters": [("kind", "==", None)]}, "None"),
        ({"filters": [("kind", "in", "direct")]}, "in"),
        ({"filters": [("start_char", "==", "12")]}, "is of type integer"),
        ({"filters": [("start_char", "==", True)]}, "is of type integer"),
        ({"filters": [("start_char", "==", 2**70)]}, "start_char"),
        ({"filters": [("published", ">", "yesterday")]}, "'yesterday' is none"),
        ({"filters": [("published", ">", dt.datetime(2021, 9, 1, 12))]}, "time of day"),
        ({"filters": "kind == 'direct'"}, "filters is"),
        ({"filters": ("kind", "==", "direct")}, "no condition"),
        ({"filters": pc.field("knid") == "direct"}, "does not fit"),
        ({"filters": pc.field("start_char") == "x"}, "does not fit"),
        ({"table": None, "columns": ["kind"]}, "of one table"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_for_is_said_to_be_so(sample_package, options, message):
    with pytest.raises(UsageError, match=message):
        broadsheet.load(sample_package, **{"table": "claims", **options})


def test_the_descriptor_names_the_package_as_well_as_its_folder(sample_package):
    for where in (str(sample_package), sample_package / "datapackage.json", sample_package / "parquet"):
        assert broadsheet.load(where).tables == list(TABLES)


@pytest.mark.parametrize("where", ["sample@1", "sample"])
def test_a_name_of_which_nobody_knows_the_registry_is_told_from_a_missing_folder(where, tmp_path, monkeypatch):
    monkeypatch.delenv("BROADSHEET_REGISTRY", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="sample: is no folder here, and no registry is named"):
        broadsheet.load(where)


def test_a_folder_without_a_descriptor_is_no_package(tmp_path):
    with pytest.raises(ReadError, match=r"has no datapackage\.json"):
        broadsheet.load(tmp_path)
    with pytest.raises(ReadError, match="does not exist"):
        broadsheet.load(tmp_path / "nothing")


def test_bytes_that_are_not_what_the_hash_says_are_refused_unless_told(package):
    file = package / "parquet" / "claims.parquet"
    changed_table(
        package, "claims", broadsheet.load(package, "claims", engine="pyarrow").to_pydict(), parquet.read_schema(file)
    )
    with pytest.raises(IntegrityError, match=r"claims\.parquet: has sha256"):
        broadsheet.load(package, "claims")
    assert len(broadsheet.load(package, "claims", verify=False))


@pytest.mark.parametrize("declared", [None, "", "zzz:00", "sha256:", "crc32:00"])
def test_a_hash_that_cannot_be_checked_is_refused_unless_told(package, declared):
    def change(content):
        content["resources"][2]["hash"] = declared

    edited(package / "parquet" / "datapackage.json", change)
    with pytest.raises(IntegrityError):
        broadsheet.load(package, "claims")
    assert len(broadsheet.load(package, "claims", verify=False))


def test_a_broken_file_is_said_to_be_so(package):
    (package / "parquet" / "claims.parquet").write_bytes(b"PAR1 not really PAR1")
    with pytest.raises(ReadError, match="cannot be read"):
        broadsheet.load(package, "claims", verify=False)


def test_bytes_that_are_no_text_are_refused(package):
    types = broadsheet.load(package, "passages", engine="pyarrow").schema
    row = {name: [None] for name in types.names}
    binary = pa.array([b"\xff\xfe"], pa.binary())
    table = pa.table(row, schema=types).set_column(
        0, types.field(0), pa.Array.from_buffers(pa.string(), 1, binary.buffers())
    )
    parquet.write_table(table, package / "parquet" / "passages.parquet")
    with pytest.raises(ReadError, match="cannot be read"):
        broadsheet.load(package, "passages", engine="pyarrow", verify=False)


def test_a_value_that_the_schema_does_not_list_does_not_become_missing(package):
    table = broadsheet.load(package, "claims", engine="pyarrow")
    rows = table.to_pydict() | {"kind": ["rumour"] * len(table)}
    changed_table(package, "claims", rows, table.schema)
    with pytest.raises(IntegrityError, match="'rumour'"):
        broadsheet.load(package, "claims", verify=False)


@pytest.mark.parametrize(
    "path", ["../secret.csv", "/etc/passwd", "https://example.org/x.csv", "data/../../x.csv", "..\\x", 5, ""]
)
@pytest.mark.parametrize("descriptor", ["datapackage.json", "parquet/datapackage.json"])
def test_paths_that_lead_out_of_the_package_are_refused(package, descriptor, path):
    (package.parent / "secret.csv").write_text("a\n1\n")

    def change(content):
        content["resources"][0]["path"] = path

    edited(package / descriptor, change)
    with pytest.raises(ReadError, match="'articles'"):
        broadsheet.load(package)


def test_links_out_of_the_package_are_refused(package):
    file = package / "parquet" / "claims.parquet"
    shutil.move(file, package.parent / "claims.parquet")
    file.symlink_to(package.parent / "claims.parquet")
    with pytest.raises(ReadError, match="link out of the folder"):
        broadsheet.load(package, "claims")


@pytest.mark.parametrize("content", ["[]", "{", '{"resources": 5}', '{"a": 1, "a": 2}', "{}", '{"resources": [{}]}'])
def test_descriptors_that_are_none_are_refused(tmp_path, content):
    (tmp_path / "datapackage.json").write_text(content)
    with pytest.raises((ReadError, UsageError)):
        broadsheet.load(tmp_path, "claims")


def test_importing_broadsheet_imports_none_of_the_libraries():
    heavy = {"pandas", "polars", "pyarrow", "duckdb", "broadsheet.dataset"}
    code = f"import sys, broadsheet; print({heavy} & {{*sys.modules}})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_the_lazy_names_are_listed_and_others_are_none():
    assert {"load", "Dataset"} <= {*dir(broadsheet)}
    with pytest.raises(AttributeError, match="lode"):
        _ = broadsheet.lode
