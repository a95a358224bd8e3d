"""From text to tokens: what the patterns of the grammar match over.

Numbers that belong to something else (money, percentages, versions, codes, addresses) become tokens of the shape
JUNK, which no rule names: that is how they are kept out. Every shape is linear: runs are bounded or possessive.
"""

import re
from typing import NamedTuple

# In this order: the first that fits is taken.
SHAPES: tuple[tuple[str, str], ...] = (
    ("WORD", r"[A-Za-z]++(?=[ ,;?!\n\")”])"),  # most tokens by far: this shape only saves time
    ("JUNK", r"https?://\S++|www\.\S++|[@#]\w++|[\w.+-]{1,64}@[\w.-]++"),
    ("JUNK", r"(?:[\w-]{1,40}\.){1,4}(?:com|org|net|gov|edu|info|co\.uk)\b\S*+"),
    ("ISO", r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"),
    ("JUNK", r"(?:[A-Z]{0,3}[$£€¥]|Rs\.?)\s?\d[\d,.]*+\w*+"),
    ("JUNK", r"\d++(?:,\d{3})*+(?:\.\d++)?+\s?(?:%|per\s?cent\b)"),
    ("NUMDATE", r"\d{1,2}(?:(?P<sep>[/-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)|\.\d{1,2}\.\d{4})(?![\w/-]|\.\d)|\d{4}/\d{1,2}/\d{1,2}(?![\w/-])"),
    ("JUNK", r"\d++(?:\.\d++){2,}+|\+\d[\d ()-]{5,24}\d(?!\w)|\(?\d{3}\)?[ -]\d{3}-\d{4}(?!\w)|\d{3}-\d{4}(?![\w-])"),
    ("CLOCK12", r"\d{1,2}(?:[:.][0-5]\d){0,2}\s?(?:[ap](?:\.\s?m\.|m\b)|[AP](?:\.\s?M\.|M\b))"),
    ("CLOCK", r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:[hH]\b)?"),
    ("DECADE", r"(?:(?:1\d|20|[1-9])\d0|['’‘`]?\d0)['’]?s\b"),
    ("PARTCODE", r"[QH][1-4]\b"),
    ("ORDINAL", r"\d{1,3}(?:st|nd|rd|th)\b"),
    ("SLASHED", r"\d{1,2}/\d{1,2}(?![\w/])"),
    ("NUMBER", r"\d{1,3}(?:,\d{3})++(?![\d,])|\d++(?:\.\d++)?+(?![^\W\d]|\.\d)"),
    ("JUNK", r"\d\w*+"),
    ("SHORT_YEAR", r"['’‘`]\d\d(?!\w)"),
    ("WORD", r"(?:[Aa]\.D|B\.C\.E|B\.C|b\.c|C\.E|U\.S|U\.N|U\.K|ca|c|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|sept|Oct|Nov|Dec"
             r"|Mon|Tues?|Weds?|Thurs?|Thur|Fri|Sat|Sun|hrs?|mins?)\.(?!\w)"),
    ("WORD", r"o['’]clock\b|mid-(?:morning|afternoon)\b|present-day\b"),
    ("POSS", r"(?<=\w)['’](?:s\b)?(?!\w)"),
    ("WORD", r"[^\W\d_]++(?:['’](?!s\b)[^\W\d_]++)?+(?!\w)"),
    ("JUNK", r"\w++"),
    ("HY", r"(?<=\w)[-–—/](?=\w)"),
    ("DASH", r"--++|[-–—]"),
    ("PUNCT", r"\S"),
)  # fmt: skip
SCAN = re.compile(r"\s*+(?:" + "|".join(f"(?P<{name}_{n}>{shape})" for n, (name, shape) in enumerate(SHAPES)) + r"|\Z)")
SHAPE_OF_GROUP = {f"{name}_{n}": name for n, (name, _) in enumerate(SHAPES)}


class Token(NamedTuple):
    """A word, number or sign: its shape, its words as written, and its place in the text."""

    shape: str
    text: str
    start: int
    end: int


def scan(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of the text, in its order.

    >>> [(t.shape, t.text) for t in scan("By 5 p.m. on 3 May", 0, 18)][1:3]
    [('CLOCK12', '5 p.m.'), ('WORD', 'on')]
    """
    return [
        Token(SHAPE_OF_GROUP[group], match[group], match.start(group), match.end())
        for match in SCAN.finditer(text, start, end)
        if (group := match.lastgroup)
    ]
