"""Days that go by a name: their dates, or how they are reckoned in a year."""

import datetime
from collections.abc import Callable

Day = datetime.date

# One day in history.
FIXED: dict[str, str] = {
    "9/11": "2001-09-11", "nine - eleven": "2001-09-11", "september eleventh": "2001-09-11", "7/7": "2005-07-07",
    "26/11": "2008-11-26", "d - day": "1944-06-06", "ve day": "1945-05-08", "ve - day": "1945-05-08", "v - e day": "1945-05-08",
    "vj day": "1945-08-15", "vj - day": "1945-08-15", "v - j day": "1945-08-15",
}  # fmt: skip

# The same day every year.
YEARLY: dict[str, str] = {
    "new year's day": "-01-01", "epiphany": "-01-06", "groundhog day": "-02-02", "valentine's day": "-02-14",
    "international women's day": "-03-08", "st. patrick's day": "-03-17", "april fools' day": "-04-01", "earth day": "-04-22",
    "anzac day": "-04-25", "may day": "-05-01", "flag day": "-06-14", "juneteenth": "-06-19", "canada day": "-07-01", "the fourth of july": "-07-04",
    "bastille day": "-07-14", "halloween": "-10-31", "all saints' day": "-11-01", "guy fawkes night": "-11-05",
    "armistice day": "-11-11", "veterans day": "-11-11", "world aids day": "-12-01", "human rights day": "-12-10",
    "christmas eve": "-12-24", "christmas": "-12-25", "boxing day": "-12-26", "new year's eve": "-12-31",
}  # fmt: skip

# Month, weekday (1 is Monday) and number in the month (-1: the last).
WEEKDAY_OF_MONTH: dict[str, tuple[int, int, int]] = {
    "martin luther king day": (1, 1, 3), "presidents day": (2, 1, 3), "memorial day": (5, 1, -1), "labor day": (9, 1, 1),
    "columbus day": (10, 1, 2), "thanksgiving": (11, 4, 4), "mother's day": (5, 7, 2), "father's day": (6, 7, 3),
    "remembrance sunday": (11, 7, 2),
}  # fmt: skip

# Days from Easter Sunday.
EASTER: dict[str, int] = {
    "mardi gras": -47, "shrove tuesday": -47, "ash wednesday": -46, "mothering sunday": -21, "palm sunday": -7, "maundy thursday": -3, "good friday": -2,
    "easter": 0, "easter monday": 1, "ascension day": 39, "pentecost": 49, "whit monday": 50,
}  # fmt: skip

# Words by which Independence Day is the American one.
AMERICAN = frozenset(("american", "americans", "america", "u.s.", "washington"))

# Other names. Days that differ by country (independence day, labour day) stay without a value.
ALIASES: dict[str, str] = {
    "christmas day": "christmas", "easter sunday": "easter", "easter day": "easter", "thanksgiving day": "thanksgiving",
    "july fourth": "the fourth of july", "valentine day": "valentine's day",
    "new year day": "new year's day", "new year eve": "new year's eve", "new year": "new year's day", "st patrick's day": "st. patrick's day",
    "martin luther king jr. day": "martin luther king day", "presidents' day": "presidents day", "april fools day": "april fools' day",
    "guy fawkes day": "guy fawkes night", "international women day": "international women's day", "remembrance day": "armistice day",
}  # fmt: skip


def easter(year: int) -> Day:
    """Easter Sunday by the Gregorian reckoning (the anonymous algorithm of 1876).

    >>> str(easter(2019))
    '2019-04-21'
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return Day(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> Day | None:
    """The nth such weekday of a month (-1: the last), None if there is none.

    >>> str(nth_weekday(2021, 11, 4, 4)), str(nth_weekday(2021, 5, 1, -1))
    ('2021-11-25', '2021-05-31')
    """
    days = [day for day in range(1, 32) if _is(year, month, day, weekday)]
    return Day(year, month, days[nth if nth < 0 else nth - 1]) if -len(days) <= nth <= len(days) and nth else None


def _is(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return Day(year, month, day).isoweekday() == weekday
    except ValueError:
        return False


def _black_friday(year: int) -> Day | None:
    day = nth_weekday(year, 11, 4, 4)
    return day + datetime.timedelta(days=1) if day else None


OTHERS: dict[str, Callable[[int], Day | None]] = {"black friday": _black_friday}


def day_of(name: str, year: int) -> Day | None:
    """The day of that name in a year, None where the name does not fix it.

    >>> str(day_of("good friday", 2021)), day_of("independence day", 2021)
    ('2021-04-02', None)
    """
    if name in YEARLY:
        return Day(year, int(YEARLY[name][1:3]), int(YEARLY[name][4:]))
    if name in WEEKDAY_OF_MONTH:
        return nth_weekday(year, *WEEKDAY_OF_MONTH[name])
    if name in EASTER:
        return easter(year) + datetime.timedelta(days=EASTER[name])
    return OTHERS[name](year) if name in OTHERS else None
