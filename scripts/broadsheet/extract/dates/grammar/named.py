"""Holidays and other days that go by a name."""

from broadsheet.extract.dates.meanings import step, suffix, year
from broadsheet.extract.dates.named_days import ALIASES, AMERICAN, FIXED
from broadsheet.extract.dates.readings import Fixed, Named, Reading, Shift, fixed
from broadsheet.extract.dates.rules import Part, Parts, Rule, Slots, always, rule
from broadsheet.extract.dates.values import bounds


def named(s: Slots) -> Reading | None:
    """A holiday of a year that is said, related, or left to tense."""
    key = s.word("h").replace("’", "'").replace(" 's", "'s").replace(" '", "'")
    name = ALIASES.get(key, key)
    if name == "independence day" and s.near(AMERICAN, 40):
        name = "the fourth of july"
    if name in FIXED:
        return fixed("DATE", FIXED[name])
    if "y" in s:
        return Reading("DATE", Named(name, None, Fixed(year(s))))
    if "a" in s:
        return Reading("DATE", Named(name, None, Shift("Y", {"last": -1, "next": 1}.get(s.word("a"), 0))))
    return Reading("DATE", Named(name, step(s)))


def event(s: Slots) -> Reading | None:
    """9/11 and its like."""
    value = FIXED.get(str(s.value("x")))
    return fixed("DATE", value) if value else None


def anniversary(s: Slots) -> Parts | None:
    """The 20th anniversary of 9/11, or of a full date."""
    value = FIXED.get(str(s.value("x"))) if "x" in s else (year(s) or "") + suffix(s)
    n = int(s.number("o"))
    if not value or not value[:4].isdigit() or n > LONG_AGO:
        return None
    day = f"{int(value[:4]) + n:04}{value[4:]}"
    if bounds(day) == (None, None):
        return None
    return Parts((Part("a", fixed("DATE", day)), Part("b", fixed("DATE", value))))


LONG_AGO = 5000
RULES: tuple[Rule, ...] = (
    rule("named-event", "x:SLASHED", event, "Since [9/11] => DATE 2001-09-11"),
    rule("named-event-words", "h:((september|sept.) eleventh | nine HY eleven | d HY day | (ve|vj) HY? day | v HY (e|j) day )", named, "On [D-Day] they landed => DATE 1944-06-06"),
    rule("anniversary", "a:((the)? o:ORDINAL anniversary) of b:(x:SLASHED | FULL)", anniversary, "On [the 20th anniversary] of [9/11] => DATE 2021-09-11; DATE 2001-09-11",
         "On [the tenth anniversary] of [5 May 1998] => DATE 2008-05-05; DATE 1998-05-05"),
    rule("other-new-year", "(chinese|lunar|jewish|persian|islamic|orthodox|kurdish|iranian) new year (POSS)? (day|eve)?", always(fixed("DATE", None)), "They met at [Lunar New Year] => DATE -"),
    rule("holiday", "(r:(last|next|this))? h:(christmas (day|eve)? | boxing day | new year POSS? (day|eve) | good friday | easter (sunday|monday|day)? | palm sunday | ash wednesday | pentecost | whit monday | halloween"
         " | valentine POSS? day | st. patrick POSS? day | st patrick POSS? day | thanksgiving (day)? | memorial day | labor day | labour day | independence day | the fourth of july | july fourth | the fourth of july"
         " | veterans day | columbus day | presidents (POSS)? day | martin luther king (jr.)? day | mother POSS day | father POSS day | may day | bastille day | armistice day | remembrance day | groundhog day"
         " | april fools (POSS)? day | all saints POSS? day | epiphany | ascension day | earth day | international women POSS? day | world aids day | human rights day | mothering sunday | black friday | cyber monday | mardi gras | shrove tuesday | maundy thursday | juneteenth | flag day | anzac day | canada day | guy fawkes (night|day) | new year) "
         "((of|,)? y:YEAR | a:(last|this|next) year)?", named,
         "They met on [Christmas Day] => DATE 2020-12-25", "They met on [Easter Sunday 2019] => DATE 2019-04-21"),
)  # fmt: skip
