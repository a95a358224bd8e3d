"""One letter for each set of classes that a token can have, and what each token stands for.

So a passage becomes a string of letters, and a pattern over classes an ordinary regular expression.
Classes beside those of `lexicon`: of numbers NUM, INT, DAYNO (1-31), HOUR (0-24), YEAR (1000-2999), YY (two digits),
NUMBER_WORD; of shapes ISO, NUMDATE, CLOCK12, CLOCK, DECADE, ORDINAL, SLASHED, SHORT_YEAR, POSS, HY, SLASH, DASH, JUNK;
of words that the lexicon lacks CAP, LOW, PLURAL (lower case in -s) and ED (lower case in -ed). A
word or sign in a rule is a class of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from broadsheet.extract.dates.lexicon import CLASSES, ORDINAL, SCALE, TENS_BEFORE_ORDINAL, Value
from broadsheet.extract.dates.numbers import value_of
from broadsheet.extract.dates.tokens import Token

Data = dict[str, Value] | Value

SHAPE_CLASSES = (
    "ISO", "NUMDATE", "CLOCK12", "CLOCK", "DECADE", "SLASHED", "SHORT_YEAR", "POSS", "HY", "DASH", "JUNK", "PARTCODE",
)  # fmt: skip
NUMBER_KINDS: dict[str, tuple[str, ...]] = {
    "decimal": ("NUM",),
    "day1": ("NUM", "INT", "DAYNO", "HOUR", "MONTHNO"),
    "day2": ("NUM", "INT", "DAYNO", "HOUR", "MONTHNO", "YY"),
    "hour2": ("NUM", "INT", "DAYNO", "HOUR", "YY"),
    "daylate": ("NUM", "INT", "DAYNO", "YY"),
    "yy": ("NUM", "INT", "YY"),
    "hundreds": ("NUM", "INT", "HUNDREDS"),
    "year": ("NUM", "INT", "YEAR"),
    "hour4": ("NUM", "INT", "MILITARY"),
    "big": ("NUM", "INT"),
    "word": ("NUM", "NUMBER_WORD"),
    "wordhour": ("NUM", "NUMBER_WORD", "HOURWORD"),
    "wordyear": ("NUM", "NUMBER_WORD", "YEARWORD"),
    "one": ("NUM", "NUMBER_WORD", "HOURWORD", "one"),
    "ord": ("ORDINAL", "DAYORD", "DAYTH"),
    "bigord": ("ORDINAL",),
}
KIND_BY_WIDTH: dict[int, Callable[[int], str]] = {
    1: lambda _: "day1",
    2: lambda n: "day2" if 1 <= n <= 12 else "hour2" if n <= 24 else "daylate" if n <= 31 else "yy",
    3: lambda _: "hundreds",
    4: lambda n: "year" if 1000 <= n < 3000 else "hour4",
}
UNLISTED: tuple[tuple[str, ...], ...] = (
    ("WORD", "CAP"),
    ("WORD", "LOW"),
    ("WORD", "LOW", "PLURAL"),
    ("WORD", "LOW", "ED"),
    ("SIGN",),
)


@dataclass(slots=True)
class Alphabet:
    """Letters for sets of classes. `literals` are the words and signs that the rules name.

    `words` and `shapes` give the letter of a listed word or shape, `numbers` that of a kind of number; then follow
    the letters of words with a capital, in lower case, in -s, and of signs, that no class and no rule names.
    """

    literals: frozenset[str]
    letters: dict[frozenset[str], str] = field(default_factory=dict)
    words: dict[str, tuple[str, Data]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Gives every listed word, shape and kind of number its letter."""
        for key in sorted({*self.literals, *(word for words in CLASSES.values() for word in words)}):
            forms = (key.lower(), key)
            data = {name: words[word] for word in forms for name, words in CLASSES.items() if word in words}
            if "ORDINAL" in data:
                data["DAYORD"] = data["ORDINAL"]
            own = {key.lower()} & self.literals
            kinds = {"WORD", *data} if key[0].isalpha() else set[str]()
            self.words[key] = (self._letter(kinds | own), data)
        self.shapes = {name: self._letter({name}) for name in SHAPE_CLASSES}
        self.shapes["HY/"] = self._letter({"SLASH"})
        self.numbers = {name: self._letter(classes) for name, classes in NUMBER_KINDS.items()}
        self.cap, self.low, self.plural, self.ed, self.sign = (self._letter(classes) for classes in UNLISTED)

    cap: str = ""
    low: str = ""
    plural: str = ""
    ed: str = ""
    sign: str = ""

    def _letter(self, classes: Iterable[str]) -> str:
        return self.letters.setdefault(frozenset(classes), chr(0xE000 + len(self.letters)))

    def chars_of(self, name: str) -> str:
        """The letters of all tokens of that class, or that are that word or sign."""
        chars = "".join(letter for classes, letter in self.letters.items() if name in classes)
        if not chars:
            raise LookupError(f"no class, word or macro {name!r}")
        return chars

    def read(self, token: Token) -> tuple[str, Data]:
        """The letter of a token, and its data: a value for each of its classes, or one value for all."""
        shape, text = token.shape, token.text
        if shape == "WORD" or shape == "PUNCT":
            return self._word(text)
        if shape == "NUMBER":
            return self._number(text)
        if shape == "NUMBER_WORD":
            return self._number_word(text)
        if shape == "ORDINAL":
            n = ordinal(text)
            return self.numbers["ord" if 1 <= n <= 31 else "bigord"], n
        if shape == "HY" and text == "/":
            return self.shapes["HY/"], text
        return self.shapes[shape], text

    def _word(self, text: str) -> tuple[str, Data]:
        found = self.words.get(text) or self.words.get(text.lower())
        if not found and text.isupper() and len(text) > 2:
            found = self.words.get(text.capitalize())
        if found:
            return found
        if text[0].isupper():
            return self.cap, text
        if not text[0].isalpha():
            return self.sign, text
        return (self.plural if text[-1] == "s" else self.ed if text.endswith("ed") else self.low), text

    def _number(self, text: str) -> tuple[str, Data]:
        if "." in text or "," in text:
            number = float(text.replace(",", ""))
            return self.numbers["decimal"], int(number) if number.is_integer() else number
        n, width = int(text[:12]), len(text)
        kind = "big" if width > 4 else KIND_BY_WIDTH[width](n)
        return self.numbers[kind], n

    def _number_word(self, text: str) -> tuple[str, Data]:
        n = number_in_words(text)
        if n == 1:
            return self.numbers["one"], 1
        kind = "wordhour" if n <= 12 else "wordyear" if 1000 <= n < 3000 else "word"
        return self.numbers[kind], n


def number_in_words(text: str) -> int | float:
    """The value of a number as `numbers.merged` gives it.

    >>> number_in_words("Twenty - five"), number_in_words("a hundred"), number_in_words("2.5 million")
    (25, 100, 2500000)
    """
    words = text.lower().split()
    if words[0][0].isdigit():
        number = float(words[0].replace(",", "")) * float(SCALE[words[1]])
        return int(number) if number.is_integer() else number
    return value_of(words[1:] if words[0] == "a" else words) or 0


def ordinal(text: str) -> int:
    """The number of an ordinal in digits or words.

    >>> ordinal("21st"), ordinal("twenty - first")
    (21, 21)
    """
    if text[0].isdigit():
        return int(text[:-2])
    tens, _, last = text.lower().split()
    return int(TENS_BEFORE_ORDINAL[tens]) + int(ORDINAL[last])
