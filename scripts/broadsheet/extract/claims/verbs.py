"""Dictionary forms of verbs: irregular ones from a table, regular ones by their spelling."""

from functools import cache

from broadsheet.extract.claims.words import word_set

IRREGULAR = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun
bend bent bent|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken
bring brought brought|build built built|burn burnt burnt|burst burst burst|buy bought bought|cast cast cast
catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|dig dug dug
do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed
feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown|forbid forbade forbidden
forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone
grow grew grown|hang hung hung|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt
keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|let let let|lie lay lain
lose lost lost|make made made|mean meant meant|meet met met|overthrow overthrew overthrown
overtake overtook overtaken|pay paid paid|put put put|quit quit quit|read read read|ride rode ridden
ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold
send sent sent|set set set|shake shook shaken|shed shed shed|shoot shot shot|show showed shown|shut shut shut
sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent
split split split|spread spread spread|stand stood stood|steal stole stolen|strike struck struck|swear swore sworn
sweep swept swept|swim swam swum|take took taken|teach taught taught|tear tore torn|tell told told
think thought thought|throw threw thrown|undergo underwent undergone|understand understood understood
wake woke woken|wear wore worn|win won won|withdraw withdrew withdrawn|write wrote written
"""

E_STEMS = (
    "at",
    "iv",
    "v",
    "c",
    "s",
    "z",
    "u",
    "bl",
    "pl",
    "tl",
    "dl",
    "gl",
    "fl",
    "kl",
    "zl",
    "rg",
    "dg",
    "rs",
    "ns",
)
NO_E_STEMS = ("eat", "oat", "ss", "ng")
E_WORDS = word_set(
    "fire injure explore share declare prepare compare require acquire retire hire inspire expire admire "
    "restore ignore store score measure capture pressure secure figure assure insure torture lecture "
    "endure scare stare care dare combine determine examine outline mine decline confine define refine "
    "imagine line machine undermine ruin execute dispute pollute salute contribute distribute prosecute "
    "institute invade provide decide divide explode trade raid guide include conclude exclude preside "
    "reside persecute provoke stroke like strike make bake invoke revoke resume name blame claim consume "
    "assume shame frame escape wipe rape hope shape tape scrape hijack exchange change challenge arrange "
    "plunge lunge merge charge urge emerge manage damage engage rage pledge judge postpone phone tone "
    "clone cone zone complete delete compete vote promote quote note devote cite unite invite excite "
    "ignite write waste paste taste mediate evade fade upgrade aide side ride hide tide fine shine dine "
    "line rescue continue value argue pursue issue queue die tie lie use cause accuse close lose choose "
    "refuse release raise praise promise surprise advise devise rise exercise purchase chase base "
    "increase decrease cease please house arouse bruise cruise tire wire desire entire cure lure adore "
    "bore bribe describe prescribe subscribe probe tube robe babe globe strafe file smile compile pile "
    "rule schedule style handle pale sale scale stale whale impose expose oppose propose suppose dispose "
    "compose pose live love move prove save leave serve observe deserve reserve solve resolve evolve "
    "involve dissolve revolve arrive survive drive receive believe achieve relieve deceive give forgive "
    "have behave force announce enforce reinforce dance place replace race face trace produce reduce "
    "introduce sentence influence finance balance distance advance lace"
)
NO_E_WORDS = word_set(
    "focus canvas bias bus gas discus belong hang ring bring sing long wrong target market rocket budget "
    "bus visit edit profit limit exit permit transit elicit solicit exhibit prohibit inhibit audit credit "
    "deposit"
)


DOUBLED = word_set(
    "annull cancell control compell expell propell repell rebell patroll enroll fulfill instill distill travell "
    "levell labell signall modell tunnell channell quarrell marshall shovell fuell duell refuell dispell excell"
) - {"control"}
"""Stems whose last letter was doubled before the ending, of verbs that end in l."""


@cache
def irregular() -> dict[str, tuple[str, bool]]:
    """Irregular past forms with their lemma, and whether the form is a participle only."""
    table: dict[str, tuple[str, bool]] = {}
    for entry in IRREGULAR.replace("\n", "|").split("|"):
        if entry:
            lemma, past, participle = entry.split()
            table.setdefault(participle, (lemma, participle != past))
            table[past] = (lemma, False)
    return table


@cache
def lemma(word: str) -> str | None:
    """The dictionary form of a past form or participle, None where the word is neither.

    >>> [lemma(word) for word in ("killed", "seized", "fled", "carried", "stopped", "table")]
    ['kill', 'seize', 'flee', 'carry', 'stop', None]
    """
    if word in irregular():
        return irregular()[word][0]
    if word in ("freed", "agreed", "disagreed", "guaranteed", "decreed", "refereed"):
        return word[:-1]
    if len(word) < 4 or not word.endswith("ed") or word.endswith("eed"):
        return None
    return _regular(word[:-2])


def _regular(stem: str) -> str:
    if stem + "e" in E_WORDS:
        return stem + "e"
    if stem in NO_E_WORDS:
        return stem
    if stem.endswith("i") and len(stem) > 2:
        return stem[:-1] + "y"
    if len(stem) > 3 and stem[-1] == stem[-2] and (stem[-1] not in "lsfz" or stem in DOUBLED):
        return stem[:-1]
    if stem.endswith(NO_E_STEMS):
        return stem
    return stem + "e" if stem.endswith(E_STEMS) else stem
