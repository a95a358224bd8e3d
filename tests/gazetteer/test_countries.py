"""Countries by name and code; pycountry, which knows ISO 3166, is the independent witness."""

import pycountry
import pytest

from broadsheet import gazetteer


def test_every_code_of_iso_3166_1_is_known_and_no_other_but_that_of_kosovo():
    expected = {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {"XKX": "XK"}
    assert {land.code: land.alpha2 for land in gazetteer.countries().values()} == expected


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_3)
def test_a_country_is_found_by_its_codes_and_formal_name(country):
    assert gazetteer.country(country.alpha_3).code == country.alpha_3
    assert gazetteer.country(country.alpha_2).code == country.alpha_3
    known = gazetteer.country(getattr(country, "common_name", country.name))
    assert known is None or known.code == country.alpha_3


def test_divisions_have_codes_of_iso_3166_2():
    known = {division.code for division in pycountry.subdivisions}
    lines = gazetteer.file.tables().places
    codes = {gazetteer.file.cells(line)[4] for line in lines} - {""}
    assert len(codes - known) < 0.05 * len(codes)  # the two sources are of different months


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RUS"),
        ("Burma", "MMR"),
        ("South Korea", "KOR"),
        ("U.K.", "GBR"),
        ("Britain", "GBR"),
        ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("the Netherlands", "NLD"),
        ("The Gambia", "GMB"),
        ("Czechia", "CZE"),
        ("Czech Republic", "CZE"),
        ("UNITED STATES", "USA"),
        ("Kosovo", "XKX"),
        ("Hong Kong", "HKG"),
        ("Islamic Republic of Iran", "IRN"),
    ],
)
def test_the_names_that_newspapers_use_are_known(name, code):
    assert gazetteer.country(name).code == code


@pytest.mark.parametrize("name", ["Afghans", "French", "Soviet Union", "Congo", "Korea", "", "Atlantis", "AF-PAN"])
def test_peoples_former_states_and_names_of_two_are_no_country(name):
    assert gazetteer.country(name) is None


@pytest.mark.parametrize(("people", "code"), [("Afghan", "AFG"), ("Britons", "GBR"), ("South Korean", "KOR")])
def test_a_people_tells_its_country(people, code):
    assert gazetteer.country_of_people(people).code == code


@pytest.mark.parametrize("people", ["Korean", "Afghanistan", "Kurds"])
def test_a_people_of_no_or_more_than_one_country_tells_none(people):
    assert gazetteer.country_of_people(people) is None


def test_a_code_is_no_name():
    assert gazetteer.country_named("PER") is None
    assert gazetteer.country_named("USA").code == "USA"
