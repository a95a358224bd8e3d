"""`broadsheet validate`."""

from pathlib import Path

import click

FORMATS = ("text", "json", "junit", "github")


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
def command(path: Path, form: str, saved: tuple[tuple[str, Path], ...]) -> int:
    """Check a package, or a project and the package that it built.

    PATH is a package folder or a dataset project; by default the current folder. Every check ends as passed,
    failed, skipped (with the reason) or not applicable. Exit code 1 means that something was found.

    \b
    Examples:
        broadsheet validate
        broadsheet validate package/ --format github
        broadsheet validate package/ --save junit report.xml --save json report.json
    """
    from broadsheet.validate import validate_path
    from broadsheet.validate.formats import render, save

    report = validate_path(path)
    for of_file, file in saved:
        save(report, of_file, file)
    click.echo(render(report, form), nl=False)
    return int(not report.ok)
