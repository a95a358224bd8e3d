"""Which words are names, of what type and in what form."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.extract.entities import extract
from broadsheet.records import Article, Found, Passage


def article(*passages: str, role: str = "paragraph") -> Article:
    text, spans = "", []
    for passage in passages:
        text += "\n\n" if text else ""
        spans.append(Passage(role, len(text), len(text) + len(passage)))
        text += passage
    return Article(text, tuple(spans))


def found(*passages: str, role: str = "paragraph") -> list[tuple[str, str]]:
    read = article(*passages, role=role)
    return [(read.text[m.start : m.end], m.type) for m in extract(read, Found())]


def forms(text: str) -> dict[str, str]:
    return {text[m.start : m.end]: m.form for m in extract(article(text), Found())}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister flew to Kabul and Lashkar Gah.", [("Kabul", "GPE"), ("Lashkar Gah", "GPE")]),
        (
            "They left the Oruna Valley for Kunar province.",
            [("Oruna Valley", "LOC"), ("Kunar province", "GPE")],
        ),
        ("It hit a convoy near the Veska Bridge.", [("Veska Bridge", "FAC")]),
        (
            "He works for the Ministry of Culture and Information.",
            [("Ministry of Culture and Information", "ORG")],
        ),
        ("The University of Kabul reopened.", [("University of Kabul", "ORG")]),
        ("She joined Tarnex Oil, Inc. in May.", [("Tarnex Oil, Inc", "ORG")]),
        ("The Tarvan Peace Accord failed.", [("Tarvan Peace Accord", "LAW")]),
        ("They met at the Winter Olympics in Oslo.", [("Winter Olympics", "EVENT"), ("Oslo", "GPE")]),
        ("Afghan farmers and Uzbek traders met.", [("Afghan", "NORP"), ("Uzbek", "NORP")]),
        ("Bank of Japan Governor Haruto Sato spoke.", [("Bank of Japan", "ORG"), ("Haruto Sato", "PERSON")]),
    ],
)
def test_type_words_lists_and_frames_tell_the_type(text: str, expected: list[tuple[str, str]]) -> None:
    names = [(name.removesuffix("."), kind) for name, kind in found(text)]
    assert names == expected


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Then President Karim Velaya resigned.", "Karim Velaya"),
        ("On Friday Mr. Velaya resigned.", "Velaya"),
        ("Iraqi Prime Minister Karim al-Velaya resigned.", "Karim al-Velaya"),
        ("The party's chairman Otto van Delden resigned.", "Otto van Delden"),
        ("It was the general, Ban Ki-moon, who resigned.", "Ban Ki-moon"),
        ("Gen. Ahmad Shah Velaya's men left.", "Ahmad Shah Velaya"),
    ],
)
def test_titles_and_genitives_are_no_part_of_a_persons_name(text: str, person: str) -> None:
    assert (person, "PERSON") in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An anti-Taliban fighter fled.", ["Taliban"]),
        ("A Taliban-Al-Qaeda pact was denied.", ["Taliban", "Al-Qaeda"]),
        ("The US-led force left.", ["US"]),
        ("The post-9/11 years were hard.", ["9/11"]),
        ("The Karim Velaya-led group won.", ["Karim Velaya"]),
        ("Anti-Chinese riots broke out.", ["Chinese"]),
    ],
)
def test_names_within_compounds_are_mentions(text: str, expected: list[str]) -> None:
    assert [name for name, _ in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the talks began in May.",
        "Witnesses fled. Militants followed. Nobody spoke.",
        "The Prime Minister thanked the Foreign Minister.",
        "Write to Someone@example.org or see Http://example.org.",
        "Thanks to @KarimVelaya and #Kabul for this.",
        "THIS IS ALL WE KNOW",
        "",
    ],
)
def test_days_openers_titles_addresses_and_handles_are_no_names(text: str) -> None:
    assert found(text) == []


def test_a_headline_in_title_case_gives_only_listed_and_known_names() -> None:
    assert found("Rebels Take Northern City After Long Fight in Kabul", role="heading") == [("Kabul", "GPE")]


def test_an_image_credit_names_no_person() -> None:
    assert found("(Image Credits: AP)", role="credit") == [("AP", "ORG")]


def test_an_unknown_surname_alone_is_a_person_where_the_article_names_that_person_in_full() -> None:
    names = found("Fatima Orvale spoke first.", "Orvale then left.")
    assert names == [("Fatima Orvale", "PERSON"), ("Orvale", "PERSON")]


def test_a_common_word_is_a_name_only_where_the_article_has_the_full_name() -> None:
    assert ("Beacon", "ORG") in found("Beacon Media Network was first.", "Later Beacon reported more.")
    assert found("Later beacons were lit. Beacon after beacon burned.") == []


def test_a_city_is_a_person_where_it_is_the_surname_of_one_and_nobody_is_in_it() -> None:
    assert found("Ana Lisbon spoke. Lisbon then left.") == [("Ana Lisbon", "PERSON"), ("Lisbon", "PERSON")]
    assert found("Ana Lisbon spoke in Lisbon.") == [("Ana Lisbon", "PERSON"), ("Lisbon", "GPE")]


def test_an_unknown_name_beside_a_place_is_a_place() -> None:
    assert ("Jowhara", "GPE") in found("Fighting spread to Kabul and Jowhara.")


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("He met NATO officials.", "NATO", "acronym"),
        ("He met Afghan officials.", "Afghan", "adjectival"),
        ("He met Daesh officials.", "Daesh", "alias"),
        ("He met Hamas officials.", "Hamas", "name"),
    ],
)
def test_the_form_says_how_it_is_named(text: str, name: str, form: str) -> None:
    assert forms(text)[name] == form


def test_text_outside_of_passages_is_not_looked_at() -> None:
    text = "Kabul fell. Herat fell."
    read = Article(text, (Passage("paragraph", 12, len(text)),))
    assert [text[m.start : m.end] for m in extract(read, Found())] == ["Herat"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ms Ada Obi's lawyer left.", "Ada Obi"),
        ("Norway 2 – 1 Kenya: that was the end.", "Norway"),
        ("He met Mr Venn in Oslo.", "Venn"),
    ],
)
def test_titles_genitives_and_figures_are_no_part_of_a_name(text: str, name: str) -> None:
    assert name in [surface for surface, _ in found(text)]


def test_every_name_says_who_found_it_and_how_sure_that_is() -> None:
    read = article("An anti-Taliban fighter left Kabul with Orla Venn of the Northern Relief Council.")
    assert {m.extractor for m in extract(read, Found())} == {"cnn", "rules"}
    assert all(m.confidence is not None and 0 < m.confidence <= 1 for m in extract(read, Found()))


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's army said Kenya would stay.",
        "“We are ready,” Norway said. Norway and Iran met.",
        "In Somalia and Kenya, drought has come back.",
    ],
)
def test_a_country_is_a_country_whatever_it_does(text: str) -> None:
    kinds = {kind for name, kind in found(text) if name in {"Kenya", "Norway", "Iran", "Somalia"}}
    assert kinds == {"GPE"}


def test_what_the_article_says_in_full_settles_its_short_forms() -> None:
    names = found("Beacon Media Network was first on air.", "“Beacon” then said that Venn had left; Orla Venn had not.")
    assert ("Beacon", "ORG") in names
    assert ("Venn", "PERSON") in names


WORDS = [
    "Kabul",
    "Taliban",
    "President",
    "al-",
    "of",
    "the",
    "Ministry",
    "Karim",
    "Velaya",
    "U.S.",
    "9/11",
    "and",
]
WORDS += [
    "'s",
    "-",
    ".",
    ",",
    "(",
    "NRF",
    ")",
    "“",
    "é",
    "北京",
    "Army",
    "North",
    "West",
    "2004",
    "election",
    "Mr.",
]


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), max_size=4),
    st.sampled_from(["", " "]),
)
def test_mentions_are_in_order_apart_and_inside_one_passage(passages: list[list[str]], gap: str) -> None:
    read = article(*(gap.join(words) for words in passages))
    mentions = extract(read, Found())
    assert all(0 <= m.start < m.end <= len(read.text) for m in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all(any(p.span.holds(m.span) for p in read.passages) for m in mentions)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    extract(article(text), Found())


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["Aa Bb ", "A ", "Prime Minister ", "Ministry of ", "Al-", "U.S.", "\"'"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        read = article(unit * size)
        start = time.process_time()
        extract(read, Found())
        return time.process_time() - start

    seconds(100)
    assert seconds(16_000) < 8 * max(seconds(4_000), 0.01)
