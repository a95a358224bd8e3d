"""Patterns that several rules share, by name."""

MACROS: dict[str, str] = {
    # "early", "the end of"
    "PART": "p:((very)? early HY? | (very)? late HY? | mid HY? | (the (very)?)? (beginning | start | end | middle | close | outset | dawn | height | midst) of"
    " | (the)? (early|late|latter|middle) (part|days|months|weeks|years) of | the (early|late))",
    # "more than"
    "QUANT": "q:((slightly|well|significantly|a little|far)? (more|less|fewer|longer) than | at least | at most | no (more|less|fewer|longer) than | not (more|less) than | up to"
    " | as (much|many|long|little|few) as | nearly | almost | about | around | roughly | approximately | an estimated | just under | over | under | just over | well over | close to | approx. | a (maximum|minimum) of"
    " | some | upwards of | in excess of | circa | ca. | c.)",
    "APPROX": "q:(about | around | roughly | approximately | circa | ca. | c. | approx.)",
    "AMONTH": "(MONTH|SHY_MONTH)",
    "YR": "y:(YEAR | YEARWORD)",
    "ERA": "e:(bc | bce | b.c. | b.c.e.)",
    "MD": "m:AMONTH (the)? d:(DAYNO | DAYORD)",
    "DM": "((the)? d:DAYORD (day)? of | (the)? d:DAYORD | d:DAYNO of?) m:AMONTH",
    # A weekday said along with a date adds nothing to its value.
    "DAYNAME": "WEEKDAY ,? (the)?",
    "FULL": "(DAYNAME)? (MD (,)? (of|in)? YR | DM (,)? (of|in)? YR)",
    # A year by its relation: "of last year", "that same year".
    "OFYEAR": "(of|in|,)? a:(last | next | this | that | that same | the same | the following | the next | the previous | the preceding | the current) year",
    "ANYDAY": "(FULL | (DAYNAME)? (MD | DM) | (r:(last|next|this|this past))? w:WEEKDAY | k:DEICTIC_DAY)",
    "CLOCKTIME": "t:(CLOCK12|CLOCK|POINT_OF_DAY|(HOUR|HOURWORD) o'clock|MILITARY hours|HOURWORD (a.m.|p.m.))",
    "N": "n:(NUM|a|an)",
    "ANYUNIT": "u:(UNIT|UNITS)",
    "FEW": "(several | many | few | a few | a number of | some | countless | numerous | various | a handful of | dozens of | hundreds of | thousands of | tens of thousands of)",
    "PERIOD": "(past | last | next | coming | first | final | following | previous | preceding | latest | ensuing | intervening | subsequent | remaining | closing | opening)",
}
