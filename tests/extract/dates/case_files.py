"""The hand-made cases of cases/*.jsonl: sentences with the rows that the standards ask for, and what they rest on.

One case a line: `text`, `published` (null where unknown), `rows` (all of them, unless `others` is true), `why` (the
clause). A row has `surface` (its `nth` occurrence, 0-based) and columns of `dates`; a column that is left out is not
asked for, null must be missing. Where a guideline admits several answers, a list holds them all.
"""

import datetime
import json
import re
import warnings
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from broadsheet.records import Article, Date, Passage, Span

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its grammar meets a diagnostic of pyparsing 3.3 when it is imported
    from edtf import parse_edtf

FOLDER = Path(__file__).with_name("cases")
Row = dict[str, Any]


class Case(NamedTuple):
    """A case and where it stands: file:line and its first words."""

    name: str
    text: str
    published: datetime.date | None
    rows: list[Row]
    others: bool
    why: str

    def article(self) -> Article:
        """The case as an article of as many paragraphs as its text has."""
        blocks = re.finditer(r"\S(?:.|\n(?!\n))*", self.text)
        return Article(self.text, tuple(Passage("paragraph", *b.span()) for b in blocks), self.published)


def read() -> list[Case]:
    """All cases, in the order of the files' names."""
    return [case for path in sorted(FOLDER.glob("*.jsonl")) for case in _read(path)]


def _read(path: Path) -> list[Case]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [_case(f"{path.stem}:{number}", json.loads(line)) for number, line in lines]


def _case(place: str, found: dict[str, Any]) -> Case:
    known = {"text", "published", "rows", "others", "why"}
    assert found.keys() <= known, f"{place}: unknown keys {found.keys() - known}"
    words = "-".join(re.findall(r"\w+", found["text"])[:7])
    published = found["published"] and datetime.date.fromisoformat(found["published"])
    return Case(f"{place}-{words}", found["text"], published, found["rows"], found.get("others", False), found["why"])


def admitted(value: Any) -> list[Any]:
    """The answers that are right: a list as it is, anything else alone."""
    return value if isinstance(value, list) else [value]


def spans(text: str, surface: str | list[str], nth: int = 0) -> list[Span]:
    """Where the surface may stand: its nth occurrence, for each of its admitted forms."""
    found = ([m.span() for m in re.finditer(re.escape(one), text)] for one in admitted(surface))
    return [Span(*places[nth]) for places in found if len(places) > nth]


def row_spans(text: str, row: Row) -> list[Span]:
    """Where the row may stand."""
    return spans(text, row["surface"], row.get("nth", 0))


def differences(case: Case, dates: tuple[Date, ...]) -> list[str]:
    """What is missing, wrong or too much in the dates that were found."""
    left, said = list(dates), []
    for row in case.rows:
        date = next((d for d in left if _same_place(case.text, row, d)), None)
        if date is None:
            said.append(f"missing: {row['type']} {row['surface']!r}")
        else:
            left.remove(date)
            said += _wrong_columns(case.text, row, date)
    extra = [] if case.others else left
    return said + [f"too much: {d.type} {case.text[d.start : d.end]!r} {d.value} ({d.rule})" for d in extra]


def _same_place(text: str, row: Row, date: Date) -> bool:
    return date.type in admitted(row["type"]) and date.span in row_spans(text, row)


def _wrong_columns(text: str, row: Row, date: Date) -> list[str]:
    columns = ("value", "mod", "edtf", "earliest", "latest", "anchor")
    found: Row = {name: getattr(date, name) for name in columns}
    found |= {name: found[name] and found[name].isoformat() for name in ("earliest", "latest")}
    wrong = [name for name in columns if name in row and found[name] not in admitted(row[name])]
    said = [f"{row['surface']!r} {name}: {found[name]}, expected {row[name]}" for name in wrong]
    if "anchor_surface" in row and date.anchored_to not in spans(text, row["anchor_surface"]):
        said.append(f"{row['surface']!r} anchored to {date.anchored_to}, expected {row['anchor_surface']!r}")
    return said


@cache
def bounds(edtf: str) -> tuple[str | None, str | None]:
    """First and last day of an EDTF string by the strict bounds of the EDTF library; None outside the years 1-9999."""
    parsed = parse_edtf(edtf)
    return _day(parsed.lower_strict()), _day(parsed.upper_strict())


def _day(bound: Any) -> str | None:
    if isinstance(bound, float) or not 1 <= bound.tm_year <= 9999:
        return None
    return datetime.date(*bound[:3]).isoformat()
