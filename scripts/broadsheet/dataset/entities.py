"""The entities of a package for the maintainer: those mentioned most, and doubts as lines of an authority file."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from broadsheet.dataset.dataset import Dataset, open_dataset
from broadsheet.dataset.spreadsheets import guarded
from broadsheet.errors import ReadError, UsageError
from broadsheet.project import DESCRIPTOR
from broadsheet.resolve.authority import PARTED, Authority, Listed, read_authority
from broadsheet.resolve.names import words
from broadsheet.resolve.review import MERGED, Doubt, Use, doubts
from broadsheet.schemas import field_names, load_sidecar_schema

if TYPE_CHECKING:
    import pyarrow as pa

MOST = ("entity_id", "name", "type", "mention_count", "article_count", "first_published", "last_published")
"""The columns of the entities mentioned most."""

ABOUT = ("now", "why", "one", "mentions", "example", "other", "other_id", "other_mentions", "other_example")
"""The columns of a doubt behind those of the authority file."""


def opened(project: Path) -> tuple[Dataset, Authority]:
    """The package of a project, or a package itself, and the authority file of the project."""
    built = project / "build" / "package"
    package = built if (built / DESCRIPTOR).is_file() else project
    if not (package / "data").is_dir():
        raise ReadError(
            f"{project}: holds neither a package nor a project that was built",
            tip=f"build it first: broadsheet build {project}",
        )
    return open_dataset(package, engine="pyarrow"), read_authority(project / "raw")


def most_mentioned(dataset: Dataset, count: int) -> list[dict[str, Any]]:
    """The first rows of `entities` by number of mentions."""
    rows: list[dict[str, Any]] = dataset.table("entities", columns=MOST).to_pylist()
    return sorted(rows, key=lambda row: (-row["mention_count"], row["entity_id"]))[:count]


def doubts_of(dataset: Dataset, authority: Authority) -> list[Doubt]:
    """The doubts about a package's entities that the authority file does not settle."""
    entities = dataset.table("entities", columns=["entity_id", "name", "type"]).to_pylist()
    named = {row["entity_id"]: (row["name"], row["type"]) for row in entities}
    return [doubt for doubt in doubts(named, _uses(dataset)) if not _is_settled(doubt, authority)]


def _uses(dataset: Dataset) -> Iterator[Use]:
    """Each surface of an entity in each article; rows whose words are withheld are left out."""
    rows: pa.Table = dataset.table("mentions", columns=["entity_id", "surface", "article_id"])
    counted = rows.group_by(["entity_id", "surface", "article_id"]).aggregate([([], "count_all")])
    for row in counted.to_pylist():
        if row["surface"] is not None:
            yield Use(row["entity_id"], " ".join(row["surface"].split()), row["article_id"], row["count_all"])


def _is_settled(doubt: Doubt, authority: Authority) -> bool:
    """Whether the authority file says of both names what they mean."""
    one, other = (authority.meant(side.name) for side in (doubt.one, doubt.other))
    if doubt.what == MERGED:
        return other is not None
    listed = authority.entities.get(doubt.one.entity_id)
    stated = {name.casefold() for name in listed.not_same_as} if listed else set()
    both = one is not None and other is not None
    return both or bool({doubt.other.name.casefold(), doubt.other.entity_id} & stated)


def write_review(found: Iterable[Doubt], authority: Authority, stream: IO[str]) -> int:
    """Write doubts as CSV: a line of the authority file each, and what it is about; the number of lines.

    The line says what the program does now: it has the other name among the aliases where the two are one entity, and
    in `not_same_as` where they are two. A name alone means its entity whatever its type, so that the line of two
    entities of one name makes them one.
    """
    columns = field_names(load_sidecar_schema("authority"))
    lines = csv.writer(stream, lineterminator="\r\n")
    lines.writerow((*columns, *ABOUT))
    count = 0
    for doubt in found:
        row = authority.entities.get(doubt.one.entity_id)
        cells = _line(doubt, row or Listed(doubt.one.entity_id, doubt.one.name, doubt.one.type))
        lines.writerow([guarded(cell) for cell in (*(cells[name] for name in columns), *_about(doubt))])
        count += 1
    return count


def save_review(found: Iterable[Doubt], authority: Authority, path: Path) -> None:
    """Write doubts to a file that is not there yet: what somebody edits is never overwritten."""
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as stream:
            write_review(found, authority, stream)
    except FileExistsError as error:
        raise UsageError(f"{path}: exists already", tip="choose another name, or remove the file") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be written: {error.strerror}", tip="choose another place with -o") from error


def _line(doubt: Doubt, row: Listed) -> dict[str, str]:
    aliases, apart = list(row.aliases), list(row.not_same_as)
    if words(doubt.other.name) != words(doubt.one.name):
        (aliases if doubt.what == MERGED else apart).append(doubt.other.name.replace(PARTED, " "))
    cells = {name: getattr(row, name) for name in Listed.__slots__}
    cells |= {"aliases": PARTED.join(dict.fromkeys(aliases)), "not_same_as": PARTED.join(dict.fromkeys(apart))}
    return {name: "" if value is None else str(value) for name, value in cells.items()}


def _about(doubt: Doubt) -> tuple[str, ...]:
    one, other = doubt.one, doubt.other
    now = "one entity" if doubt.what == MERGED else "two entities"
    first = (now, doubt.why, one.name, str(one.mentions), one.example)
    return (*first, other.name, other.entity_id, str(other.mentions), other.example)
