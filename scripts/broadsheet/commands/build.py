"""`broadsheet build`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadsheet.commands.extractors import entities_option
from broadsheet.commands.fields import MAP_HELP, read_map
from broadsheet.commands.progress import shown_progress

if TYPE_CHECKING:
    from broadsheet.build import Summary

FOLDER = click.Path(path_type=Path, readable=False)
"""A folder that the library looks at, so that it is the library that says what is wrong with it."""


@click.command(name="build")
@click.argument("project", required=False, type=FOLDER)
@click.option("--raw", type=FOLDER, help="Folder of article files [default: PROJECT/raw].")
@click.option(
    "--out",
    type=FOLDER,
    help="The package to make [default: PROJECT/build/package].",
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes to use [default: one per processor].")
@click.option("--map", "fields", multiple=True, metavar="FIELD=NAME", callback=read_map, help=MAP_HELP)
@entities_option
@click.option("--fresh", is_flag=True, help="Make the rows of every article anew, also of those that did not change.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a raw record could not be read.")
@click.option("--verbose", "-v", is_flag=True, help="Name each stage on standard error when it begins.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on standard output.")
def command(
    project: Path | None,
    raw: Path | None,
    out: Path | None,
    jobs: int | None,
    fields: dict[str, str],
    entities: str | None,
    fresh: bool,
    strict: bool,
    verbose: bool,
    as_json: bool,
) -> int:
    """Read, extract, validate and package a folder of article files.

    PROJECT is a dataset project (a folder with datapackage.json and raw/); without one, the current folder,
    or none at all where both --raw and --out are given. The package is put in place in one step, and only
    if it is valid; the same input always gives the same bytes. Rows of articles that did not change are taken
    from the build before.

    \b
    Examples:
        broadsheet build
        broadsheet build --raw articles/ --out package/ --jobs 4
        broadsheet build --raw feed/ --out package/ --map text=article_body
    """
    from broadsheet.build import build
    from broadsheet.commands.summary import print_summary
    from broadsheet.project import open_project

    root = project or (None if raw and out else Path())
    with shown_progress(verbose=verbose) as progress:
        summary = build(open_project(root, raw, out, fields, entities), jobs, progress, reuse=not fresh)
    print_summary(summary, as_json)
    return exit_code(summary, strict)


def exit_code(summary: "Summary", strict: bool) -> int:
    """0, or 1 where the package is not valid or, under `--strict`, a record failed."""
    return int(not summary.report.ok or (strict and summary.failed > 0))
