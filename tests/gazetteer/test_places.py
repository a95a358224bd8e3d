"""What the gazetteer that ships with the program knows; where places lie is common knowledge of geography."""

import subprocess
import sys

import pytest

from broadsheet import gazetteer
from broadsheet.gazetteer import MOST_WORDS

ON_THE_MAP = [  # name, country, latitude, longitude
    ("Kabul", "AFG", 34.5, 69.2),
    ("Mazar-i-Sharif", "AFG", 36.7, 67.1),
    ("Mazar-e Sharif", "AFG", 36.7, 67.1),
    ("Kyiv", "UKR", 50.5, 30.5),
    ("Kiev", "UKR", 50.5, 30.5),
    ("Kandahar", "AFG", 31.6, 65.7),
    ("Peshawar", "PAK", 34.0, 71.6),
    ("Islamabad", "PAK", 33.7, 73.1),
    ("Washington, D.C.", "USA", 38.9, -77.0),
    ("Rangoon", "MMR", 16.8, 96.2),
    ("Bombay", "IND", 19.1, 72.9),
    ("Calcutta", "IND", 22.6, 88.4),
    ("Saigon", "VNM", 10.8, 106.6),
    ("Buenos Aires", "ARG", -34.6, -58.4),
    ("Sydney", "AUS", -33.9, 151.2),
    ("The Hague", "NLD", 52.1, 4.3),
    ("St. Petersburg", "RUS", 59.9, 30.3),
    ("Reykjavik", "ISL", 64.1, -21.9),
    ("N'Djamena", "TCD", 12.1, 15.0),
    ("Ulan Bator", "MNG", 47.9, 106.9),
]

DIVISIONS = [  # name, country, ISO 3166-2, latitude, longitude
    ("Panjshir", "AFG", "AF-PAN", 35.4, 69.7),
    ("Helmand", "AFG", "AF-HEL", 31.0, 64.0),
    ("California", "USA", "US-CA", 37.0, -120.0),
    ("Khyber Pakhtunkhwa", "PAK", "PK-KP", 34.5, 72.3),
    ("Bavaria", "DEU", "DE-BY", 49.0, 11.5),
    ("Queensland", "AUS", "AU-QLD", -22.0, 144.5),
]


@pytest.mark.parametrize(("name", "country", "latitude", "longitude"), ON_THE_MAP)
def test_the_largest_place_of_a_name_lies_where_it_lies_in_the_world(name, country, latitude, longitude):
    place = next(place for place in gazetteer.places(name) if not place.is_division)
    assert place.country == country
    assert (place.latitude, place.longitude) == (pytest.approx(latitude, abs=0.5), pytest.approx(longitude, abs=0.5))


@pytest.mark.parametrize(("name", "country", "iso", "latitude", "longitude"), DIVISIONS)
def test_a_division_has_its_iso_code_and_a_point_within(name, country, iso, latitude, longitude):
    place = next(place for place in gazetteer.places(name) if place.is_division)
    assert (place.country, place.division) == (country, iso)
    assert (place.latitude, place.longitude) == (pytest.approx(latitude, abs=1.5), pytest.approx(longitude, abs=1.5))


def test_a_town_says_in_which_division_it_lies():
    (bazarak,) = gazetteer.places("Bazarak")
    assert bazarak.division == "AF-PAN"


def test_namesakes_come_with_the_largest_first():
    found = [place for place in gazetteer.places("Hyderabad") if not place.is_division]
    assert [place.country for place in found[:2]] == ["IND", "PAK"]
    assert [place.population for place in found] == sorted((place.population for place in found), reverse=True)


def test_a_former_name_is_no_name_beside_a_large_place_that_has_it():
    assert {place.country for place in gazetteer.places("Islamabad")} == {"PAK"}  # once also that of Chittagong


@pytest.mark.parametrize("region", ["Kashmir", "Kurdistan"])
def test_a_region_of_several_countries_lies_in_none(region):
    assert gazetteer.places(region) == ()


@pytest.mark.parametrize("name", ["", " ", "-", "Nowhere in Particular", "北京", "\t0", "a\nb", "x" * 10_000])
def test_what_is_no_name_is_not_found(name):
    assert gazetteer.places(name) == ()


def test_codes_of_airports_are_no_names():
    assert "kbl" not in gazetteer.names()
    assert "lhr" not in gazetteer.names()


def test_no_name_is_longer_than_is_said():
    assert max(name.count(" ") + 1 for name in gazetteer.names()) <= MOST_WORDS


def test_every_place_is_whole_and_lies_on_earth_in_a_country_that_is_known():
    lines = {line for name in gazetteer.names() for line in gazetteer.file.tables().lines_of(name)}
    places = [gazetteer.file.tables().place(line) for line in lines]
    assert {place.country for place in places} <= gazetteer.countries().keys()
    assert all(-90 <= place.latitude <= 90 for place in places if place.latitude is not None)
    assert all(-180 <= place.longitude <= 180 for place in places if place.longitude is not None)
    assert all((place.latitude is None) == (place.longitude is None) for place in places)
    assert all(place.latitude is not None for place in places if not place.is_division)
    assert all(place.name and place.geonames_id > 0 and place.population >= 0 for place in places)


MEASURE = """
import resource, time
from broadsheet import gazetteer
def spent(): return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = spent()
gazetteer.places("Kabul"), gazetteer.country("Burma"), gazetteer.names()
after = spent()
print(after[0] - before[0], after[1] - before[1])
"""


def test_reading_takes_little_time_and_memory():
    ran = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, ran.stdout.split())
    assert seconds < 0.6  # 0.14 on a quiet machine
    assert megabytes < 45  # 35
