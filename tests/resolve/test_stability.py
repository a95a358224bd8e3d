"""How many ids change when articles are added one at a time.

An id belongs to a place in a text: a mention whose entity_id is another one than before has changed. The bounds follow
from the rules. A full name never changes its id, in whatever order articles come, unless the dataset has other forms of
it (initials, nicknames, umlauts), which are parted from it when a second person fits them, or a namesake who was
published before. A surname or an acronym alone changes twice at most: when it first can be somebody's, and when it can
be a second one's.
"""

import datetime
import random

import pytest

from broadsheet.records import Article, Mention, Passage
from broadsheet.resolve import Name, across, within

FIRST = ("Ana", "Luis", "Eva", "Karim", "Odo", "Mira", "Joe", "Joseph")
LAST = ("Rey", "Velaya", "Soltan", "Orvale", "Tamm", "Ilves", "Köhn", "Koehn")
MIDDLE = ("B. ", "C. ", "", "", "", "Shah ")
PLACES = ("Oruna", "Oruna province", "Veska", "New Veska", "Kareva")
BODIES = ("Oruna Relief Group", "Veska Front", "Kareva Bank", "Kareva Bank of Veska", "Kareva")
DAYS = 80


def article(rng: random.Random, forms: int = 0) -> list[tuple[str, str]]:
    """A made-up article: names with types; without the last so many, which have other forms or namesakes."""
    first, middle, last = FIRST[: len(FIRST) - forms], MIDDLE[forms:], LAST[: len(LAST) - forms]
    full = [f"{rng.choice(first)} {rng.choice(middle)}{rng.choice(last)}" for _ in range(rng.randrange(3))]
    short = [name.split()[-1] for name in full if rng.random() < 0.7] + rng.sample(last, rng.random() < 0.2)
    bodies = rng.sample(BODIES, 2)
    acronyms = rng.sample(("ORG", "VF", "KB"), rng.random() < 0.3)
    return [
        *((name, "PERSON") for name in full + short),
        *((name, rng.choice(("GPE", "GPE", "LOC"))) for name in rng.sample(PLACES[: len(PLACES) - forms], 2)),
        *((name, "ORG") for name in bodies + acronyms),
    ]


def keys(names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Key and type of each mention of an article that holds these names."""
    text, mentions = "", []
    for surface, kind in names:
        mentions.append(Mention(len(text), len(text) + len(surface), kind))
        text += f"{surface} came. "
    return [(m.key, m.type) for m in within(Article(text, (Passage("paragraph", 0, len(text)),)), mentions)]


def ids(articles: dict[int, list[tuple[str, str]]]) -> dict[tuple[int, int], str]:
    """The entity_id of each mention, by day of the article and number."""
    counted = [
        Name(key, kind, found.count((key, kind)), 1, day, day)
        for number, found in articles.items()
        for day in [datetime.date(2021, 1, 1) + datetime.timedelta(number)]
        for key, kind in set(found)
    ]
    summed: dict[tuple[str, str], list[Name]] = {}
    for name in counted:
        summed.setdefault((name.key, name.type), []).append(name)
    names = [
        Name(
            key,
            kind,
            sum(one.mention_count for one in some),
            len(some),
            min(one.first_published for one in some if one.first_published),
            max(one.last_published for one in some if one.last_published),
        )
        for (key, kind), some in summed.items()
    ]
    entity_of = across(names).entity_of
    return {(day, at): entity_of[key] for day, found in articles.items() for at, (key, _) in enumerate(found)}


def is_bare(name: str) -> bool:
    """Whether it is a surname alone, or an acronym."""
    return name in LAST or name.isupper()


def changes(order: list[int], names: dict[int, list[tuple[str, str]]]) -> dict[tuple[int, int], int]:
    """How often the id of each mention changes while the articles are added in that order."""
    found: dict[int, list[tuple[str, str]]] = {}
    before: dict[tuple[int, int], str] = {}
    changed: dict[tuple[int, int], int] = {}
    for day in order:
        found[day] = keys(names[day])
        now = ids(found)
        for place, entity_id in before.items():
            changed[place] = changed.get(place, 0) + (now[place] != entity_id)
        before = now
    return changed


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shuffled", [False, True])
def test_full_names_keep_their_ids_in_any_order(seed: int, shuffled: bool) -> None:
    rng = random.Random(seed)
    names = {day: article(rng, forms=2) for day in range(DAYS)}
    order = rng.sample(range(DAYS), DAYS) if shuffled else list(range(DAYS))
    changed = changes(order, names)
    assert len(changed) > 5 * DAYS
    assert not any(count for (day, at), count in changed.items() if not is_bare(names[day][at][0]))
    assert max(changed.values()) <= 2


@pytest.mark.parametrize("seed", range(3))
def test_where_names_have_many_forms_one_id_in_thirty_changes_and_none_more_than_twice(seed: int) -> None:
    rng = random.Random(seed)
    names = {day: article(rng) for day in range(DAYS)}
    changed = changes(list(range(DAYS)), names)
    assert max(changed.values()) <= 2
    assert sum(changed.values()) < len(changed) / 30
    full = [count for (day, at), count in changed.items() if not is_bare(names[day][at][0])]
    assert sum(full) < len(full) / 80


def test_an_older_article_may_move_the_numbers_of_namesakes_only() -> None:
    young, old = (datetime.date(2021, 8, day) for day in (9, 1))
    town = Name("Georgia\tPLACE", "GPE", 1, 1, young, young)
    singer = Name("Georgia\tPERSON", "PERSON", 1, 1, old, old)
    assert across([town]).entity_of == {town.key: "e-georgia"}
    assert across([town, singer]).entity_of == {singer.key: "e-georgia", town.key: "e-georgia-2"}


def test_the_order_of_articles_changes_nothing_in_the_end() -> None:
    rng = random.Random(9)
    names = {day: keys(article(rng)) for day in range(DAYS)}
    backwards = {day: names[day] for day in reversed(range(DAYS))}
    assert ids(names) == ids(backwards)
