"""Which countries stand beside a place, article by article."""

import pyarrow as pa
import pytest

from broadsheet.tables.beside import Beside, country_of


def batch(**articles: list[str]) -> pa.RecordBatch:
    rows = [{"article_id": article, "entity_id": key} for article, keys in articles.items() for key in keys]
    return pa.RecordBatch.from_pylist(rows)


TRIPOLI = "Tripoli\tPLACE"


def test_countries_and_peoples_of_the_same_article_stand_beside_a_place():
    beside = Beside()
    beside.add(batch(a1=[TRIPOLI, "Lebanon\tPLACE", "Syrians\tNORP", "Jordan\tPERSON"], a2=["Libya\tPLACE"]))
    assert beside.countries(TRIPOLI) == {"LBN", "SYR"}


def test_all_articles_of_a_place_count_in_any_order_and_number_of_batches():
    parts = [batch(a1=[TRIPOLI, "Lebanon\tPLACE"]), batch(a2=["Libya\tPLACE", TRIPOLI, TRIPOLI])]
    one, other = Beside(), Beside()
    for part in parts:
        one.add(part)
    for part in reversed(parts):
        other.add(part)
    assert one.countries(TRIPOLI) == other.countries(TRIPOLI) == {"LBN", "LBY"}


def test_a_country_does_not_stand_beside_itself_but_beside_others():
    beside = Beside()
    beside.add(batch(a1=["Mali\tPLACE", "Niger\tPLACE"]))
    assert beside.countries("Mali\tPLACE") == {"NER"}


def test_what_is_no_place_has_nothing_beside_it():
    beside = Beside()
    beside.add(batch(a1=["Ana Rey\tPERSON", "Lebanese\tNORP", "Lebanon\tPLACE"]))
    assert beside.countries("Ana Rey\tPERSON") == beside.countries("Lebanese\tNORP") == frozenset()


@pytest.mark.parametrize(
    "key", ["Georgia\tPLACE", "Koreans\tNORP", "Birmingham\tPLACE", "Bazarak\tPLACE", "Soviet Union\tPLACE", "\tPLACE"]
)
def test_what_may_be_another_country_is_no_evidence(key):
    assert country_of(key) is None


def test_a_great_city_tells_its_country():
    beside = Beside()
    beside.add(batch(a1=[TRIPOLI, "Beirut\tPLACE", "Kabul\tPERSON"]))
    assert beside.countries(TRIPOLI) == {"LBN"}


def test_ids_and_empty_batches_are_no_names():
    beside = Beside()
    beside.add(batch(a1=["e-lebanon", "e-tripoli"]))
    beside.add(batch(a1=[TRIPOLI]).slice(0, 0))
    assert beside.countries("e-tripoli") == frozenset()
