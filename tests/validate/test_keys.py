import pytest

from broadsheet.validate import keys, nesting, sources
from broadsheet.validate.contents import Table

TEXT, NUMBER = "string", "integer"


@pytest.fixture(params=[1, 3, 1_000], autouse=True)
def batches(request, monkeypatch):
    """Tables are looked at in many batches, in few, and as one."""
    monkeypatch.setattr(sources, "ROWS", request.param)


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


def test_repeated_keys_are_found_in_whatever_batch(table):
    items = table("items", {"id": TEXT}, [*"abcdefgcaha"], primaryKey=["id"])
    faults = list(keys.primary_key_holds(items))
    assert places(faults) == [(9, "c"), (10, "a"), (12, "a")]
    assert sum(found.count for found in faults) == 3


def test_keys_of_two_fields_are_looked_at_together(table):
    items = table("items", {"id": TEXT, "n": NUMBER}, ["a,1", "a,2", "b,1", "b,2", "a,2"], primaryKey=["id", "n"])
    assert places(keys.primary_key_holds(items)) == [(6, "a, 2")]


@pytest.mark.parametrize("type_of", [TEXT, NUMBER])
def test_dangling_keys_are_found_in_whatever_batch(table, type_of):
    reference = {"fields": ["owner"], "reference": {"resource": "owners", "fields": ["id"]}}
    owners = table("owners", {"id": type_of}, [str(number) for number in range(8)])
    things = table("things", {"n": NUMBER, "owner": TEXT}, ["1,7", "2,9", "3,", "4,0", "5,8"], foreignKeys=[reference])
    assert places(keys.foreign_keys_hold(things, {"owners": owners})) == [(3, "9"), (6, "8")]


def test_no_rows_have_no_faults(table):
    assert list(keys.primary_key_holds(table("items", {"id": TEXT}, [], primaryKey=["id"]))) == []


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
