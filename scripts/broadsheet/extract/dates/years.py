"""Which year's May, which year's summer: the year of something that comes every year, seen from a day."""

from broadsheet.extract.dates.values import Day, bounds, month_end, moved, year_number, year_of

# Days within which a quarter that ended is still the one meant; within which a month that ended is.
SETTLED, SOON = 100, 31
# A month so many months earlier in the year than the last one told of belongs to the next year.
ROLL = 7
MIDDLES = {"WI": 1, "SP": 4, "SU": 7, "FA": 10, "Q1": 2, "Q2": 5, "Q3": 8, "Q4": 11, "H1": 3, "H2": 9}


def year_told(suffix: str, told: str, back: bool = False) -> str:
    """The year of a day, month or season in a story that has come to some date, as a value begins.

    `back`: the story may look back; else a month that is far ahead is still to come.

    >>> year_told("-02", "1944-11"), year_told("-09", "1944-11"), year_told("-WI", "BC0480-09")
    ('1945', '1944', 'BC0479')
    >>> year_told("-11", "2005-04"), year_told("-11", "2005-04", back=True)
    ('2005', '2004')
    """
    year = year_number(told)
    if year is None:
        return told.ljust(4, "X")
    month, then = month_of(suffix), month_of(told[len(year_of(told)) :])
    if month and then:
        year += (then - month >= ROLL) - (back and month - then >= ROLL)
    return f"{year:04}" if year > 0 else f"BC{1 - year:04}"


def month_of(suffix: str) -> int:
    """The month that a value goes on with after its year, the middle one of a season; 0 for none.

    >>> month_of("-05-12"), month_of("-SU"), month_of("-Q3")
    (5, 7, 8)
    """
    return int(suffix[1:3]) if suffix[1:3].isdigit() else MIDDLES.get(suffix[1:3], 0)


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
