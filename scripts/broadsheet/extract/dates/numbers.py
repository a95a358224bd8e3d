"""Numbers in words: runs of tokens that are one number become one token."""

from collections.abc import Sequence

from broadsheet.extract.dates.lexicon import CARDINAL, ORDINAL, SCALE, TENS_BEFORE_ORDINAL
from broadsheet.extract.dates.tokens import Token

JOINERS = ("-", "and")
# No number in words is longer than so many of them.
LONGEST = 16
# Words that may stand in a number, as they may be written.
PARTS = frozenset(form for word in (*CARDINAL, *SCALE) for form in (word, word.capitalize(), word.upper()))


def value_of(words: Sequence[str]) -> int | None:
    """The number that the words make up, or None.

    >>> value_of(["two", "hundred", "and", "ten"]), value_of(["twenty", "-", "five"]), value_of(["four", "two"])
    (210, 25, None)
    >>> value_of(["nineteen", "ninety", "-", "six"]), value_of(["two", "thousand", "eight"])
    (1996, 2008)
    """
    parts = [word for word in words if word not in JOINERS]
    if len(parts) in (2, 3) and not any(word in SCALE for word in parts):
        return _spoken_year(parts) if not _is_tens(parts[0]) or len(parts) == 3 else _tens(parts)
    total = group = 0
    for word in parts:
        if word in SCALE:
            scale = int(SCALE[word])
            group = max(group, 1) * scale
            if scale > 100:
                total, group = total + group, 0
        elif group % 100 == 0 or (group % 10 == 0 and group % 100 >= 20 and int(CARDINAL[word]) < 10):
            group += int(CARDINAL[word])
        else:
            return None
    return total + group


def _is_tens(word: str) -> bool:
    return 20 <= int(CARDINAL[word]) <= 90


def _tens(parts: Sequence[str]) -> int | None:
    tens, unit = (int(CARDINAL[part]) for part in parts)
    return tens + unit if 0 < unit < 10 else None


def _spoken_year(parts: Sequence[str]) -> int | None:
    century, *rest = (int(CARDINAL[part]) for part in parts)
    if not 10 <= century <= 20 or rest[0] < 10 or (len(rest) == 2 and (rest[0] % 10 or rest[0] < 20 or rest[1] > 9)):
        return None
    return 100 * century + sum(rest)


def merged(tokens: list[Token]) -> list[Token]:
    """The tokens with numbers in words made one: NUMBER_WORD, and ORDINAL for "twenty-first".

    >>> from broadsheet.extract.dates.tokens import scan
    >>> [t.text for t in merged(scan("for twenty-five years", 0, 21))]
    ['for', 'twenty - five', 'years']
    """
    if not any(token.text in PARTS for token in tokens):
        return tokens
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        end, shape = _run(tokens, at) if _may_begin(tokens, at) else (at + 1, tokens[at].shape)
        result.append(tokens[at] if shape == tokens[at].shape else _joined(tokens[at:end], shape))
        at = end
    return result


def _may_begin(tokens: list[Token], at: int) -> bool:
    return tokens[at].text in PARTS or (at + 1 < len(tokens) and tokens[at + 1].text in SCALE)


def _joined(parts: list[Token], shape: str) -> Token:
    words = " ".join(token.text.lower() for token in parts) if len(parts) > 1 else parts[0].text
    return Token(shape, words, parts[0].start, parts[-1].end)


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].text.lower() if at < len(tokens) and tokens[at].shape in ("WORD", "HY") else ""


def _run(tokens: list[Token], at: int) -> tuple[int, str]:
    """Where the number that begins here ends, and the shape of the whole."""
    shape, first = tokens[at].shape, _word(tokens, at)
    if shape == "NUMBER" and _word(tokens, at + 1) in SCALE:
        return at + 2, "NUMBER_WORD"
    if first == "a" and _word(tokens, at + 1) in SCALE:
        return _words_end(tokens, at + 1), "NUMBER_WORD"
    if first not in CARDINAL and not (first in SCALE and first == "hundred"):
        return at + 1, shape
    if first in TENS_BEFORE_ORDINAL and _word(tokens, at + 1) == "-" and _word(tokens, at + 2) in ORDINAL:
        return at + 3, "ORDINAL"
    end = _words_end(tokens, at)
    return end, "NUMBER_WORD"


def _words_end(tokens: list[Token], at: int) -> int:
    """The longest run of number words from here that is one number."""
    end = at + 1
    words = [_word(tokens, at)]
    while len(words) < LONGEST and ((word := _word(tokens, end)) in CARDINAL or word in SCALE or word in JOINERS):
        if word in JOINERS and (nxt := _word(tokens, end + 1)) not in CARDINAL and nxt not in SCALE:
            break
        if word == "and" and not any(w in SCALE for w in words):
            break
        step = 2 if word in JOINERS else 1
        longer = [*words, *(_word(tokens, n) for n in range(end, end + step))]
        if value_of(longer) is None and not (step == 1 and _word(tokens, end + 1) in JOINERS):
            break
        words, end = longer, end + step
    return end
