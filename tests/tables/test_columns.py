from types import SimpleNamespace

import pyarrow as pa
import pytest

from broadsheet.tables.columns import EntityNames


@pytest.fixture
def names():
    ada, omar = (SimpleNamespace(entity_id=f"e-{n}", name=n.title(), type="PERSON") for n in ("ada", "omar"))
    return EntityNames.of({"Ada Vey": ada, "Omar": omar, "Vey": ada})


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        (["Vey", "Omar", "Ada Vey", "Vey"], ["e-ada", "e-omar", "e-ada", "e-ada"]),
        ([None, "Omar", "nobody"], [None, "e-omar", None]),
        ([None], [None]),
        ([], []),
    ],
)
def test_a_key_stands_for_its_entity(names, keys, ids):
    assert names.ids.take(names.places(pa.array(keys, pa.string()))).to_pylist() == ids
