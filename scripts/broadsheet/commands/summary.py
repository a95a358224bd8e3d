"""What a build says at its end."""

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadsheet.build import Summary

SHOWN_REASONS = 20
"""Reasons that the closing lines name; a file of JSON Lines may hold a thousand bad lines, each with its own."""

_LINE = re.compile(r"\Aline \d+: ")


def print_summary(summary: "Summary", as_json: bool) -> None:
    """The counts on standard error, or as JSON on standard output; findings of the validation on standard output."""
    if as_json:
        click.echo(json.dumps(as_object(summary), indent=2, ensure_ascii=False))
        return
    for line in lines_of(summary):
        click.echo(line, err=True)
    if not summary.report.ok:
        click.echo(summary.report.as_text())


def as_object(summary: "Summary") -> dict[str, object]:
    """The summary for machines."""
    return {
        "package": str(summary.out),
        "valid": summary.report.ok,
        "warnings": summary.warnings,
        "records": summary.records,
        "reasons": [dict(zip(("status", "reason", "count"), row, strict=True)) for row in summary.reasons],
        "reused": summary.reused,
        "rows": summary.rows,
        "findings": [dataclasses.asdict(finding) for finding in summary.report.findings],
    }


def lines_of(summary: "Summary") -> list[str]:
    """The closing lines: records in, what was not read and why, rows out, and where they are."""
    total = sum(summary.records.values())
    by_status = ", ".join(f"{count:,} {status}" for status, count in summary.records.items())
    lines = [f"Raw records: {total:,}" + (f" ({by_status})" if total else "")]
    lines += reason_lines(summary.reasons)
    lines += [f"Warning: {warning}." for warning in summary.warnings]
    lines += (
        [f"Rows of {summary.reused:,} articles that did not change were taken from the build before."]
        if summary.reused
        else []
    )
    lines += ["Rows: " + ", ".join(f"{count:,} {table}" for table, count in summary.rows.items())]
    verdict = "Valid" if summary.report.ok else "NOT valid, so it was not put in place"
    return [*lines, f"{verdict}: {summary.out}"]


def reason_lines(reasons: Iterable[tuple[str, str, int]]) -> list[str]:
    """Status and reason with their numbers, most frequent first, without the lines of files that the reasons name.

    >>> reason_lines([("failed", "line 3: no text", 1), ("failed", "line 7: no text", 1), ("read", "no date", 1)])
    ['  2 failed: no text', '  1 read: no date']
    """
    counts: Counter[tuple[str, str]] = Counter()
    for status, reason, count in reasons:
        counts[status, _LINE.sub("", reason)] += count
    lines = [f"  {count:,} {status}: {reason}" for (status, reason), count in counts.most_common(SHOWN_REASONS)]
    others = len(counts) - len(lines)
    return lines + ([f"  and {others:,} other reasons: see raw_records"] if others else [])
