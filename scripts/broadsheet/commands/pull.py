"""`broadsheet pull`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadsheet.commands.progress import shown_progress

if TYPE_CHECKING:
    from broadsheet.pull import Pulled


@click.command(name="pull")
@click.argument("reference", metavar="NAME[@RANGE]")
@click.option("--from", "registry", help="Folder or address of the registry [default: $BROADSHEET_REGISTRY, the lock].")
@click.option("--table", "tables", multiple=True, help="Only this table; may be given more than once.")
@click.option("--format", "form", type=click.Choice(["parquet", "csv"]), help="Only these files [default: both].")
@click.option("--out", type=click.Path(path_type=Path), help="Copy what was pulled into this folder as well.")
@click.option("--lock", type=click.Path(path_type=Path), help="File that pins the version [default: broadsheet.lock].")
@click.option("--no-lock", is_flag=True, help="Neither read nor write such a file.")
@click.option("--update", is_flag=True, help="Choose the version anew, whatever is pinned, and pin it.")
@click.option("--offline", is_flag=True, help="Ask nobody; serve from the cache.")
@click.option("--accept-rollback", is_flag=True, help="Take an index that is older than the one seen before.")
@click.option("--json", "as_json", is_flag=True, help="Print what was pulled as JSON.")
def command(
    reference: str,
    registry: str | None,
    tables: tuple[str, ...],
    form: str | None,
    out: Path | None,
    lock: Path | None,
    no_lock: bool,
    as_json: bool,
    **how: bool,
) -> int:
    """Download a version of a dataset, and print the folder it is in.

    Files come into a cache that all projects share, each once, and only after its hash was found to be right; a
    download that was broken off goes on where it stopped. The version is written into broadsheet.lock: from then
    on just that version is pulled here, until --update. Without a connection the last good copy is served, and that
    is said. RANGE is 1, 1.2, 1.2.3 or bounds such as >=1.1,<2; without it the highest version is meant.

    \b
    Examples:
        broadsheet pull panjshir --from https://example.org/datasets
        broadsheet pull panjshir@1 --table claims --table entities --format parquet
        broadsheet pull "panjshir@>=1.1,<2" --update
        broadsheet pull panjshir --out panjshir/
    """
    from broadsheet.pull import LOCK, Wish, copy_out, pull

    if no_lock and (lock or how["update"]):
        raise click.UsageError("--no-lock cannot be together with --lock or --update.")
    wish = Wish(tables or None, form or "all", None if no_lock else lock or Path(LOCK), **how)  # type: ignore[arg-type]
    with shown_progress(in_bytes=True) as progress:
        done = pull(reference, registry, wish, lambda line: click.echo(line, err=True), progress)
        if out:
            copy_out(done, out)
    fetched = f"{done.fetched:,} bytes fetched, {done.there:,} were there already"
    click.echo(f"Pulled {done.name} {done.version}: {len(done.paths)} files, {fetched}", err=True)
    click.echo(json.dumps(_object(done, out), indent=2) if as_json else str(out or done.package))
    return 0


def _object(done: "Pulled", out: Path | None) -> dict[str, Any]:
    withdrawn = done.release.withdrawn if done.release else None
    return {
        "name": done.name,
        "version": done.version,
        "registry": done.registry,
        "manifest": done.manifest,
        "path": str(out or done.package),
        "files": list(done.paths),
        "fetchedBytes": done.fetched,
        "cachedBytes": done.there,
        "offline": bool(done.offline),
        "withdrawn": {"at": withdrawn.at, "why": withdrawn.why} if withdrawn else None,
    }
