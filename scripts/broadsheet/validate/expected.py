"""The check of `broadsheet:expectations`: rows, fill rates, and rows by partition against reviewed baselines."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from broadsheet.validate.baselines import BaselineError, read_baseline
from broadsheet.validate.contents import EXPECTATIONS, Table
from broadsheet.validate.expectations import Expectations, Partitioning, mistakes, parsed
from broadsheet.validate.measures import Key, Measures, PartitionsError, measured
from broadsheet.validate.report import KEPT, Faults, Finding, Outcomes, Unmade, UnreadableError, fault
from broadsheet.validate.shown import quoted, shown

REVIEW = "review with: broadsheet baseline"


def expectations_hold(content: Mapping[str, Any], table: Table | None, folder: Path) -> Outcomes:
    """Whether a table is as its resource expects; baselines are below `folder`, where the descriptor is."""
    stated = content[EXPECTATIONS]
    if table is None and isinstance(content.get("schema"), dict | str):
        raise UnreadableError("none of its files can be read")
    if table is None:
        yield fault("expectation-error", f"{EXPECTATIONS} needs a table with a schema; give the resource one")
        return
    if table.limit:
        raise UnreadableError(table.limit)
    wrong = list(mistakes(stated, table, folder))
    for text in wrong:
        yield fault("expectation-error", f"{EXPECTATIONS}{text}", rule=EXPECTATIONS)
    if not wrong:
        yield from _compared(parsed(stated), table, folder)


def _compared(expected: Expectations, table: Table, folder: Path) -> Outcomes:
    try:
        found = measured(table, list(expected.fill_rates), [one.parts for one in expected.partitions])
    except PartitionsError as error:
        text = f"{EXPECTATIONS}/partitions: {error}; partition by other fields"
        yield fault("expectation-error", text, rule=EXPECTATIONS)
        return
    yield from _rows(expected, found.rows)
    yield from _fill_rates(expected, found)
    for one, counts in zip(expected.partitions, found.partitions, strict=True):
        yield from _partitions(one, counts, folder)


def _rows(expected: Expectations, rows: int) -> Iterator[Faults]:
    for word, name, limit, broken in (
        ("at least", "minRows", expected.min_rows, rows < (expected.min_rows or 0)),
        ("at most", "maxRows", expected.max_rows, expected.max_rows is not None and rows > expected.max_rows),
    ):
        if broken:
            text = f"the table has {rows:,} rows, expected {word} {limit:,}; look at the rows, or correct {name}"
            yield fault("table-dimensions", text, rule=f"{name} {limit}", value=str(rows))


def _fill_rates(expected: Expectations, found: Measures) -> Outcomes:
    if expected.fill_rates and not found.rows:
        yield Unmade("the table has no rows, so there are no fill rates")
        return
    for name, (low, high) in expected.fill_rates.items():
        filled = found.filled[name]
        for word, kind, limit, broken in (
            ("at least", "minimum", low, low is not None and filled < low * found.rows),
            ("at most", "maximum", high, high is not None and filled > high * found.rows),
        ):
            if broken and limit is not None:
                text = f"{filled:,} of {found.rows:,} cells are filled ({_percent(Fraction(filled, found.rows))})"
                text += f", expected {word} {_percent(limit)}; look at the rows, or correct the {kind}"
                rule = f"fill rate {kind} {float(limit):g}"
                yield fault("fill-rate", text, field=name, rule=rule, value=f"{filled / found.rows:.6g}")


def _percent(share: Fraction) -> str:
    """A share in percent, as exactly as four digits can say.

    >>> _percent(Fraction(1, 3)), _percent(Fraction(1))
    ('33.33 %', '100 %')
    """
    return f"{float(share * 100):.4g} %"


def _partitions(one: Partitioning, counts: Mapping[Key, int], folder: Path) -> Iterator[Faults]:
    file = shown(one.baseline)
    try:
        baseline = read_baseline(folder / one.baseline, one.names)
    except FileNotFoundError:
        text = f"the baseline {file} does not exist; write it with: broadsheet baseline --write, and review it"
        yield fault("expectation-error", text, rule=f"baseline {one.baseline}")
        return
    except BaselineError as error:
        text = f"the baseline {file} {error}; restore it, or write it anew with: broadsheet baseline --write"
        yield fault("expectation-error", text, rule=f"baseline {one.baseline}")
        return
    broken: dict[str, list[tuple[Key, str]]] = {}
    for key in sorted({*baseline, *counts}):
        code, text = verdict(one, baseline.get(key), counts.get(key, 0))
        if code:
            broken.setdefault(code, []).append((key, text))
    for code, items in broken.items():
        yield Faults([_finding(one, code, key, text, counts) for key, text in items[:KEPT]], len(items))


def verdict(one: Partitioning, expected: int | None, found: int) -> tuple[str, str]:
    """The code and the words of what is wrong of a partition; both empty where nothing is.

    >>> verdict(Partitioning((), "x.csv", fewer=Fraction("0.1")), 10, 9)
    ('', '')
    >>> verdict(Partitioning((), "x.csv"), 10, 0)[0]
    'partition-missing'
    """
    if expected is None:
        return ("", "") if one.new_allowed else ("partition-new", f"has {found:,} rows and is not in the baseline")
    if not found and expected:
        return "partition-missing", f"has no rows, expected {expected:,} as in the baseline"
    fewer = one.fewer is not None and expected - found > one.fewer * expected
    more = one.more is not None and found - expected > one.more * expected
    if fewer or more:
        limit, word = (one.fewer, "fewer") if fewer else (one.more, "more")
        allowed = f", {_percent(limit)} {word} at most" if limit else ""
        return "partition-size", f"has {found:,} rows, expected {expected:,} as in the baseline{allowed}"
    return "", ""


def _finding(one: Partitioning, code: str, key: Key, text: str, counts: Mapping[Key, int]) -> Finding:
    named = ", ".join(f"{name} {quoted(value or None)}" for name, value in zip(one.names, key, strict=True))
    message = f"{named} {text}; restore the rows, or {REVIEW}"
    place, rule = ", ".join(one.names), f"baseline {one.baseline}"
    return Finding(code, message, "", None, place, rule, str(counts.get(key, 0)), ", ".join(key))
