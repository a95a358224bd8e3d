"""Which year's May, which year's summer: the year of something that comes every year, seen from a day."""

from broadsheet.extract.dates.memory import Mention
from broadsheet.extract.dates.values import Day, bounds, month_end, moved, year_of

# Days within which a quarter that ended is still the one meant; within which a month that ended is.
SETTLED, SOON = 100, 31
# A month so many months earlier in the year than the last one told of belongs to the next year.
ROLL = 7


def year_told(suffix: str, mention: Mention) -> str:
    """The year of a month or season in a story that has come to some date.

    >>> from broadsheet.records import Span
    >>> year_told("-02", Mention("1944-11", Span(0, 1))), year_told("-09", Mention("1944-11", Span(0, 1)))
    ('1945', '1944')
    """
    year = year_of(mention.value)
    if not year or year.startswith("BC"):
        return year or mention.value.ljust(4, "X")
    month, then = suffix[1:3], mention.value[5:7]
    if month.isdigit() and then.isdigit() and int(then) - int(month) >= ROLL:
        return f"{int(year) + 1:04}"
    return year


def year_from(suffix: str, step: int | None, document: Day, direction: int) -> int:
    """The year in which "-05", "-05-12", "-Q3" or "-SU" lies, seen from the publication date.

    `step` is what "last" (-1), "this" (0) and "next" (1) say; without, the direction of the clause decides.

    >>> year_from("-05", None, Day(2021, 9, 15), -1), year_from("-05", None, Day(2021, 9, 15), 2)
    (2021, 2022)
    """
    first, last = _within_year(suffix, document.year)
    if step == 0:
        return document.year
    if step is not None:
        return document.year - (last >= document) if step < 0 else document.year + (first <= document)
    if first <= document <= last:
        return document.year
    if len(suffix) == 6:
        return _year_of_day(document, first, direction)
    return document.year + _leap(suffix, (first - document).days, (document - last).days, direction)


def _within_year(suffix: str, year: int) -> tuple[Day, Day]:
    """The days of the part of the year, those of winter from December on."""
    if suffix == "-WI":
        next_year, month = moved(year, 12, 2)
        return Day(year, 12, 1), month_end(next_year, month)
    first, last = bounds(f"{year:04}{suffix}")
    if first is None or last is None:
        first = last = Day(year, int(suffix[1:3]), 28)
    return first, last


def _leap(suffix: str, ahead: int, behind: int, direction: int) -> int:
    """Years from that of publication to a month, quarter, half or season that does not hold its day.

    `ahead` and `behind` are the days to its start and from its end, in the year of publication.
    """
    if suffix[1] in "QH":
        if behind > 0:
            return int(direction > 1 and behind > SETTLED)
        return -int(direction < 2 and (ahead > SETTLED or direction < 0))
    if behind > 0:
        return int(behind > {2: SOON, 1: 200, 0: 270}.get(direction, 366))
    return -int(direction < 0 or (direction == 0 and ahead > SETTLED))


def _year_of_day(document: Day, day: Day, direction: int) -> int:
    """The year of a day and month: tense decides, unless it points more than three quarters of a year away."""
    distance = (day - document).days
    if direction > 0:
        return document.year + (distance < -90)
    if distance > 0:
        return document.year - (distance > 90 or (direction < 0 and distance > 60))
    return document.year + (distance < -300)
