"""Quantities in a stretch of text: a number, what bounds it, its unit, and the noun that it counts."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from broadsheet.extract.figures import numbers, units
from broadsheet.records import Figure, Span

DIGITS = r"\d+(?:[.,]\d+)*"
SCALE_WORDS = "hundred|thousand|million|billion|trillion|lakh|crore|dozen"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands: its span, value, currency, and whether it is a bare plural ("thousands")."""

    start: int
    end: int
    value: float
    unit: str | None = None
    plural: bool = False
    digits: bool = False


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(
        re.escape(sign) for sign in sorted(units.SIGNS, key=len, reverse=True) if not sign.startswith("rs")
    )
    codes = "|".join(units.CODES.split())
    plurals = "|".join(numbers.PLURALS)
    fractions = "|".join(numbers.FRACTIONS)
    return re.compile(
        rf"(?<![\w.,/:#@])(?<!\D-)(?!\d+\sand\sa\s(?:half|quarter|third))(?P<money>(?i:{signs}|\bRs\.?)\s?|(?:{codes})\s?)?(?P<digits>{DIGITS})"
        rf"(?:(?P<suffix>k|mn|bn|tn|mln|bln|m|b)(?![A-Za-z])|[\s-](?P<scale>{SCALE_WORDS})\b)?"
        rf"|\b(?P<plural>(?i:(?:(?:tens|hundreds|dozens|thousands)\sof\s)?(?:{plurals})))\b(?!-)"
        rf"|\b(?P<fraction>(?i:half\sa\s(?:million|billion|trillion|dozen)|(?:an?|one|two|three|four|five|seven|nine)[\s-](?:{fractions})(?=\sof\b|\s(?:million|billion|dozen))|half(?=\sof\b|\s(?:million|billion|dozen))))\b"
        rf"|\b(?P<mixed>(?i:(?:\d+|{'|'.join(numbers.SMALL)})\sand\sa\s(?:half|quarter|third)(?:\s(?:{SCALE_WORDS}))?))\b"
        rf"|\b(?P<words>(?i:(?:(?:an?|several|a\sfew|few|a\scouple\sof)\s(?={SCALE_WORDS}))?{numbers.WORD_PATTERN}))\b",
    )


CANDIDATE = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,2}\$|\$|[€£¥₹₽₩₪₺₴₦]|\d+|[A-Za-z]+")
RANGE_JOIN = re.compile(r"\s?(?:-|–|—)\s?|\sto\s|\sor\s")
BETWEEN = re.compile(r"(?i)\bbetween\s$")
FROM = re.compile(r"(?i)\bfrom\s$")
CONVERSION = re.compile(
    r"\s?\((?:(?:about|around|some|nearly|roughly|more than|over)\s)?[$€£¥]?" + DIGITS + r"[^()]{0,24}\)"
)
COMPOUND = re.compile(r"-([A-Za-z]+)")
WORDS_AFTER = re.compile(r"\s?(?:of\s)?((?:[^\W\d_][\w'’./-]*|[°%²/]+)(?:\s[^\W\d_][\w'’-]*){0,2})")
COUNTED = re.compile(
    r"\s(?:of\s(?:the\s|its\s|their\s|his\s|her\s|our\s|these\s|those\s)?)?([^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]*){0,4})"
)
WORD_BEFORE = re.compile(r"([\w.]+)\.?\s*$")


def read(text: str, span: Span, taken: Sequence[Span]) -> Iterator[Figure]:
    """The figures of a stretch, in order."""
    found = [number for number in _numbers(text, span) if not _is_taken(number, taken)]
    position = span.start
    for index, number in enumerate(found):
        if number.start < position:
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        figure = _figure(text, span, number, after)
        if figure is not None:
            yield figure if figure.start >= position else replace(figure, start=number.start)
            position = figure.end


def _numbers(text: str, span: Span) -> Iterator[Number]:
    """The numbers of a stretch: the pattern is tried only where a digit or a number word begins."""
    pattern, starters = _pattern(), _starters()
    position = span.start
    for candidate in CANDIDATE.finditer(text, span.start, span.end):
        start = candidate.start()
        if start < position or (candidate[0].isalpha() and candidate[0].lower() not in starters):
            continue
        match = pattern.match(text, start, span.end)
        if match is not None and (number := _number(match)) is not None:
            yield number
        if match is not None:
            position = match.end()


@cache
def _starters() -> frozenset[str]:
    """The words, in lower case, that a number may begin with."""
    leads = {"a", "an", "several", "few", "half", "rs", *units.CODES.lower().split()}
    return frozenset(leads | {*numbers.SMALL, *numbers.SCALES, *numbers.PLURALS})


def _number(match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if match["digits"]:
        value = numbers.of_digits(match["digits"])
        if value is None:
            return None
        money = (match["money"] or "").strip()
        scale = numbers.SUFFIXES.get(match["suffix"] or "", 1) * numbers.SCALES.get(match["scale"] or "", 1)
        return Number(start, end, value * scale, units.SIGNS.get(money.lower(), money or None), digits=True)
    if match["plural"]:
        factors = [numbers.PLURALS[word] for word in match["plural"].lower().split() if word != "of"]
        value = 2.0
        for factor in factors:
            value *= factor
        return Number(start, end, value, plural=True)
    if match["mixed"]:
        return _mixed(match["mixed"].lower(), start, end)
    if match["fraction"]:
        return _fraction(match["fraction"].lower(), start, end)
    return _worded(match["words"], start, end)


def _fraction(words: str, start: int, end: int) -> Number:
    first, _, last = words.replace("-", " ").rpartition(" ")
    if last in numbers.SCALES:
        return Number(start, end, numbers.SCALES[last] / 2)
    count = 1.0 if first in ("", "a", "an") else float(numbers.ONES[first])
    return Number(start, end, round(count * numbers.FRACTIONS[last], 4))


def _mixed(words: str, start: int, end: int) -> Number | None:
    """The number in "two and a half million"."""
    whole, part, *scale = re.split(r"\sand\sa\s|\s", words)
    value = float(whole) if whole.isdigit() else numbers.of_words(whole)
    factor = numbers.SCALES[scale[0]] if scale else 1
    return None if value is None else Number(start, end, (value + numbers.FRACTIONS[part]) * factor)


def _worded(words: str, start: int, end: int) -> Number | None:
    lead, rest = re.match(
        r"(?i)(an?\s(?!few|couple)|several\s|a\sfew\s|few\s|a\scouple\sof\s)?(.*)", words, re.S
    ).groups("")  # type: ignore[union-attr]
    value = numbers.of_words(rest)
    if value is None:
        return None
    several = lead.strip().lower() in ("several", "a few", "few", "a couple of")
    return Number(start, end, value * 2 if several else value, plural=several)


def _is_taken(number: Number, taken: Sequence[Span]) -> bool:
    index = bisect_right(taken, (number.end, 0))
    return any(span.start < number.end and number.start < span.end for span in taken[max(0, index - 4) : index])


# ------------------------------------------------------------------ a figure around a number
def _figure(text: str, span: Span, number: Number, after: Number | None) -> Figure | None:
    if _is_label(text, span, number):
        return None
    ranged = _range(text, number, after)
    if number.digits and not ranged and _is_score(text, span, number):
        return None
    last = after if ranged and after is not None else number
    end, unit, counted = _unit_and_noun(text, span, last, number.unit or last.unit)
    if unit == "temporal" or (unit is None and counted is None and _is_bare(text, number)):
        return None
    if _is_one(text, number) and unit is None and not _counts_one(text, span, number, counted):
        return None
    start, end, modifier = _bounds(text, span, number, last, end)
    if ranged:
        start = _range_start(text, span, number, start)
        low, high = sorted((_scaled(number, last), last.value))
        return Figure(start, end, "range", low, high, unit, counted)
    if number.plural:
        modifier = "at_least" if modifier == "exact" else modifier
    low_value = None if modifier == "at_most" else number.value
    high_value = None if modifier == "at_least" else number.value
    return Figure(start, end, modifier, low_value, high_value, unit, counted)


def _scaled(first: Number, last: Number) -> float:
    """The lower end of "3 to 5 million" shares the scale of the upper one."""
    for scale in (1e12, 1e9, 1e6, 1e3):
        if (
            last.value >= scale
            and first.value < 1_000
            and last.value / scale >= first.value
            and last.value / scale < 1_000
        ):
            return first.value * scale
    return first.value


def _range(text: str, number: Number, after: Number | None) -> bool:
    if after is None or number.plural or after.plural:
        return False
    between = text[number.end : after.start]
    if between == " and ":
        return bool(BETWEEN.search(text, max(0, number.start - 9), number.start))
    if not RANGE_JOIN.fullmatch(between):
        return False
    return _scaled(number, after) < after.value


def _range_start(text: str, span: Span, number: Number, start: int) -> int:
    for pattern in (BETWEEN, FROM):
        match = pattern.search(text, max(span.start, number.start - 9), number.start)
        if match:
            return min(start, match.start())
    return start


def _is_label(text: str, span: Span, number: Number) -> bool:
    """Whether the number names something: "Flight 370", "Article 5", a score, a part of a longer token."""
    nxt = text[number.end : number.end + 1]
    if number.digits and (nxt.isalpha() and not _unit_attached(text, number.end)):
        return True
    if number.digits and nxt in ("/", ":") and text[number.end + 1 : number.end + 2].isdigit():
        return True
    match = WORD_BEFORE.search(text, max(span.start, number.start - 24), number.start)
    if match is None or number.unit:
        return False
    word = match.group(1).rstrip(".")
    if word.lower() == "aged":
        return True
    return (
        word.lower() in units.LABELS
        and text[number.start - 1] in " .-\xa0"
        and (word[0].isupper() or word in ("no", "page"))
    )


def _is_score(text: str, span: Span, number: Number) -> bool:
    """Whether a dash ties the number to another one: "3-1"."""
    behind, ahead = text[max(span.start, number.start - 2) : number.start], text[number.end : number.end + 2]
    return (behind[:1].isdigit() and behind[1:] in ("-", "–")) or (ahead[:1] in ("-", "–") and ahead[1:].isdigit())


def _unit_attached(text: str, end: int) -> bool:
    match = re.compile(r"[A-Za-z°%²/]+").match(text, end)
    return match is not None and match.group().lower() in units.unit_forms()


def _is_bare(text: str, number: Number) -> bool:
    """Whether a number without unit and noun is no quantity: a year, a score, a list number, "one"."""
    surface = text[number.start : number.end]
    if number.digits and number.unit is None:
        if re.fullmatch(r"1[5-9]\d\d|20\d\d", surface):
            return True
        return text[number.end : number.end + 1] in (")", "-", "–") or text[number.start - 1 : number.start] in (
            "(",
            "-",
            "–",
        )
    return surface.lower() in ("one", "zero")


def _is_one(text: str, number: Number) -> bool:
    return text[number.start : number.end].lower() == "one"


def _counts_one(text: str, span: Span, number: Number, counted: str | None) -> bool:
    """Whether "one" counts a thing: "one bridge", not "the one bridge", "one reason", "one of them"."""
    if counted is None or text[number.end : number.end + 4] == " of ":
        return False
    before = WORD_BEFORE.search(text, max(span.start, number.start - 24), number.start)
    if before is not None and before.group(1).lower() in units.NO_ONE_AFTER:
        return False
    return counted[-1].islower() and not any(word.lower() in units.NO_ONE for word in counted.split(" "))


def _unit_and_noun(text: str, span: Span, number: Number, money: str | None) -> tuple[int, str | None, str | None]:
    """End of the figure, its unit, and what it counts; the unit "temporal" marks a duration."""
    end, unit = number.end, money
    compound = COMPOUND.match(text, end, span.end)
    if compound:
        return _compound(compound, unit)
    match = WORDS_AFTER.match(text, end, span.end)
    if (match and not number.plural) or (match and text[end : end + 4] != " of "):
        stop, found = _longest_unit(match)
        if found == "temporal":
            return end, "temporal", None
        if found is not None and (unit is None or found in ("%",)):
            end, unit = stop, found
    conversion = CONVERSION.match(text, end, span.end)
    if conversion and unit is not None:
        end = conversion.end()
    return end, unit, _noun(text, span, end)


def _compound(match: re.Match[str], unit: str | None) -> tuple[int, str | None, str | None]:
    word = match.group(1).lower()
    if word in units.TEMPORAL or word in units.NOT_COMPOUND:
        return match.start(), "temporal", None
    code = units.unit_forms().get(word)
    return match.end(), unit or code, None if code else match.group(1)


def _longest_unit(match: re.Match[str]) -> tuple[int, str | None]:
    """End and code of the longest unit that the words after a number begin with."""
    written = match.group(1)
    parts = written.split(" ")
    if parts[0].lower().rstrip(".,'’") in units.TEMPORAL or parts[0].lower() in units.TEMPORAL:
        return match.end(), "temporal"
    for count in range(len(parts), 0, -1):
        form = " ".join(parts[:count]).lower().rstrip(".")
        code = units.unit_forms().get(form)
        if code is not None:
            length = len(" ".join(parts[:count]).rstrip("."))
            return match.start(1) + length, code
    return match.end(), None


def _noun(text: str, span: Span, end: int) -> str | None:
    """The noun phrase after a number, up to a preposition, verb or stop."""
    match = COUNTED.match(text, end, span.end)
    if match is None:
        return None
    kept: list[str] = []
    for word in match.group(1).split(" "):
        low = word.lower()
        if low in units.COUNT_STOPS or (kept and low.endswith(("ed", "ing"))):
            break
        if low in units.TEMPORAL:
            return None
        kept.append(re.sub(r"['’]s?$", "", word))
        if low != word or not low.endswith("s"):
            continue
        break
    if len(kept) == 1 and kept[0].endswith("ed"):
        return None
    return " ".join(kept) or None


# ------------------------------------------------------------------ bounds
@cache
def _before() -> re.Pattern[str]:
    groups = (
        f"(?P<{name}>{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"
        for name, words in units.BEFORE.items()
    )
    return re.compile(rf"(?i)(?:^|(?<=\W))(?:{'|'.join(groups)})(?:\sa|\san)?\s$")


@cache
def _after() -> re.Pattern[str]:
    return re.compile("|".join(rf"\s?{re.escape(words)}(?!\w|\sthan\b)" for words in units.AFTER))


def _bounds(text: str, span: Span, number: Number, last: Number, end: int) -> tuple[int, int, str]:
    """Start and end of the figure with the words that bound it, and what they say."""
    behind = _after().match(text, end, span.end) or _after().match(text, last.end, span.end)
    if behind:
        return number.start, max(end, behind.end()), units.AFTER[behind.group().strip()]
    window = text[max(span.start, number.start - 18) : number.start]
    match = _before().search(window)
    if match is None:
        return number.start, end, "exact"
    name = str(match.lastgroup)
    return number.start - (len(window) - match.start()), end, name
