"""Times of day, alone or with their day, and parts of the day."""

import re

from broadsheet.extract.dates.lexicon import CARDINAL, DAYPART, POINT_OF_DAY, ZONE
from broadsheet.extract.dates.meanings import PART_MODS, day_phrase, part_mod, quantity_mod
from broadsheet.extract.dates.readings import Calc, Reading, Same, Shift, Timed
from broadsheet.extract.dates.rules import Rule, Slots, rule

TWELVE = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?:[:.](\d\d))?\s?([ap])")
TWENTY_FOUR = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")


def clock(words: str) -> str | None:
    """The time of a clock reading as a value ends with it.

    >>> clock("10 p.m."), clock("9:34 pm"), clock("noon"), clock("17:05"), clock("eight o'clock"), clock("25 p.m.")
    ('T22:00', 'T21:34', 'T12:00', 'T17:05', 'T08:00', None)
    """
    if words in POINT_OF_DAY:
        return str(POINT_OF_DAY[words])
    if match := TWELVE.match(words):
        hour, half = int(match[1]), 12 if match[4] == "p" else 0
        if not 1 <= hour <= 12:
            return None
        return f"T{hour % 12 + half:02}:{match[2] or '00'}" + (f":{match[3]}" if match[3] else "")
    if match := TWENTY_FOUR.match(words):
        return f"T{int(match[1]):02}:{match[2]}" + (f":{match[3]}" if match[3] else "")
    if words.endswith("hours"):
        return f"T{words[:2]}:{words[2:4]}" if words[:4] < "2401" and words[2:4] < "60" else None
    first = words.split()[0]
    hour = int(CARDINAL.get(first) or (first if first.isdigit() else 0))
    half = 12 if words.endswith("p.m.") and hour != 12 else 0
    return f"T{int(hour) + half:02}:00" if 1 <= int(hour) <= 24 else None


def at_clock(s: Slots) -> Reading | None:
    """A clock time on a day that is said along with it, or that the text suggests."""
    time = clock(s.word("t"))
    if time is None:
        return None
    if "x" in s and time < "T13" and s.word("x").split()[-1] in ("afternoon", "evening", "night"):
        time = f"T{int(time[1:3]) % 12 + 12}{time[3:]}"
    zone = str(ZONE.get(s.word("z").upper(), "")).removesuffix(":00")
    return Reading("TIME", Timed(_day(s), time + zone), part_mod(s.word("p")) or quantity_mod(s.word("p")))


def past_the_hour(s: Slots) -> Reading | None:
    """Half past two, a quarter to three: the half of the day is left open, as in figures."""
    hour = int(s.number("n"))
    minutes = 30 if s.word("h") == "half" else 15
    if not 1 <= hour <= 12:
        return None
    if s.word("a") == "to":
        hour, minutes = hour - 1, 60 - minutes
    return Reading("TIME", Timed(Same("day"), f"T{hour:02}:{minutes}"))


def _day(s: Slots) -> Calc:
    return day_phrase(s) or Same("day")


def part_of_day(s: Slots) -> Reading | None:
    """Tuesday night, this morning, the evening of 5 May."""
    words = s.word("x").replace(" ", "")
    part = str(DAYPART.get(words) or DAYPART.get(s.word("x")) or "TNI")
    return Reading("TIME", Timed(_relative_day(s, words), part), _mod(s))


def _relative_day(s: Slots, words: str) -> Calc:
    if s.word("a") == "last":
        return Shift("D", -1)
    if s.word("a") == "this" or words == "tonight":
        return Shift("D", 0)
    if s.word("a") in ("the next", "the following"):
        return Shift("D", 1, "text")
    if s.word("a") in ("the previous", "the preceding"):
        return Shift("D", -1, "text")
    return _day(s)


def _mod(s: Slots) -> str | None:
    return next((PART_MODS[word] for word in s.word("p").split() if word in PART_MODS), None)


RULES: tuple[Rule, ...] = (
    rule("clock-day", "(p:(early|late|about|around))? CLOCKTIME (z:ZONE | local time | local)? (on|,)? (in the x:(morning|afternoon|evening) (on|of)?)? ANYDAY", at_clock,
         "It shut at [10 p.m. Tuesday] => TIME 2021-09-14T22:00", "It shut at [about 3 p.m. on Tuesday] => TIME 2021-09-14T15:00 APPROX", "At [5 p.m. EST, Nov. 6, 1998] => TIME 1998-11-06T17:00-05"),
    rule("day-clock", "ANYDAY (at|,)? t:(CLOCK12|POINT_OF_DAY|CLOCK) (z:ZONE)?", at_clock, "It shut [Tuesday at 10 p.m.] => TIME 2021-09-14T22:00"),
    rule("clock12", "t:(CLOCK12 | (HOUR|HOURWORD) o'clock | MILITARY hours) (z:ZONE)? (in the x:(morning|afternoon|evening) | at x:night | (this|that|yesterday) x:(morning|afternoon|evening))?", at_clock,
         "It shuts at [10 p.m.] => TIME 2021-09-15T22:00", "It shuts at [eight o'clock in the evening] => TIME 2021-09-15T20:00"),
    rule("past-the-hour", "(a)? h:(half|quarter) a:(past|to) n:(HOUR|HOURWORD) [^UNIT|UNITS]", past_the_hour, "It shut at [half past two] => TIME 2021-09-15T02:30"),
    rule("clock24", "[at|by|until|from|before|after|since|around|about|between|till] t:CLOCK (z:ZONE)?", at_clock, "It shuts at [17:30] => TIME 2021-09-15T17:30"),
    rule("clock-zone", "t:CLOCK z:ZONE", at_clock, "The [17:30 GMT] train => TIME 2021-09-15T17:30Z"),
    rule("point-of-day", "[at|by|until|from|before|after|since|around|about|between|till|to] t:POINT_OF_DAY", at_clock, "It shuts at [noon] => TIME 2021-09-15T12:00"),
    rule("part-of-that-day", "(p:(early|late|earlier|later|mid) (HY | on)?)? (ANYDAY POSS?) x:((mid HY)? DAYPART)", part_of_day,
         "It rained [Tuesday night] => TIME 2021-09-14TNI"),
    rule("day-of-part", "(p:(early|late) in)? (the)? ((p:(early|late|mid)) HY?)? x:((mid HY)? (morning|afternoon|evening|night|noon|midnight|dawn|mid-afternoon|mid-morning)) hours? (of|on)? ANYDAY", part_of_day,
         "It rained on [the night of 5 May 1998] => TIME 1998-05-05TNI"),
    rule("this-part-of-day", "(p:(early|earlier|late|later))? a:(this|last|the next|the following|the previous|the preceding) x:(morning|afternoon|evening|night)", part_of_day,
         "It rained [last night] => TIME 2021-09-14TNI", "It rained [this morning] => TIME 2021-09-15TMO"),
    rule("that-part-of-day", "(p:(early|earlier|late|later))? (that | that same | the same) x:(morning|afternoon|evening|night)", part_of_day,
         "It opened on 5 May 1998 and burned [that night] => TIME 1998-05-05TNI"),
    rule("tonight", "(p:(late|later|earlier))? x:tonight", part_of_day, "It opens [tonight] => TIME 2021-09-15TNI"),
    rule("in-part-of-day", "[in|during|throughout|since|until|by] the (p:(early|late|mid) HY?)? x:(morning|afternoon|evening|night) (hours)? [^of|CAP]", part_of_day, "It rained in [the morning] => TIME 2021-09-15TMO"),
    rule("early-part-of-day", "[in|since] the p:(early|late) (hours | x:(morning|evening|night) hours)", part_of_day, "It rained in [the early hours] => TIME 2021-09-15TNI START"),
)  # fmt: skip
