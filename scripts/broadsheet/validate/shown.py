"""Values from data as messages show them: short, on one line, and without anything a terminal would obey."""

import json

LONGEST = 60


def shown(value: object, longest: int = LONGEST) -> str:
    r"""The value as printable text on one line; its middle is left out where it is long.

    >>> shown("a\x1b[2Jb\nc"), shown("abcdefghij", 7)
    ('a\\x1b[2Jb\\nc', 'abc…hij')
    """
    text = shortened(str(value), longest)
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def shortened(text: str, longest: int) -> str:
    """The text without its middle, where it is longer.

    >>> shortened("abcdefghij", 7)
    'abc…hij'
    """
    if len(text) <= longest:
        return text
    half = (longest - 1) // 2
    return f"{text[:half]}…{text[-half:]}"


def shown_json(value: object) -> str:
    """The value as JSON writes it, on one line and not too long.

    >>> shown_json(None), shown_json("x")
    ('null', '"x"')
    """
    return shown(json.dumps(value, ensure_ascii=False))


def quoted(value: object, longest: int = LONGEST) -> str:
    """The value in quotes, or the word *missing*.

    >>> quoted("x"), quoted(None)
    ("'x'", 'missing')
    """
    return "missing" if value is None else f"'{shown(value, longest)}'"
