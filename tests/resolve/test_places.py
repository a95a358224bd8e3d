"""Where entities lie: what the gazetteer says where it leaves no doubt, and nothing where it does."""

import csv

import pytest

from broadsheet import resolve
from broadsheet.build import build
from broadsheet.project import open_project
from broadsheet.resolve import Name
from broadsheet.resolve.places import NOWHERE, Where, where

BESIDE = {
    "": set(),
    "Lebanon": {"LBN"},
    "Libya": {"LBY", "FRA"},
    "Libya and Lebanon": {"LBY", "LBN"},
    "the US": {"USA"},
    "the US and France": {"USA", "FRA"},
    "Canada": {"CAN"},
    "Russia": {"GEO", "RUS"},
    "Pakistan": {"PAK"},
    "Chile": {"CHL"},
    "Spain": {"ESP"},
    "Switzerland": {"CHE"},
    "Syria": {"SYR"},
    "Afghanistan": {"AFG", "USA"},
    "Ukraine": {"UKR", "RUS"},
    "Turkey": {"TUR"},
    "Israel": {"ISR", "PSE"},
}


def at(found: Where) -> tuple[str, int, int]:
    assert found.latitude is not None
    assert found.longitude is not None
    return found.country_code, round(found.latitude), round(found.longitude)


@pytest.mark.parametrize(
    ("name", "beside", "country", "latitude", "longitude"),
    [
        ("Kabul", "", "AFG", 35, 69),
        ("Mazar-i-Sharif", "", "AFG", 37, 67),
        ("Panjshir", "Afghanistan", "AFG", 35, 70),
        ("Bazarak", "Afghanistan", "AFG", 35, 70),
        ("Odessa", "Ukraine", "UKR", 46, 31),
        ("Bombay", "", "IND", 19, 73),
        ("St. Petersburg", "", "RUS", 60, 30),
        ("Buenos Aires", "", "ARG", -35, -58),
        ("Herat", "", "AFG", 34, 62),  # the city, not the province about it
        ("Alexandria", "", "EGY", 31, 30),
        ("Tripoli", "Libya", "LBY", 33, 13),
        ("Tripoli", "Lebanon", "LBN", 34, 36),
        ("Hyderabad", "Pakistan", "PAK", 25, 68),
        ("Santiago", "Chile", "CHL", -33, -71),
        ("Geneva", "Switzerland", "CHE", 46, 6),
        ("Georgia", "the US", "USA", 33, -83),
        ("Washington, D.C.", "", "USA", 39, -77),
        ("New York", "", "USA", 41, -74),
        ("Mexico City", "", "MEX", 19, -99),
        ("Moscow", "", "RUS", 56, 38),
        ("Moscow", "the US", "RUS", 56, 38),
        ("Paris", "", "FRA", 49, 2),
        ("Paris", "the US and France", "FRA", 49, 2),
        ("Paris", "the US", "FRA", 49, 2),  # the one in Texas would be named with its state
        ("Valencia", "Spain", "ESP", 39, 0),
        ("London", "the US", "GBR", 52, 0),
    ],
)
def test_a_place_without_doubt_is_on_the_map(name, beside, country, latitude, longitude):
    assert at(where([name], "GPE", BESIDE[beside])) == (country, latitude, longitude)


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("Tripoli", ""),
        ("Tripoli", "Libya and Lebanon"),
        ("Hyderabad", ""),
        ("Santiago", ""),
        ("Georgia", ""),
        ("Punjab", ""),
        ("Birmingham", ""),
        ("Alexandria", "the US"),  # Egypt's is far larger, but Virginia's is nearer
        ("London", "Canada"),
        ("Kobani", "Syria"),  # a spelling of a town in Tanzania, and another name of one in Syria
        ("Kashmir", "Pakistan"),
        ("Asia", ""),
        ("Panjshir", ""),  # too small to be known without its country
        ("Karliova", "Turkey"),  # sounds like a town in Bulgaria
        ("Odessa", ""),  # the Ukrainian city has another name of its own, the one in Texas has not
        ("Bethlehem", ""),  # Belém in Brazil is larger than those that are called so
        ("Bethlehem", "the US"),
        ("U.N.", ""),  # a town of that name is in India
        ("UN", ""),
        ("Congo", ""),
        ("Soviet Union", ""),
        ("Nowhere in Particular", ""),
        ("", ""),
    ],
)
def test_where_a_name_leaves_doubt_nothing_is_guessed(name, beside):
    assert where([name], "GPE", BESIDE[beside]) == NOWHERE


@pytest.mark.parametrize(
    ("name", "code"), [("Springfield", "USA"), ("Washington", "USA"), ("Kansas City", "USA"), ("Geneva", "CHE")]
)
def test_a_name_of_several_places_in_one_country_tells_the_country_only(name, code):
    assert where([name], "GPE") == Where(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Afghanistan", "AFG"),
        ("United States", "USA"),
        ("Burma", "MMR"),
        ("Mexico", "MEX"),
        ("Luxembourg", "LUX"),
        ("Niger", "NER"),  # and no state of Nigeria
        ("Singapore", "SGP"),
        ("Jordan", "JOR"),
        ("Lebanon", "LBN"),
        ("Benin", "BEN"),  # Benin City is not called so
        ("U.S.", "USA"),
        ("San Marino", "SMR"),  # and not the town in California, which is half as large
        ("Kosovo", "XKX"),
    ],
)
def test_a_country_has_a_code_and_a_number_but_is_no_point(name, code):
    found = where([name], "GPE")
    assert found.country_code == code
    assert found.geonames_id
    assert (found.latitude, found.longitude) == (None, None)


@pytest.mark.parametrize("beside", [{"USA"}, {"USA", "GBR"}])
@pytest.mark.parametrize(("name", "code"), [("Washington", "USA"), ("Geneva", "CHE"), ("Jamaica", "JAM")])
def test_small_towns_abroad_change_nothing(name, code, beside):
    assert where([name], "GPE", beside) == where([name], "GPE")
    assert where([name], "GPE", beside).country_code == code


@pytest.mark.parametrize("name", ["Fayetteville", "Birmingham"])
def test_namesakes_within_the_country_that_is_named_stay_in_doubt(name):
    assert where([name], "GPE", {"USA"}) == Where("USA")


def test_georgia_beside_its_neighbours_is_the_country():
    assert where(["Georgia"], "GPE", BESIDE["Russia"]).country_code == "GEO"


@pytest.mark.parametrize("kind", ["PERSON", "ORG", "NORP", "FAC", "EVENT", "MISC", ""])
@pytest.mark.parametrize("name", ["Kabul", "Washington, D.C.", "Jordan", "Paris", "Afghanistan"])
def test_what_is_no_place_has_no_place(name, kind):
    assert where([name], kind, {"AFG", "FRA", "USA"}) == NOWHERE


@pytest.mark.parametrize("name", ["Panjshir Valley", "Panjshir", "Niger", "Mississippi", "Rio Grande", "West"])
def test_rivers_and_valleys_do_not_lie_where_their_namesakes_do(name):
    assert where([name], "LOC") == NOWHERE


@pytest.mark.parametrize("kind", ["GPE", "LOC"])
@pytest.mark.parametrize("name", ["Herat province", "the Herat Province", "province of Herat", "HERAT PROVINCE"])
def test_a_word_says_that_the_division_is_meant(name, kind):
    province, city = where([name], kind), where(["Herat"], "GPE")
    assert province.country_code == city.country_code == "AFG"
    assert province.geonames_id != city.geonames_id


@pytest.mark.parametrize("name", ["Herat city", "city of Herat", "Herat"])
def test_a_word_says_that_the_city_is_meant(name):
    assert where([name], "GPE") == where(["Herāt"], "GPE")


def test_the_first_known_name_decides():
    assert where(["Nowhere in Particular", "Kabul", "Paris"], "GPE") == where(["Kabul"], "GPE")


def test_entities_across_articles_are_on_the_map():
    counts = {"mention_count": 1, "article_count": 1}
    keys = [("Kabul", "GPE", "PLACE"), ("Afghanistan", "GPE", "PLACE"), ("Paris", "PERSON", "PERSON")]
    names = [Name(f"{name}\t{group}", kind, **counts) for name, kind, group in keys]
    found = {entity.name: entity for entity in resolve.across(names).entities}
    assert found["Kabul"].geonames_id == 1138958
    assert at(Where(*(getattr(found["Kabul"], column) for column in Where._fields))) == ("AFG", 35, 69)
    assert (found["Afghanistan"].country_code, found["Afghanistan"].latitude) == ("AFG", None)
    assert all(getattr(found["Paris"], column) is None for column in Where._fields)


def test_countries_beside_any_of_its_names_settle_an_entity():
    names = [Name("Tripoli\tPLACE", "GPE", 2, 1, countries=frozenset({"LBN"})), Name("Tripoli\tPLACE", "LOC", 1, 1)]
    (entity,) = resolve.across(names).entities
    assert (entity.country_code, round(entity.latitude or 0), round(entity.longitude or 0)) == ("LBN", 34, 36)


def test_articles_settle_what_they_mean_by_an_ambiguous_name(tmp_path):
    texts = [
        "Rain fell in Tripoli on Monday, the government of Lebanon said.",
        "The mayor spoke in Hyderabad on Monday.",
    ]
    for number, text in enumerate(texts):
        (tmp_path / "raw").mkdir(exist_ok=True)
        (tmp_path / "raw" / f"{number}.txt").write_text(f" date 2021-08-31 {text}", "utf-8")
    build(open_project(None, raw=tmp_path / "raw", out=tmp_path / "out"), jobs=1)
    with (tmp_path / "out" / "data" / "entities.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["name"]: row for row in csv.DictReader(stream)}
    assert (rows["Tripoli"]["country_code"], rows["Tripoli"]["geonames_id"]) == ("LBN", "266826")
    assert (rows["Hyderabad"]["country_code"], rows["Hyderabad"]["latitude"]) == ("", "")
