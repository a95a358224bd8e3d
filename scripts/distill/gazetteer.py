"""Makes the gazetteer's file anew: `python -m distill.gazetteer SOURCES`, a folder with the three packages.

The same sources give the same bytes (with the same zlib). What is taken and left out is said in docs/places.md.
"""

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import BroadsheetError
from broadsheet.gazetteer.file import PATH
from distill.sources import SOURCES, Division, Read, Source, checked, read
from distill.spellings import alike, spellings

FLOOR = 10_000
"""Fewest people of a populated place that is listed without being a capital or the like."""

LARGE = 100_000
"""From so many people on, a place is known abroad, maybe by a name of its own there; and its own name is no longer the
former or foreign name of another place."""

FAR = 1.0
"""Degrees by which the point of a division may lie outside of the box of its towns, if the box is not wider."""

WORLD = ("africa", "antarctica", "asia", "europe", "oceania", "east", "north", "south", "west")
REGIONS = frozenset(
    (*WORLD, "balkans", "caribbean", "caucasus", "gulf", "kashmir", "kurdistan", "middle east", "siberia")
)
"""Parts of the world, and regions of several countries, whose names are also those of a town or of one's division."""

HEADER = """\
# Places and countries: the gazetteer of broadsheet, made by scripts/distill.
# Contains data of GeoNames (https://www.geonames.org), licensed under CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/), selected and rearranged. Points of divisions: Natural Earth.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of places, and all names of the place, its own first."""

    cells: tuple[str, ...]
    population: int
    names: tuple[str, ...]

    def is_doubtful(self, name: str) -> bool:
        """Whether the place is too small to be known abroad by a name that is no spelling of its own.

        Of a small place, all languages' names are listed: what it is called in one of them says nothing of what an
        English text means.
        """
        small = self.cells[1] == "place" and self.population < LARGE
        return small and not alike(self.names[0], name)


def text(found: Read, header: str) -> str:
    """The text of the file."""
    alpha3 = {country["iso"]: country["iso3"] for country in _kept(found)}
    divisions = {division.code: division for division in found.divisions}
    rows = [*_cities(found, alpha3, divisions), *_divisions(found, alpha3)]
    rows.sort(key=lambda row: (-row.population, int(row.cells[0]), row.cells[1]))
    tables = (
        ["\t".join(row.cells) for row in rows],
        _countries(found),
        *_names(rows),
    )
    return "\n".join([header, *("\n".join(lines) + "\n" for lines in tables)])


def _kept(found: Read) -> list[dict[str, Any]]:
    """Countries that are some today: those that ISO 3166-1, or for Kosovo GeoNames, has a code for."""
    return [country for country in found.countries if country["iso3"] in found.formal_names]


def _cities(found: Read, alpha3: dict[str, str], divisions: dict[str, Division]) -> Iterable[Row]:
    for city in found.cities:
        if city["countrycode"] in alpha3 and (city["population"] >= FLOOR or city["geonameid"] in found.seats):
            division = divisions.get(_code(city))
            yield _row(
                city["geonameid"],
                "place",
                city["name"],
                alpha3[city["countrycode"]],
                division.iso if division else "",
                (city["latitude"], city["longitude"]),
                city["population"],
                city["alternatenames"],
            )


def _divisions(found: Read, alpha3: dict[str, str]) -> Iterable[Row]:
    towns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in found.cities:
        towns[_code(city)].append(city)
    for division in found.divisions:
        country = division.code.partition(".")[0]
        if country in alpha3:
            yield _row(
                division.geonames_id,
                "division",
                division.name,
                alpha3[country],
                division.iso,
                _point(found.points.get(division.geonames_id), towns[division.code]),
                sum(town["population"] for town in towns[division.code]),
                division.other_names,
            )


def _code(city: dict[str, Any]) -> str:
    return f"{city['countrycode']}.{city['admin1code']}"


def _point(point: tuple[float, float] | None, towns: Sequence[dict[str, Any]]) -> tuple[float, float] | None:
    """The point, if it lies where the division's towns are: ids of the two sources do not always agree."""
    if point is None or not towns:
        return None
    for value, axis in zip(point, ("latitude", "longitude"), strict=True):
        values = [town[axis] for town in towns]
        margin = max(FAR, max(values) - min(values))
        if not min(values) - margin <= value <= max(values) + margin:
            return None
    return point


def _row(
    number: int,
    kind: str,
    name: str,
    country: str,
    division: str,
    point: tuple[float, float] | None,
    population: int,
    others: Iterable[str],
) -> Row:
    where = tuple(f"{round(value, 4)}" if point else "" for value in point or (0.0, 0.0))
    cells = (str(number), kind, name, country, division, *where, str(population))
    return Row(cells, population, tuple(spellings(name, others)))


def _countries(found: Read) -> list[str]:
    lines = []
    for country in sorted(_kept(found), key=lambda country: country["iso3"]):
        names = dict.fromkeys((country["name"], *found.formal_names[country["iso3"]]))
        cells = (country["iso3"], country["iso"], country["geonameid"], country["population"], "|".join(names))
        lines.append("\t".join(map(str, cells)))
    return lines


def _names(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """The names that places are found by, and those that only cast doubt on other places of that name."""
    bearers: dict[str, list[int]] = defaultdict(list)
    doubtful: dict[str, list[int]] = defaultdict(list)
    for line, row in enumerate(rows):
        for name in row.names:
            if name not in REGIONS:
                (doubtful if row.is_doubtful(name) else bearers)[name].append(line)
    worthy = {name: _worthy(name, lines, rows) for name, lines in bearers.items()}
    return _listed(worthy), _listed({name: lines for name, lines in doubtful.items() if name in bearers})


def _listed(bearers: dict[str, list[int]]) -> list[str]:
    return ["\t".join((name, " ".join(map(str, bearers[name])))) for name in sorted(bearers)]


def _worthy(name: str, lines: list[int], rows: Sequence[Row]) -> list[int]:
    """The bearers; beside a large one whose own name it is, none whose own name is another altogether.

    Chittagong is no Islamabad beside that of Pakistan, but Mumbai is Bombay beside a village.
    """
    if not any(rows[line].names[0] == name and rows[line].population >= LARGE for line in lines):
        return lines
    return [line for line in lines if alike(name, rows[line].names[0])]


def header(sizes: dict[Source, int]) -> str:
    """The comments at the top of the file: what it is, whose data it holds, and out of which files."""
    lines = [f"# {one.file} ({size} bytes, SHA-256 {one.sha256}): {one.data}.\n" for one, size in sizes.items()]
    return HEADER + "".join(lines)


def write(path: Path, content: str) -> int:
    """Write the text, compressed without name and time; the number of bytes."""
    return path.write_bytes(gzip.compress(content.encode(), compresslevel=9, mtime=0))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m distill.gazetteer", description=__doc__)
    parser.add_argument("sources", type=Path, help="folder with " + ", ".join(source.file for source in SOURCES))
    parser.add_argument("--out", type=Path, default=PATH, help="the file to write (default: the program's own)")
    options = parser.parse_args(arguments)
    try:
        comments = header(checked(options.sources))
        content = text(read(options.sources), comments)
    except BroadsheetError as error:
        sys.exit(f"Error: {error}\nTip: {error.tip}")
    print(f"{options.out}: {write(options.out, content)} bytes")


if __name__ == "__main__":
    main()
