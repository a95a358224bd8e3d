"""The words of the grammar: for every class, its words and what each stands for.

A word written with a capital is met in that form (or in capitals) only: "May" is a month, "may" is not.
A pattern names a class by its name in capitals; other words are written as they are.
Not for multi-word expressions: those are rules or macros in `grammar`.
"""

Value = int | float | str
Words = dict[str, Value]


def _months() -> Words:
    """Month names and their abbreviations, with and without a stop.

    >>> MONTH["sept."], MONTH["May"], "may" in MONTH
    (9, 5, False)
    """
    names = ("January February March April May June July August September October November December").split()
    capital_only = {"March", "May", "August"}
    words: Words = {(name if name in capital_only else name.lower()): n for n, name in enumerate(names, 1)}
    words |= {name[:3] + ".": n for n, name in enumerate(names, 1) if name != "May"}
    words |= {name[:3]: n for n, name in enumerate(names, 1)}
    return words | {"Sept.": 9, "Sept": 9, "sept.": 9}


MONTH = _months()
# Names that are as often another word or a person: alone they need a preposition or the like before them.
SHY_MONTH: Words = {"May": 5, "March": 3, "April": 4, "june": 6, "August": 8, "Mar": 3, "Jan": 1, "Dec": 12}
SHY_MONTH |= {"april": 4, "Jun": 6, "Apr": 4, "Nov": 11, "Oct": 10, "Feb": 2, "Aug": 8, "Jul": 7, "Sep": 9}

SHY_NAME: Words = {word: n for word, n in SHY_MONTH.items() if len(word) > 3}
SHY_NAME |= {"May": 5}
CLEAR_MONTH: Words = {word: n for word, n in MONTH.items() if word not in SHY_MONTH}
WEEKDAY: Words = {
    **{day: n for n, day in enumerate("monday tuesday wednesday thursday friday saturday sunday".split(), 1)},
    **{f"{day}.": n for n, day in enumerate("Mon Tue Wed Thu Fri Sat Sun".split(), 1)},
    "Tues.": 2,
    "Weds.": 3,
    "Thurs.": 4,
    "Thur.": 4,
    "Tues": 2,
    "Thurs": 4,
    "Mon": 1,
    "Tue": 2,
    "Wed": 3,
    "Fri": 5,
    "Thu": 4,
    "Weds": 3,
}
WEEKDAYS: Words = {
    day + "s": n for n, day in enumerate("monday tuesday wednesday thursday friday saturday sunday".split(), 1)
}

# One letter codes of calendar units; S stands for a moment that has no length of its own.
UNIT: Words = {
    "second": "TS", "sec": "TS", "minute": "TM", "min": "TM", "hour": "TH", "hr": "TH", "day": "D", "weekday": "D",
    "week": "W", "fortnight": "FN", "month": "M", "quarter": "Q", "year": "Y", "yr": "Y", "decade": "DE",
    "century": "CE", "millennium": "ML", "weekend": "WE", "night": "N",
}  # fmt: skip
UNITS: Words = {
    "seconds": "TS", "secs": "TS", "minutes": "TM", "mins": "TM", "hours": "TH", "hrs": "TH", "days": "D",
    "weekdays": "D", "weeks": "W", "fortnights": "FN", "months": "M", "quarters": "Q", "years": "Y", "yrs": "Y",
    "decades": "DE", "centuries": "CE", "millennia": "ML", "millenniums": "ML", "weekends": "WE", "nights": "N",
}  # fmt: skip

SEASON: Words = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON |= {"springtime": "SP", "summertime": "SU", "wintertime": "WI"}

DAYPART: Words = {
    "morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "daytime": "TDT", "midday": "TMI",
    "noon": "T12:00", "midnight": "T24:00", "lunchtime": "TMI", "dawn": "TMO", "dusk": "TEV",
    "overnight": "TNI", "mid-morning": "TMO", "mid-afternoon": "TAF", "breakfast": "TMO", "sunrise": "TMO",
    "sunset": "TEV", "daybreak": "TMO", "nightfall": "TNI",
}  # fmt: skip
POINT_OF_DAY: Words = {"noon": "T12:00", "midnight": "T24:00", "midday": "T12:00"}

CARDINAL: Words = {
    **{
        word: n
        for n, word in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen".split()
        )
    },
    **{word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)},
    "dozen": 12,
}
SCALE: Words = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

ORDINAL: Words = {
    **{
        word: n
        for n, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            1,
        )
    },
    "thirtieth": 30,
}
TENS_BEFORE_ORDINAL: Words = {"twenty": 20, "thirty": 30}

DECADE_WORD: Words = {
    "noughties": 0,
    "aughts": 0,
    **{
        word: n
        for n, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
    },
}

DEICTIC_DAY: Words = {"today": 0, "yesterday": -1, "tomorrow": 1}

PRESENT: Words = dict.fromkeys(("now", "currently", "presently", "nowadays", "current", "present-day"), "PRESENT_REF")
PAST: Words = dict.fromkeys(("recently", "lately", "formerly", "previously", "recent", "former", "then"), "PAST_REF")
FUTURE: Words = dict.fromkeys(("soon", "someday", "shortly", "upcoming", "future", "forthcoming"), "FUTURE_REF")

# Time zones and their hours from UTC ("" where the name alone leaves it open).
ZONE: Words = {
    "GMT": "Z", "UTC": "Z", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00",
    "MSK": "+03:00", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00",
    "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "JST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00",
    "IST": "+05:30", "ET": "", "PT": "", "CT": "", "MT": "", "SAST": "+02:00", "WAT": "+01:00", "EAT": "+03:00",
}  # fmt: skip

# Nouns before a number that is their name, not a year or a day: "Flight 370", "Resolution 1973".
LABEL: Words = dict.fromkeys(
    (
        "flight unit resolution route article chapter page pages room gate bus channel number section highway interstate level area"
        " building psalm verse line model series version windows case bill lot platform train block ward grade stage"
        " boeing airbus volume clause directive regulation protocol apartment suite box district precinct squadron"
        " division battalion regiment brigade camp site hut no."
    ).split(),
    1,
)
# Nouns after a number that counts them.
COUNTED: Words = dict.fromkeys(
    (
        "people men women children schoolchildren troops soldiers dead dollars euros pounds metres meters feet miles kilometers kilometres km tons tonnes"
        " barrels acres votes seats points jobs employees workers students copies words pages square calories lives percent cars shares yen"
        " rupees homes houses civilians refugees fighters members prisoners"
    ).split(),
    1,
)
# Nouns of whose age articles tell as of a length of time: "an 8-month-old truce", not "a 32-year-old driver".
LASTING: Words = dict.fromkeys(
    "truce ceasefire war conflict strike ban regime government law deal agreement contract treaty embargo siege crisis insurgency"
    " rebellion uprising campaign dispute record tradition company firm policy program programme project occupation blockade"
    " feud stalemate coalition alliance drought recession lawsuit debate partnership business tournament festival".split(),
    1,
)
# Words of matches, whose halves and quarters are none of a year.
SPORT = frozenset(
    "scored scorer goal goals match striker header penalty kick touchdown touchdowns yards quarterback coach halftime rebounds"
    " rebound led trailed trailing outscored offense playoff playoffs stadium referee booked scoreboard scoring assist player players team"
    " teams goalkeeper".split()
)
COLLECTIVE: Words = {"weeklong": "P1W", "yearlong": "P1Y", "monthlong": "P1M", "daylong": "P1D", "nightlong": "P1NI"}
ADVERB_SET: Words = {
    "daily": "XXXX-XX-XX", "weekly": "XXXX-WXX", "monthly": "XXXX-XX", "yearly": "XXXX", "annually": "XXXX",
    "hourly": "PT1H", "nightly": "XXXX-XX-XXTNI", "biweekly": "P2W", "fortnightly": "P2W", "bimonthly": "P2M", "biannually": "P6M",
}  # fmt: skip

CLASSES: dict[str, Words] = {
    "LABEL": LABEL,
    "COUNTED": COUNTED,
    "COLLECTIVE": COLLECTIVE,
    "ADVERB_SET": ADVERB_SET,
    "MONTH": MONTH,
    "CLEAR_MONTH": CLEAR_MONTH,
    "SHY_MONTH": SHY_MONTH,
    "SHY_NAME": SHY_NAME,
    "LASTING": LASTING,
    "WEEKDAY": WEEKDAY,
    "WEEKDAYS": WEEKDAYS,
    "UNIT": UNIT,
    "UNITS": UNITS,
    "SEASON": SEASON,
    "DAYPART": DAYPART,
    "POINT_OF_DAY": POINT_OF_DAY,
    "SCALE": SCALE,
    "ORDINAL": ORDINAL,
    "DECADE_WORD": DECADE_WORD,
    "DEICTIC_DAY": DEICTIC_DAY,
    "PAST": PAST,
    "ZONE": ZONE,
}
