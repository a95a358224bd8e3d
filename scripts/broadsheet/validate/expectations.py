"""What a descriptor expects of a table's rows: its property `broadsheet:expectations`, read and checked for mistakes.

`measures` counts, `baselines` has the reviewed files, `expected` compares.
"""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from broadsheet.validate.contents import EXPECTATIONS, Table
from broadsheet.validate.paths import unsafe
from broadsheet.validate.shown import quoted, shown

PROFILE = Path(__file__).parent / "profiles" / "expectations.json"

KEY_TYPES = ("any", "string", "integer", "boolean", "date", "datetime", "year", "yearmonth")
"""Types of the fields that rows may be partitioned by."""

DATED = ("date", "datetime")
"""Types that have a granularity."""


@dataclass(frozen=True, slots=True)
class Part:
    """A field that rows are partitioned by; dates at a granularity, which is empty for their own."""

    name: str
    granularity: str = ""


@dataclass(frozen=True, slots=True)
class Partitioning:
    """Rows by partition against a baseline; `fewer` and `more` are shares of its rows, None without limit."""

    parts: tuple[Part, ...]
    baseline: str
    fewer: Fraction | None = Fraction(0)
    more: Fraction | None = Fraction(0)
    new_allowed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the fields."""
        return tuple(part.name for part in self.parts)


@dataclass(frozen=True, slots=True)
class Expectations:
    """What is expected of a table; fill rates are pairs of minimum and maximum, None where there is none."""

    min_rows: int | None = None
    max_rows: int | None = None
    fill_rates: dict[str, tuple[Fraction | None, Fraction | None]] = field(default_factory=dict)
    partitions: tuple[Partitioning, ...] = ()

    @property
    def fields(self) -> list[str]:
        """Names of all fields that must be read."""
        return list(dict.fromkeys((*self.fill_rates, *(name for one in self.partitions for name in one.names))))


def expecting(contents: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """The resources that have expectations, by name; the first of each name.

    >>> list(expecting([{"name": "a"}, {"name": "b", "broadsheet:expectations": {"minRows": 1}}, 3]))
    ['b']
    """
    named = [content for content in contents if isinstance(content, dict) and isinstance(content.get("name"), str)]
    found: dict[str, dict[str, Any]] = {}
    for content in named:
        if EXPECTATIONS in content:
            found.setdefault(content["name"], content)
    return found


def parsed(stated: Mapping[str, Any]) -> Expectations:
    """The expectations of a property in which there are no mistakes.

    >>> parsed({"fillRates": {"title": {"minimum": 0.1}}}).fill_rates
    {'title': (Fraction(1, 10), None)}
    """
    rates = stated.get("fillRates", {})
    return Expectations(
        min_rows=_whole(stated.get("minRows")),
        max_rows=_whole(stated.get("maxRows")),
        fill_rates={name: (_exact(rate.get("minimum")), _exact(rate.get("maximum"))) for name, rate in rates.items()},
        partitions=tuple(map(_partitioning, stated.get("partitions", []))),
    )


def _whole(number: float | None) -> int | None:
    """A whole number, which JSON may write as 5.0."""
    return None if number is None else int(number)


def _exact(number: float | None) -> Fraction | None:
    """A number as it is written: 0.29 of 100 rows are 29, which is not so for floats."""
    return None if number is None else Fraction(str(number))


def _partitioning(stated: Mapping[str, Any]) -> Partitioning:
    tolerance = stated.get("tolerance", 0)
    sides = tolerance if isinstance(tolerance, dict) else {"fewer": tolerance, "more": tolerance}
    return Partitioning(
        tuple(map(_part, stated["fields"])),
        stated["baseline"],
        _exact(sides.get("fewer")),
        _exact(sides.get("more")),
        stated.get("newPartitions") == "allow",
    )


def _part(stated: Any) -> Part:
    return Part(stated) if isinstance(stated, str) else Part(stated["name"], stated.get("granularity", ""))


def mistakes(stated: Any, table: Table, folder: Path) -> Iterator[str]:
    """What is wrong of the property itself, each as a JSON pointer within it and the reason."""
    try:
        wrong = [f"{_pointer(error.absolute_path)}: {_message(error)}" for error in _profile().iter_errors(stated)]
    except RecursionError:
        wrong = [": is nested too deeply"]
    if wrong:
        yield from sorted(wrong)
        return
    yield from _ranges(stated)
    for name in stated.get("fillRates", {}):
        if name not in table.fields:
            yield f"/fillRates: {_no_field(name, table)}"
    for number, one in enumerate(stated.get("partitions", [])):
        yield from _mistakes_of(_partitioning(one), f"/partitions/{number}", table, folder)
    files = [one["baseline"] for one in stated.get("partitions", [])]
    for file in sorted({file for file in files if files.count(file) > 1}):
        yield f"/partitions: two have the baseline {quoted(file)}; give each a file of its own"


@functools.cache
def _profile() -> Any:
    import jsonschema

    return jsonschema.Draft7Validator(json.loads(PROFILE.read_text("utf-8")))


def _pointer(path: Any) -> str:
    return "".join(f"/{shown(part)}" for part in path)


def _message(error: Any) -> str:
    text = shown(error.message, 160)
    if error.validator == "additionalProperties" and "properties" in error.schema:
        return f"{text}; expected {', '.join(error.schema['properties'])}"
    return text


def _ranges(stated: Mapping[str, Any]) -> Iterator[str]:
    """Minima above their maxima, which nothing can fit."""
    rates = {f"/fillRates/{shown(name)}": rate for name, rate in stated.get("fillRates", {}).items()}
    rows = {"minimum": stated.get("minRows"), "maximum": stated.get("maxRows")}
    for pointer, pair in {"": rows, **rates}.items():
        low, high = pair.get("minimum"), pair.get("maximum")
        if low is not None and high is not None and low > high:
            yield f"{pointer or '/minRows'}: the minimum {low} is above the maximum {high}"


def _mistakes_of(one: Partitioning, pointer: str, table: Table, folder: Path) -> Iterator[str]:
    for number, part in enumerate(one.parts):
        if reason := _unusable(part, table):
            yield f"{pointer}/fields/{number}: {reason}"
    for name in sorted({name for name in one.names if one.names.count(name) > 1}):
        yield f"{pointer}/fields: {quoted(name)} stands there twice"
    if reason := unsafe(folder, one.baseline):
        yield f"{pointer}/baseline: path {quoted(one.baseline)} {reason}; give a path beside the descriptor"


def _unusable(part: Part, table: Table) -> str:
    """Why rows cannot be partitioned by a field; empty where they can."""
    if part.name not in table.fields:
        return _no_field(part.name, table)
    kind = table.fields[part.name].get("type", "string")
    if kind not in KEY_TYPES:
        return f"{quoted(part.name)} is of type {quoted(kind)}, expected one of {', '.join(KEY_TYPES)}"
    if part.granularity and kind not in DATED:
        return f"{quoted(part.name)} is of type {kind}, and only {' and '.join(DATED)} have a granularity"
    if kind == "datetime" and not part.granularity:
        return f"{quoted(part.name)} is a datetime; give its granularity: year, month or day"
    return ""


def _no_field(name: str, table: Table) -> str:
    return f"there is no field {quoted(name)}; expected one of {shown(', '.join(table.fields), 200)}"
