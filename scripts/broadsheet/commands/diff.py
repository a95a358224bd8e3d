"""`broadsheet diff`."""

from pathlib import Path

import click

FORMATS = ("text", "json", "markdown", "html")
FOLDER = click.Path(path_type=Path, readable=False)


@click.command(name="diff")
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Rows shown of each table; all are counted.",
)
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    help="A new .csv or .parquet file for all rows that differ, cell by cell.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where the packages differ.")
def command(old: Path, new: Path, form: str, limit: int, rows: Path | None, exit_code: bool) -> int:
    """Say what changed between two packages, and advise a version.

    OLD and NEW are package folders. Changes of schemas and descriptors are classed by the Data Package recipe on
    versions, with the rule; rows are matched by primary key. A row differs for its raw file (raw), because another
    program version, library or option made it (program), or for neither (correction).

    \b
    Examples:
        broadsheet diff panjshir-1.0.0/ build/package/
        broadsheet diff old/ new/ --format markdown --limit 5 > changes.md
        broadsheet diff old/ new/ --rows changes.csv
        broadsheet diff old/ new/ --exit-code
    """
    from broadsheet.diff import diff_packages
    from broadsheet.diff.formats import render

    diff = diff_packages(old, new, limit, rows)
    click.echo(render(diff, form), nl=False)
    return int(exit_code and diff.differs)
