"""Slips of the pen and of transliteration: words so alike that within one article they are one."""

from broadsheet.extract.entities import lexicon
from broadsheet.resolve.names import Words

SHORTEST = 6
"""In shorter words a single letter makes another name."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def spelled_out(name: str) -> str | None:
    """The name with its umlauts as two letters; None where it has none.

    >>> spelled_out("Köhler"), spelled_out("Vey")
    ('Koehler', None)
    """
    spelled = name.translate(UMLAUTS)
    return spelled if spelled != name else None


def is_slip(one: str, other: str) -> bool:
    """Whether two words in lower case differ by a letter (more, less, another, or two swapped), not their first.

    >>> is_slip("lukaschenko", "lukashenko"), is_slip("sebastisn", "sebastian"), is_slip("marco", "mario")
    (True, True, False)
    """
    if one == other or one[:1] != other[:1] or min(len(one), len(other)) < SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return left[1:] == right if len(left) > len(right) else left == right[1:]


def same_person(one: Words, other: Words) -> bool:
    """Whether two full names differ by a slip in one word: not where both words are names that people have.

    >>> same_person(("kara", "velanova"), ("kara", "velanowa")), same_person(("eva", "hansen"), ("eva", "hanson"))
    (True, False)
    """
    differing = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(differing) != 1:
        return False
    return is_slip(*differing[0]) and not all(_is_known(word) for word in differing[0])


def same_body(one: Words, other: Words) -> bool:
    """Whether two names of three words or more differ by an ending: Environment and Environmental Agency.

    >>> same_body(("asia", "relief", "bank"), ("asian", "relief", "bank"))
    True
    """
    differing = [tuple(sorted(pair, key=len)) for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or len(one) < 3 or len(differing) != 1:
        return False
    short, long = differing[0]
    return len(short) > 3 and len(long) - len(short) < 3 and long.startswith(short)


def _is_known(word: str) -> bool:
    name = word.capitalize()
    return name in lexicon.surnames() or any(name in given for given in lexicon.given_names())
