"""Values of numbers in digits and words."""

import re
from functools import cache

ONES = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
SCALES = {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12}
SCALES |= {"lakh": 1e5, "crore": 1e7}
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "mln": 1e6, "bln": 1e9}
PLURALS = {
    "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
    "tens": 10, "lakhs": 1e5, "crores": 1e7,
}  # fmt: skip
FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "tenth": 1 / 10,
    "thirds": 1 / 3, "quarters": 1 / 4, "fifths": 1 / 5, "eighths": 1 / 8, "tenths": 1 / 10, "sixths": 1 / 6,
}  # fmt: skip
SMALL = sorted({*ONES, *TENS}, key=len, reverse=True)
WORD_PATTERN = (
    rf"(?:(?:{'|'.join(SMALL)})(?![a-z])|(?:{'|'.join(sorted(SCALES, key=len, reverse=True))})(?![a-z]))"
    rf"(?:(?:[- ]|\sand\s)(?:{'|'.join(SMALL)}|{'|'.join(sorted(SCALES, key=len, reverse=True))})(?![a-z]))*"
)
SEPARATOR = re.compile(r"[-\s]+")


@cache
def of_words(words: str) -> float | None:
    """The value of number words, None where they make no number.

    >>> of_words("two hundred and fifty thousand"), of_words("twenty-one"), of_words("three four")
    (250000.0, 21.0, None)
    """
    total, current, last = 0.0, 0.0, 10_000.0
    for word in SEPARATOR.split(words.lower()):
        if word in SCALES:
            scale = SCALES[word]
            current = max(current, 1.0) * scale
            last = 10_000.0
            if scale >= 1_000:
                total, current = total + current, 0.0
        elif word != "and":
            value = float(ONES.get(word, TENS.get(word, 0)))
            if current % 100 and (last < 20 or value >= 10):
                return None
            current, last = current + value, value
    return total + current


def of_digits(digits: str) -> float | None:
    """The value of digits with separators, None where they are no number but a score, a time or a version.

    >>> of_digits("1,250.5"), of_digits("12"), of_digits("3.2.1"), of_digits("10,00,000")
    (1250.5, 12.0, None, 1000000.0)
    """
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    return None
