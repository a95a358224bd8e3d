import contextlib
from collections import Counter
from types import SimpleNamespace

import duckdb
import numpy as np
import pytest

from broadsheet.validate import key_sets, keys, nesting, sources
from broadsheet.validate.contents import Table
from broadsheet.validate.key_sets import Room
from broadsheet.validate.report import SKIPPED, Recorder

TEXT, NUMBER = "string", "integer"


@pytest.fixture(params=[1, 3, 1_000], autouse=True)
def batches(request, monkeypatch):
    """Tables are looked at in many batches, in few, and as one."""
    monkeypatch.setattr(sources, "ROWS", request.param)


@pytest.fixture(params=["in memory", "on disk"])
def room(request, monkeypatch):
    """Keys find room in memory, or in the database."""
    if request.param == "in memory":
        yield Room()
        return
    monkeypatch.setattr(key_sets, "WRITTEN", 2)
    with contextlib.closing(Room(most=0)) as found:
        yield found


@pytest.fixture
def table(tmp_path):
    def make(name, types, rows, **schema):
        fields = [{"name": field, "type": type_of} for field, type_of in types.items()]
        path = tmp_path / f"{name}.csv"
        path.write_text("".join(f"{line}\n" for line in [",".join(types), *rows]))
        return Table(name, {"fields": fields, **schema}, csv=path)

    return make


def places(faults):
    return [(finding.row, finding.value) for found in faults for finding in found.findings]


def test_repeated_keys_are_found_in_whatever_batch(table, room):
    items = table("items", {"id": TEXT}, [*"abcdefgcaha"], primaryKey=["id"])
    faults = list(keys.primary_key_holds(items, room))
    assert places(faults) == [(9, "c"), (10, "a"), (12, "a")]
    assert sum(found.count for found in faults) == 3


def test_keys_of_two_fields_are_looked_at_together(table, room):
    items = table("items", {"id": TEXT, "n": NUMBER}, ["a,1", "a,2", "b,1", "b,2", "a,2"], primaryKey=["id", "n"])
    assert places(keys.primary_key_holds(items, room)) == [(6, "a, 2")]


@pytest.mark.parametrize("type_of", [TEXT, NUMBER])
def test_dangling_keys_are_found_in_whatever_batch(table, room, type_of):
    reference = {"fields": ["owner"], "reference": {"resource": "owners", "fields": ["id"]}}
    owners = table("owners", {"id": type_of}, [str(number) for number in range(8)])
    things = table("things", {"n": NUMBER, "owner": TEXT}, ["1,7", "2,9", "3,", "4,0", "5,8"], foreignKeys=[reference])
    assert places(keys.foreign_keys_hold(things, {"owners": owners}, room)) == [(3, "9"), (6, "8")]


def test_no_rows_have_no_faults(table, room):
    assert list(keys.primary_key_holds(table("items", {"id": TEXT}, [], primaryKey=["id"]), room)) == []


def test_spans_outside_their_passages_are_found_in_whatever_batch(table):
    span = {"article_id": TEXT, "passage_id": TEXT, "start_char": NUMBER, "end_char": NUMBER}
    passages = table("passages", span, [f"a,p{n},{10 * n},{10 * n + 9}" for n in range(6)])
    dates = table("dates", span, ["a,p0,0,9", "a,p1,9,12", "a,p2,25,29", "a,p3,35,40", "a,p5,59,60"])
    found = list(nesting.spans_lie_in_passages(dates, {"passages": passages}))
    assert places(found) == [(3, "9-12"), (5, "35-40"), (6, "59-60")]


def test_spans_without_any_passage_are_left_to_the_check_of_foreign_keys(table):
    span = {"article_id": TEXT, "passage_id": TEXT, "start_char": NUMBER, "end_char": NUMBER}
    dates = table("dates", span, ["a,p0,0,9"])
    assert list(nesting.spans_lie_in_passages(dates, {"passages": table("passages", span, [])})) == []


def test_keys_beyond_the_room_are_as_good_as_those_within(monkeypatch):
    """Sets that are partly written, wholly written and not at all, held against the sets that Python has."""
    monkeypatch.setattr(key_sets, "WRITTEN", 10)
    numbers = np.random.default_rng(5).integers(0, 300, (2, 30, 7)).astype(np.uint64)
    mine, theirs = numbers[0].ravel().tolist(), numbers[1].ravel().tolist()
    for most in (0, 100, 250, 10_000):
        with contextlib.closing(Room(most)) as room:
            one, other = (room.set_of(name, lambda name=name: iter(numbers[name])) for name in (0, 1))
            assert one.repeated().tolist() == sorted(n for n, count in Counter(mine).items() if count > 1)
            assert {*one.lacking(other).tolist()} == {*mine} - {*theirs}
            assert {*other.lacking(one).tolist()} == {*theirs} - {*mine}
            assert room.held <= most + 20


def test_a_full_disk_leaves_a_check_of_keys_unmade(table, monkeypatch):
    def full(_query):
        raise duckdb.OutOfMemoryException("no space left")

    monkeypatch.setattr(key_sets, "WRITTEN", 1)
    monkeypatch.setattr(key_sets, "connected", lambda: SimpleNamespace(execute=full))
    recorder = Recorder()
    recorder.run(
        "primary key", "items", keys.primary_key_holds(table("items", {"id": TEXT}, [*"ab"], primaryKey="id"), Room(0))
    )
    (check,) = recorder.report().checks
    assert (check.outcome, check.why) == (SKIPPED, "its keys fit neither into memory nor on disk: no space left")
