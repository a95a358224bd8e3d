"""`broadsheet validate`."""

import dataclasses
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadsheet.commands.progress import shown_progress
from broadsheet.commands.terminal import colors_are_wanted

if TYPE_CHECKING:
    from broadsheet.validate import Remote

FORMATS = ("text", "json", "junit", "sarif", "github", "html")


@click.command(name="validate")
@click.argument("path", default=".", type=click.Path(path_type=Path, readable=False))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report.")
@click.option(
    "--save",
    "saved",
    type=(click.Choice(FORMATS), click.Path(path_type=Path, dir_okay=False)),
    multiple=True,
    metavar="FORMAT FILE",
    help="Write the report to a file as well; may be repeated.",
)
@click.option(
    "--schema",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Table Schema of PATH, where PATH is a CSV or Parquet file.",
)
@click.option(
    "--allow-urls", is_flag=True, help="Fetch files at URLs that the descriptor names; else they are refused."
)
@click.option(
    "--limit",
    type=click.IntRange(0, 20),
    metavar="N",
    help="Findings to show of each rule, 20 at most; all are counted [default: what fits one screen; in files 20].",
)
@click.option("--only", multiple=True, metavar="NAME", help="Make only these checks; may be repeated.")
@click.option("--skip", multiple=True, metavar="NAME", help="Leave these checks out; may be repeated.")
@click.option(
    "--fail-on",
    multiple=True,
    metavar="WHAT",
    help="When to exit with 1: findings (the default), skipped, never, or a code such as type-error; may be repeated.",
)
@click.option("--referee", is_flag=True, help="Run frictionless as well, and say where the verdicts differ.")
@click.option(
    "--referee-time",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long it may take; it reads some 1 MB of CSV a second.",
)
def command(
    path: Path,
    schema: Path | None,
    form: str,
    saved: tuple[tuple[str, Path], ...],
    limit: int | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    fail_on: tuple[str, ...],
    referee: bool,
    referee_time: float,
    allow_urls: bool,
) -> int:
    """Check a package, or a project and the package that it built.

    PATH is a package folder, a dataset project, a zip of a package, a descriptor of any name, or a CSV or Parquet
    file with its schema (--schema, or NAME.schema.json beside it); by default the current folder. Every check ends
    as passed, failed, skipped (with the reason) or not applicable. Exit code 1 means that something was found.

    NAME is a check, the code of a finding, a table, or a check or code of one table (claims:type-error); what is left
    out stands in the report as skipped. With --fail-on skipped, every check must have been made and find nothing.

    \b
    Examples:
        broadsheet validate
        broadsheet validate package/ --format github
        broadsheet validate package/ --save junit report.xml --save html report.html
        broadsheet validate package/ --only claims --skip claims:spans --fail-on skipped
        broadsheet validate package/ --referee --referee-time 600
        broadsheet validate package.zip
        broadsheet validate data.csv --schema schema.json
        broadsheet validate package/ --allow-urls
    """
    from broadsheet.validate import Selection, check_fail_on, fails, validate_path
    from broadsheet.validate.formats import render, save

    check_fail_on(fail_on)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder, shown_progress(after=1) as progress:
        remote = _remote(Path(folder)) if allow_urls else None
        report = validate_path(path, Selection(only, skip), referee_time if referee else 0, schema, remote, progress)
    report = dataclasses.replace(report, root=named(path), seconds=round(time.perf_counter() - began, 3))
    for of_file, file in saved:
        save(report, of_file, file, limit=limit)
    click.echo(render(report, form, limit=limit, color=colors_are_wanted()), nl=False)
    if path.is_dir() and not (path / "datapackage.json").exists():
        click.echo(f"Tip: {click.format_filename(path)} {_instead(path)}", err=True)
    code = int(fails(report, fail_on))
    if code == int(report.ok):
        click.echo(f"Exit code {code}: by --fail-on {', '.join(fail_on)}", err=True)
    return code


def _remote(folder: Path) -> "Remote":
    from broadsheet.registry.web import fetch
    from broadsheet.validate import Remote

    return Remote(folder, fetch)


def named(path: Path) -> str:
    """The folder that was validated, as files are named from here: relative where it is below, else as it was given.

    >>> named(Path(".")), named(Path("package/datapackage.json"))
    ('', 'package')
    """
    is_file = path.name == "datapackage.json" or (path.is_file() and path.suffix.lower() != ".zip")
    folder = path.parent if is_file else path
    relative = os.path.relpath(folder)
    return "" if relative == "." else Path(folder if relative.startswith("..") else relative).as_posix()


def _instead(folder: Path) -> str:
    """What a folder without a descriptor is, as far as can be seen, and what to name in its place."""
    found = [path for depth in ("*", "*/*") for path in folder.glob(f"{depth}/datapackage.json")]
    if found:
        names = sorted(path.parent.relative_to(folder).as_posix() for path in found)[:3]
        return f"is no package, but holds some; name one of them, such as {', '.join(names)}"
    return "is no package; name the folder of one, a project, or a datapackage.json"
