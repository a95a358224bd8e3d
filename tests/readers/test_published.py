import datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers.published import read_published

DAY = datetime.date(2021, 8, 31)


@pytest.mark.parametrize(
    "value",
    [
        "2021-08-31",
        " 2021-08-31\n",
        "20210831",
        "2021-08-31T10:15",
        "2021-08-31T10:15:00",
        "2021-08-31 10:15:00",
        "2021-08-31T10:15:00.123456Z",
        "2021-08-31 10:15:00 UTC",
        "20210831T101500Z",
        "2021-08-31T23:59:60+00:00",
        "Tue, 31 Aug 2021 10:15:00 GMT",
        "31 Aug 2021 10:15 +0000",
        1630404900,
        1630404900.5,
        1630404900000,
        "1630404900",
    ],
)
def test_known_forms(value):
    assert read_published(value) == DAY


@pytest.mark.parametrize("zone", ["Z", "+14:00", "-12:00", "+0530", "-08"])
def test_the_day_is_the_one_that_is_written_in_whatever_zone(zone):
    assert read_published(f"2021-08-31T23:30:00{zone}") == read_published(f"2021-08-31T00:30:00{zone}") == DAY


@pytest.mark.parametrize(
    "value",
    [
        "",
        "today",
        "2021-02-30",
        "2021-13-01",
        "2021-8-31",
        "2021-08",
        "2021",
        "2021-W35-2",
        "2021-243",
        "31/08/2021",
        "08/31/2021",
        "Aug 31, 2021",
        "31 Aug 2021",
        "2021-08-31 and later",
        "2021-08-31T25:00:00",
        "2021-08-31T10:60:00",
        "2021-08-3１",
        "Mon, 31 Aug 2021 10:15:00 GMT",
        "Tue, 31 Aug 21 10:15:00 GMT",
        "Tue, 31 Feb 2021 10:15:00 GMT",
        2021,
        20210831,
        2021083110,
        202108311015,
        20210831101500,
        1,
        0,
        -1630404900,
        1e300,
        float("inf"),
        True,
        None,
        ["2021-08-31"],
        {"$date": "2021-08-31"},
    ],
)
def test_what_is_not_certain_is_no_date(value):
    assert read_published(value) is None


MOMENTS = st.datetimes(
    datetime.datetime(1996, 1, 1), datetime.datetime(2099, 1, 1), timezones=st.just(datetime.UTC)
).map(lambda moment: moment.replace(microsecond=0))


@given(MOMENTS)
def test_a_moment_is_read_alike_in_every_form(moment):
    forms = [moment.isoformat(), f"{moment:%Y%m%dT%H%M%SZ}", format_datetime(moment), int(moment.timestamp() * 1000)]
    assert {read_published(form) for form in forms} == {moment.date()}
