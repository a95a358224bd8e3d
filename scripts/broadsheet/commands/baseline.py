"""`broadsheet baseline`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadsheet.validate.review import Review


@click.command(name="baseline")
@click.argument("path", default=".", type=click.Path(path_type=Path, readable=False))
@click.option("--write", is_flag=True, help="Write the baselines.")
def command(path: Path, write: bool) -> int:
    """Show or write the rows by partition that are expected of a table.

    PATH is a package folder or a dataset project; by default the current folder. Its descriptor states which tables
    have baselines, in `broadsheet:expectations`: CSV files with the rows of each partition, such as articles by outlet
    and month, against which `broadsheet validate` holds the rows. Look at what is shown before you write it.

    \b
    Examples:
        broadsheet baseline
        broadsheet baseline --write
        broadsheet baseline package/ --write
    """
    from broadsheet.validate.review import review

    for one in review(path):
        _show(one)
        if write and (one.old is None or any(one.changes.values())):
            one.write()
            click.echo(f"Written: {click.format_filename(one.path)}", err=True)
    return 0


def _show(one: "Review") -> None:
    """The lines that differ on standard output, the counts on standard error."""
    from broadsheet.validate.baselines import difference
    from broadsheet.validate.shown import shown

    lines = list(difference(one.old or {}, one.new))
    if lines:
        click.echo("\n".join([f"--- {shown(one.name)}", f"+++ {shown(one.name)}, as the rows are now", *lines]))
    state = f"{shown(one.why, 200)}; " if one.why else ""
    counts = ", ".join(f"{count:,} {what}" for what, count in one.changes.items() if count)
    click.echo(f"{shown(one.name)}: {state}{counts or 'no partition differs'}", err=True)
