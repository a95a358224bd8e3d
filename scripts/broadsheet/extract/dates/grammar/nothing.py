"""What looks like a date and is none: names, addresses, papers. These rules win by their length."""

from broadsheet.extract.dates.rules import Parts, Rule, always, rule

NOTHING = always(Parts(()))

RULES: tuple[Rule, ...] = (
    rule("no-paper", "WEEKDAY (times|mail|telegraph|mirror|herald|post|express|sun|independent|tribune|star|people|school|schools|league|night live|night football)", NOTHING,
         "The Sunday Times carried it => "),
    rule("no-club", "sheffield WEEKDAY", NOTHING, "Sheffield Wednesday lost => "),
    rule("no-agreement", "(good friday | easter | christmas) (agreement|accord|accords|island|islands|carol|rising)", NOTHING, "The Good Friday Agreement holds => "),
    rule("no-address", "NUM CAP CAP? (street|road|avenue|lane|drive|boulevard|square|place|way|st.|ave.|blvd.|rd.)", NOTHING, "It moved to 1600 Harbour Street => "),
    rule("no-adverb", "(a|an|the|french|german|italian|spanish|british|american|local|regional|national) WORD? (daily|weekly|monthly|quarterly) [^LOW|CAP|PLURAL|ED]", NOTHING, "He wrote for a French weekly, he said => "),
    rule("no-award", "(player|man|woman|person|song|album|record|recording|book|film|team|coach|car|word|artist|athlete|company|game) of the (year|month|week|decade|century)", NOTHING,
         "It was song of the year => "),
    rule("no-age", "(aged|age) of? NUM ((HY|to|or|and) NUM)? UNITS", NOTHING, "She left at the age of four months => "),
    rule("no-again", "now and (again|then)", NOTHING, "It rains every now and again => "),
    rule("no-name", "[^in|since|by|on|of|during|until|from|before|after|for|to|late|early|last|next|this|DAYNO|DAYORD] (april|may|june|august) CAP [LOW|ED|and|was|is|has|had|said|who|POSS]", NOTHING, "April Jones left => "),
)  # fmt: skip
