import pytest

from broadsheet.extract.claims import extract
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found


def said(text):
    """(content parts, source, cue) of every attributed claim."""
    claims = extract(Article(text=text, passages=tuple(split_passages(text))), Found())
    return [
        (
            tuple(text[part.start : part.end] for part in claim.content),
            "".join(text[part.start : part.end] for part in claim.source),
            "".join(text[part.start : part.end] for part in claim.cue),
        )
        for claim in claims
        if claim.kind != "statement"
    ]


INDIRECT = [
    # with and without "that"
    ("The mayor said that the bridge was closed.", "that the bridge was closed", "The mayor", "said"),
    ("The mayor said the bridge was closed.", "the bridge was closed", "The mayor", "said"),
    ("The mayor says the bridge is closed.", "the bridge is closed", "The mayor", "says"),
    ("Officials say the bridge is closed.", "the bridge is closed", "Officials", "say"),
    ("The report states that the bridge is old.", "that the bridge is old", "The report", "states"),
    ("The firm claims it paid the bill.", "it paid the bill", "The firm", "claims"),
    ("Ann Lee had reported that 30 houses were lost.", "that 30 houses were lost", "Ann Lee", "had reported"),
    ("He has repeatedly argued that taxes are low.", "that taxes are low", "He", "has repeatedly argued"),
    ("She did not say why the bridge was closed.", "why the bridge was closed", "She", "did not say"),
    ("Experts have opined that it will rain.", "that it will rain", "Experts", "have opined"),
    ("She pointed out that the bridge was old.", "that the bridge was old", "She", "pointed out"),
    # a time or an occasion between cue and content
    ("The mayor said Tuesday the bridge was closed.", "the bridge was closed", "The mayor", "said"),
    ("The mayor said on Monday that it was closed.", "that it was closed", "The mayor", "said"),
    ("The firm said in a statement that it was closed.", "that it was closed", "The firm", "said"),
    ("He said in an interview with Radio Nine that it was so.", "that it was so", "He", "said"),
    # someone told
    ("The mayor told reporters that the bridge was closed.", "that the bridge was closed", "The mayor", "told"),
    ("The mayor told reporters the bridge was closed.", "the bridge was closed", "The mayor", "told"),
    ("She told Radio Nine the bridge was closed.", "the bridge was closed", "She", "told"),
    ("She told him he was wrong.", "he was wrong", "She", "told"),
    ("He assured the neighbours that it was safe.", "that it was safe", "He", "assured"),
    ("He asked whether the bridge was closed.", "whether the bridge was closed", "He", "asked"),
    # the content first
    ("The bridge was closed, the mayor said.", "The bridge was closed", "the mayor", "said"),
    ("The bridge was closed, the mayor said on Monday.", "The bridge was closed", "the mayor", "said"),
    ("The bridge was closed, said Ann Lee.", "The bridge was closed", "Ann Lee", "said"),
    ("The bridge is closed, say officials.", "The bridge is closed", "officials", "say"),
    ("But the bridge was closed, he told Radio Nine.", "the bridge was closed", "he", "told"),
    ("The bridge is old, a new report shows.", "The bridge is old", "a new report", "shows"),
    # according to
    ("According to the mayor, the bridge is closed.", "the bridge is closed", "the mayor", "According to"),
    ("The bridge is closed, according to the mayor.", "The bridge is closed", "the mayor", "according to"),
    ("The bridge is closed according to the mayor.", "The bridge is closed", "the mayor", "according to"),
    ("The whole town is cut off, as per sources.", "The whole town is cut off", "sources", "as per"),
    (
        "According to Ann Lee, a nurse at the clinic, the bridge is closed.",
        "the bridge is closed",
        "Ann Lee, a nurse at the clinic",
        "According to",
    ),
    ("According to the ministry 300 people left.", "300 people left", "the ministry", "According to"),
    # nominal contents
    ("The firm announced the closure of the bridge.", "the closure of the bridge", "The firm", "announced"),
    ("The country has also pledged support to the north.", "support to the north", "The country", "has also pledged"),
    ("She denied the charge.", "the charge", "She", "denied"),
    ("The mayor praised the firemen.", "the firemen", "The mayor", "praised"),
    ("Ann Lee has been vocal about the old bridge.", "the old bridge", "Ann Lee", "has been vocal about"),
    ("He warned of a flood.", "a flood", "He", "warned"),
    ("She called for a vote.", "a vote", "She", "called"),
    ("The survey shows a majority against the bridge.", "a majority against the bridge", "The survey", "shows"),
    # infinitives
    ("He promised to open the bridge.", "to open the bridge", "He", "promised"),
    ("They vowed not to give up.", "not to give up", "They", "vowed"),
    ("She refused to open the bridge.", "to open the bridge", "She", "refused"),
    ("Both leaders have appealed to the neighbours to help them.", "to help them", "Both leaders", "have appealed"),
    # the left edge of the source
    ("On Monday the mayor said it was closed.", "it was closed", "the mayor", "said"),
    ("In a speech on Monday, Ann Lee said it was closed.", "it was closed", "Ann Lee", "said"),
    ("However, the mayor said it was closed.", "it was closed", "the mayor", "said"),
    ("But the mayor said it was closed.", "it was closed", "the mayor", "said"),
    ("Meanwhile, Ann Lee and Bob Hill said it was closed.", "it was closed", "Ann Lee and Bob Hill", "said"),
    ("Ann Lee, the mayor, said it was closed.", "it was closed", "Ann Lee, the mayor", "said"),
    ("Ann Lee, who is a nurse, said it was closed.", "it was closed", "Ann Lee, who is a nurse", "said"),
    ("Sen. Ann Lee (D-Ohio) said it was closed.", "it was closed", "Sen. Ann Lee (D-Ohio)", "said"),
    ("Ann Lee, head of research, said it was closed.", "it was closed", "Ann Lee, head of research", "said"),
    ("The mayor on Monday announced the closure.", "the closure", "The mayor", "announced"),
    ("A spokesman for the ministry said it was closed.", "it was closed", "A spokesman for the ministry", "said"),
    # the right edge of the content
    ("He said it was late during a speech on Friday.", "it was late", "He", "said"),
    ("Although the firm announced its exit, the shops are full.", "its exit", "the firm", "announced"),
    ("She went on to say that it was late.", "that it was late", "She", "went on to say"),
    ("He was quoted as saying that it was late.", "that it was late", "He", "was quoted as saying"),
]


@pytest.mark.parametrize(("text", "content", "source", "cue"), INDIRECT)
def test_reported_speech_has_its_content_source_and_cue(text, content, source, cue):
    assert said(text) == [((content,), source, cue)]


SEVERAL = [
    (
        "The mayor said the bridge was closed, adding that it was old.",
        [("the bridge was closed", "The mayor", "said"), ("that it was old", "The mayor", "adding")],
    ),
    (
        "The mayor said the bridge was closed and added that it was old.",
        [("the bridge was closed", "The mayor", "said"), ("that it was old", "The mayor", "added")],
    ),
    (
        "Ann Lee said it was closed, but Bob Hill said it was open.",
        [("it was closed", "Ann Lee", "said"), ("it was open", "Bob Hill", "said")],
    ),
    (
        "Ann Lee said it was closed while Bob Hill said it was open.",
        [("it was closed", "Ann Lee", "said"), ("it was open", "Bob Hill", "said")],
    ),
    (
        "Ann Lee has been vocal about the bridge and has maintained that it is old.",
        [("the bridge", "Ann Lee", "has been vocal about"), ("that it is old", "Ann Lee", "has maintained")],
    ),
    (
        "Ann Lee, who said it was late, told reporters that she was tired.",
        [("it was late", "Ann Lee", "said"), ("that she was tired", "Ann Lee, who said it was late", "told")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_each_cue_has_a_content_of_its_own(text, expected):
    assert said(text) == [((content,), source, cue) for content, source, cue in expected]


def test_a_content_may_be_interrupted_by_its_source():
    assert said("The bridge, the mayor said, is closed.") == [(("The bridge", "is closed"), "the mayor", "said")]


def test_one_asked_without_an_asker_has_an_implicit_source():
    assert said("Asked whether the bridge was closed, she nodded.") == [
        (("whether the bridge was closed",), "", "Asked")
    ]


NOTHING = [
    "The bridge was closed on Monday.",
    "Reported cases fell in May.",
    "The cases reported by the clinic fell.",
    "His claims were long and his notes were short.",
    "The town has two night schools and a call centre.",
    "They showed up late.",
    "She called him at nine.",
    "He read the letter twice.",
    "The proposed bridge is long.",
    "It is a well-told story.",
    "She wrote three books.",
    "A program called Hope Street feeds forty families.",
    "She declined to comment.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_only_look_like_cues_make_no_claim(text):
    assert said(text) == []


def test_a_headline_with_a_colon_names_its_speaker():
    assert said("Ann Lee: Old bridge to close in May\n\nIt rained.") == [
        (("Old bridge to close in May",), "Ann Lee", ":")
    ]


def test_a_dateline_belongs_to_no_content():
    text = "SPRINGFIELD (Wire) — The bridge is closed, the mayor said."
    assert said(text) == [(("The bridge is closed",), "the mayor", "said")]
