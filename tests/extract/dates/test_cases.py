import datetime
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import pytest
from tests.extract.dates.case_files import Case, Row, admitted, bounds, differences, read, row_spans, spans

from broadsheet.extract.dates import extract
from broadsheet.records import Date, Found, Span

CASES = read()
FILES = {file: list(cases) for file, cases in groupby(CASES, key=lambda case: case.name.partition(":")[0])}
each_file = pytest.mark.parametrize("cases", FILES.values(), ids=FILES.keys())

# The value types of the TimeML 1.2.1 schema, with the extensions that its guideline takes over from TIDES: BC years,
# clock times with a zone, decimal fractions of a duration.
_YEAR = r"(?:BC\d{4}|[\dX]{1,4})"
_CLOCK = r"T(?:\d\d(?::\d\d(?::\d\d)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?|MO|MI|AF|EV|NI|DT)"
_NUMBER = r"(?:\d+(?:\.\d+)?|X{1,2})"
_UNITS = [rf"(?:{_NUMBER}{unit})?" for unit in "YMDHMS"]
TIMEX3_VALUE = {
    "DATE": rf"{_YEAR}(?:-[\dX]{{2}}(?:-[\dX]{{2}})?)?|{_YEAR}-W[\dX]{{2}}(?:-(?:[1-7X]|WE))?"
    rf"|{_YEAR}-(?:SP|SU|FA|WI|Q[1-4X]|H[12X])|(?:PAST|PRESENT|FUTURE)_REF",
    "TIME": rf"(?:{_YEAR}-[\dX]{{2}}-[\dX]{{2}}|{_YEAR}-W[\dX]{{2}}-[1-7X])?{_CLOCK}",
    "DURATION": rf"P(?=.)(?:{''.join(_UNITS[:3])}(?:T(?=.){''.join(_UNITS[3:])})?|{_NUMBER}[WLECQ])",
}
TIMEX3_VALUE["SET"] = "|".join(TIMEX3_VALUE.values())
TIMEX3_VALUE["INTERVAL"] = rf"(?:{TIMEX3_VALUE['DATE']})/(?:{TIMEX3_VALUE['DATE']})"
MODS = "BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER LESS_THAN MORE_THAN EQUAL_OR_LESS EQUAL_OR_MORE START MID END APPROX"
COLUMNS = {"surface", "nth", "type", "value", "mod", "edtf", "earliest", "latest", "anchor", "anchor_surface"}


def rows_of(cases: list[Case]) -> Iterator[tuple[Case, Row]]:
    return ((case, row) for case in cases for row in case.rows)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_rows_are_those_of_the_standards(case: Case) -> None:
    assert differences(case, extract(case.article(), Found())) == []


@each_file
def test_every_edtf_found_parses_and_has_the_bounds_of_its_row(cases: list[Case]) -> None:
    for case in cases:
        for date in extract(case.article(), Found()):
            parsed = bounds(date.edtf) if date.edtf else (None, None)
            if date.edtf and date.earliest and date.latest:
                assert parsed == (date.earliest.isoformat(), date.latest.isoformat()), (case.name, date)


def test_the_cases_are_many_and_none_stands_twice() -> None:
    assert len(CASES) >= 200
    assert [k for k, n in Counter((c.text, c.published) for c in CASES).items() if n > 1] == []
    assert [c.name for c in CASES if not c.why] == []


@each_file
def test_the_rows_of_a_case_point_at_its_text(cases: list[Case]) -> None:
    for case, row in rows_of(cases):
        assert row.keys() <= COLUMNS, case.name
        assert len(row_spans(case.text, row)) == len(admitted(row["surface"])), (case.name, row["surface"])


@each_file
def test_an_anchor_in_the_text_is_another_row(cases: list[Case]) -> None:
    for case, row in rows_of(cases):
        assert row.get("anchor", "none") in ("document", "text", "none"), case.name
        assert (row.get("anchor") == "text") == ("anchor_surface" in row), case.name
        for anchor in spans(case.text, row.get("anchor_surface", [])):
            others = [other for other in case.rows if other is not row]
            assert any(anchor in row_spans(case.text, other) for other in others), case.name


@each_file
def test_the_values_of_a_case_are_timex3(cases: list[Case]) -> None:
    for case, row in rows_of(cases):
        pattern = "|".join(TIMEX3_VALUE[kind] for kind in admitted(row["type"]))
        for value in filter(None, admitted(row.get("value"))):
            assert re.fullmatch(pattern, value), (case.name, value)
        assert {*filter(None, admitted(row.get("mod")))} <= {*MODS.split()}, case.name


@each_file
def test_the_edtf_of_a_case_has_its_bounds(cases: list[Case]) -> None:
    for case, row in rows_of(cases):
        for edtf in filter(None, admitted(row.get("edtf"))):
            earliest, latest = bounds(edtf)
            assert row.get("earliest", earliest) == earliest, (case.name, edtf)
            assert row.get("latest", latest) == latest, (case.name, edtf)


@each_file
def test_an_interval_of_a_case_holds_its_two_ends(cases: list[Case]) -> None:
    for case, row in rows_of(cases):
        if row["type"] == "INTERVAL":
            (span,) = row_spans(case.text, row)
            ends = [r for r in case.rows if r is not row and all(span.holds(s) for s in row_spans(case.text, r))]
            assert [r["value"] for r in ends] == row["value"].split("/"), case.name
            assert [ends[0]["earliest"], ends[1]["latest"]] == [row["earliest"], row["latest"]], case.name
            assert not row["earliest"] or row["earliest"] <= row["latest"], case.name


DAY = datetime.date(2021, 9, 14)
TUESDAY = Date(3, 10, "DATE", "rule", "2021-09-14", None, "2021-09-14", DAY, DAY, "document")
ROW = {"surface": "Tuesday", "type": "DATE", "value": "2021-09-14", "mod": None, "latest": "2021-09-14"}


@pytest.mark.parametrize(
    ("row", "dates", "count"),
    [
        (ROW, (TUESDAY,), 0),
        (ROW, (), 1),
        (ROW, (TUESDAY, Date(0, 2, "DATE", "rule")), 1),
        (ROW, (Date(0, 10, "DATE", "rule", "2021-09-14"),), 2),
        (ROW | {"surface": ["Tuesday", "On Tuesday"]}, (Date(0, 10, "DATE", "rule", "2021-09-14", latest=DAY),), 0),
        (ROW | {"value": ["2021-09-07", "2021-09-14"]}, (TUESDAY,), 0),
        (ROW | {"value": None}, (TUESDAY,), 1),
        (ROW | {"edtf": "2021", "earliest": "2021-01-01"}, (TUESDAY,), 2),
        (ROW | {"anchor": "text", "anchor_surface": "On"}, (TUESDAY,), 2),
    ],
)
def test_differences_are_told(row: Row, dates: tuple[Date, ...], count: int) -> None:
    case = Case("", "On Tuesday it rained.", None, [row], False, "")
    assert len(differences(case, dates)) == count


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("18XX", ("1800-01-01", "1899-12-31")),
        ("2012-35", ("2012-07-01", "2012-09-30")),
        ("1985/..", ("1985-01-01", None)),
        ("-0043", (None, None)),
    ],
)
def test_bounds_are_those_of_the_library(edtf: str, expected: tuple[str | None, str | None]) -> None:
    assert bounds(edtf) == expected


def test_the_second_of_two_equal_surfaces_is_found() -> None:
    assert spans("2019-20", "20", 1) == [Span(5, 7)]
