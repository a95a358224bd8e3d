"""References to past, present and future without a calendar value."""

from broadsheet.extract.dates.lexicon import FUTURE, PAST, PRESENT
from broadsheet.extract.dates.meanings import ref
from broadsheet.extract.dates.readings import Reading, Same, fixed
from broadsheet.extract.dates.rules import Rule, Slots, always, rule
from broadsheet.extract.dates.tense import direction


def by_word(s: Slots) -> Reading | None:
    """The reference that the word itself stands for."""
    word = s.word("x").split()[-1]
    if word in FUTURE and direction(s.tokens, s.first, s.end) < -1:
        return None
    return fixed("DATE", str({**PRESENT, **PAST, **FUTURE}[word]))


RULES: tuple[Rule, ...] = (
    rule("one-day", "[will|would|could|may|might|can|shall|'ll] one day", ref("FUTURE_REF"), "It will [one day] open => DATE FUTURE_REF"),
    rule("then", "[until|since|by|before|from|till] then", always(Reading("DATE", Same("any"))), "It opened on 5 May 1998 and has grown since [then] => DATE 1998-05-05"),
    rule("back-then", "back then", ref("PAST_REF"), "It was cheap [back then] => DATE PAST_REF"),
    rule("adverb-ref", "(more|most|very|right)? x:(now|currently|presently|nowadays|recently|lately|soon|someday|recent|current)", by_word,
         "It is [now] shut => DATE PRESENT_REF", "It shut [recently] => DATE PAST_REF", "It will [soon] open => DATE FUTURE_REF"),
    rule("present", "(these days | at present | the present day | the present | present day | the time being | modern times)", ref("PRESENT_REF"),
         "It is shut [these days] => DATE PRESENT_REF"),
    rule("this-time", "[at|by|until|since|around|about|during|from|before|in|for|of] (this time | this moment | the moment) [^of]", ref("PRESENT_REF"), "It is shut at [the moment] => DATE PRESENT_REF"),
    rule("past", "(the (distant|recent|not HY too HY distant)? past | past years | (the)? old days | ancient times | the olden days | recent (times|memory|history) | earlier (years|times))", ref("PAST_REF"),
         "It was better in [the past] => DATE PAST_REF"),
    rule("that-time", "[at|by|until|since|around|from|of|before|during] (the time | that time | that point | that moment) [^of|being|to|when|that|for|HY|the|a|CAP|LOW|it|he|they|she|we|i]", ref("PAST_REF"), "It was shut at [that time] => DATE PAST_REF"),
    rule("long-ago", "(long | not long | (QUANT)? FEW UNITS | UNITS | some time) ago", ref("PAST_REF"), "It shut [several years ago] => DATE PAST_REF"),
    rule("vague-earlier", "(QUANT|just|only)? FEW u:UNITS (earlier|previously) | u:UNITS (earlier|previously)", ref("PAST_REF"), "It shut [weeks earlier] => DATE PAST_REF"),
    rule("vague-later", "(QUANT|just|only)? FEW u:UNITS (later|afterwards) | u:UNITS later", ref("FUTURE_REF"), "It shut [a few weeks later] => DATE FUTURE_REF"),
    rule("future", "(the (near|foreseeable|distant|immediate|not HY too HY distant)? future | a later date | the years ahead | the (days|weeks|months|years) (ahead|to come) | coming quarters | a future date)", ref("FUTURE_REF"),
         "It may open in [the near future] => DATE FUTURE_REF"),
)  # fmt: skip
