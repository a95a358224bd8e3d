"""`broadsheet init`."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadsheet.commands.progress import shown_progress

if TYPE_CHECKING:
    from broadsheet.init import Copied

NO_LICENCE = """\
No licence is set for the data: the articles belong to their publishers, and who collects them cannot license them.
README.md says what to think of before anything is published."""


@click.command(name="init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--from", "source", metavar="FOLDER", type=click.Path(path_type=Path), help="Copy its article files.")
@click.option("--language", default="und", show_default=True, help="Language of the articles, a BCP 47 tag.")
def command(folder: Path, source: Path | None, language: str) -> None:
    """Make a new dataset project.

    DIR gets a descriptor (datapackage.json), the table schemas, a folder raw/ for the article files and a README;
    it builds as it stands. DIR must be absent or empty (but for .git). With --from, every file that a reader takes
    is copied into raw/, with its folders; symbolic links are not followed, and what is not copied is said.

    \b
    Examples:
        broadsheet init my-dataset
        broadsheet init my-dataset --from articles/ --language en
    """
    from broadsheet.init import init

    with shown_progress() as progress:
        copied = init(folder, source, language, progress)
    for line in lines_of(folder, source, copied):
        click.echo(line, err=True)


def lines_of(folder: Path, source: Path | None, copied: "Copied") -> list[str]:
    """What was made, what was not copied and why, and what to do next."""
    lines = [f"Made: {folder}"]
    if source:
        lines += [f"Article files copied from {source}: {copied.files:,} ({copied.size:,} bytes)"]
        lines += [f"  {count:,} not copied: {reason}" for reason, count in copied.skipped.items()]
    steps = [] if copied.files else [f"put the article files into {folder / 'raw'}"]
    steps += [
        f"say in {folder / 'datapackage.json'} what the dataset is and whose",
        f"broadsheet build {shlex.quote(str(folder))}",
        f"broadsheet validate {shlex.quote(str(folder))}",
    ]
    return [*lines, NO_LICENCE, "Next:", *(f"  {number}. {step}" for number, step in enumerate(steps, 1))]
