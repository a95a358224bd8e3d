import pytest

from broadsheet.extract.claims import extract
from broadsheet.readers.passages import split_passages
from broadsheet.records import Article, Found


def said(text):
    """(kind, content parts, source, cue) of every attributed claim."""
    claims = extract(Article(text=text, passages=tuple(split_passages(text))), Found())
    return [
        (
            claim.kind,
            tuple(text[part.start : part.end] for part in claim.content),
            "".join(text[part.start : part.end] for part in claim.source),
            "".join(text[part.start : part.end] for part in claim.cue),
        )
        for claim in claims
        if claim.kind != "statement"
    ]


DIRECT = [
    # the speaker after the quotation
    ('"The bridge is closed," Ann Lee said.', ["The bridge is closed"], "Ann Lee", "said"),
    ('"The bridge is closed," said Ann Lee.', ["The bridge is closed"], "Ann Lee", "said"),
    ("“The bridge is closed,” the mayor said.", ["The bridge is closed"], "the mayor", "said"),
    ("“The bridge is closed”, said the mayor.", ["The bridge is closed"], "the mayor", "said"),
    ("‘The bridge will stay closed,’ the mayor said.", ["The bridge will stay closed"], "the mayor", "said"),
    ('"Is the bridge closed?" Ann Lee asked.', ["Is the bridge closed?"], "Ann Lee", "asked"),
    ('"Close the bridge!" she shouted.', ["Close the bridge!"], "she", "shouted"),
    ('"We wait," he told reporters.', ["We wait"], "he", "told"),
    ('"We wait," the mayor told Radio Nine on Monday.', ["We wait"], "the mayor", "told"),
    ('"We wait here," the mayor bellowed.', ["We wait here"], "the mayor", "bellowed"),
    ('"We wait," Ann Lee, the mayor of Springfield, said.', ["We wait"], "Ann Lee, the mayor of Springfield", "said"),
    ('"We wait," said Ann Lee, the mayor of Springfield.', ["We wait"], "Ann Lee, the mayor of Springfield", "said"),
    ('"We wait," said Ann Lee in an interview.', ["We wait"], "Ann Lee", "said"),
    ('"We wait," said Ann Lee on Monday.', ["We wait"], "Ann Lee", "said"),
    ('"We wait," Mr. Hill wrote.', ["We wait"], "Mr. Hill", "wrote"),
    ('"We wait," a spokeswoman, Ann Lee, said.', ["We wait"], "a spokeswoman, Ann Lee", "said"),
    ('"We wait," she has said.', ["We wait"], "she", "has said"),
    ('"We wait," she later added.', ["We wait"], "she", "later added"),
    # the speaker before it
    ('Ann Lee said, "The bridge is closed."', ["The bridge is closed"], "Ann Lee", "said"),
    ('Ann Lee said: "The bridge is closed."', ["The bridge is closed"], "Ann Lee", "said"),
    ('She replied, "No."', ["No"], "She", "replied"),
    ('The sign reads, "Bridge closed."', ["Bridge closed"], "The sign", "reads"),
    ('On Monday she tweeted: "The bridge is closed."', ["The bridge is closed"], "she", "tweeted"),
    ('The mayor told reporters, "The bridge is closed."', ["The bridge is closed"], "The mayor", "told"),
    ('In a letter, the firm wrote: "The bridge is closed."', ["The bridge is closed"], "the firm", "wrote"),
    # in two parts
    ('"The bridge," she said, "is closed."', ["The bridge", "is closed"], "she", "said"),
    ('"The bridge," said Ann Lee, "is closed."', ["The bridge", "is closed"], "Ann Lee", "said"),
    ('"It is closed," she said. "We wait."', ["It is closed", "We wait"], "she", "said"),
    ('"It is closed," she told Radio Nine. "We wait."', ["It is closed", "We wait"], "she", "told"),
    ('"It is closed," said Ann Lee, the mayor. "We wait."', ["It is closed", "We wait"], "Ann Lee, the mayor", "said"),
    # over several paragraphs
    (
        'The mayor said:\n\n"The bridge is closed. We wait for the engineers."',
        ["The bridge is closed. We wait for the engineers"],
        "The mayor",
        "said",
    ),
    (
        '"The bridge is closed," she said. "We wait.\n\n"The engineers come on Friday."',
        ["The bridge is closed", "We wait", "The engineers come on Friday"],
        "she",
        "said",
    ),
    (
        '"The bridge is closed," she said.\n\n"The engineers come on Friday, not before."',
        ["The bridge is closed", "The engineers come on Friday, not before"],
        "she",
        "said",
    ),
    (
        '"The bridge is closed and we wait.\n\n"The engineers come on Friday," she said.',
        ["The bridge is closed and we wait", "The engineers come on Friday"],
        "she",
        "said",
    ),
    # never closed
    ('She said, "The bridge is closed.', ["The bridge is closed"], "She", "said"),
    # other forms
    ("“The bridge must open.” — Ann Lee", ["The bridge must open"], "Ann Lee", "—"),
    ("LEE: The bridge is closed.", ["The bridge is closed"], "LEE", ":"),
]


@pytest.mark.parametrize(("text", "content", "source", "cue"), DIRECT)
def test_a_quotation_is_a_direct_claim_of_its_speaker(text, content, source, cue):
    assert said(text) == [("direct", tuple(content), source, cue)]


MIXED = [
    ('She said the bridge was "a danger to us all".', 'the bridge was "a danger to us all"', "She", "said"),
    ('He said that "all hands" were needed.', 'that "all hands" were needed', "He", "said"),
    ('She called the plan "a bad joke".', 'the plan "a bad joke"', "She", "called"),
    ('She described him as "a quiet man".', 'him as "a quiet man"', "She", "described"),
    ('The plan was "a bad joke", the mayor said.', 'The plan was "a bad joke"', "the mayor", "said"),
    ('According to the mayor, it was "a bad joke".', 'it was "a bad joke"', "the mayor", "According to"),
    ('He vowed to fight "to the last drop".', 'to fight "to the last drop"', "He", "vowed"),
    ('He demanded the "liberation" of the town.', 'the "liberation" of the town', "He", "demanded"),
]


@pytest.mark.parametrize(("text", "content", "source", "cue"), MIXED)
def test_a_content_that_is_partly_quoted_is_mixed(text, content, source, cue):
    assert said(text) == [("mixed", (content,), source, cue)]


NO_SPEECH = [
    "The 'caretaker' president lives in the old town.",
    "They met at the “Green Door” in the old town.",
    'The film "Long Rain" opens in May.',
    "The “Lion of the North” was a poet.",
    'He is known as "the Fox".',
    "She lives in a so-called “smart home”.",
    "The word 'bridge' has six letters.",
    'A boat named "Star of the Sea" lay there.',
]


@pytest.mark.parametrize("text", NO_SPEECH)
def test_quotation_marks_round_a_name_or_a_word_are_no_speech(text):
    assert said(text) == []


def test_a_name_in_single_quotes_does_not_make_a_content_mixed():
    assert said("She said the 'caretaker' minister was ill.") == [
        ("indirect", ("the 'caretaker' minister was ill",), "She", "said")
    ]


def test_two_speakers_have_two_claims():
    text = '"It is closed," Ann Lee said. "It is open," Bob Hill said.'
    assert [(claim[1], claim[2]) for claim in said(text)] == [
        (("It is closed",), "Ann Lee"),
        (("It is open",), "Bob Hill"),
    ]


def test_a_quotation_in_the_next_paragraph_with_its_own_speaker_is_his():
    text = '"It is closed," Ann Lee said.\n\n"No, the bridge is open again," Bob Hill said.'
    assert [(claim[1], claim[2]) for claim in said(text)] == [
        (("It is closed",), "Ann Lee"),
        (("No, the bridge is open again",), "Bob Hill"),
    ]


def test_a_turn_of_a_transcript_runs_to_the_end_of_its_paragraph():
    assert said("LEE: It is closed. It stays closed.\n\nHILL: Why is that so?")[0][1] == (
        "It is closed",
        "It stays closed",
    )


def test_words_before_the_sentence_of_a_quotation_are_not_in_it():
    assert said('It rained all day. "The bridge is closed," she said.')[0][1] == ("The bridge is closed",)


def test_an_apostrophe_opens_no_quotation():
    assert said("The mayors' bridge and the boys' boat were old.") == []
