"""Tokens of a passage: what the rules look at."""

import re
from typing import NamedTuple

ABBREVIATIONS = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Col|Lt|Maj|Capt|Sgt|Cpl|Adm|Brig|Cmdr|Sen|Rep|Gov|St|Mt|Jr|Sr|Inc|Corp|Ltd|Co|Hon"
    r"|Smt|Md|Ft|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No)"
)
PATTERN = re.compile(
    r"(?<![@\w])(?:[^\W\d_]\.){2,}"  # U.S., D.C.
    rf"|\b{ABBREVIATIONS}\."
    r"|(?<!\w)[A-Z]\.(?=\s?[A-Z])"  # an initial
    r"|9/11\b|\b\w+://\S+|\bwww\.\S+|(?<![\w.])[\w.]++@[\w.]+|[@#]\w+"
    r"|['’][sS]\b"
    r"|\w+(?:['’](?![sS]\b)\w+)*"
    r"|\S"
)
ENDS = frozenset(".!?:;…•|")
QUOTES = frozenset("\"'“”‘’«»")


class Token(NamedTuple):
    """A word or mark; `initial` where a capital says nothing: it opens a sentence or a quotation.

    `glued` says that nothing stands between it and the token before.
    """

    start: int
    end: int
    text: str
    capital: bool
    initial: bool
    glued: bool


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, in order.

    >>> [token.text for token in tokenize("The U.S.-led force left. Sana'a's", 0, 33)]
    ['The', 'U.S.', '-', 'led', 'force', 'left', '.', "Sana'a", "'s"]
    """
    tokens: list[Token] = []
    last, opening = start, True
    for match in PATTERN.finditer(text, start, end):
        word = match.group()
        at, to = match.span()
        capital = word[0].isupper() and "@" not in word and "://" not in word
        tokens.append(Token(at, to, word, capital, opening, at == last and at > start))
        last = to
        if word in ENDS:
            opening = True
        elif word in QUOTES:
            opening = opening or _opens(text, at)
        else:
            opening = False
    return tokens


def _opens(text: str, at: int) -> bool:
    """Whether the quotation mark opens a quotation."""
    return text[at] in "“‘«" or at == 0 or text[at - 1].isspace() or text[at - 1] in "(["
