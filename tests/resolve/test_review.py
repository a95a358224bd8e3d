"""Doubtful merges and splits among entities."""

import pytest

from broadsheet.resolve.review import MERGED, SPLIT, Use, doubts

Row = tuple[str, str, str, str, str]


def found(named: dict[str, tuple[str, str]], *uses: tuple[str, str, str, int]) -> list[Row]:
    return [
        (doubt.what, doubt.one.entity_id, doubt.other.entity_id, doubt.other.name, doubt.why)
        for doubt in doubts(named, [Use(*use) for use in uses])
    ]


def once(named: dict[str, tuple[str, str]]) -> list[Row]:
    """The doubts where each entity is named in full, each in an article of its own; the first twice."""
    uses = [(key, name, f"a{at}", 1 + (at == 0)) for at, (key, (name, _)) in enumerate(named.items())]
    return found(named, *uses)


ANA = {"e-ana-rey": ("Ana Rey", "PERSON")}


def test_a_surname_that_stands_alone_in_an_article_is_a_doubtful_merge() -> None:
    rows = found(ANA, ("e-ana-rey", "Ana Rey", "a1", 3), ("e-ana-rey", "Rey", "a2", 1))
    assert rows == [(MERGED, "e-ana-rey", "e-ana-rey", "Rey", "a part of the name alone")]


def test_a_surname_beside_the_full_name_is_none() -> None:
    assert found(ANA, ("e-ana-rey", "Ana Rey", "a1", 1), ("e-ana-rey", "Rey", "a1", 4)) == []


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Karim Velaya", "PERSON"), ("Karim Shah Velaya", "PERSON"), "first name and surname are the same"),
        (("Karim Velaya", "PERSON"), ("Velaya", "PERSON"), "a surname that several people have"),
        (("Joseph Velaya", "PERSON"), ("Joe Velaya", "PERSON"), "a name that may be a form of the other"),
        (("Karim Velanova", "PERSON"), ("Karim Velanowa", "PERSON"), "spelled nearly alike"),
        (("Oruna", "GPE"), ("Oruna", "ORG"), "the same name, with two types: the line makes them one"),
        (("Oruna", "GPE"), ("Oruna province", "GPE"), "a place and what is called after it"),
        (("Oruna Veska Bank", "ORG"), ("OVB", "ORG"), "an acronym with these initials"),
        (("Asia Relief Bank", "ORG"), ("Asian Relief Bank", "ORG"), "spelled nearly alike"),
    ],
)
def test_two_entities_that_may_be_one_are_a_doubtful_split(
    one: tuple[str, str], other: tuple[str, str], why: str
) -> None:
    assert once({"e-one": one, "e-other": other}) == [(SPLIT, "e-one", "e-other", other[0], why)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ana Rey", "PERSON"), ("Luis Rey", "PERSON")),
        (("Oruna", "GPE"), ("Oruna Veska Bank", "ORG")),
        (("Veska Front", "ORG"), ("Velaya Front", "ORG")),
    ],
)
def test_names_that_only_share_a_word_are_none(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert once({"e-one": one, "e-other": other}) == []


def test_what_concerns_most_mentions_comes_first() -> None:
    named = {"e-a": ("Oruna", "GPE"), "e-b": ("Oruna", "ORG"), "e-c": ("Veska", "GPE"), "e-d": ("Veska", "ORG")}
    uses = [("e-a", "Oruna", "a1", 2), ("e-b", "Oruna", "a1", 1), ("e-c", "Veska", "a1", 9), ("e-d", "Veska", "a1", 8)]
    assert [row[1] for row in found(named, *uses)] == ["e-c", "e-a"]
