"""Lengths of time."""

from broadsheet.extract.dates.lexicon import COLLECTIVE
from broadsheet.extract.dates.meanings import amount, duration, mod, unit, vague_duration
from broadsheet.extract.dates.readings import Reading, fixed
from broadsheet.extract.dates.rules import Rule, Slots, always, rule

ONE = ("a", "an", "one")


def whole(s: Slots) -> Reading | None:
    """All day, the whole year, a year-long trial."""
    return fixed("DURATION", amount(1, unit(s)), mod(s))


def half(s: Slots) -> Reading | None:
    """Half an hour, half a century."""
    return fixed("DURATION", amount(0.5, unit(s)), mod(s))


def quarter_hour(s: Slots) -> Reading | None:
    """Three quarters of an hour, a quarter of a century."""
    share = (s.number("n") or 1) / 4
    n, code = (share * 60, "TM") if unit(s) == "TH" else (share * 12, "M") if unit(s) == "Y" else (share * 100, "Y")
    return fixed("DURATION", amount(n, code), mod(s))


def one_unit(s: Slots) -> Reading | None:
    """A year, an hour."""
    if s.word("u") in ("second", "quarter"):
        return None
    return fixed("DURATION", amount(1, unit(s)), mod(s))


def span_of_numbers(s: Slots) -> Reading | None:
    """Two to three weeks: the length is open between the two, and so no number is given."""
    return fixed("DURATION", amount("X", unit(s)), mod(s))


def collective(s: Slots) -> Reading | None:
    """A weeklong trip."""
    return fixed("DURATION", str(COLLECTIVE[s.word("x")]))


def two_lengths(s: Slots) -> Reading | None:
    """Two hours and ten minutes."""
    first, second = amount(s.number("n"), unit(s)), amount(s.number("n2"), unit(s, "u2"))
    joined = first + (second[2:] if "T" in first and second.startswith("PT") else second[1:])
    return fixed("DURATION", joined, mod(s))


RULES: tuple[Rule, ...] = (
    rule("length", "(QUANT)? (another|an additional)? n:NUM (more|additional|full|consecutive|straight|whole|calendar|long|trading|working|business|fiscal)? ANYUNIT (or so)? [^old|ago]", duration,
         "It lasted [more than four hours] => DURATION PT4H MORE_THAN", "A wait of [at least 20 more years] => DURATION P20Y EQUAL_OR_MORE"),
    rule("length-and-half", "(QUANT)? n:(NUM|a) and (a)? h:half u:UNITS | (QUANT)? n:(a|an|one) u:UNIT and a h:half", duration, "It took [two and a half years] => DURATION P2.5Y"),
    rule("two-lengths", "(QUANT)? n:NUM u:(UNIT|UNITS) (and|,) n2:NUM u2:(UNIT|UNITS)", two_lengths, "It took [two hours and ten minutes] => DURATION PT2H10M"),
    rule("half-length", "(QUANT)? (the (last|past|next|first))? half (a|an) u:UNIT | (QUANT)? (a)? half HY? u:(hour|day|century|decade)", half, "It took [half an hour] => DURATION PT30M"),
    rule("quarter-length", "(QUANT)? (n:NUM quarters | a quarter) of (a|an) u:UNIT | (QUANT)? (a)? quarter HY? u:century", quarter_hour, "It took [three quarters of an hour] => DURATION PT45M"),
    rule("length-adjective", "(QUANT)? n:NUM HY u:UNIT [^HY|old]", duration, "A [10-year] plan => DURATION P10Y"),
    rule("length-old", "n:NUM HY u:UNIT HY old [LASTING]", duration, "The [8-month-old] truce => DURATION P8M"),
    rule("length-and-half-adjective", "n:NUM HY and HY (a)? HY? h:half HY u:UNIT", duration, "A [two-and-a-half-year] war => DURATION P2.5Y"),
    rule("length-long", "(QUANT)? n:NUM HY? ANYUNIT HY? long | u:UNIT HY? long", duration, "A [year-long] trial => DURATION P1Y", "A [three-day-long] trip => DURATION P3D"),
    rule("collective", "x:COLLECTIVE", collective, "A [weeklong] trip => DURATION P1W"),
    rule("range-of-lengths", "(QUANT)? n:NUM (to|or|HY|DASH) NUM HY? (more|full|consecutive)? ANYUNIT", span_of_numbers, "It takes [two to three weeks] => DURATION PXW"),
    rule("period-of-lengths", "(the|its|his|her|their|our|those|these) PERIOD? n:NUM (PERIOD|full|consecutive|straight|trading)? u:UNITS (or so)?", duration, "In [the past three months] => DURATION P3M",
         "In [the first two days] => DURATION P2D"),
    rule("range-of-period", "the PERIOD n:NUM (to|or|HY) NUM u:UNITS", span_of_numbers, "In [the next 12 to 18 months] => DURATION PXM"),
    rule("period-adjective", "(a|the) n:NUM HY u:UNIT period", duration, "Over [a three-year period] => DURATION P3Y"),
    rule("vague-period", "(the|these|those|his|her|its|their) PERIOD? (several|few|many|couple of|first few|last few|past few|next few|number of) PERIOD? u:UNITS", vague_duration, "In [the past few weeks] => DURATION PXW"),
    rule("plural-period", "(the)? (past|last|next|coming|following|previous|preceding|ensuing|intervening|recent|early|later|final) u:UNITS [^ago]", vague_duration,
         "In [recent weeks] => DURATION PXW", "Over [the following days] => DURATION PXD"),
    rule("vague-length", "(q:(at least|nearly|almost|about|only))? FEW (more|long|hundred|thousand|dozen|short|consecutive|straight)? u:UNITS [^ago|old]", vague_duration, "It lasted [several years] => DURATION PXY"),
    rule("plural-length", "[for|after|within|in|took|takes|take|over|lasted|last|lasting|spent|spend|of|by|through|are|were] u:UNITS [^old|ago|PAST|POSS]", vague_duration, "It lasted for [years] => DURATION PXY"),
    rule("plural-before", "(just|only)? u:UNITS [of|before|after|later|earlier]", vague_duration, "It fell [months] after the vote => DURATION PXM"),
    rule("plural-long", "u:UNITS HY long", vague_duration, "A [months-long] siege => DURATION PXM"),
    rule("the-years", "[over|through|throughout] the u:(years|centuries|decades)", vague_duration, "It grew over [the years] => DURATION PXY"),
    rule("more-than-unit", "QUANT (a|an|one) u:UNIT [^ago|later|earlier]", one_unit, "It took [almost an hour] => DURATION PT1H LESS_THAN"),
    rule("one-unit", "[for|in|within|than|after|over|about|lasted|last|lasts|took|takes|take|every|spent|spend|spends|only|just|nearly|almost|once|least|wait|waited|is|was|of|to|into|until|with|by|as] (a|an) u:UNIT [^HY|ago|POSS|CAP]", one_unit,
         "It lasted for [a year] => DURATION P1Y"),
    rule("unit-before", "(a|an|one) u:UNIT [after|before|of|or|and|later|earlier]", one_unit, "It came [a week] after the vote => DURATION P1W"),
    rule("full-unit-length", "a (full|whole|entire|further|single|solid|good) u:UNIT", one_unit, "It took [a full year] => DURATION P1Y"),
    rule("couple", "(QUANT)? (a|another|the next|the past|the last|the first) couple of? u:UNITS [^ago]", lambda s: fixed("DURATION", amount(2, unit(s)), "APPROX"), "It lasted [a couple of years] => DURATION P2Y APPROX"),
    rule("leading-unit", "the (first|final|opening|closing|last) u:(year|month|week|day|decade|hour) [of]", one_unit, "In [the first year] of the war => DURATION P1Y"),
    rule("unit-or-two", "(a|an) u:UNIT or (NUM|so|more)", vague_duration, "It takes [a year or two] => DURATION PXY"),
    rule("all-unit", "all u:(day|week|month|year|night)", whole, "It rained [all day] => DURATION P1D"),
    rule("one-possessive", "[CAP|LOW|is|of|in] (a|one) u:UNIT POSS", one_unit, "It is [a day's] ride => DURATION P1D"),
    rule("a-while", "(quite)? (a (long|short|little|good)? while | a (long|short) time | some time | a brief period | a short period)", always(fixed("DURATION", "PXX")), "It took [a while] => DURATION PXX"),
)  # fmt: skip
