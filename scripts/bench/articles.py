"""One made-up article as raw text: the same number and seed always give the same words.

Articles do not depend on how many there are, so that a smaller corpus is the beginning of a larger one.
"""

import datetime
import random
import re
from collections.abc import Callable, Sequence

from bench import vocabulary

FIRST_DAY = datetime.date(2015, 1, 1)
DAYS = 3650
WORDS = 600
"""Median number of words, about."""

SPREAD = 0.2
"""Standard deviation of the logarithm of the number of words."""

LEAST, MOST = 2 / 3, 3 / 2
"""The shortest and the longest article, measured by the median."""

COMMON_NAMES = 50
"""About so many names are met often."""

NEW_NAMES = 0.6
"""Distinct names grow with the number of those drawn to about this power."""

_GAP = re.compile(r"\{(\w+)\}")


def article(number: int, seed: int = 0, words: int = WORDS) -> str:
    r"""The whole raw text of an article, date line included.

    `words` is the median length of articles, which end with the sentence that reaches their own.

    >>> article(7) == article(7), article(7) == article(8)
    (True, False)
    >>> article(7)[:6]
    ' date '
    """
    draw = random.Random(f"{seed}:{number}")  # a text as seed goes through SHA-512: the same on every machine
    day = FIRST_DAY + datetime.timedelta(days=draw.randrange(DAYS))
    return f" date {day} {body(draw, words)}\n"


def body(draw: random.Random, words: int = WORDS) -> str:
    """Paragraphs under a few headings until there are words enough."""
    wanted = min(MOST, max(LEAST, draw.lognormvariate(0, SPREAD))) * words
    cast = Cast(draw)
    blocks = [cast.filled(draw.choice(vocabulary.OPENINGS))]
    while (missing := wanted - sum(len(block.split()) for block in blocks)) > 0:
        if len(blocks) % 5 == 3:
            blocks.append(cast.filled(draw.choice(vocabulary.HEADINGS)))
        blocks.append(paragraph(cast, missing))
    if draw.random() < 0.5:
        blocks.insert(2, cast.filled(draw.choice(vocabulary.CAPTIONS)))
    return "\n\n".join(blocks)


def paragraph(cast: "Cast", most: float) -> str:
    """Two to five sentences, but none more once so many words are reached."""
    sentences: list[str] = []
    for sentence in cast.draw.choices(vocabulary.SENTENCES, k=cast.draw.randint(2, 5)):
        if sum(len(said.split()) for said in sentences) < most:
            sentences.append(cast.filled(sentence))
    return " ".join(sentences)


class Cast:
    """The people, places and bodies of one article, and what fills the gaps of its sentences."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.people = [person(rank(draw)) for _ in range(draw.randint(3, 7))]
        self.places = [ranked(vocabulary.PLACES, draw) for _ in range(draw.randint(2, 5))]
        self.countries = [ranked(vocabulary.COUNTRIES, draw) for _ in range(2)]
        self.bodies = [self.filled(draw.choice(vocabulary.BODIES)) for _ in range(draw.randint(2, 4))]

    def filled(self, sentence: str) -> str:
        """The sentence with every gap filled, gaps within what fills them too."""
        while "{" in sentence:
            sentence = _GAP.sub(lambda gap: FILLINGS[gap[1]](self), sentence)
        return sentence

    def quotation(self) -> str:
        """Words in quotation marks, mostly straight; now and then one is never closed."""
        opening, closing = ("“", "”") if self.draw.random() < 0.3 else ('"', '"')
        return f"{opening}{self.draw.choice(vocabulary.QUOTED)},{'' if self.draw.random() < 0.01 else closing}"


def one_of(*names: str) -> Callable[[Cast], str]:
    """What draws from a list of the vocabulary, or of the cast."""
    return lambda cast: cast.draw.choice(names)


def number(least: int, most: int) -> Callable[[Cast], str]:
    """What draws a whole number, written with commas."""
    return lambda cast: f"{cast.draw.randint(least, most):,}"


FILLINGS: dict[str, Callable[[Cast], str]] = {
    "person": lambda cast: cast.draw.choice(cast.people),
    "family": lambda cast: ranked(vocabulary.FAMILY, cast.draw),
    "place": lambda cast: cast.draw.choice(cast.places),
    "country": lambda cast: cast.draw.choice(cast.countries),
    "body": lambda cast: cast.draw.choice(cast.bodies),
    "field": one_of(*vocabulary.FIELDS),
    "post": one_of(*vocabulary.POSTS),
    "content": one_of(*vocabulary.CONTENTS),
    "Quote": Cast.quotation,
    "harmed": one_of(*vocabulary.HARMED),
    "weekday": one_of(*vocabulary.WEEKDAYS),
    "month": one_of(*vocabulary.MONTHS),
    "season": one_of(*vocabulary.SEASONS),
    "count": number(2, 4000),
    "money": number(2, 900),
    "percent": number(2, 95),
    "days": number(3, 90),
    "day": number(1, 28),
    "year": lambda cast: str(cast.draw.randint(1990, 2014)),
    "later": lambda cast: str(cast.draw.randint(2015, 2024)),
}


def rank(draw: random.Random) -> int:
    """A rank from 0 on with a long tail: some names are met all the time, and new ones ever more seldom."""
    return int(COMMON_NAMES * ((1 - draw.random()) ** (-1 / NEW_NAMES) - 1))


def ranked(names: Sequence[str], draw: random.Random) -> str:
    """One of the names, the first ones more often."""
    return names[rank(draw) % len(names)]


def person(place: int) -> str:
    """The name at a rank, the two lists taken crosswise.

    >>> person(0), person(1)
    ('Ada Alberg', 'Adrian Fairberg')
    """
    turn, given = divmod(place, len(vocabulary.GIVEN))
    return f"{vocabulary.GIVEN[given]} {vocabulary.FAMILY[(turn + 10 * given) % len(vocabulary.FAMILY)]}"
