"""`broadsheet withdraw`."""

import click

from broadsheet.commands.versions import FROM


@click.command(name="withdraw")
@click.argument("version", metavar="NAME@VERSION")
@click.option("--why", required=True, help="Why nobody should use the version any more, in one line.")
@click.option("--purge", is_flag=True, help="Remove its files for good; hashes, dates and the reason are kept.")
@click.option("--from", "registry", default=FROM, show_default=True, help="Registry: a folder or s3://BUCKET/PREFIX.")
def command(version: str, why: str, purge: bool, registry: str) -> int:
    """Withdraw a version that was published.

    Ranges of versions pass it over from then on, and whoever fetches it by its full number is told why it was
    withdrawn. Its number is never used again.

    \b
    Examples:
        broadsheet withdraw panjshir@1.0.2 --why "two articles counted twice; use 1.0.3"
        broadsheet withdraw panjshir@1.0.1 --why "a name that must not be public" --purge --from /srv/datasets
    """
    from broadsheet.publish import withdraw

    index = withdraw(version, registry, why, purge=purge)
    done = "Withdrawn, and its files removed" if purge else "Withdrawn"
    click.echo(f"{done}: {version}. The highest version that is offered: {index.highest or 'none'}", err=True)
    return 0
