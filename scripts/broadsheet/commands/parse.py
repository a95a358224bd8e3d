"""`broadsheet parse`."""

from pathlib import Path

import click

from broadsheet.commands.extractors import entities_option
from broadsheet.commands.fields import MAP_HELP, read_map

TABLES = ("articles", "entities", "claims", "dates", "mentions", "passages", "claim_spans", "figures")


@click.command(name="parse")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--table", "-t", type=click.Choice(TABLES), help="Only the rows of this table.")
@click.option("--language", default="und", show_default=True, help="Language of the articles, a BCP 47 tag.")
@click.option("--map", "fields", multiple=True, metavar="FIELD=NAME", callback=read_map, help=MAP_HELP)
@entities_option
@click.option("--json", "as_json", is_flag=True, help="JSON Lines also on a terminal.")
def command(
    files: tuple[Path, ...],
    table: str | None,
    language: str,
    fields: dict[str, str],
    entities: str | None,
    as_json: bool,
) -> int:
    """Show the rows that single article files give.

    On a terminal the rows are shown to be read; piped, or with --json, they are JSON Lines with every column
    (and the table's name first, unless --table says which).

    \b
    Examples:
        broadsheet parse article.txt --table dates
        broadsheet parse article.txt | jq 'select(.table == "claims")'
    """
    from broadsheet.commands.rows import print_rows, print_unread
    from broadsheet.parse import parse_files

    parsed = parse_files(files, language, fields, entities or "rules")
    print_rows(parsed.rows, (table,) if table else TABLES, as_json, named=table is None)
    return print_unread(parsed.unread)
