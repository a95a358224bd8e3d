"""The words that introduce a claim, and how each takes its content: data, and their inflected forms.

A line of `VERBS` is: lemma, the frames that it allows, and past forms where they are irregular. Frames:

    c  a clause, with or without "that": she said (that) the bridge was closed
    l  a clause like c, but without "that" only where a verb shows it: she found the bridge was closed
    t  someone told first, then a clause: she told reporters that the bridge was closed
    q  only before or after a quotation, or before "that"
    o  a noun phrase: she announced the closure of the bridge
    i  an infinitive: she promised to close the bridge
    a  someone asked first, then an infinitive: she urged the mayor to close the bridge
    v  may stand before its subject, after the content: "…," said the mayor
    d  its subject is often a document: the survey shows that few people cross the bridge
    p  someone first, then a preposition: she accused the mayor of neglect
    n  its base and s-forms are more often nouns: taken as verbs only before "that" or a quotation
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from broadsheet.extract.claims.words import word_set

VERBS = """
say cv said
tell t told
add lqv
write lqvn wrote written
ask itcqv
note cvn
argue cv
suggest cdv
report lodvn
announce cov
claim covn
explain cqov
recall cov
tweet cqvn
post qn
continue qv
confess cvq
answer qvn
bark qvn
roar qvn
thunder qvn
boom qvn
trumpet qvn
deadpan qv
query qvn queried
declare lqov
describe s
call k
respond q
reply cqv replied
acknowledge cov
insist cv
state lqvn
warn tcqv
reveal cod
show ld showed shown
showcase ldo
find ld found
indicate cd
conclude lqv
predict cov
promise iocqn
pledge iocqn
vow icqn
agree ciq
admit covq
concede cvo
confirm cv
deny oc denied
assert cv
allege cv
contend cv
complain lqv
joke cqvn
lament cov
observe cqv
remark cqvn
stress covn
emphasize cov
emphasise cov
reiterate cov
repeat oq
maintain lv
boast cqvn
caution tcqvn
caution cqn
estimate cvon
project ln
propose oci
question ocn
cite o
mention oc
point dx
criticize o
criticise o
praise on
dismiss o
denounce o
condemn o
reject o
tout o
blast on
slam on
defend o
accuse p
urge anq
demand ocin
recommend oci
decline i
refuse i
threaten i
offer i
express o
discuss o
quote x
read qdn read
chant qn
shout qvcn
yell qvcn
whisper qvc
cry qv cried
exclaim qv
quip qvn
muse qv
inform t
remind t
assure t
notify t notified
advise tac
testify c testified
disclose co
proclaim cqov
opine cqv
counter cqvn
retort qv
hint ln
imply cd implied
signal ldn
speculate c
theorize cv
reason qcvn
rule ln
comment qvn
hail on
thank w
brand k
label k
dub k
blame x
charge cvn
appeal e
highlight x
underscore c
underline od
voice on
swear ci swore sworn
attest c
email tqn
text tqn
publish x
release x
detail on
outline on
clarify co clarified
affirm coq
recount co
relate cqn
elaborate qn
interject qv
interrupt qv
inquire cqv
wonder cqvn
recite q
sing q sang sung
scream qvcn
mutter qv
laugh qv
joke cqvn
begin x began begun
decry o decried
bemoan co
brag qcvn bragged
gush qv
fume qv
concur cqv concurred
posit c
surmise c
reckon cv
reassure t
profess co
lambaste o
demonstrate ld
intone qv
scoff qv
snap qvn snapped
sigh qvn
plead qv
instruct a
cheer qn
echo qn
blare q
assail on
applaud o
welcome x
"""

DOUBLED = word_set("admit quip label signal")
"""Verbs whose last letter is doubled, some in British spelling only."""


ADJECTIVES = {
    "vocal": ("about",),
    "outspoken": ("about", "on"),
    "adamant": ("that", "about"),
    "insistent": ("that",),
    "emphatic": ("that", "about"),
    "dismissive": ("of",),
    "confident": ("that",),
    "unequivocal": ("that", "about"),
}
"""Adjectives of saying, after a form of "be", with the words that must follow."""
DOCUMENTS = word_set(
    "poll polls survey surveys study studies data figures records results report reports video videos footage visuals "
    "photo photos image images pictures documents research analysis statistics census polling estimates map graph "
    "tests test evidence emails e-mails review findings index projections returns"
)
"""Nouns whose "show" introduces what they say, be it a clause or not."""


class Cue(NamedTuple):
    """One inflected form of a cue verb."""

    lemma: str
    frames: str
    form: str


@cache
def forms() -> dict[str, Cue]:
    """Every inflected form, in lower case, with its cue."""
    table: dict[str, Cue] = {}
    for line in VERBS.strip().splitlines():
        lemma, frames, *past = line.split()
        for word, form in _inflect(lemma, past):
            if word not in table or (form == "past" and word == lemma):
                table[word] = Cue(lemma, frames, form)
    for word, form in (
        ("spoke", "past"),
        ("speaks", "s"),
        ("speaking", "ing"),
        ("spoken", "part"),
        ("speak", "base"),
    ):
        table[word] = Cue("speak", "f", form)
    for word, form in _inflect("talk", []):
        table[word] = Cue("talk", "fn", form)
    return table


def _inflect(lemma: str, past: list[str]) -> Iterator[tuple[str, str]]:
    yield lemma, "base"
    yield _third(lemma), "s"
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma in DOUBLED:
        stem += lemma[-1]
    yield stem + "ing", "ing"
    if past:
        yield past[0], "past"
        if len(past) > 1:
            yield past[1], "part"
    else:
        yield stem + "ed", "past"
        if stem.endswith("ll"):
            yield lemma + "ed", "past"
            yield lemma + "ing", "ing"


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"
