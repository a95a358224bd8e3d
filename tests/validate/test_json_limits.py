import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.validate import json_limits
from broadsheet.validate.json_limits import parsed

REFUSED = [
    (b"[" * 100_000, "nested too deeply"),
    (b'{"a":' * 101 + b"1" + b"}" * 101, "nested too deeply"),
    (b'{"name": 1, "name": 2}', "two members 'name'"),
    (b'"\\ud800"', "half of a character"),
    (b'{"\\uDFFF": 1}', "half of a character"),
    (b"NaN", "NaN is no JSON value"),
    (b"-Infinity", "no JSON value"),
    (b"1e999", "too large"),
    (b"9" * 5000, "more than 100 digits"),
    (b"\xff", "byte 0 is no UTF-8"),
    (b"\xef\xbb\xbf{}", "BOM"),
    (b'{"a": "x\n"}', "control character"),
    (b"{,}", "line 1, column 2"),
    (b"", "line 1, column 1"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED, ids=[repr(data[:12]) for data, _ in REFUSED])
def test_json_that_readers_would_stumble_over_is_refused(data, said):
    with pytest.raises(ValueError, match=said):
        parsed(data)


def test_a_hundred_levels_and_whole_characters_are_read():
    assert parsed(b"[" * 100 + b"]" * 100)
    assert parsed(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"


@pytest.mark.parametrize(
    "data", [b"[" + b"[]," * 2_000_000 + b"[]]", b'{"a":"' + b'\\"' * 20_000_000, b"[0" + b",0" * 2_000_001 + b"]"]
)
def test_a_text_of_millions_of_values_is_refused_in_seconds(data):
    begun = time.process_time()
    with pytest.raises(ValueError, match=r"values|line 1"):
        parsed(data)
    assert time.process_time() - begun < 5


def test_a_text_too_large_is_refused():
    with pytest.raises(ValueError, match="larger than 64 MB"):
        parsed(b" " * (json_limits.LARGEST + 1))


def test_signs_within_texts_are_no_values():
    assert len(parsed(json.dumps(["[{,"[number % 3] * 10 for number in range(400_000)]).encode())) == 400_000


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_every_value_of_json_is_read_as_json_reads_it(value, ascii_only):
    assert parsed(json.dumps(value, ensure_ascii=ascii_only).encode()) == value
