"""Closed word classes of English that the claim rules lean on: data only, all lower case."""

import re


def word_set(text: str) -> frozenset[str]:
    """The words of a text, which is how the word lists here are written."""
    return frozenset(text.split())


DETERMINERS = word_set(
    "the a an this that these those his her its their my our your some any each every no all both several many "
    "most more few another one two three four five six seven eight nine ten dozens hundreds thousands such other"
)
PRONOUNS = word_set(
    "he she they it we i you who he's she's they're it's we're i'm you're he'd she'd they'd we'd i'd you'd "
    "he'll she'll they'll we'll i'll he's they've we've i've you've everyone nobody everybody someone somebody "
    "others many some both neither none one"
)
PERSONAL = word_set("he she they it we i you who him her them")
POSSESSIVES = word_set("his her their its my our your")
PREPOSITIONS = word_set(
    "in on at by for from with about of to into onto over under after before during since until till through "
    "throughout against among amid between across near outside inside despite without within following via "
    "upon behind beyond besides alongside toward towards unlike like as per ahead because"
)
SUBORDINATORS = word_set(
    "that because when while whereas although though if unless until since after before as where whether how why "
    "what which whose so than once"
)
COORDINATORS = word_set("and but or nor yet so")
AUXILIARIES = word_set(
    "has have had having is are was were be been being am do does did will would shall should can could may might "
    "must 's 've 'd 'll 're not n't never hasn't haven't hadn't isn't aren't wasn't weren't don't doesn't didn't "
    "won't wouldn't can't cannot couldn't shouldn't mustn't mightn't"
)
CONTRACTED = re.compile(r"(?:'(?:s|ve|d|ll|re|m)|n't)$")
ADVERBS = word_set(
    "also just then later now once again still already even ever often always sometimes soon earlier further "
    "meanwhile thus therefore instead too only first previously long since all both themselves himself herself "
    "itself twice simply rather first yet well so right back famously reportedly allegedly"
)
NOT_ADVERBS = word_set("family rally ally bully july supply reply apply assembly anomaly daily emily kelly sally italy")
OPENERS = word_set(
    "but and so yet meanwhile still however also then now later moreover furthermore nevertheless nonetheless "
    "instead indeed additionally besides thus therefore hence today yesterday earlier afterwards separately "
    "previously recently finally similarly likewise again or plus because though although while as if since when "
    "after before until unless whereas perhaps maybe"
)
DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight")
MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec"
)
TIME_WORDS = (
    DAYS
    | MONTHS
    | word_set(
        "week month year day morning afternoon evening night weekend weeks months years days hours hour minutes "
        "moments ago last next earlier later recently"
    )
)
ABBREVIATIONS = word_set(
    "mr mrs ms dr sen rep gov gen lt col sgt capt maj adm st jr sr vs etc inc corp co ltd prof rev hon pres sens "
    "reps govs gens messrs mt ft dept jan feb mar apr jun jul aug sep sept oct nov dec ph calif fla mich minn "
    "conn tenn wis pa va ariz ala colo ga kan ky la md mont neb nev okla tex vt wyo "
    "cmdr det supt amb approx e.g i.e cf "
)
PAST_IRREGULAR = word_set(
    "said told went came took made got gave found knew thought saw became began held kept left lost met paid put "
    "ran sat sent set shot stood struck spoke wrote won fell fled fought led rose broke brought built bought caught "
    "chose cut died drew drove fed felt flew forgot froze grew heard hid hit hurt laid lay let lit meant read rode "
    "sang sank sold shook shut slept spent split spread stole swore swept swung taught threw understood wore"
)
VERB_OTHER = word_set(
    "say says think thinks want wants need needs seem seems remain remains appear appears become becomes make makes "
    "take takes give gives go goes come comes get gets know knows believe believes show shows include includes "
    "feel feels hope hopes plan plans expect expects face faces live lives mean means require requires"
)


def is_adverb(word: str) -> bool:
    """Whether the lower-case word may stand between a subject and its verb.

    >>> is_adverb("repeatedly"), is_adverb("also"), is_adverb("family")
    (True, True, False)
    """
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in NOT_ADVERBS)


def is_auxiliary(word: str) -> bool:
    """Whether the lower-case word is an auxiliary or a negation.

    >>> is_auxiliary("hasn't"), is_auxiliary("house")
    (True, False)
    """
    return word in AUXILIARIES


def is_finite(word: str) -> bool:
    """Whether the lower-case word is likely a finite verb; made for telling clauses from noun phrases.

    >>> [word for word in "the talks have not ended".split() if is_finite(word)]
    ['have', 'not', 'ended']
    """
    if word in AUXILIARIES or word in PAST_IRREGULAR or word in VERB_OTHER:
        return True
    return (word.endswith("ed") and len(word) > 4) or bool(CONTRACTED.search(word) and word.split("'")[0] in PRONOUNS)
