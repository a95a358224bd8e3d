"""An article as sentences of tokens, in which a quotation is one token; the first stage of the claim rules."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from broadsheet.extract.claims import words
from broadsheet.records import Article, Passage

QUOTE = "“”"
"""The `low` form of the token that stands for a whole quotation."""

TOKEN = re.compile(
    r"\w+(?:[-'’&]\w+|\.(?:com|org|net|info|gov|edu|co)\b)*(?:(?<=s)['’](?!\w))?"
    r"|[$€£¥#@]\w+|\.\.\.+|--+|\S"
)
"""A word or a mark; `_grown` lengthens numbers, initials and abbreviations."""
NUMBER_REST = re.compile(r"(?:[.,:/]\d+)+\w*%?|%")
INITIALS_REST = re.compile(r"\.(?:[A-Za-z]\.)+|\.(?=\s?[A-Z])")
DOUBLE = re.compile(r"''|``|[\"“”„«»]")
SINGLE_OPEN = re.compile(r"(?<![\w'’.,!?])['‘](?=[\w$\[(])(?!(?:[0-9]0s|em|til|tis|twas|cause)\b)")
SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)\]—-])['’](?!\w)")
CAPITAL_STARTS = words.DETERMINERS | words.PERSONAL | words.OPENERS | words.PREPOSITIONS
SIGNATURES = (["―"], ["—"], ["–"], ["--"])
"""What stands between a quotation and the name below it; the next quotation on a new line is another one."""
LONGEST = 300
"""A sentence is cut after so many tokens, so that no text can take more than linear time."""
FARTHEST = 3_000
"""A single quotation mark is closed within so many characters, or it is an apostrophe."""
PLURAL_OWNER = re.compile(r"\s[a-z]")
DATELINE = re.compile(
    r"[A-Z]{3,}+[^a-z(—–\n]{0,30}(?:[A-Z][\w.]*+,?\s?){0,3}+[\w., ]{0,12}(?:\([A-Z][^()\n]{1,24}\)\s?)?(?:—|–|--|-)\s"
)
SENTENCE_END = frozenset([".", "?", "!", "...", "…"])


@dataclass(slots=True)
class Quotation:
    """A stretch in quotation marks, marks included; `closed` is false where the passage ended first."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    word_count: int
    last: str
    single: bool = False
    titled: bool = False

    @property
    def is_name(self) -> bool:
        """Whether the marks set off a name or a word rather than speech: 'caretaker'."""
        short = self.word_count == 1 or (self.word_count <= 3 and self.titled)
        return self.single and short and self.last not in (",", ".", "?", "!")


@dataclass(slots=True)
class Sentence:
    """The tokens of a sentence, as parallel lists; `low` is lower case with straight apostrophes."""

    passage: int
    role: str
    low: list[str] = field(default_factory=list)
    word: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    quotes: dict[int, Quotation] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.low)

    def add(self, word: str, start: int, end: int) -> None:
        """Append a token."""
        low = word.lower()
        self.low.append(low.replace("’", "'") if "’" in low else low)
        self.word.append(word)
        self.start.append(start)
        self.end.append(end)

    def add_quote(self, quote: Quotation) -> None:
        """Append a quotation as one token."""
        self.quotes[len(self.low)] = quote
        self.low.append(QUOTE)
        self.word.append(QUOTE)
        self.start.append(quote.start)
        self.end.append(quote.end)

    def is_name(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.word[index][0].isupper()


def read(article: Article) -> list[Sentence]:
    """The sentences of all headings, paragraphs and captions, in the order of the text."""
    sentences: list[Sentence] = []
    for number, passage in enumerate(article.passages):
        if passage.role != "credit":
            sentences.extend(_passage_sentences(article.text, number, passage))
    return sentences


def unquoted(text: str, sentence: Sentence, start: int, stop: int) -> Sentence:
    """The tokens from `start` to `stop`, with those inside the quotations in the place of each."""
    found = Sentence(sentence.passage, sentence.role)
    for at in range(start, stop):
        quote = sentence.quotes.get(at)
        if quote is None:
            found.add(sentence.word[at], sentence.start[at], sentence.end[at])
            continue
        inside = [Sentence(sentence.passage, sentence.role)]
        _add_plain(text, quote.inner_start, quote.inner_end, inside)
        for one in inside:
            for word, first, last in zip(one.word, one.start, one.end, strict=True):
                found.add(word, first, last)
    return found


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations between two offsets, in order.

    >>> [(q.start, q.end, q.closed) for q in quotations('He said "no" and "never', 0, 23)]
    [(8, 12, True), (17, 23, False)]
    """
    found = list(_double_quotations(text, start, end))
    found += _single_quotations(text, start, end, found)
    return sorted(found, key=lambda quote: quote.start)


def _double_quotations(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened: tuple[int, int] | None = None
    for match in DOUBLE.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opened is None:
            if _opens(text, at, match.end(), mark, end):
                opened = match.span()
        elif mark in ("“", "„", "«", "``") and _may_open(text, at, match.end(), end):
            yield _quotation(text, opened, at, at, closed=False)
            opened = match.span()
        else:
            yield _quotation(text, opened, at, match.end(), closed=True)
            opened = None
    if opened is not None:
        yield _quotation(text, opened, end, end, closed=False)


def _may_open(text: str, at: int, after: int, end: int) -> bool:
    """Whether an opening mark stands like one; some writers close with it too."""
    return (
        after < end
        and not text[after].isspace()
        and (at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ",.?!"))
    )


def _opens(text: str, at: int, after: int, mark: str, end: int) -> bool:
    if mark in ("“", "„", "«", "``"):
        return True
    if mark in ("”", "»"):
        return False
    return after < end and not text[after].isspace() and (at == 0 or not text[at - 1].isalnum())


def _single_quotations(text: str, start: int, end: int, taken: list[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    position = start
    while match := SINGLE_OPEN.search(text, position, end):
        position = match.end()
        after = bisect_left(taken, position, key=lambda quote: quote.start)
        if after and taken[after - 1].end >= position:
            position = taken[after - 1].end
            continue
        stop = min(end, position + FARTHEST, taken[after].start if after < len(taken) else end)
        closing = _closing(text, position, stop)
        if closing is not None:
            found.append(_quotation(text, match.span(), closing.start(), closing.end(), closed=True))
            position = closing.end()
    return found


def _closing(text: str, position: int, stop: int) -> re.Match[str] | None:
    """Where a single quotation ends; the apostrophe of "the workers' money" does not end it."""
    closing = SINGLE_CLOSE.search(text, position, stop)
    while closing and text[closing.start() - 1] == "s" and PLURAL_OWNER.match(text, closing.end()):
        opened, other = SINGLE_OPEN.search(text, closing.end(), stop), SINGLE_CLOSE.search(text, closing.end(), stop)
        if other is None or (opened and opened.start() < other.start()):
            return closing
        closing = other
    return closing


def _quotation(text: str, opened: tuple[int, int], inner_end: int, end: int, *, closed: bool) -> Quotation:
    inner = text[opened[1] : inner_end].strip()
    begin = opened[1] + len(text[opened[1] : inner_end]) - len(text[opened[1] : inner_end].lstrip())
    last = inner.rstrip("'’” ")[-1:]
    return Quotation(
        opened[0],
        end if closed else begin + len(inner),
        begin,
        begin + len(inner),
        closed,
        inner.count(" ") + 1,
        last,
        text[opened[0]] in "'‘" and opened[1] - opened[0] == 1,
        all(not word[0].islower() for word in inner.split()),
    )


def _passage_sentences(text: str, number: int, passage: Passage) -> list[Sentence]:
    sentences = [Sentence(number, passage.role)]
    position = _after_dateline(text, passage)
    for quote in quotations(text, position, passage.end):
        if quote.inner_end > quote.inner_start:
            _add_plain(text, position, quote.start, sentences)
            last = sentences[-1]
            if len(last) >= LONGEST or (last.low and _quote_begins_sentence(text, last, quote)):
                sentences.append(Sentence(number, passage.role))
            sentences[-1].add_quote(quote)
            position = quote.end
    _add_plain(text, position, passage.end, sentences)
    return [sentence for sentence in sentences if sentence.low]


def _after_dateline(text: str, passage: Passage) -> int:
    """Where the words begin after "LONDON (Wire) — "."""
    match = DATELINE.match(text, passage.start, passage.end)
    return match.end() if match else passage.start


def _add_plain(text: str, start: int, end: int, sentences: list[Sentence]) -> None:
    """Append the tokens of a stretch without quotations, and new sentences where they begin."""
    sentence = sentences[-1]
    position = start
    for match in TOKEN.finditer(text, start, end):
        at, stop = match.span()
        if at < position:
            continue
        position = stop = _grown(text, at, stop, end)
        word = text[at:stop]
        if len(sentence.low) >= LONGEST or (
            sentence.low and word[0] not in ".,;:?!)" and _ended(sentence, word, text, at)
        ):
            sentence = Sentence(sentence.passage, sentence.role)
            sentences.append(sentence)
        sentence.add(word, at, stop)


def _grown(text: str, at: int, stop: int, end: int) -> int:
    """The end of a token with what belongs to it: "U.S.", "Mr.", "J.", "1,200.5", "20%".

    >>> [_grown(text, 0, 1, len(text)) for text in ("U.S. law", "J. Lee", "1,250 men", "a bee.")]
    [4, 2, 5, 1]
    """
    if stop >= end or text[stop] not in ".,:/%":
        return stop
    if text[stop - 1].isdigit():
        match = NUMBER_REST.match(text, stop, end)
        return match.end() if match else stop
    if text[stop] != ".":
        return stop
    if stop - at == 1:
        match = INITIALS_REST.match(text, stop, end)
        return match.end() if match else stop
    return stop + 1 if text[at:stop].lower() in words.ABBREVIATIONS else stop


def _ended(sentence: Sentence, word: str, text: str, at: int) -> bool:
    """Whether a sentence that stands before this word has come to its end."""
    last = sentence.low[-1]
    if last == QUOTE:
        return _quote_ended(sentence) and word[0].isupper() and not _is_short(sentence)
    if last in SENTENCE_END:
        return _stop_ends(sentence, word) and text[at - 1].isspace()
    if last == ")" and len(sentence) > 1 and sentence.low[-2] in SENTENCE_END:
        return word[0].isupper()
    return _is_dotted(last) and word.lower() in CAPITAL_STARTS and word[0].isupper()


def _is_short(sentence: Sentence) -> bool:
    """Whether the sentence is a quotation so far, so that "Why?" and its "Ann asked" stay together."""
    return len(sentence) == 1 and sentence.quotes[0].last in "?!,"


def _quote_ended(sentence: Sentence) -> bool:
    quote = sentence.quotes.get(len(sentence) - 1)
    return quote is not None and (quote.last == "." or (quote.last in ("?", "!", "…") and quote.word_count > 1))


def _quote_begins_sentence(text: str, before: Sentence, quote: Quotation) -> bool:
    first = text[quote.inner_start]
    if before.low[0] == QUOTE and before.low[1:2] in SIGNATURES and "\n" in text[before.end[-1] : quote.start]:
        return True
    if before.low[-1] == QUOTE:
        return _quote_ended(before) and first.isupper()
    return before.low[-1] in SENTENCE_END and _stop_ends(before, first) and text[quote.start - 1].isspace()


def _stop_ends(sentence: Sentence, word: str) -> bool:
    if not (word[0].isupper() or word[0].isdigit() or word[0] in "([@#$£€—-"):
        return False
    if sentence.low[-1] != "." or len(sentence) < 2:
        return True
    before = sentence.low[-2]
    return not (len(before) == 1 and before.isalpha() and before != "i")


def _is_dotted(word: str) -> bool:
    return len(word) > 2 and word[-1] == "." and word[0].isalpha()
