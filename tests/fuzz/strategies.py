"""Hypothesis strategies: descriptors of any JSON in the words of the standard, and tables that are right as made."""

import csv
import datetime
import io
import json
from typing import Any

from hypothesis import strategies as st
from tests.fuzz.mutations import ODD, TYPES, WORDS

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"

odd = (
    st.sampled_from(ODD)
    | st.text(max_size=8)
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
)
words = st.sampled_from(WORDS) | st.text(max_size=4)
anything = st.recursive(
    odd, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4), max_leaves=12
)

names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=6)


@st.composite
def fields(draw: Any) -> dict[str, Any]:
    """A field of a type of the standard, with odd constraints and properties."""
    more = draw(st.dictionaries(st.sampled_from(WORDS), anything, max_size=2))
    kinds = st.sampled_from(
        ("enum", "pattern", "minimum", "maximum", "minLength", "maxLength", "required", "unique", "jsonSchema")
    )
    constraints = draw(st.dictionaries(kinds, anything, max_size=2))
    return {
        "name": draw(st.sampled_from(("a", "b", "c"))),
        "type": draw(st.sampled_from(TYPES)),
        "constraints": constraints,
    } | more


@st.composite
def descriptors(draw: Any) -> dict[str, Any]:
    """A descriptor of the right shape as a whole, with anything within."""
    schema = {"fields": draw(st.lists(fields(), min_size=1, max_size=3))} | draw(
        st.dictionaries(
            st.sampled_from(("primaryKey", "uniqueKeys", "foreignKeys", "missingValues", "fieldsMatch")),
            anything,
            max_size=2,
        )
    )
    resource = {"name": draw(names), "path": "data.csv", "schema": schema}
    resource |= draw(st.dictionaries(st.sampled_from(WORDS), anything, max_size=2))
    declared = draw(st.sampled_from(({"$schema": V2}, {})))
    return declared | {"resources": [resource]} | draw(st.dictionaries(words, anything, max_size=2))


CELLS: dict[str, Any] = {
    "integer": st.integers(-(2**63), 2**63 - 1).map(str),
    "number": st.floats(allow_nan=False, allow_infinity=False).map(str),
    "boolean": st.sampled_from(("true", "false", "True", "0")),
    "date": st.dates().map(datetime.date.isoformat),
    "string": st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20),
    "object": st.dictionaries(st.text(max_size=3), st.integers(), max_size=2).map(json.dumps),
    "array": st.lists(st.integers(), max_size=3).map(json.dumps),
    "year": st.integers(1, 9999).map("{:04d}".format),
    "time": st.times().map(lambda time: time.replace(microsecond=0).isoformat()),
}
"""For each type, texts that stand for a value of it."""


@st.composite
def tables(draw: Any) -> tuple[dict[str, Any], bytes]:
    """A schema, and a CSV file of values of its types, some of them missing."""
    labels = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    kinds = [draw(st.sampled_from(sorted(CELLS))) for _ in labels]
    row = st.tuples(*(st.just("") | CELLS[kind] for kind in kinds))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=draw(st.sampled_from(("\n", "\r\n"))), quoting=csv.QUOTE_ALL)
    writer.writerows([labels, *draw(st.lists(row, max_size=5))])
    schema = {"fields": [{"name": label, "type": kind} for label, kind in zip(labels, kinds, strict=True)]}
    return schema, text.getvalue().encode()
