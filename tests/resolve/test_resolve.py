"""Which names mean the same, within an article and across articles."""

import datetime
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import resolve
from broadsheet.records import Article, Mention, Passage
from broadsheet.resolve import Name


def keys(text: str, *names: tuple[str, str]) -> list[str]:
    """The keys of the names, given in the order of the text."""
    mentions, at = [], 0
    for surface, kind in names:
        start = text.index(surface, at)
        at = start + len(surface)
        mentions.append(Mention(start, at, kind))
    resolved = resolve.within(Article(text, (Passage("paragraph", 0, len(text)),)), mentions)
    assert [(m.start, m.end) for m in resolved] == [(m.start, m.end) for m in mentions]
    return [mention.key for mention in resolved]


def people(text: str, *names: str) -> list[str]:
    return [key.removesuffix("\tPERSON") for key in keys(text, *((name, "PERSON") for name in names))]


def test_a_surname_means_the_one_person_who_has_it() -> None:
    assert people("Ana Rey spoke. Rey left.", "Ana Rey", "Rey") == ["Ana Rey", "Ana Rey"]


def test_a_first_name_means_the_one_person_who_has_it() -> None:
    assert people("Ana Rey spoke. Ana left.", "Ana Rey", "Ana") == ["Ana Rey", "Ana Rey"]


def test_father_and_son_are_two_people() -> None:
    text = "Karim Velaya, the son of Karim Shah Velaya, spoke."
    assert people(text, "Karim Velaya", "Karim Shah Velaya") == ["Karim Velaya", "Karim Shah Velaya"]


def test_a_bare_surname_means_the_son_where_the_father_was_named_as_his_father_only() -> None:
    text = "Karim Velaya is the son of the late Karim Shah Velaya. Velaya spoke."
    assert people(text, "Karim Velaya", "Karim Shah Velaya", "Velaya")[2] == "Karim Velaya"


def test_a_bare_surname_means_the_father_where_he_was_the_last_to_be_spoken_of() -> None:
    text = "Karim Velaya won. Years ago Karim Shah Velaya had lost. Velaya was killed."
    assert people(text, "Karim Velaya", "Karim Shah Velaya", "Velaya")[2] == "Karim Shah Velaya"


def test_a_bare_surname_stays_alone_where_one_sentence_names_two_who_have_it() -> None:
    text = "Ana Rey met Luis Rey. Rey left."
    assert people(text, "Ana Rey", "Luis Rey", "Rey") == ["Ana Rey", "Luis Rey", "Rey"]


def test_an_initial_may_come_and_go() -> None:
    assert len(set(people("Ana B. Rey won. Ana Rey left.", "Ana B. Rey", "Ana Rey"))) == 1


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Al-Qaeda", "al Qaida", "ORG"),
        ("US", "United States", "GPE"),
        ("USA", "U.S.", "GPE"),
        ("Mohammed Orvale", "Muhammad Orvale", "PERSON"),
        ("Abu Orvale al-Masri", "Abu Orvale Al Masri", "PERSON"),
        ("Panjshir", "Panjsher", "GPE"),
        ("Afghan", "Afghans", "NORP"),
        ("ORUNA", "Oruna", "GPE"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str, kind: str) -> None:
    assert len(set(keys(f"{one} then {other}", (one, kind), (other, kind)))) == 1


def test_a_people_is_apart_from_its_country() -> None:
    assert len(set(keys("Afghanistan and Afghan", ("Afghanistan", "GPE"), ("Afghan", "NORP")))) == 2


def test_an_acronym_in_brackets_means_the_name_before_it() -> None:
    text = "The Oruna Relief Group of Veska (ORGV) met. ORGV left."
    names = ("Oruna Relief Group of Veska", "ORG"), ("ORGV", "ORG"), ("ORGV", "ORG")
    assert keys(text, *names) == ["Oruna Relief Group of Veska\tORG\tORGV"] * 3


def test_an_acronym_with_a_figure_makes_a_body_of_a_name_of_no_known_type() -> None:
    names = ("Partito 6 Lune", "MISC"), ("P6L", "ORG"), ("Rana 5", "MISC")
    first, other, apart = keys("The Partito 6 Lune won. P6L of Rana 5 lost.", *names)
    assert (first, other, apart) == ("Partito 6 Lune\tORG", "Partito 6 Lune\tORG", "Rana 5\tOTHER")


def test_a_province_and_its_bare_name_share_a_key_but_the_valley_does_not() -> None:
    text = "Oruna province, Oruna and Oruna Valley"
    one, other, valley = keys(text, ("Oruna province", "GPE"), ("Oruna", "GPE"), ("Oruna Valley", "LOC"))
    assert one == other != valley


def test_mentions_of_one_key_have_one_type() -> None:
    text = "Oruna, Oruna, Oruna"
    mentions = [Mention(0, 5, "PERSON"), Mention(7, 12, "GPE"), Mention(14, 19, "GPE")]
    resolved = resolve.within(Article(text, (Passage("paragraph", 0, 19),)), mentions)
    assert {(m.key, m.type) for m in resolved} == {("Oruna\tPLACE", "GPE")}


def name(key: str, kind: str, count: int = 1, day: int | None = None) -> Name:
    published = datetime.date(2021, 8, day) if day else None
    return Name(key, kind, count, 1, published, published)


DATASET = [
    name("Ana Rey\tPERSON", "PERSON", 5, 3),
    name("Rey\tPERSON", "PERSON", 1, 9),
    name("Karim Velaya\tPERSON", "PERSON", 4),
    name("Karim Shah Velaya\tPERSON", "PERSON", 2),
    name("Velaya\tPERSON", "PERSON", 3),
    name("Georgia\tPLACE", "GPE", 2),
    name("Georgia\tPERSON", "PERSON", 1),
    name("Mohammed Orvale\tPERSON", "PERSON", 2),
    name("Muhammad Orvale\tPERSON", "PERSON", 3),
    name("Oruna\tPLACE", "GPE", 2),
    name("Oruna\tPLACE", "LOC", 1),
    name("北京\tPLACE", "GPE", 1),
]


def test_a_surname_joins_the_only_person_of_the_dataset_who_has_it() -> None:
    found = resolve.across(DATASET)
    assert found.entity_of["Rey\tPERSON"] == found.entity_of["Ana Rey\tPERSON"] == "e-ana-rey"
    entity = next(entity for entity in found.entities if entity.entity_id == "e-ana-rey")
    assert (entity.name, entity.mention_count, entity.article_count) == ("Ana Rey", 6, 2)
    assert (entity.first_published, entity.last_published) == (
        datetime.date(2021, 8, 3),
        datetime.date(2021, 8, 9),
    )


def test_a_surname_that_two_people_have_stays_alone() -> None:
    found = resolve.across(DATASET).entity_of
    assert len({found[f"{key}\tPERSON"] for key in ("Velaya", "Karim Velaya", "Karim Shah Velaya")}) == 3


def test_spellings_merge_under_the_most_frequent() -> None:
    assert resolve.across(DATASET).entity_of["Mohammed Orvale\tPERSON"] == "e-muhammad-orvale"


def test_namesakes_of_another_class_are_numbered() -> None:
    found = resolve.across(DATASET).entity_of
    assert (found["Georgia\tPLACE"], found["Georgia\tPERSON"]) == ("e-georgia", "e-georgia-2")


def test_types_of_one_key_are_settled_by_number() -> None:
    types = {entity.name: entity.type for entity in resolve.across(DATASET).entities}
    assert types["Oruna"] == "GPE"


def test_only_places_have_a_code() -> None:
    names = [
        name("United States\tPLACE", "GPE"),
        name("Kabul\tPLACE", "GPE"),
        name("Georgia\tPERSON", "PERSON"),
    ]
    codes = {entity.name: entity.country_code for entity in resolve.across(names).entities}
    assert codes == {"United States": "USA", "Kabul": "AFG", "Georgia": None}


def test_names_without_latin_letters_have_an_id() -> None:
    assert re.fullmatch("e-x[0-9a-f]+", resolve.across(DATASET).entity_of["北京\tPLACE"])


@given(st.permutations(DATASET))
def test_the_order_of_names_changes_nothing(names: list[Name]) -> None:
    assert resolve.across(names) == resolve.across(DATASET)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.sampled_from(["PERSON", "PLACE", "ORG", "OTHER"]))))
def test_every_key_has_an_entity_with_a_valid_id_of_its_own(pairs: list[tuple[str, str]]) -> None:
    names = [name(f"{text}\t{kind}", "MISC") for text, kind in sorted(set(pairs))]
    found = resolve.across(names)
    ids = [entity.entity_id for entity in found.entities]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch("e-[a-z0-9]+(-[a-z0-9]+)*", entity_id) for entity_id in ids)
    assert set(found.entity_of) == {one.key for one in names}
    assert set(found.entity_of.values()) == set(ids)


def test_ids_stay_when_later_names_are_added() -> None:
    names = [
        name(f"{first} {last}\tPERSON", "PERSON") for first in ("Ana", "Luis", "Eva") for last in ("Rey", "Sol", "Vey")
    ]
    random.Random(7).shuffle(names)
    known: dict[str, str] = {}
    for count in range(1, len(names) + 1):
        found = resolve.across(names[:count]).entity_of
        assert known.items() <= found.items()
        known = found


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("South Oruna won. Oruna cheered.", ("South Oruna", "GPE"), ("Oruna", "GPE")),
        ("Velaya Bank Inc. fell. Velaya Bank closed.", ("Velaya Bank Inc.", "ORG"), ("Velaya Bank", "ORG")),
        ("The UN Relief Bank met. The United Nations Relief Bank closed.", ("UN Relief Bank", "ORG"),
         ("United Nations Relief Bank", "ORG")),
        ("The Oruna Commission met. The Commission left.", ("Oruna Commission", "ORG"), ("Commission", "ORG")),
        ("Orvale Sachs rose. Orvale fell.", ("Orvale Sachs", "ORG"), ("Orvale", "ORG")),
        ("The Asia Relief Bank, or Asian Relief Bank.", ("Asia Relief Bank", "ORG"), ("Asian Relief Bank", "ORG")),
        ("Horst Köhn spoke. Horst Koehn left.", ("Horst Köhn", "PERSON"), ("Horst Koehn", "PERSON")),
        ("Joseph Velaya spoke. Joe Velaya left.", ("Joseph Velaya", "PERSON"), ("Joe Velaya", "PERSON")),
        ("Prime Minister Ana Rey spoke. Rey left.", ("Prime Minister Ana Rey", "PERSON"), ("Rey", "PERSON")),
        ("Ana Orvale spoke. Lady Orvale left.", ("Ana Orvale", "PERSON"), ("Lady Orvale", "PERSON")),
        ("Ana Velanova spoke. Velanowa left.", ("Ana Velanova", "PERSON"), ("Velanowa", "PERSON")),
        ("Maria Orvale spoke. Orvale left.", ("Maria Orvale", "ORG"), ("Orvale", "PERSON")),
    ],
)  # fmt: skip
def test_forms_of_one_name_share_a_key(text: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    assert len(set(keys(text, one, other))) == 1


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The Commission met the Oruna Commission.", ("Commission", "ORG"), ("Oruna Commission", "ORG")),
        ("Mexico City is in Mexico.", ("Mexico City", "GPE"), ("Mexico", "GPE")),
        ("The Bank of Japan, and Japan.", ("Bank of Japan", "ORG"), ("Japan", "ORG")),
        ("The United Nations (DW) spoke. DW left.", ("United Nations", "ORG"), ("DW", "ORG")),
        ("Eva Hansen and Eva Hanson.", ("Eva Hansen", "PERSON"), ("Eva Hanson", "PERSON")),
        ("Apple and Apple Bank.", ("Apple", "ORG"), ("Apple Bank", "ORG")),
    ],
)
def test_names_of_two_entities_have_two_keys(text: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    assert len(set(keys(text, one, other))) == 2


def joined(one: Name, *others: Name) -> list[str]:
    """The ids of the names, the first one's first."""
    found = resolve.across([one, *others]).entity_of
    return [found[name.key] for name in (one, *others)]


def test_an_acronym_alone_is_the_one_name_that_an_article_gives_for_it() -> None:
    full, other = name("Oruna Relief Group\tORG\tORG", "ORG"), name("Oslo Rail Guild\tORG\tORG", "ORG")
    assert joined(name("ORG\tORG", "ORG"), full) == ["e-oruna-relief-group"] * 2
    assert len(set(joined(name("ORG\tORG", "ORG"), full, other))) == 3


def test_an_acronym_that_nothing_explains_stays_alone() -> None:
    assert len(set(joined(name("ORG\tORG", "ORG"), name("Oruna Relief Group\tORG", "ORG")))) == 2


def test_initials_are_those_of_the_one_person_who_has_them() -> None:
    one, other, bare = (name(f"Kara {middle}Vey\tPERSON", "PERSON") for middle in ("B. ", "C. ", ""))
    assert joined(bare, one) == ["e-kara-vey"] * 2
    assert len(set(joined(bare, one, other))) == 3


def test_one_name_of_several_words_has_one_type_in_the_dataset_unless_a_person_has_it() -> None:
    keys_ = [f"Oruna Fair\t{kind}" for kind in ("ORG", "PLACE", "OTHER", "PERSON")]
    ids = joined(*(name(key, "MISC") for key in keys_))
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_an_entity_keeps_its_id_when_another_spelling_becomes_more_frequent() -> None:
    few, many = name("Mohammed Orvale\tPERSON", "PERSON", 1), name("Muhammad Orvale\tPERSON", "PERSON", 99)
    assert joined(few)[0] == joined(few, many)[0]


def test_a_name_of_no_known_type_that_is_short_for_one_body_is_that_body() -> None:
    found = keys("The Church of Orvalism sued. Orvalism lost.", ("Church of Orvalism", "ORG"), ("Orvalism", "MISC"))
    assert found[0] == found[1] == "Church of Orvalism\tORG"


def test_a_name_of_no_known_type_that_two_bodies_share_stays_alone() -> None:
    text = "The Church of Orvalism sued the Friends of Orvalism. Orvalism lost."
    names = (("Church of Orvalism", "ORG"), ("Friends of Orvalism", "ORG"))
    assert keys(text, *names, ("Orvalism", "MISC"))[2] == keys("Orvalism lost.", ("Orvalism", "MISC"))[0]


def test_two_unknown_words_are_a_person_where_the_second_alone_is_one() -> None:
    found = keys("Tomelu Zukaku scored. Zukaku left.", ("Tomelu Zukaku", "ORG"), ("Zukaku", "PERSON"))
    assert found == ["Tomelu Zukaku\tPERSON"] * 2
