"""What an article shows of itself: whether it tells history or news, and how it writes dates in figures."""

import re
from collections.abc import Sequence

from broadsheet.extract.dates.matching import Line, Match
from broadsheet.extract.dates.memory import Memory, Standing
from broadsheet.extract.dates.readings import Calc, Fixed, Numeric, Shift, Weekday
from broadsheet.extract.dates.values import year_of
from broadsheet.records import Article

FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-]")
# A date after so few words of a sentence opens it.
OPENING = 3
ENDS = frozenset(".!?;")
ASIDES = frozenset(("until", "till", "since", "through", "before", "after", "than"))
COMING = frozenset(("by", "to"))
MONTH = len("-05")
DAYS_IN_WORDS = frozenset(("full-date", "day-of-month"))
YEARS = frozenset(("Y", "DE", "CE"))
# So many years far from the publication date, or so many years at all, make a history.
FAR_YEARS, MANY_YEARS = 2, 8


def memory_for(article: Article, found: Sequence[tuple[Line, list[Match]]]) -> Memory:
    """An empty memory of the right kind."""
    calcs = [hit.reading.calc for _, hits in found for hit in hits]
    year = article.published.year if article.published else 9999
    order = _day_first(calcs)
    return Memory(article.published, _narrative(year, calcs), _written_order(found) if order is None else order)


def _narrative(now: int, calcs: Sequence[Calc]) -> bool:
    """Whether the article tells of years that are gone: most of its years are not those around its publication."""
    deictic = sum(isinstance(calc, Weekday) or (isinstance(calc, Shift) and calc.base == "document") for calc in calcs)
    values = [calc.value for calc in calcs if isinstance(calc, Fixed) and calc.value]
    years = [int(year) for value in values if (year := year_of(value)).isdigit()]
    before_christ = sum(value.startswith("BC") for value in values)
    far = before_christ + sum(not now - 1 <= year <= now + 1 for year in years)
    near = len(years) - far + 2 * deictic
    return (far >= FAR_YEARS and far > 2 * near) or (len(years) >= MANY_YEARS and len(years) > 4 * deictic)


def standing(line: Line, hit: Match, opening: bool) -> Standing:
    """Whether a date carries the story on: it opens its sentence or passage, or merely looks back or ahead."""
    calc = hit.reading.calc
    if isinstance(calc, Shift) and calc.n < 0 and calc.unit in YEARS:
        return "aside"
    before = [token.text.lower() for token in line.tokens[max(0, hit.first - OPENING) : hit.first]]
    if opening or hit.first < OPENING or any(word in ENDS for word in before):
        return "opening"
    if ASIDES.intersection(before[-2:]):
        return "aside"
    return "coming" if (before and before[-1] in COMING) or len(str(getattr(calc, "suffix", ""))) > MONTH else "plain"


def _day_first(calcs: Sequence[Calc]) -> bool | None:
    """Whether "03/04/2021" is 3 April (True) or 4 March (False): what other dates in figures show, if any."""
    votes = {vote for calc in calcs if isinstance(calc, Numeric) and (vote := _order(calc.text)) is not None}
    return votes.pop() if len(votes) == 1 else None


def _written_order(found: Sequence[tuple[Line, list[Match]]]) -> bool | None:
    """Whether dates in words begin with their day ("3 April") or their month ("April 3"), None if some do each."""
    votes = set()
    for line, hits in found:
        for hit in hits:
            if hit.rule in DAYS_IN_WORDS:
                votes.add(line.tokens[hit.first].shape == "NUMBER")
    return votes.pop() if len(votes) == 1 else None


def _order(text: str) -> bool | None:
    """Whether a date in figures can only begin with its day, or only with its month.

    >>> _order("13/4/2021"), _order("4/13/2021"), _order("3.4.2021"), _order("3/4/2021")
    (True, False, True, None)
    """
    match = FIGURES.match(text)
    if not match:
        return None
    if int(match[1]) > 12 or match[2] == ".":
        return True
    return False if int(match[3]) > 12 else None
