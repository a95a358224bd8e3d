"""Times that come again."""

from broadsheet.extract.dates.lexicon import ADVERB_SET, SEASON
from broadsheet.extract.dates.meanings import amount, unit
from broadsheet.extract.dates.readings import Reading, fixed
from broadsheet.extract.dates.rules import Rule, Slots, rule

# How near, in words, and of what shape a count is.
COUNT_REACH = 4
COUNTS = frozenset(("NUMBER", "NUMBER_WORD", "JUNK"))
PARTS_OF_DAY = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}


def each(s: Slots) -> Reading | None:
    """Every three weeks, each year, a month."""
    n = 2 * (s.number("n") or 1) if s.word("x") == "other" else s.number("n") or 1
    return fixed("SET", amount(n, unit(s)))


def each_counted(s: Slots) -> Reading | None:
    """A year, of what is counted shortly before: 5 million a year."""
    before = s.tokens[max(0, s.first - COUNT_REACH) : s.first]
    return each(s) if any(token.shape in COUNTS for token in before) or s.around(-1) in ("once", "twice") else None


def weekday_set(s: Slots) -> Reading | None:
    """Every Friday, Fridays."""
    part = PARTS_OF_DAY.get(s.word("x").rstrip("s"), "")
    return fixed("SET", f"XXXX-WXX-{int(s.number('w'))}{part}")


def part_set(s: Slots) -> Reading | None:
    """Every morning, every summer, every May."""
    if "m" in s:
        return fixed("SET", f"XXXX-{int(s.number('m')):02}" + (f"-{int(s.number('d')):02}" if "d" in s else ""))
    if s.word("x") in SEASON:
        return fixed("SET", f"XXXX-{SEASON[s.word('x')]}")
    return fixed("TIME" if s.around(-1) == "at" else "SET", f"XXXX-XX-XX{PARTS_OF_DAY[s.word('x').rstrip('s')]}")


def weekdays(s: Slots) -> Reading | None:
    """Weekends and weekdays."""
    return fixed("SET", "XXXX-WXX-WE" if s.word("x").startswith("weekend") else "XXXX-WXX-WD")


def per(s: Slots) -> Reading | None:
    """Per day, per month."""
    return fixed("SET", amount(1, unit(s)))


def adverb(s: Slots) -> Reading | None:
    """Daily, yearly; not the last word of a name ("Ham Weekly")."""
    if s.first and s.tokens[s.first].text[0].isupper() and s.tokens[s.first - 1].text[0].isupper():
        return None
    return fixed("SET", str(ADVERB_SET[s.word("x")]))


RULES: tuple[Rule, ...] = (
    rule("every-unit", "(almost|nearly)? (every|each) (x:other)? n:(NUM)? ANYUNIT", each, "It floods [every year] => SET P1Y", "It meets [every two weeks] => SET P2W"),
    rule("every-few", "every (few|several|couple of) u:UNITS", lambda s: fixed("SET", amount("X", unit(s))), "It shuts [every few days] => SET PXD"),
    rule("every-weekday", "(every|each) (other)? w:WEEKDAY (x:(morning|afternoon|evening|night))?", weekday_set, "It meets [every Friday] => SET XXXX-WXX-5"),
    rule("weekdays", "[on|and] w:WEEKDAYS | w:WEEKDAYS", weekday_set, "It meets on [Fridays] => SET XXXX-WXX-5"),
    rule("weekday-nights", "w:WEEKDAY x:(mornings|afternoons|evenings|nights)", weekday_set, "It plays [Friday nights] => SET XXXX-WXX-5TNI"),
    rule("every-part", "(every|each) x:(morning|afternoon|evening|night|spring|summer|autumn|fall|winter)", part_set, "It rains [every summer] => SET XXXX-SU"),
    rule("every-month-name", "(every|each) m:AMONTH d:DAYNO?", part_set, "It floods [every May] => SET XXXX-05"),
    rule("at-night", "[at] x:night", part_set, "It howls at [night] => TIME XXXX-XX-XXTNI"),
    rule("in-the-mornings", "[in] the x:(mornings|afternoons|evenings)", part_set, "It rains in [the evenings] => SET XXXX-XX-XXTEV"),
    rule("weekends", "[on|at|and] x:(weekends|weekdays)", weekdays, "It shuts on [weekends] => SET XXXX-WXX-WE"),
    rule("adverb-set", "x:ADVERB_SET", adverb, "It is cleaned [daily] => SET XXXX-XX-XX"),
    rule("a-unit", "[NUM|JUNK|PLURAL|COUNTED|percent|million|billion|SCALE|UNITS|dollars|copies|CAP|WORD] [^in|for|within|than|after|over|about|is|was|has] (a|an) u:UNIT [^and|of|ago|later|earlier|before|after|or|HY|old|POSS]", each_counted, "It costs $5 million [a year] => SET P1Y", "It sells 5,000 Ham CDs [a year] => SET P1Y"),
    rule("times-a-unit", "(once|twice|(NUM|several|many) times) (a|an|each|every|per) u:UNIT | NUM (UNIT|UNITS) (each|every|per) u:UNIT", each, "It meets [twice a month] => SET P1M"),
    rule("per-unit", "per u:(UNIT)", per, "It makes 50 cars [per day] => SET P1D"),
    rule("slash-unit", "[SLASH] u:(day|week|month|year)", each, "It makes 50/[day] => SET P1D"),
)  # fmt: skip
