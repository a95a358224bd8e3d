"""`broadsheet export`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadsheet.dataset import Dataset
    from broadsheet.export import Options

CLAIMS = "claims"
STDOUT = Path("-")
FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


@click.command(name="export")
@click.argument("what", nargs=-1, metavar="[PACKAGE] [claims]")
@click.option("--xlsx", type=click.Path(path_type=Path), help="The workbook to write.")
@click.option("--table", "tables", multiple=True, help="A table of the workbook; may be repeated. [default: all]")
@click.option("--format", "form", type=click.Choice(["webannotation", "schemaorg"]), help="The form of the claims.")
@click.option("--output", "-o", "out", type=FILE, help="The file for the claims. [default: standard output]")
@click.option("--lines", is_flag=True, help="JSON Lines, one object a line; so too for a FILE.jsonl.")
@click.option("--base", metavar="URL", help="An address that identifiers begin with. [default: urn:uuid:]")
@click.option(
    "--around",
    "width",
    type=click.IntRange(min=0),
    default=32,
    show_default=True,
    help="Characters around quotations.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.option("--no-verify", is_flag=True, help="Do not check the hashes of the tables' files first.")
def command(
    what: tuple[str, ...],
    xlsx: Path | None,
    tables: tuple[str, ...],
    form: str | None,
    out: Path | None,
    lines: bool,
    base: str | None,
    width: int,
    force: bool,
    no_verify: bool,
) -> int:
    """Write a package as a workbook, or its claims for other programs.

    PACKAGE is a package's folder or its datapackage.json, a project that was built, an address, or a name in a registry
    [default: the package of the project here].

    With --xlsx each table is a sheet; texts are only ever text, no cell is a formula or a link. What does not fit a
    sheet or a cell is continued in further ones, and said to be so.

    With --format the claims are written as W3C Web Annotations of their articles, or as schema.org Claims, each ready
    for the itemReviewed of a ClaimReview: one JSON-LD document, or with --lines an object a line. They quote whatever
    the package holds of the articles' words; to publish them, export what `broadsheet package --public` makes.

    \b
    Examples:
        broadsheet export build/package --xlsx sample.xlsx
        broadsheet export build/package --xlsx claims.xlsx --table claims --table entities
        broadsheet export claims --format webannotation -o annotations.jsonld
        broadsheet export my-dataset claims --format schemaorg --lines | jq .text
    """
    from broadsheet.dataset import load
    from broadsheet.export import Options, package_at

    _check_options(xlsx, tables, form, out is not None or lines or base is not None)
    dataset = load(package_at(_package(what, form)), engine="pyarrow", verify=not no_verify)
    if xlsx is not None:
        return _workbook(dataset, xlsx, tables, force)
    assert form is not None
    return _claims(dataset, None if out == STDOUT else out, Options(form, lines or _is_lines(out), base, width), force)


def _check_options(xlsx: Path | None, tables: tuple[str, ...], form: str | None, of_claims: bool) -> None:
    if (xlsx is None) == (form is None):
        raise click.UsageError("say either --xlsx FILE for a workbook, or: claims --format webannotation|schemaorg")
    if xlsx is not None and of_claims:
        raise click.UsageError("--output, --lines and --base go with --format")
    if form is not None and tables:
        raise click.UsageError("--table goes with --xlsx")


def _package(what: tuple[str, ...], form: str | None) -> str | None:
    """The package among the arguments; `claims` is what is exported of it, on either side."""
    names = list(what)
    if form is not None:
        if CLAIMS not in names:
            raise click.UsageError(f"say what of the package: broadsheet export claims --format {form}")
        names.remove(CLAIMS)
    if len(names) > 1:
        raise click.UsageError(f"one package at a time, not {', '.join(names)}; tables of a workbook: --table")
    return names[0] if names else None


def _is_lines(out: Path | None) -> bool:
    from broadsheet.export.documents import LINES

    return out is not None and out.suffix.lower() in LINES


def _workbook(dataset: "Dataset", xlsx: Path, tables: tuple[str, ...], force: bool) -> int:
    from broadsheet.export import write_xlsx

    done = write_xlsx(dataset, xlsx, tables, force=force)
    for note, count in done.notes.items():
        click.echo(f"Note: {note} ({count:,})", err=True)
    rows = ", ".join(f"{count:,} {sheet}" for sheet, count in done.sheets.items())
    click.echo(f"Rows: {rows}", err=True)
    click.echo(f"Written: {xlsx}", err=True)
    return 0


def _claims(dataset: "Dataset", out: Path | None, options: "Options", force: bool) -> int:
    from broadsheet.export import write_claims

    done = write_claims(dataset, out or sys.stdout.buffer, options, force=force)
    if done.wordless:
        click.echo(f"Note: the package withholds the words of {done.wordless:,} claims", err=True)
    click.echo(f"Claims: {done.claims:,}" + (f", written to {out}" if out else ""), err=True)
    return 0
