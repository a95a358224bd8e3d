"""`broadsheet package`."""

from pathlib import Path

import click

from broadsheet.commands.progress import shown_progress


@click.command(name="package")
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--public", is_flag=True, help="Make the public projection; needed, since nothing else is made yet.")
@click.option("--out", type=click.Path(path_type=Path), help="The package to make [default: PATH/build/public].")
def command(path: Path, public: bool, out: Path | None) -> int:
    """Make what may be published of a package that was built.

    PATH is a dataset project or a package; by default the current folder. The dataset's text policy
    (broadsheet.textPolicy in datapackage.json) says what is withheld: facts (the default) withholds texts, titles,
    bylines and the words of claims; quotes lets short direct quotations stand; full withholds nothing, and needs
    a licence in every article's row.

    \b
    Examples:
        broadsheet package --public
        broadsheet package --public build/package --out public/
    """
    from broadsheet.package.public import named, write_public_package

    if not public:
        raise click.UsageError("say --public: nothing else is made yet (a full package is made by: broadsheet build)")
    source, target, policy = named(path, out)
    with shown_progress() as progress:
        report = write_public_package(source, target, policy, progress)
    if not report.ok:
        click.echo(report.as_text())
        click.echo(f"NOT valid, so it was not put in place: {target}", err=True)
        return 1
    click.echo(f"Valid, and public under the text policy {policy}: {target}", err=True)
    return 0
