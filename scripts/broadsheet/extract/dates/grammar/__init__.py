"""The grammar: tables of rules, and macros that they share. The order decides between equally long matches."""

from broadsheet.extract.dates.grammar import clock, durations, explicit, named, nothing, ranges, relative, sets, vague
from broadsheet.extract.dates.grammar.macros import MACROS as MACROS

RULES = (
    *nothing.RULES,
    *named.RULES,
    *explicit.RULES,
    *clock.RULES,
    *relative.RULES,
    *vague.RULES,
    *sets.RULES,
    *durations.RULES,
    *ranges.RULES,
)
