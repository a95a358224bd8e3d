"""`broadsheet publish`."""

from pathlib import Path

import click

from broadsheet.commands.progress import shown_progress


@click.command(name="publish")
@click.argument("project", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--to", "registry", help="Registry: a folder or s3://BUCKET/PREFIX [default: PROJECT/build/registry].")
@click.option("--version", help="Version to publish [default: the one that datapackage.json states].")
@click.option(
    "--allow", default="", metavar="WHY", help="Publish even if the version is too small a step, and say why."
)
def command(project: Path, registry: str | None, version: str | None, allow: str) -> int:
    """Publish what was built as a version that never changes.

    PROJECT is a dataset project or a full package; by default the current folder. The package is validated, what
    the dataset's text policy withholds is left out (see: broadsheet package), and the rest becomes NAME/VERSION in
    the registry: a folder of plain files that any web server can serve. A version that is there already is refused,
    and so is one whose number is too small a step from the version before for what changed (see: broadsheet diff).

    \b
    Examples:
        broadsheet publish
        broadsheet publish my-dataset --to /srv/datasets --version 1.1.0
        broadsheet publish my-dataset --to s3://newsroom-data/datasets
        broadsheet publish --version 1.0.3 --allow "the new rows were missing by mistake"
    """
    from broadsheet.publish import publish

    with shown_progress() as progress:
        done = publish(project, registry, version, progress, allow)
    if not done.report.ok:
        click.echo(done.report.as_text())
        click.echo(f"NOT valid, so it was not published: {done.name} {done.version}", err=True)
        return 1
    where = click.format_filename(done.package)
    click.echo(f"Published {done.name} {done.version} under the text policy {done.policy}: {where}", err=True)
    return 0
