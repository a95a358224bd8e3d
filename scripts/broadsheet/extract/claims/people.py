"""Words that tell what a source may be: data for the resolution of pronouns and common nouns."""

from broadsheet.extract.claims.words import word_set

HE = word_set("he his him himself he's he'd he'll")
SHE = word_set("she her hers herself she's she'd she'll")
THEY = word_set("they their them themselves they're they've they'd they'll")
IT = word_set("it its itself it's")
FIRST = word_set("i we you i'm we're my our me us i've we've i'd we'd")

MALE_TITLES = word_set(
    "mr mr. sir lord king prince father brother spokesman chairman businessman congressman policeman husband son"
)
FEMALE_TITLES = word_set(
    "mrs mrs. ms ms. miss madam lady queen princess mother sister spokeswoman chairwoman businesswoman "
    "congresswoman policewoman wife daughter actress"
)
MALE_NAMES = word_set(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew "
    "anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason "
    "jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel "
    "gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas "
    "zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean "
    "austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan "
    "juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny tom jim bob bill "
    "mike steve dan tim ben sam nick matt greg jeff chris tony ahmed ahmad mohammed muhammad mohamed ali "
    "omar hassan hussein ibrahim yusuf abdul abdullah khalid karim vladimir sergei dmitri ivan boris igor "
    "oleg hans klaus pierre jean francois carlos luis pedro miguel antonio marco giovanni lorenzo raj "
    "rahul amit vijay wei hiroshi kenji takeshi ted bernie barack joel martin simon neil ian graham colin "
    "rex hugo oscar felix leo max"
)
FEMALE_NAMES = word_set(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret "
    "sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca "
    "sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha "
    "katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce "
    "virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline "
    "martha gloria teresa ann anne sara frances kathryn janice abigail alice julia judy sophia grace "
    "denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie "
    "kayla alexis lori jane kate katie jill hillary hilary nadia fatima aisha leila zainab maryam mariam "
    "yasmin natasha olga svetlana irina elena tatiana ingrid claire sophie carmen lucia rosa priya mei "
    "yuki nina clara ella lucy ivy ida eva vera wendy tina rosie peggy penny polly molly maya"
)

BODIES = word_set(
    "group organisation organization party company firm agency ministry department government army "
    "military police campaign committee commission council court bank union paper newspaper magazine "
    "network channel broadcaster office bureau force forces militia movement club team university "
    "institute charity association federation coalition alliance administration authority authorities "
    "airline airport hospital school carrier bank broker retailer manufacturer maker operator publisher studio company "
    "insurer lender brewery brewer miner ngo nonprofit foundation centre center laboratory parliament assembly senate "
    "congress cabinet council gang cartel clan front party league union academy museum theatre orchestra "
    "regime outlet website report study survey poll statement letter lawsuit country nation state city"
)
"""Common nouns that stand for an organisation or a state, or for words of theirs."""
SPEAKS_FOR = word_set(
    "spokesman spokeswoman spokesperson spokespeople spokesmen official officials statement report "
    "reports letter representative representatives source sources data figures records documents study "
    "survey poll analysis officials commander commanders leader leaders leadership ministry government "
    "authorities police army military troops forces regime administration campaign press tweet post "
    "article editorial visuals footage video"
)
"""Nouns whose words are those of the body that they belong to: "a spokesman for the ministry"."""
PERSON_TYPES = frozenset(["PERSON"])
BODY_TYPES = frozenset(["ORG", "NORP", "GPE"])
