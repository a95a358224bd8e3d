"""Claims with the rows of other tables that belong to them, and rows that point at nothing."""

import datetime as dt

import pytest
from tests.export.packages import ARTICLE, CLAIM, tables

from broadsheet.errors import IntegrityError
from broadsheet.export.claims import claims_of


def test_a_claim_has_its_rows_of_other_tables(dataset):
    (claim,) = claims_of(dataset())
    assert claim.id == CLAIM
    assert [part["surface"] for part in claim.parts_of("content")] == ["The bridge 🌉 is shut", "and the ferry too"]
    assert (claim.source["name"], claim.place["name"]) == ("Ana Rey", "Kabul")
    assert claim.said["earliest"] == dt.date(2021, 8, 30)
    assert [entity["entity_id"] for entity in claim.mentioned] == ["e-kabul"]


def test_articles_without_claims_and_claims_of_later_articles_are_told_apart(dataset):
    def three_articles(rows):
        (article,), (claim,), parts = rows["articles"], rows["claims"], rows["claim_spans"]
        third = "a0000000000000003"
        rows["articles"] = [{**article, "article_id": f"a000000000000000{number}"} for number in (1, 2, 3)]
        rows["claims"].append({**claim, "claim_id": "c3", "article_id": third, "said_date_id": None})
        rows["claim_spans"] = [*parts, *({**part, "claim_id": "c3", "article_id": third} for part in parts)]

    first, third = claims_of(dataset(three_articles))
    assert (first.article["article_id"], third.article["article_id"]) == (ARTICLE, "a0000000000000003")
    assert (len(first.parts), len(third.parts)) == (4, 4)
    assert (third.said, third.mentioned) == (None, [])


BROKEN = {
    "no content": lambda rows: rows.update(claim_spans=[]),
    "there is no entity e-nobody": lambda rows: rows["claims"][0].update(source_entity_id="e-nobody"),
    "there is no entity e-nowhere": lambda rows: rows["claims"][0].update(place_entity_id="e-nowhere"),
    "there is no date": lambda rows: rows.update(dates=[]),
    "has 0 rows in articles": lambda rows: rows.update(articles=[]),
    "has 2 rows in articles": lambda rows: rows["articles"].append(rows["articles"][0]),
    "another hash": lambda rows: rows["articles"][0].update(text_sha256="0" * 64),
    "points at characters 5 to 5": lambda rows: rows["claim_spans"][0].update(start_char=5, end_char=5),
    "points at characters -1 to 3": lambda rows: rows["claim_spans"][0].update(start_char=-1, end_char=3),
    "points at characters 1 to 999": lambda rows: rows["claim_spans"][-1].update(start_char=1, end_char=999),
    "other words at 0 to 4": lambda rows: rows["claim_spans"][0].update(start_char=0, end_char=4),
    "has no place": lambda rows: rows["claim_spans"][0].update(start_char=None),
    "rows are not in order": lambda rows: rows["claims"].append({**rows["claims"][0], "article_id": "a0"}),
}


@pytest.mark.parametrize("message", BROKEN)
def test_rows_that_point_at_nothing_are_refused(dataset, message):
    with pytest.raises(IntegrityError, match=message):
        list(claims_of(dataset(BROKEN[message])))


def test_the_package_of_these_tests_is_not_broken(dataset):
    assert len(list(claims_of(dataset()))) == len(tables()["claims"])


@pytest.mark.parametrize("table", ["articles", "claims", "claim_spans", "dates", "mentions"])
def test_a_row_without_an_article_is_refused(dataset, table):
    with pytest.raises(IntegrityError, match="not in order"):
        list(claims_of(dataset(lambda rows: rows[table].insert(0, {**rows[table][0], "article_id": None}))))
