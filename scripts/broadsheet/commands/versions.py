"""`broadsheet versions`."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadsheet.registry import Index

FROM = "build/registry"
"""The registry of a project, seen from the project's folder."""


@click.command(name="versions")
@click.argument("name")
@click.option("--from", "registry", default=FROM, show_default=True, help="Folder or address of the registry.")
@click.option("--json", "as_json", is_flag=True, help="Print the dataset's index as JSON.")
def command(name: str, registry: str, as_json: bool) -> int:
    """List the versions of a dataset in a registry, the highest first.

    \b
    Examples:
        broadsheet versions panjshir
        broadsheet versions panjshir --from /srv/datasets --json
        broadsheet versions panjshir --from https://example.org/datasets
    """
    index = _index(registry, name)
    if as_json:
        click.echo(index.as_json(), nl=False)
        return 0
    for line in lines_of(index):
        click.echo(line)
    return 0


def _index(registry: str, name: str) -> "Index":
    """The index in a registry that can be changed, or as `broadsheet pull` would see it anywhere else."""
    from broadsheet.registry.changing import open_registry

    if "://" not in registry or registry.startswith("s3://"):
        return open_registry(registry).index(name)
    from broadsheet.pull import known_index
    from broadsheet.registry.folder import check_name
    from broadsheet.registry.places import open_place

    check_name(name)
    known = known_index(open_place(registry), name)
    if known.offline:
        click.echo(f"Offline ({known.offline}): these were the versions on {known.seen_at[:10]}", err=True)
    return known.index


def lines_of(index: "Index") -> list[str]:
    """A table for people: version, day, rows of all tables, and what is to be known of it."""
    rows = [("version", "published", "rows", "")]
    for version in index.in_order():
        release = index.versions[version]
        count = sum(facts.rows for facts in release.tables.values())
        rows.append((version, release.published[:10], f"{count:,}", _note(index, version)))
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    return [f"{row[0]:<{wide[0]}}  {row[1]:<{wide[1]}}  {row[2]:>{wide[2]}}  {row[3]}".rstrip() for row in rows]


def _note(index: "Index", version: str) -> str:
    gone = index.versions[version].withdrawn
    if gone:
        return f"{'purged' if gone.purged else 'withdrawn'} on {gone.at[:10]}: {gone.why}"
    if version == index.highest:
        return "latest"
    return next((f"latest of {major}" for major, latest in index.latest.items() if latest == version), "")
