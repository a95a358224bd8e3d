"""`broadsheet entities`."""

import sys
from pathlib import Path

import click


@click.command(name="entities")
@click.argument("project", required=False, type=click.Path(path_type=Path), default=Path())
@click.option("--review", is_flag=True, help="List doubtful merges and splits as CSV, to be edited.")
@click.option("--out", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File for the CSV of --review.")
@click.option("--limit", "-n", type=click.IntRange(min=1), default=30, show_default=True, help="So many entities.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
def command(project: Path, review: bool, out: Path | None, limit: int, as_json: bool) -> int:
    """List the entities mentioned most, or what may be wrong of them.

    PROJECT is a dataset project that was built, or a package [default: the current folder]. With --review each line
    begins with the columns of raw/authority.csv and says what is done now: the other name stands in `aliases` where
    the two are one entity, in `not_same_as` where they are two. To keep it so, copy the line; to change it, move the
    name to the other column first. The doubts that concern most mentions come first.

    \b
    Examples:
        broadsheet entities --limit 50
        broadsheet entities my-dataset --json
        broadsheet entities my-dataset --review -o review.csv
    """
    from broadsheet.commands.rows import print_rows
    from broadsheet.dataset import entities

    if (out and not review) or (review and as_json):
        raise click.UsageError("--out goes with --review, and --json does not")
    dataset, authority = entities.opened(project)
    if not review:
        print_rows({"entities": entities.most_mentioned(dataset, limit)}, ["entities"], as_json, named=False)
        return 0
    found = entities.doubts_of(dataset, authority)
    if out:
        entities.save_review(found, authority, out)
    else:
        entities.write_review(found, authority, sys.stdout)
    click.echo(f"Doubts: {len(found):,}" + (f", written to {out}" if out else ""), err=True)
    return 0
