"""`broadsheet:expectations`: rows, fill rates and partitions of any data package, against reviewed baselines."""

import json
from collections import Counter
from fractions import Fraction

import duckdb
import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import UsageError
from broadsheet.validate import validate_package, validate_path
from broadsheet.validate.baselines import BaselineError, as_lines, difference, read_baseline, write_baseline
from broadsheet.validate.contents import EXPECTATIONS
from broadsheet.validate.expectations import Part, Partitioning
from broadsheet.validate.expected import expectations_hold, verdict
from broadsheet.validate.measures import measured
from broadsheet.validate.plan import opened_tables
from broadsheet.validate.report import CODES

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "outlet", "type": "string"},
    {"name": "published", "type": "date"},
    {"name": "title", "type": "string"},
    {"name": "seen", "type": "datetime"},
    {"name": "month", "type": "yearmonth"},
]
ROWS = """id,outlet,published,title,seen,month
1,Herald,2021-08-30,Rain,2021-08-30T23:59:59,2021-08
2,Herald,2021-08-31,,2021-08-31T00:00:00,2021-08
3,Herald,2021-09-01,,2021-09-01T12:00:00,2021-09
4,"Tribune, The",2021-08-31,Snow,2021-08-31T01:00:00,2021-08
5,,,Sleet,,
"""
BY_MONTH = {"fields": ["outlet", {"name": "published", "granularity": "month"}], "baseline": "baselines/a.csv"}
BASELINE = 'outlet,published,rows\n,,1\nHerald,2021-08,2\nHerald,2021-09,1\n"Tribune, The",2021-08,1\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data.csv").write_text(ROWS)
    (tmp_path / "baselines").mkdir()
    (tmp_path / "baselines" / "a.csv").write_text(BASELINE)
    return tmp_path


def describe(folder, expectations, **others):
    resource = {"name": "articles", "path": "data.csv", "schema": {"fields": FIELDS}}
    resource |= {"broadsheet:expectations": expectations, **others}
    content = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(content))


def found(folder, expectations, **others):
    """Code, key and value of what is found."""
    describe(folder, expectations, **others)
    return [(finding.code, finding.key, finding.value) for finding in validate_package(folder).findings]


def messages(folder, expectations, **others):
    describe(folder, expectations, **others)
    return [finding.message for finding in validate_package(folder).findings]


COUNTS = [
    ({"minRows": 5, "maxRows": 5}, []),
    ({"minRows": 6}, [("table-dimensions", "", "5")]),
    ({"maxRows": 4}, [("table-dimensions", "", "5")]),
    ({"maxRows": 0}, [("table-dimensions", "", "5")]),
    ({"fillRates": {"title": {"minimum": 0.6, "maximum": 0.6}, "id": {"minimum": 1}}}, []),
    ({"fillRates": {"title": {"minimum": 0.61}}}, [("fill-rate", "", "0.6")]),
    ({"fillRates": {"title": {"maximum": 0.59}}}, [("fill-rate", "", "0.6")]),
    ({"fillRates": {"id": {"maximum": 0.99}, "outlet": {"minimum": 0.8}}}, [("fill-rate", "", "1")]),
    ({"partitions": [BY_MONTH]}, []),
]


@pytest.mark.parametrize(("expectations", "expected"), COUNTS)
def test_rows_and_fill_rates_are_held_to_their_limits(folder, expectations, expected):
    assert found(folder, expectations) == expected


BASELINES = [
    ("Herald,2021-08,2", "Herald,2021-08,3", [("partition-size", "Herald, 2021-08", "2")]),
    ("Herald,2021-09,1", "Herald,2021-10,1", [
        ("partition-new", "Herald, 2021-09", "1"), ("partition-missing", "Herald, 2021-10", "0")]),
    (",,1\n", "", [("partition-new", ", ", "1")]),
    (",,1\n", ",,1\nGazette,2021-08,0\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), BASELINES)
def test_partitions_are_held_to_the_baseline(folder, old, new, expected):
    assert old in BASELINE
    (folder / "baselines" / "a.csv").write_text(BASELINE.replace(old, new))
    assert sorted(found(folder, {"partitions": [BY_MONTH]})) == sorted(expected)


def test_a_new_partition_may_be_allowed_but_a_missing_one_never(folder):
    (folder / "baselines" / "a.csv").write_text(BASELINE.replace("2021-09", "2021-10"))
    allowed = {"partitions": [BY_MONTH | {"newPartitions": "allow", "tolerance": 1}]}
    assert found(folder, allowed) == [("partition-missing", "Herald, 2021-10", "0")]


TOLERANCES = [
    (0, 0, 100, 100, ""), (0, 0, 100, 99, "partition-size"), (0, 0, 100, 101, "partition-size"),
    ("0.29", "0.29", 100, 71, ""), ("0.29", "0.29", 100, 70, "partition-size"),
    ("0.29", "0.29", 100, 129, ""), ("0.29", "0.29", 100, 130, "partition-size"),
    ("0.1", None, 10, 1_000, ""), ("0.1", None, 10, 8, "partition-size"), (None, 0, 10, 1, ""),
    (None, None, 10, 0, "partition-missing"), (1, 1, 10, 0, "partition-missing"),
    (0, 0, 0, 0, ""), (0, 0, 0, 1, "partition-size"), (0, 0, None, 1, "partition-new"),
]  # fmt: skip


@pytest.mark.parametrize(("fewer", "more", "expected", "rows", "code"), TOLERANCES)
def test_a_tolerance_is_a_share_of_the_rows_expected(fewer, more, expected, rows, code):
    sides = [None if side is None else Fraction(side) for side in (fewer, more)]
    assert verdict(Partitioning((), "x.csv", *sides), expected, rows)[0] == code


@pytest.mark.parametrize(
    ("tolerance", "codes"),
    [(0.5, []), ({"fewer": 0.5}, []), ({"more": 5}, []), ({"fewer": 0.4, "more": 0}, ["partition-size"])],
)
def test_tolerances_are_stated_for_both_sides_or_each(folder, tolerance, codes):
    (folder / "baselines" / "a.csv").write_text(BASELINE.replace("Herald,2021-08,2", "Herald,2021-08,4"))
    stated = {"partitions": [BY_MONTH | {"tolerance": tolerance}]}
    assert [code for code, *_ in found(folder, stated)] == codes


KEYS = [
    (["id"], {("1",): 1, ("2",): 1, ("3",): 1, ("4",): 1, ("5",): 1}),
    ([{"name": "published"}], {("2021-08-30",): 1, ("2021-08-31",): 2, ("2021-09-01",): 1, ("",): 1}),
    ([{"name": "published", "granularity": "year"}], {("2021",): 4, ("",): 1}),
    ([{"name": "seen", "granularity": "day"}], {("2021-08-30",): 1, ("2021-08-31",): 2, ("2021-09-01",): 1, ("",): 1}),
    (["month"], {("2021-08",): 3, ("2021-09",): 1, ("",): 1}),
]


@pytest.mark.parametrize(("fields", "expected"), KEYS, ids=[str(fields) for fields, _ in KEYS])
def test_values_make_partitions_as_they_are_written(folder, fields, expected):
    describe(folder, {"minRows": 1})
    parts = [Part(one) if isinstance(one, str) else Part(one["name"], one.get("granularity", "")) for one in fields]
    table = opened_tables(folder)["articles"]
    assert measured(table, (), [parts]).partitions == [Counter(expected)]


def test_csv_and_parquet_have_the_same_partitions_and_fill_rates(folder):
    columns = {"id": [1, 2, 3, 4, 5], "outlet": ["Herald", "Herald", "Herald", "Tribune, The", None]}
    days = ["2021-08-30", "2021-08-31", "2021-09-01", "2021-08-31", None]
    columns |= {"published": pa.array(days).cast(pa.date32()), "title": ["Rain", None, None, "Snow", "Sleet"]}
    pa_parquet.write_table(pa.table(columns), folder / "data.parquet", row_group_size=2)
    rates = {"title": {"minimum": 0.6, "maximum": 0.6}}
    schema = {"fields": FIELDS[:4]}
    stated = {"partitions": [BY_MONTH], "fillRates": rates, "minRows": 5, "maxRows": 5}
    assert found(folder, stated, path="data.parquet", schema=schema) == []
    (folder / "baselines" / "a.csv").write_text(BASELINE.replace("Herald,2021-08,2", "Herald,2021-08,3"))
    assert len(found(folder, stated, path="data.parquet", schema=schema)) == 1


TYPES = [
    ({"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}, ["yes", "no", "no"], {"true": 1, "false": 2}),
    ({"type": "integer", "bareNumber": False}, ["7 km", "7", "08"], {"7": 2, "8": 1}),
    ({"type": "year"}, ["2021", "1066", "2021"], {"2021": 2, "1066": 1}),
    ({"type": "yearmonth"}, ["2021-12", "2021-01", "0999-12"], {"2021-12": 1, "2021-01": 1, "0999-12": 1}),
    (
        {"type": "date", "format": "%d.%m.%Y"},
        ["30.08.2021", "1.9.2021", "-"],
        {"2021-08-30": 1, "2021-09-01": 1, "": 1},
    ),
    ({"type": "any"}, ["a", "1", "a"], {"a": 2, "1": 1}),
    ({}, ["a", "1", "a"], {"a": 2, "1": 1}),
]


@pytest.mark.parametrize(("field", "cells", "expected"), TYPES, ids=[str(field) for field, *_ in TYPES])
def test_fields_of_every_type_and_format_make_partitions_of_their_values(folder, field, cells, expected):
    (folder / "data.csv").write_text("id,v\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(cells)))
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "v", **field}], "missingValues": ["", "-"]}
    describe(folder, {"partitions": [{"fields": ["v"], "baseline": "v.csv"}]}, schema=schema)
    lines = "".join(f"{value},{rows}\n" for value, rows in expected.items())
    (folder / "v.csv").write_text(f"v,rows\n{lines}".replace("\n,", '\n"",'))
    assert validate_package(folder).findings == ()


@given(st.lists(st.tuples(st.sampled_from(["a", "b,c", 'd"', "", "é\n"]), st.dates()), max_size=30))
def test_counts_are_those_of_duckdb(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("rows")
    table = pa.table({"outlet": [name for name, _ in rows], "published": pa.array([d for _, d in rows], pa.date32())})
    pa_parquet.write_table(table, folder / "data.parquet", row_group_size=4)
    describe(folder, {"minRows": 0}, path="data.parquet", schema={"fields": FIELDS[1:3]})
    parts = [Part("outlet"), Part("published", "month")]
    counts = measured(opened_tables(folder)["articles"], (), [parts]).partitions[0]
    query = "SELECT coalesce(outlet, ''), strftime(published, '%Y-%m'), count(*) FROM table_ GROUP BY ALL"
    table_ = table  # noqa: F841 (named in the query)
    theirs = {(name, month): rows for name, month, rows in duckdb.sql(query).fetchall()}
    assert {(name, month.lstrip("0")): rows for (name, month), rows in counts.items()} == {
        (name, month.lstrip("0")): rows for (name, month), rows in theirs.items()
    }


MISTAKES = [
    ({}, "should be non-empty"),
    (3, "3 is not of type 'object'"),
    ({"minRow": 3}, "'minRow' was unexpected); expected minRows, maxRows, fillRates, partitions"),
    ({"minRows": -1}, "/minRows: -1 is less than the minimum of 0"),
    ({"minRows": "5"}, "/minRows: '5' is not of type 'integer'"),
    ({"minRows": 5, "maxRows": 4}, "/minRows: the minimum 5 is above the maximum 4"),
    ({"fillRates": {"titel": {"minimum": 1}}}, "/fillRates: there is no field 'titel'; expected one of id, outlet"),
    ({"fillRates": {"title": {"minimum": 95}}}, "/fillRates/title/minimum: 95 is greater than the maximum of 1"),
    ({"fillRates": {"title": {"minimum": 0.9, "maximum": 0.1}}}, "/fillRates/title: the minimum 0.9 is above"),
    ({"partitions": [{"fields": ["outlet"]}]}, "/partitions/0: 'baseline' is a required property"),
    ({"partitions": [BY_MONTH | {"fields": ["outlets"]}]}, "/partitions/0/fields/0: there is no field 'outlets'"),
    ({"partitions": [BY_MONTH | {"fields": ["id", "id"]}]}, "/partitions/0/fields: 'id' stands there twice"),
    ({"partitions": [BY_MONTH | {"fields": ["seen"]}]}, "is a datetime; give its granularity: year, month or day"),
    (
        {"partitions": [BY_MONTH | {"fields": [{"name": "title", "granularity": "month"}]}]},
        "'title' is of type string, and only date and datetime have a granularity",
    ),
    ({"partitions": [BY_MONTH | {"fields": [{"name": "published", "granularity": "week"}]}]}, "'week' is not one of"),
    ({"partitions": [BY_MONTH | {"baseline": "../a.csv"}]}, "leads out of the folder with .."),
    ({"partitions": [BY_MONTH | {"baseline": "/etc/a.csv"}]}, "is absolute"),
    ({"partitions": [BY_MONTH | {"baseline": "https://example.org/a.csv"}]}, "is a URL"),
    ({"partitions": [BY_MONTH | {"baseline": "datapackage.json"}]}, "does not match"),
    ({"partitions": [BY_MONTH, BY_MONTH]}, "two have the baseline 'baselines/a.csv'"),
    ({"partitions": [BY_MONTH | {"tolerance": -0.1}]}, "/partitions/0/tolerance: -0.1 is less than the minimum of 0"),
    ({"partitions": [BY_MONTH | {"tolerance": {"less": 1}}]}, "'less' was unexpected); expected fewer, more"),
    ({"partitions": [BY_MONTH | {"baseline": "b.csv"}]}, "does not exist; write it with: broadsheet baseline --write"),
]


@pytest.mark.parametrize(("stated", "said"), MISTAKES, ids=[said[:40] for _, said in MISTAKES])
def test_a_mistake_in_the_expectations_is_said_with_its_place(folder, stated, said):
    (message,) = messages(folder, stated)
    assert said in message
    assert [finding.code for finding in validate_package(folder).findings] == ["expectation-error"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["minRows", "maxRows", "fillRates", "partitions", "fields", "baseline", "title", "minimum"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_is_expected_ends_as_a_finding_or_is_held(tmp_path_factory, stated):
    folder = tmp_path_factory.mktemp("any")
    (folder / "data.csv").write_text(ROWS)
    describe(folder, {"minRows": 0})
    table = opened_tables(folder)["articles"]
    for item in expectations_hold({EXPECTATIONS: stated}, table, folder):
        assert all(finding.code in CODES for finding in item.findings)


def test_expectations_that_are_nested_deeply_are_a_finding(folder):
    describe(folder, 12345)
    path = folder / "datapackage.json"
    path.write_text(path.read_text().replace("12345", "[" * 80 + "]" * 80))
    assert [finding.code for finding in validate_package(folder).findings] == ["expectation-error"]


@pytest.mark.parametrize("schema", [{"fields": 3}, {"fields": [{"name": "a"}, {"name": "a"}]}, {}, 3, "none.json"])
def test_expectations_of_a_table_whose_schema_cannot_be_used_are_skipped(folder, schema):
    describe(folder, {"fillRates": {"title": {"minimum": 1}}, "partitions": [BY_MONTH]}, schema=schema)
    report = validate_package(folder)
    (check,) = [check for check in report.checks if check.name == "expectations"]
    assert check.outcome == "skipped" or (check.outcome == "failed" and schema == 3)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "9" * 400])
def test_no_number_of_a_descriptor_is_a_crash(folder, number):
    describe(folder, {"minRows": 0, "fillRates": {"title": {"minimum": 12345}}, "partitions": [BY_MONTH]})
    path = folder / "datapackage.json"
    path.write_text(path.read_text().replace("12345", number).replace('"minRows": 0', f'"minRows": {number}'))
    assert not validate_package(folder).ok


BROKEN = [
    ("", "has the columns '', expected outlet, published, rows"),
    ("outlet,rows\n", "has the columns 'outlet, rows'"),
    (f"{BASELINE}Herald,2021-08,2\n", "line 6: 'Herald, 2021-08' stands there twice"),
    (f"{BASELINE}Gazette,2021-08,-2\n", "line 6: 'Gazette,2021-08,-2', expected 2 values and a number of rows"),
    (f"{BASELINE}Gazette,3\n", "line 6: 'Gazette,3', expected 2 values"),
    (f"{BASELINE}\n", "line 6: '', expected 2 values"),
    (f'{BASELINE}"Gaz', "line 6: is no CSV"),
    (b"\xff", "is not UTF-8"),
]


@pytest.mark.parametrize(("content", "said"), BROKEN, ids=[said[:30] for _, said in BROKEN])
def test_a_broken_baseline_is_a_finding_that_says_where(folder, content, said):
    (folder / "baselines" / "a.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    (message,) = messages(folder, {"partitions": [BY_MONTH]})
    assert message.startswith("the baseline baselines/a.csv ")
    assert said in message


def test_a_baseline_that_is_a_folder_is_a_finding(folder):
    (folder / "b.csv").mkdir()
    (message,) = messages(folder, {"partitions": [BY_MONTH | {"baseline": "b.csv"}]})
    assert "is no file" in message


def test_more_partitions_than_anybody_reviews_are_refused(folder, monkeypatch):
    monkeypatch.setattr("broadsheet.validate.measures.MOST", 4)
    (message,) = messages(folder, {"partitions": [BY_MONTH | {"fields": ["id"]}]})
    assert "partition by other fields" in message


def test_values_that_are_whole_texts_make_no_partitions(folder, monkeypatch):
    monkeypatch.setattr("broadsheet.validate.measures.LONGEST", 12)
    assert messages(folder, {"partitions": [BY_MONTH]}) == []
    monkeypatch.setattr("broadsheet.validate.measures.LONGEST", 11)
    (message,) = messages(folder, {"partitions": [BY_MONTH]})
    assert "a partition has a value of more than 11 characters" in message


def test_a_table_without_rows_has_no_fill_rates(folder):
    (folder / "data.csv").write_text(ROWS.splitlines()[0] + "\n")
    describe(folder, {"fillRates": {"title": {"minimum": 0.5}}})
    report = validate_package(folder)
    assert [check.why for check in report.checks if check.outcome == "skipped"] == [
        "the table has no rows, so there are no fill rates"
    ]


def test_expectations_of_what_is_no_table_are_a_mistake(folder):
    (folder / "image.png").write_bytes(b"x")
    describe(folder, {"minRows": 1}, path="image.png")
    path = folder / "datapackage.json"
    content = json.loads(path.read_text())
    del content["resources"][0]["schema"]
    path.write_text(json.dumps(content))
    assert [finding.code for finding in validate_package(folder).findings] == ["expectation-error"]


def test_every_finding_is_counted_where_few_are_shown(folder):
    (folder / "baselines" / "a.csv").write_text(BASELINE + "".join(f"x{n},2021-01,1\n" for n in range(50)))
    describe(folder, {"partitions": [BY_MONTH]})
    report = validate_package(folder)
    assert (len(report.findings), report.count) == (20, 50)


def test_a_partition_is_named_with_what_stands_in_the_baseline(folder):
    (folder / "baselines" / "a.csv").write_text(BASELINE.replace("Herald,2021-08,2", "Herald,2021-08,4"))
    (message,) = messages(folder, {"partitions": [BY_MONTH | {"tolerance": 0.25}]})
    assert message == (
        "outlet 'Herald', published '2021-08' has 2 rows, expected 4 as in the baseline, 25 % fewer at most; "
        "restore the rows, or review with: broadsheet baseline"
    )


# The command


def test_a_baseline_is_shown_as_a_diff_and_written_on_request(folder, here):
    describe(folder, {"partitions": [BY_MONTH]})
    file = folder / "baselines" / "a.csv"
    file.write_text(BASELINE.replace("Herald,2021-08,2", "Herald,2021-08,4").replace(",,1\n", "Gazette,2021-08,1\n"))
    before = file.read_text()
    ran = here("baseline", folder)
    assert ran.out.splitlines() == [
        "--- baselines/a.csv",
        "+++ baselines/a.csv, as the rows are now",
        "+,,1",
        "-Gazette,2021-08,1",
        "-Herald,2021-08,4",
        "+Herald,2021-08,2",
    ]
    assert (ran.code, ran.err) == (0, "baselines/a.csv: 1 new, 1 missing, 1 changed\n")
    assert file.read_text() == before
    assert here("baseline", folder, "--write").code == 0
    assert file.read_text() == BASELINE
    assert here("baseline", folder, "--write").err == "baselines/a.csv: no partition differs\n"
    assert validate_package(folder).ok


def test_a_first_baseline_is_written_in_a_new_folder(folder, here):
    describe(folder, {"partitions": [BY_MONTH | {"baseline": "expected/b.csv"}]})
    assert "does not exist yet; 4 new" in here("baseline", folder, "--write").err
    assert (folder / "expected" / "b.csv").read_text() == BASELINE


@pytest.mark.parametrize("name", ["data.csv", "raw-articles.csv"])
def test_nothing_but_a_baseline_is_written_over(folder, here, name):
    describe(folder, {"partitions": [BY_MONTH | {"baseline": name}]})
    (folder / name).write_text(ROWS)
    here("baseline", folder, "--write").refused(2, "is no baseline, so it is not written over")
    assert (folder / name).read_text() == ROWS


@pytest.mark.parametrize(
    ("stated", "code", "said"),
    [
        ({"minRows": 1}, 2, "no resource has partitions"),
        ({"partitions": [BY_MONTH | {"baseline": "../a.csv"}]}, 2, "leads out of the folder"),
        ({"minRow": 1}, 2, "'minRow' was unexpected"),
    ],
)
def test_the_command_says_what_it_cannot_do(folder, here, stated, code, said):
    describe(folder, stated)
    here("baseline", folder).refused(code, said)


def test_a_project_states_its_expectations_in_its_own_descriptor(tmp_path, here):
    from broadsheet.build import build
    from broadsheet.project import open_project

    (tmp_path / "raw").mkdir()
    for day in (30, 31):
        (tmp_path / "raw" / f"{day}.txt").write_text(f" date 2021-08-{day} It rained in Kabul.")
    stated = {"minRows": 3, "partitions": [{"fields": ["published"], "baseline": "baselines/articles.csv"}]}
    resource = {"name": "articles", "path": "build/package/data/articles.csv", "broadsheet:expectations": stated}
    content = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "x"}
    (tmp_path / "datapackage.json").write_text(json.dumps({**content, "resources": [resource]}))
    assert build(open_project(tmp_path), jobs=1).report.ok
    codes = [finding.code for finding in validate_path(tmp_path).findings]
    assert codes.count("table-dimensions") == codes.count("expectation-error") == 1
    assert here("baseline", tmp_path, "--write").code == 0
    assert (tmp_path / "baselines" / "articles.csv").read_text() == "published,rows\n2021-08-30,1\n2021-08-31,1\n"
    (tmp_path / "raw" / "30.txt").unlink()
    build(open_project(tmp_path), jobs=1)
    missing = [finding.key for finding in validate_path(tmp_path).findings if finding.code == "partition-missing"]
    assert missing == ["2021-08-30"]


NAMES = st.text(st.characters(codec="utf-8"), max_size=6)


@given(st.dictionaries(st.tuples(NAMES, NAMES), st.integers(0, 10**17), max_size=8))
def test_a_baseline_is_read_as_it_was_written(tmp_path_factory, counts):
    path = tmp_path_factory.mktemp("b") / "b.csv"
    write_baseline(path, ("a", "b"), counts)
    assert read_baseline(path, ("a", "b")) == counts
    assert list(difference(counts, read_baseline(path, ("a", "b")))) == []


@given(st.dictionaries(st.tuples(NAMES), st.integers(0, 9), max_size=6))
def test_a_diff_holds_one_line_for_each_change(counts):
    lines = list(difference({}, counts))
    assert len(lines) == len(counts) == len(as_lines(counts))
    assert all(line.isprintable() and line.startswith("+") for line in lines)


def test_another_file_is_no_baseline(tmp_path):
    (tmp_path / "b.csv").write_text("a,rows,b\n")
    with pytest.raises(UsageError):
        write_baseline(tmp_path / "b.csv", ("a",), {})
    with pytest.raises(BaselineError):
        read_baseline(tmp_path / "b.csv", ("a",))
