import pytest

from broadsheet.extract.claims import extract
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found, Mention

NAMES = {
    "Ann Lee": ("PERSON", "lee"),
    "Lee": ("PERSON", "lee"),
    "Bob Hill": ("PERSON", "hill"),
    "Hill": ("PERSON", "hill"),
    "Mary Stone": ("PERSON", "stone"),
    "Green Party": ("ORG", "greens"),
    "Radio Nine": ("ORG", "nine"),
    "Ministry of Works": ("ORG", "works"),
    "Freedonia": ("GPE", "freedonia"),
    "Springfield": ("GPE", "springfield"),
}


def mentions(text):
    """A mention of every name above, the longest first where names overlap."""
    found = []
    for name in sorted(NAMES, key=len, reverse=True):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(start < other.end and other.start < end for other in found):
                found.append(Mention(start, end, NAMES[name][0], key=NAMES[name][1]))
            start = text.find(name, end)
    return tuple(sorted(found, key=lambda mention: mention.start))


def sources(text):
    """(form, key) of the source of every attributed claim."""
    article = Article(text=text, passages=tuple(split_passages(text)))
    claims = extract(article, Found(mentions=mentions(text)))
    return [(claim.source_form, claim.source_key) for claim in claims if claim.kind != "statement"]


NAMED = [
    ("Ann Lee said it was late.", "lee"),
    ("The mayor of Springfield, Ann Lee, said it was late.", "lee"),
    ("Springfield mayor Ann Lee said it was late.", "lee"),
    ("Ann Lee, the mayor of Springfield, said it was late.", "lee"),
    ("It was late, said Bob Hill of Radio Nine.", "hill"),
    ("The Green Party said it was late.", "greens"),
    ("Radio Nine had reported that it was late.", "nine"),
    ("According to Ann Lee, it was late.", "lee"),
    ("Freedonia announced the closure of its border.", "freedonia"),
    ("A spokesman for the Ministry of Works, Bob Hill, said it was late.", "hill"),
]


@pytest.mark.parametrize(("text", "key"), NAMED)
def test_a_named_source_is_the_entity_that_speaks(text, key):
    assert sources(text) == [("named", key)]


SPOKEN_FOR = [
    ("A spokesman for the Ministry of Works said it was late.", "works"),
    ("Officials of the Green Party said it was late.", "greens"),
    ("A report by Radio Nine said it was late.", "nine"),
    ("The visuals accessed by Radio Nine showed that it was late.", "nine"),
]


@pytest.mark.parametrize(("text", "key"), SPOKEN_FOR)
def test_who_speaks_for_a_body_gives_its_word(text, key):
    assert sources(text) == [("nominal", key)]


UNKNOWN = [
    "Experts said it was late.",
    "According to reports, it was late.",
    "A man from Springfield said it was late.",
    "Ann Lee's neighbour said it was late.",
    "Both leaders said it was late.",
    "A resident near the Green Party office said it was late.",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unnamed_source_has_no_entity(text):
    assert sources(text) == [("nominal", None)]


PRONOUNS = [
    ("Ann Lee said it was late. She said it was dark.", "lee"),
    ("Bob Hill said it was late. He said it was dark.", "hill"),
    ("Bob Hill met Ann Lee. He said it was dark.", "hill"),
    ("Ann Lee met Bob Hill. She said it was dark.", "lee"),
    ("Ann Lee praised Bob Hill. Then she said it was dark.", "lee"),
    ("The Green Party lost. It said the count was wrong.", "greens"),
    ("The Green Party lost. They said the count was wrong.", "greens"),
    ("Bob Hill spoke first. Mary Stone came later. He said it was dark.", "hill"),
    ("Ann Lee wrote a letter.\n\n“I wait for the bridge,” she wrote.", "lee"),
    ("Bob Hill, whom Ann Lee knows, spoke. He said it was dark.", "hill"),
]


@pytest.mark.parametrize(("text", "key"), PRONOUNS)
def test_a_pronoun_is_the_person_or_body_spoken_of(text, key):
    assert sources(text)[-1] == ("pronoun", key)


def test_a_pronoun_that_fits_nobody_has_no_entity():
    assert sources("Ann Lee met Mary Stone. He said it was dark.") == [("pronoun", None)]


NOMINAL = [
    ("Mayor Ann Lee came late. The mayor said it was dark.", "lee"),
    ("Ann Lee, the mayor of Springfield, came late. The mayor said it was dark.", "lee"),
    ("Bob Hill, a spokesman for the firm, came. The spokesman said it was dark.", "hill"),
    ("The Green Party lost. The party said the count was wrong.", "greens"),
]


@pytest.mark.parametrize(("text", "key"), NOMINAL)
def test_a_common_noun_is_who_was_called_so_before(text, key):
    assert sources(text)[-1] == ("nominal", key)


def test_a_second_verb_shares_its_source():
    text = "Ann Lee said it was late and added that it was dark."
    assert sources(text) == [("named", "lee"), ("shared", "lee")]


def test_a_source_of_two_people_is_no_single_entity():
    assert sources("Ann Lee and Bob Hill said it was late.") == [("named", None)]


def test_a_missing_source_is_implicit():
    assert sources("Asked whether it was late, Ann Lee nodded.") == [("implicit", None)]


def test_the_outlet_is_the_source_of_a_statement():
    text = "Bob Hill met Ann Lee in Springfield."
    article = Article(text=text, passages=tuple(split_passages(text)))
    (claim,) = extract(article, Found(mentions=mentions(text)))
    assert (claim.kind, claim.source_form, claim.source_key) == ("statement", "outlet", None)
