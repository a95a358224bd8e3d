"""The option `--map`: names that raw records give fields of an article."""

from collections.abc import Sequence

import click

from broadsheet.project import ARTICLE_FIELDS

MAP_HELP = f"Name of a field in JSON Lines, where it is not a usual one. FIELD is one of {', '.join(ARTICLE_FIELDS)}."


def read_map(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Fields with their names from values such as `text=article_body`."""
    fields = dict(value.partition("=")[::2] for value in values)
    for field, name in fields.items():
        if field not in ARTICLE_FIELDS or not name:
            raise click.BadParameter(f"{field}={name}: expected FIELD=NAME, FIELD one of {', '.join(ARTICLE_FIELDS)}")
    return fields
