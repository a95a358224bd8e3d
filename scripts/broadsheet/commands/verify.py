"""`broadsheet verify`."""

import dataclasses
from pathlib import Path

import click

from broadsheet.commands.extractors import entities_option
from broadsheet.commands.progress import shown_progress
from broadsheet.commands.terminal import colors_are_wanted
from broadsheet.commands.validate import FORMATS, named


@click.command(name="verify")
@click.argument("package", default="build/package", type=click.Path(path_type=Path))
@click.option("--raw", default="raw", show_default=True, type=click.Path(path_type=Path), help="Folder of raw files.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes to use [default: one per processor].")
@entities_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report.")
def command(package: Path, raw: Path, jobs: int | None, entities: str | None, form: str) -> int:
    """Check a package against the raw files that it was built from.

    PACKAGE is a package folder, full or public [default: build/package]. It is validated; every raw file is read
    and compared with its hash; the words of every row are looked up where the row says; and the package is built
    again, in a temporary folder, and compared row by row and byte by byte. What differs is named with the likely
    reason: a raw file, the program, a library or an option. Exit code 1 means that something was found.

    \b
    Examples:
        broadsheet verify
        broadsheet verify panjshir-1.0.0/ --raw articles/ --format json
    """
    from broadsheet.validate.formats import render
    from broadsheet.verify import verify

    with shown_progress() as progress:
        report = verify(package, raw, jobs, progress, entities)
    report = dataclasses.replace(report, root=named(package))
    click.echo(render(report, form, color=colors_are_wanted()), nl=False)
    return int(not report.ok)
