"""The hand-made cases of cases/*.jsonl: mini articles with every attributed claim that careful annotators would mark.

One case a line: `id`, what it is `about`, `text`, perhaps the day on which it was `published`, and `claims`, all of
them; `or` is a second answer that is as right. The outlet's own `statements` are compared only where a case lists them.
A claim has its `content`, a list of parts, each verbatim or [verbatim, how many of the same words stand before it], and
of the other fields those that the case is about:

    kind, form, certainty     as in the tables; form is source_form
    source, cue, hedge        verbatim; several spans of a source or a cue are joined by " […] ", hedges are a list
    lemma, event              dictionary forms: cue_lemma, event_lemma
    who, place                a name by which the text calls the entity; one that is found with its title will do
    said, event_date          the date's TIMEX3 value; earliest and latest are the days of the event's date
    negated
    figures                   all in the content: text, and of min, max, modifier, unit, counted those that are given

`null` is a field that is missing. What the program makes of them:

    python -m tests.extract.claims.case_files [--misses]
"""

import argparse
import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from broadsheet.pipeline import extract
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Claim, Date, Figure, Found, Span

FOLDER = Path(__file__).with_name("cases")
KEYS = {"id", "about", "text", "published", "claims", "or", "statements"}
Fields = dict[str, Any]


class Stated(NamedTuple):
    """A claim as a case states it: the spans of its content, and the fields that it is about."""

    content: tuple[Span, ...]
    fields: Fields


class Case(NamedTuple):
    """A case; `file` is the stem of its file's name, `answers` are the lists of attributed claims that are right."""

    file: str
    id: str
    text: str
    published: datetime.date | None
    answers: tuple[tuple[Stated, ...], ...]
    statements: tuple[Stated, ...] | None

    def article(self) -> Article:
        """The case as an article, parted into passages as the plain text reader does."""
        return Article(self.text, split_passages(self.text), self.published)

    def stated(self) -> list[Stated]:
        """All claims of the case, statements and second answers too."""
        return [one for claims in (*self.answers, self.statements or ()) for one in claims]


def read() -> list[Case]:
    """All cases, in the order of the files' names."""
    return [case for path in sorted(FOLDER.glob("*.jsonl")) for case in _read(path)]


def _read(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        assert found.keys() <= KEYS, f"{path.name}: {line}"
        claims = partial(_stated, found["text"])
        answers = tuple(claims(found[key]) for key in ("claims", "or") if key in found)
        statements = claims(found["statements"]) if "statements" in found else None
        day = datetime.date.fromisoformat(found["published"]) if "published" in found else None
        yield Case(path.stem, found["id"], found["text"], day, answers, statements)


def _stated(text: str, claims: Iterable[Fields]) -> tuple[Stated, ...]:
    return tuple(Stated(content(text, fields.pop("content")), fields) for fields in claims)


def content(text: str, parts: Iterable[str | Sequence[Any]]) -> tuple[Span, ...]:
    """Where the parts stand; `AssertionError` where one is not in the text, or more than once and is not numbered.

    >>> content("No, no, he said. No.", ["No.", ["o", 1]])
    (Span(start=17, end=20), Span(start=5, end=6))
    """
    return tuple(_place(text, part) if isinstance(part, str) else _place(text, *part) for part in parts)


def _place(text: str, words: str, before: int | None = None) -> Span:
    places = [Span(*match.span()) for match in re.finditer(re.escape(words), text)]
    assert len(places) == 1 or before is not None, f"{words!r} is {len(places)} times in {text!r}"
    return places[before or 0]


def fields_of(claim: Claim, text: str, found: Found) -> Fields:
    """What a case can state of a claim; `who` and `place` are all names of the entity, or None."""
    dates = {date.span: date for date in found.dates}
    said, event = (dates.get(span) if span else None for span in (claim.said_date, claim.event_date))
    return {
        "kind": claim.kind,
        "source": _words(text, claim.source),
        "cue": _words(text, claim.cue),
        "hedge": [text[slice(*span)] for span in claim.hedge],
        "form": claim.source_form,
        "who": _names(claim.source_key, text, found),
        "lemma": claim.cue_lemma,
        "negated": claim.negated,
        "certainty": claim.certainty,
        "said": said.value if said else None,
        "event_date": event.value if event else None,
        "earliest": _day(event, "earliest"),
        "latest": _day(event, "latest"),
        "event": claim.event_lemma,
        "place": _names(claim.place_key, text, found),
        "figures": [_figure(one, text) for one in found.figures if any(part.holds(one.span) for part in claim.content)],
    }


def _words(text: str, spans: Sequence[Span]) -> str | None:
    return " […] ".join(text[slice(*span)] for span in spans) or None


def _names(key: str | None, text: str, found: Found) -> list[str] | None:
    return sorted({text[slice(*one.span)] for one in found.mentions if one.key == key}) if key else None


def _day(date: Date | None, end: str) -> str | None:
    day = getattr(date, end, None)
    return day.isoformat() if day else None


def _figure(figure: Figure, text: str) -> Fields:
    values = {"min": figure.value_min, "max": figure.value_max, "modifier": figure.modifier}
    return {"text": text[slice(*figure.span)], **values, "unit": figure.unit, "counted": figure.counted}


def differences(case: Case, found: Found) -> list[str]:
    """What is missing, otherwise or too much in what was found; of several answers, by the nearest one."""
    attributed = [claim for claim in found.claims if claim.kind != "statement"]
    said = min((_compared(case.text, answer, attributed, found) for answer in case.answers), key=len)
    if case.statements is None:
        return said
    outlet = [claim for claim in found.claims if claim.kind == "statement"]
    return said + _compared(case.text, case.statements, outlet, found)


def _compared(text: str, stated: Iterable[Stated], claims: Iterable[Claim], found: Found) -> list[str]:
    left, said = list(claims), []
    for one in stated:
        claim = next((claim for claim in left if claim.content == one.content), None)
        if claim is None:
            said.append(f"missing: {_words(text, one.content)!r}")
        else:
            left.remove(claim)
            said += _other_fields(one.fields, fields_of(claim, text, found))
    return said + [f"too much: {claim.kind} {_words(text, claim.content)!r}" for claim in left]


def _other_fields(stated: Fields, seen: Fields) -> Iterator[str]:
    for field, value in stated.items():
        if not _is_right(field, value, seen[field]):
            yield f"{field}: {seen[field]!r}, expected {value!r}"


def _is_right(field: str, value: Any, seen: Any) -> bool:
    if field in {"who", "place"}:
        return any(f" {value} " in f" {name} " for name in seen) if value and seen else value == seen
    if field == "figures":
        return len(value) == len(seen) and all(
            one.items() <= other.items() for one, other in zip(value, seen, strict=True)
        )
    return bool(value == seen)


def score(cases: Iterable[Case]) -> dict[str, Counter[str]]:
    """Counts by file: `cases`, and those that are `whole`, with nothing to say against."""
    counts: dict[str, Counter[str]] = {}
    for case in cases:
        whole = not differences(case, extract(case.article()))
        counts.setdefault(case.file, Counter()).update(cases=1, whole=int(whole))
    return counts


def misses(cases: Iterable[Case]) -> Iterator[str]:
    """One line for every difference: the case's id, what is wrong, and the text."""
    for case in cases:
        for said in differences(case, extract(case.article())):
            yield f"{case.id}: {said}  in: {case.text!r}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.extract.claims.case_files", description="Score the cases.")
    parser.add_argument("--misses", action="store_true", help="list every difference first")
    cases = read()
    for line in misses(cases) if parser.parse_args().misses else ():
        print(line)
    scores = score(cases)
    for file, counts in [*scores.items(), ("all", sum(scores.values(), Counter()))]:
        print(f"{file:26}{counts['whole']:4} of {counts['cases']:3} whole")


if __name__ == "__main__":
    main()
