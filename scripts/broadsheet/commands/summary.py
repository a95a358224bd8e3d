"""What a build says at its end."""

import dataclasses
import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadsheet.build import Summary


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
    lines += [f"  {count:,} {status}: {reason}" for status, reason, count in summary.reasons]
    lines += ["Warning: no article was found in the raw folder."] if not total else []
    lines += [f"Warning: {warning}." for warning in summary.warnings]
    lines += (
        [f"Rows of {summary.reused:,} articles that did not change were taken from the build before."]
        if summary.reused
        else []
    )
    lines += ["Rows: " + ", ".join(f"{count:,} {table}" for table, count in summary.rows.items())]
    verdict = "Valid" if summary.report.ok else "NOT valid, so it was not put in place"
    return [*lines, f"{verdict}: {summary.out}"]
