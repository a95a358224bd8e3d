import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers.passages import split_passages


def parts(text):
    return [(passage.role, text[passage.start : passage.end]) for passage in split_passages(text)]


def test_blank_lines_part_passages_and_may_hold_spaces():
    assert parts("It rained.\n \t\nIt snowed.\r\n\r\nIt blew.") == [
        ("paragraph", "It rained."),
        ("paragraph", "It snowed."),
        ("paragraph", "It blew."),
    ]


def test_a_single_newline_parts_no_paragraph():
    assert parts("It rained\nall day.") == [("paragraph", "It rained\nall day.")]
    assert parts("It rained\r\nall day.") == [("paragraph", "It rained\r\nall day.")]


@pytest.mark.parametrize(
    ("block", "role"),
    [
        ("Rain over the valley", "heading"),
        ("Rain over the valley.", "paragraph"),
        ("“Rain over the valley.”", "paragraph"),
        ("Will it rain?", "paragraph"),
        ("He said:", "paragraph"),
        ("x" * 79, "heading"),
        ("x" * 80, "paragraph"),
    ],
)
def test_a_short_block_without_a_final_stop_is_a_heading(block, role):
    assert parts(block) == [(role, block)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[Rain in the hills.]", [("caption", "Rain in the hills.")]),
        ("(Rain in the hills)", [("caption", "Rain in the hills")]),
        (
            "[Rain in the hills. Credit: Agency/@some_one]",
            [("caption", "Rain in the hills."), ("credit", "Credit: Agency/@some_one")],
        ),
        ("(Rain in the hills. Some Maps)", [("caption", "Rain in the hills."), ("credit", "Some Maps")]),
        ("(Image Credits: AP)", [("credit", "Image Credits: AP")]),
        ("Image: AP/@some_one", [("credit", "Image: AP/@some_one")]),
    ],
)
def test_bracketed_lines_are_captions_and_credits(line, expected):
    assert parts(line) == expected
    assert parts(f"It rained.\n{line}\nIt snowed.") == [
        ("paragraph", "It rained."),
        *expected,
        ("paragraph", "It snowed."),
    ]


def test_a_paragraph_that_begins_and_ends_with_brackets_is_none():
    block = "(This) is a sentence about rain that goes on long enough to be no heading at all (really)"
    assert parts(block) == [("paragraph", block)]


def test_an_empty_pair_of_brackets_is_no_passage():
    assert parts("It rained.\n\n()\n\nIt snowed.") == [
        ("paragraph", "It rained."),
        ("paragraph", "It snowed."),
    ]


@given(st.text(alphabet="ab.[]() \n\r:Image"))
def test_passages_are_trimmed_ordered_and_never_overlap(text):
    last = 0
    for passage in split_passages(text):
        assert last <= passage.start < passage.end <= len(text)
        words = text[passage.start : passage.end]
        assert words == words.strip()
        last = passage.end


@given(st.text(alphabet="ab. \n"))
def test_every_word_outside_brackets_is_in_a_passage(text):
    covered = "".join(text[p.start : p.end] for p in split_passages(text))
    assert covered.split() == text.split() or "".join(covered.split()) == "".join(text.split())
