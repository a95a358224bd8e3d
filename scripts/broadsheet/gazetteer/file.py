"""The gazetteer's file: a compressed text of four tables, read once.

The tables stand one after the other, parted by empty lines; cells are parted by tabs, and comments begin with #:

1. places: GeoNames id, kind (place or division), name, country (ISO 3166-1 alpha-3), division (ISO 3166-2),
   latitude, longitude, population; the largest first;
2. countries: ISO 3166-1 alpha-3 and alpha-2, GeoNames id, population, names parted by |;
3. names in their normal form, in the order of their code points, and the numbers of the lines in the first table
   (counted from 0, parted by blanks) of the places that bear them;
4. the same for small places with an altogether different name of their own, where a name of table 3 is said to be
   another name of theirs: they are not found by it, but cast doubt on the others.

`scripts/distill` writes it. Rows stay text until somebody asks for them, so that reading is a few steps in C; those
of the first two tables stay bytes, which take less memory.
"""

import functools
import gzip
from bisect import bisect_left
from pathlib import Path
from typing import NamedTuple

from broadsheet.gazetteer.records import Place

PATH = Path(__file__).parent / "gazetteer.tsv.gz"

MOST_WORDS = 8
"""No name in the file has more."""


class Tables(NamedTuple):
    """The columns of the third table, and the lines of the others in UTF-8; `names` and `doubtful` are sorted."""

    places: list[bytes]
    countries: list[bytes]
    names: list[str]
    bearers: list[str]
    doubtful: list[bytes]

    def lines_of(self, name: str) -> list[int]:
        """The numbers of the places that bear the name, given in its normal form."""
        index = bisect_left(self.names, name)
        if index == len(self.names) or self.names[index] != name:
            return []
        return [int(number) for number in self.bearers[index].split()]

    def doubtful_lines_of(self, name: str) -> list[int]:
        """The numbers of the places that may have that name as well."""
        wanted = name.encode() + b"\t"
        index = bisect_left(self.doubtful, wanted)
        if index == len(self.doubtful) or not self.doubtful[index].startswith(wanted):
            return []
        return [int(number) for number in self.doubtful[index][len(wanted) :].split()]

    def place(self, line: int) -> Place:
        """The place of that line."""
        number, kind, name, country, division, latitude, longitude, population = cells(self.places[line])
        return Place(
            int(number),
            kind,
            name,
            country,
            division or None,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            int(population),
        )


def cells(line: bytes) -> list[str]:
    """The cells of a line."""
    return line.decode().split("\t")


def parse(content: bytes) -> Tables:
    r"""The tables of the file's content, which is uncompressed.

    >>> tables = parse(b"# made up\n\n7\tplace\tVey\tAFG\t\t1.5\t2\t90\n\nAFG\tAF\t8\t9\tAfghanistan\n\nvey\t0\n\n\n")
    >>> tables.place(tables.lines_of("vey")[0]).latitude
    1.5
    """
    _, places, countries, names, doubtful = content.split(b"\n\n", 4)
    del content  # 4 MB that would stand beside what they become
    columns = str(names, "ascii").replace("\t", "\n").split("\n")
    return Tables(
        places.split(b"\n"), countries.split(b"\n"), columns[0::2], columns[1::2], doubtful.rstrip(b"\n").split(b"\n")
    )


@functools.cache
def tables() -> Tables:
    """The tables of the file that ships with the program."""
    return parse(gzip.decompress(PATH.read_bytes()))
